"""Random departments that do not contradict themselves, and what they publish:
a budget or a final account with every standard table and its narrative.

Amounts are drawn in fen; each is rounded for itself when it is printed, so
sums, changes and rates are off by as much as honest rounding makes them.
"""
import os

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PLACES = ["云麓市", "望潮市", "湖山县", "临江区"]
OFFICES = ["档案馆", "水务局", "商务局", "体育局", "审计局"]
STAFF = [("30101", "基本工资"), ("30102", "津贴补贴"), ("30103", "奖金"), ("30107", "绩效工资"), ("30113", "住房公积金")]
GOODS = [("30201", "办公费"), ("30205", "水费"), ("30206", "电费"), ("30211", "差旅费"), ("30213", "维修（护）费")]
HOME = [("30302", "退休费"), ("30305", "生活补助")]
EQUIPMENT = [("31002", "办公设备购置"), ("31003", "专用设备购置")]
HEADS = {"301": "工资福利支出", "302": "商品和服务支出", "303": "对个人和家庭的补助", "310": "资本性支出"}


def rounded(value, worth):
    """Half away from zero."""
    sign = -1 if value < 0 else 1
    return sign * ((abs(value) * 2 + worth) // (worth * 2))


def split(rng, total, n):
    """n parts of a total, each of some size."""
    weights = [rng.randint(1, 100) for _ in range(n)]
    parts = [total * w // sum(weights) for w in weights]
    parts[0] += total - sum(parts)
    return parts


def load_classes():
    """类 → 款 → 项 with their names, as they are in force now."""
    tree, names = {}, {}
    with open(ROOT + "/share/codes/function.tsv", encoding="utf-8") as f:
        for line in f:
            field = line.rstrip("\n").split("\t") + [""] * 4
            code = field[0]
            if line.startswith("#") or field[3] or (field[2] or "0") > "2022" or not code[:3] in ("201", "205", "206", "207", "208", "210", "211", "213", "221"):
                continue
            names[code] = field[1]
            if len(code) == 7 and code[:3] in names and code[:5] in names:
                tree.setdefault(code[:3], {}).setdefault(code[:5], []).append(code)
    return tree, names


TREE, NAMES = load_classes()


class Printer:
    """Amounts of one table or text, in its unit and decimals."""

    def __init__(self, rng, text):
        self.unit, self.scale, self.decimals = rng.choice(
            [("万元", 10**6, 2)] * 4 + ([("万元", 10**6, 1)] if text else [("元", 100, 2), ("元", 100, 0)]))
        self.grouped = rng.random() < 0.4

    def bare(self, fen):
        n = rounded(fen, self.scale // 10**self.decimals)
        whole, part = divmod(abs(n), 10**self.decimals)
        text = f"{whole:,}" if self.grouped else str(whole)
        return ("-" if n < 0 else "") + text + (f".{part:0{self.decimals}d}" if self.decimals else "")

    def __call__(self, fen):
        return self.bare(fen) + self.unit


def percent(part, whole):
    n = rounded(abs(part) * 10**4 * 2, whole * 2)
    return f"{n // 100}.{n % 100:02d}%"


class Leaf:
    """One 项 of one fund: its natures, its budget and the year before."""

    def __init__(self, rng, code, amount):
        self.code = code
        self.basic = rng.choice([0, amount, amount * rng.randint(1, 9) // 10])
        self.project = amount - self.basic
        self.staff = self.basic * rng.randint(5, 9) // 10
        self.operating = self.basic - self.staff
        self.budget = max(10**6, amount + rng.randint(-amount // 4, amount // 4))
        self.before = max(10**6, amount + rng.randint(-amount // 4, amount // 4))

    @property
    def total(self):
        return self.basic + self.project


class Department:
    def __init__(self, rng):
        self.rng = rng
        self.name = rng.choice(PLACES) + rng.choice(OFFICES)
        self.year = rng.randint(2022, 2026)
        self.final = rng.random() < 0.5
        self.phase = "决算" if self.final else "预算"
        codes = []
        for head in sorted(rng.sample(sorted(TREE), rng.randint(2, 4))):
            for section in sorted(rng.sample(sorted(TREE[head]), min(len(TREE[head]), rng.randint(1, 2)))):
                items = TREE[head][section]
                codes += sorted(rng.sample(items, min(len(items), rng.randint(1, 3))))
        self.general = [Leaf(rng, c, rng.randint(10**7, 10**10)) for c in codes]
        self.own = [Leaf(rng, c, rng.randint(10**6, 10**9)) for c in codes if rng.random() < 0.3]
        self.fund = rng.choice([0, rng.randint(10**7, 10**9)])
        self.opening, self.closing = rng.choice([(0, 0), (rng.randint(10**5, 10**6), rng.randint(10**6, 10**8))])

    def sum(self, leaves, prefix="", what="total"):
        return sum(getattr(x, what) for x in leaves if x.code.startswith(prefix))

    def tree(self, leaves):
        """Every code of the tree in its order."""
        return sorted({x.code[:n] for x in leaves for n in (3, 5, 7)})

    def all(self):
        return self.general + self.own

    @property
    def spent(self):
        return self.sum(self.all()) + self.fund

    @property
    def received(self):
        return self.spent + self.closing - self.opening

    @property
    def granted(self):
        """From the general budget: all balances are of its money."""
        return self.sum(self.general) + self.closing - self.opening


class Writer:
    def __init__(self, rng, dept):
        self.rng, self.d = rng, dept
        self.lines = []
        self.blank = rng.random() < 0.5

    def table(self, title, head, rows, money=None):
        money = money or Printer(self.rng, False)
        show = lambda v: v if isinstance(v, str) else "" if v == 0 and self.blank else money.bare(v)
        self.lines += [title, f"单位：{money.unit}", "\t".join(head)]
        self.lines += ["\t".join(show(v) for v in row) for row in rows] + [""]

    def overall(self):
        """公开01: both sides, with balances."""
        d = self.d
        word = "决算数" if d.final else "预算数"
        own = d.received - d.granted - d.fund
        left = [["一、一般公共预算财政拨款收入", d.granted], ["二、政府性基金预算财政拨款收入", d.fund],
                ["三、国有资本经营预算财政拨款收入", "0.00"], ["四、事业收入", own]]
        right = [[f"{NAMES[c]}", d.sum(d.all(), c)] for c in d.tree(d.all()) if len(c) == 3]
        if d.fund:
            right.append(["城乡社区支出", d.fund])
        n = max(len(left), len(right))
        left += [["", ""]] * (n - len(left))
        right += [["", ""]] * (n - len(right))
        ends = [["本年收入合计", d.received, "本年支出合计", d.spent]]
        if d.opening or d.closing:
            ends += [["年初结转和结余", d.opening, "年末结转和结余", d.closing]]
        ends += [["总计" if d.final else "收入总计", d.received + d.opening, "总计" if d.final else "支出总计", d.spent + d.closing]]
        title = f"收入支出{d.phase}总表" if d.final else f"部门收支{d.phase}总表"
        self.table(title, ["项目", word, "项目", word], [a + b for a, b in zip(left, right)] + ends)

    def expenditure(self, title, leaves, fund=0):
        d = self.d
        rows = [[c, NAMES[c], d.sum(leaves, c), d.sum(leaves, c, "basic"), d.sum(leaves, c, "project")] for c in d.tree(leaves)]
        if fund:
            rows += [["212", "城乡社区支出", fund, 0, fund]]
        total = ["", "合计", d.sum(leaves) + fund, d.sum(leaves, "", "basic"), d.sum(leaves, "", "project") + fund]
        self.table(title, ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
                   [total] + rows if self.rng.random() < 0.5 else rows + [total])

    def fiscal(self):
        d = self.d
        right = [[NAMES[c], d.sum(d.general, c), d.sum(d.general, c), 0] for c in d.tree(d.general) if len(c) == 3]
        if d.fund:
            right += [["城乡社区支出", d.fund, 0, d.fund]]
        left = [["一、一般公共预算财政拨款", d.granted], ["二、政府性基金预算财政拨款", d.fund]]
        n = max(len(left), len(right))
        left += [["", ""]] * (n - len(left))
        right += [["", "", "", ""]] * (n - len(right))
        spent = d.sum(d.general)
        ends = [["本年收入合计", d.granted + d.fund, "本年支出合计", spent + d.fund, spent, d.fund]]
        if d.opening or d.closing:
            ends += [["年初财政拨款结转和结余", d.opening, "年末财政拨款结转和结余", d.closing, d.closing, 0],
                     ["总计", d.granted + d.fund + d.opening, "总计", spent + d.fund + d.closing, spent + d.closing, d.fund]]
        self.table(f"财政拨款收入支出{d.phase}总表" if d.final else "财政拨款收支预算总表",
                   ["收入", "金额", "支出", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款"],
                   [a + b for a, b in zip(left, right)] + ends)

    def economic(self):
        d, rng = self.d, self.rng
        staff, operating = d.sum(d.general, "", "staff"), d.sum(d.general, "", "operating")
        rows = []
        for heads, whole, column in ((("301", "303"), staff, 1), (("302", "310"), operating, 2)):
            for head, amount in zip(heads, split(rng, whole, 2)):
                under = {"301": STAFF, "302": GOODS, "303": HOME, "310": EQUIPMENT}[head]
                cells = lambda v: [v, v, 0] if column == 1 else [v, 0, v]
                rows.append([head, HEADS[head]] + cells(amount))
                for (code, name), v in zip(under, split(rng, amount, len(under))):
                    rows.append([code, name] + cells(v))
        rows.sort(key=lambda r: r[0])
        self.table(f"一般公共预算财政拨款基本支出{d.phase}表", ["科目编码", "科目名称", "合计", "人员经费", "公用经费"],
                   rows + [["", "合计", staff + operating, staff, operating]])

    def three_public(self):
        d, rng = self.d, self.rng
        abroad, buy, run, hosts = (rng.choice([0, rng.randint(10**5, 10**8)]) for _ in range(4))
        self.parts = abroad, buy, run, hosts
        head = ["合计", "因公出国（境）费", "公务用车购置及运行费小计", "公务用车购置费", "公务用车运行费", "公务接待费"]
        self.table(f"一般公共预算“三公”经费支出{d.phase}表", head, [[sum(self.parts), abroad, buy + run, buy, run, hosts]])

    def change(self, now, before, money, versus):
        if now == before:
            return f"与{versus}持平"
        up = now > before
        return (f"比{versus}" + ("增加" if up else "减少") + money(abs(now - before)) + "，" +
                ("增长" if up else "下降") + percent(now - before, before))

    def narrative(self):
        d = self.d
        money = Printer(self.rng, True)
        y, before = d.year, f"{d.year - 1}年{d.phase}数"
        all_, general = d.sum(d.all()) + d.fund, d.sum(d.general)
        word = "决算" if d.final else "预算"
        basic, project = d.sum(d.all(), "", "basic"), d.sum(d.all(), "", "project") + d.fund
        self.lines += [f"第三部分 {y}年部门{d.phase}情况说明", f"一、支出{word}情况",
                       f"{y}年本年支出合计{money(all_)}，其中：基本支出{money(basic)}，占{percent(basic, all_)}；"
                       f"项目支出{money(project)}，占{percent(project, all_)}。"]
        was = d.sum(d.general, "", "before")
        self.lines += [f"二、一般公共预算财政拨款支出{word}情况",
                       f"{y}年一般公共预算财政拨款支出{money(general)}，占本年支出合计的{percent(general, all_)}。"
                       f"{self.change(general, was, money, before)}。"]
        heads = [c for c in d.tree(d.general) if len(c) == 3]
        self.lines += ["其中：" + "；".join(f"{NAMES[c]}（类）{money(d.sum(d.general, c))}，占{percent(d.sum(d.general, c), general)}"
                                         for c in heads) + "。"]
        for i, x in enumerate(d.general, 1):
            names = "".join(f"{NAMES[x.code[:n]]}（{mark}）" for n, mark in ((3, "类"), (5, "款"), (7, "项")))
            if d.final:
                self.lines += [f"{i}．{names}。年初预算为{money(x.budget)}，支出决算为{money(x.total)}，"
                               f"完成年初预算的{percent(x.total, x.budget)}。"]
            else:
                self.lines += [f"{i}．{names}{money(x.total)}，{self.change(x.total, x.before, money, before)}。"]
        abroad, buy, run, hosts = self.parts
        self.lines += ["三、“三公”经费情况",
                       f"{y}年“三公”经费{word}{money(sum(self.parts))}，其中：因公出国（境）费{money(abroad)}，"
                       f"公务用车购置及运行费{money(buy + run)}（公务用车购置费{money(buy)}，公务用车运行费{money(run)}），"
                       f"公务接待费{money(hosts)}。"]
        goods = [self.rng.randint(0, 10**9) for _ in range(3)]
        cars = [self.rng.randint(0, 9) for _ in range(4)]
        self.lines += ["四、政府采购情况",
                       f"{y}年政府采购{'支出' if d.final else '预算'}总额{money(sum(goods))}，其中：政府采购货物支出{money(goods[0])}，"
                       f"政府采购工程支出{money(goods[1])}，政府采购服务支出{money(goods[2])}。",
                       "五、国有资产占用情况",
                       f"截至{y if d.final else y - 1}年12月31日，共有车辆{sum(cars)}辆，其中：机要通信用车{cars[0]}辆，应急保障用车{cars[1]}辆，"
                       f"执法执勤用车{cars[2]}辆，其他用车{cars[3]}辆。"]

    def document(self):
        d = self.d
        self.lines += [f"{d.name}{d.year}年{'度' if d.final else ''}部门{d.phase}", "", "第二部分 部门" + d.phase + "表", ""]
        self.overall()
        self.expenditure(f"支出{d.phase}表" if d.final else "部门支出预算总表", d.all(), d.fund)
        self.fiscal()
        self.expenditure(f"一般公共预算财政拨款支出{d.phase}表", d.general)
        self.economic()
        self.three_public()
        self.narrative()
        return "\n".join(self.lines) + "\n"


def disclosure(rng):
    return Writer(rng, Department(rng)).document()
