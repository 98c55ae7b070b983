"""The peer of bud-parse on text: what a good Python programmer writes in an
afternoon. Compiled regular expressions, one pass a sentence, facts as JSON.

  python3 narrative.py FILE...
"""
import json
import re
import sys

TERMS = {
    "收入总计": "revenue_total", "支出总计": "expenditure_total", "收支总预算": "revenue_total",
    "收入总预算": "revenue_total", "支出总预算": "expenditure_total", "收入预算": "revenue", "支出预算": "expenditure",
    "本年收入合计": "revenue", "本年支出合计": "expenditure", "财政拨款收入": "revenue", "财政拨款支出": "expenditure",
    "拨款收入": "revenue", "拨款支出": "expenditure", "其他收入": "revenue", "事业收入": "revenue", "经营收入": "revenue",
    "基本支出": "expenditure", "项目支出": "expenditure", "人员经费": "expenditure", "公用经费": "expenditure",
    "结转和结余": "carryover", "上年结转": "carryover_in", "“三公”经费": "three_public", "三公经费": "three_public",
    "因公出国（境）费": "three_public.overseas", "公务用车购置费": "three_public.vehicle_purchase",
    "公务用车运行维护费": "three_public.vehicle_operation", "公务用车购置及运行维护费": "three_public.vehicle",
    "公务接待费": "three_public.hospitality", "机关运行经费": "operating_cost", "政府采购": "procurement",
    "绩效": "performance", "（项）": "expenditure", "（类）": "expenditure", "支出": "expenditure", "收入": "revenue",
}
FUNDS = {"一般公共预算": "general", "政府性基金": "government_fund", "国有资本经营": "state_capital", "财政拨款": "fiscal"}
NATURES = {"基本支出": "basic", "项目支出": "project", "人员经费": "basic.staff", "公用经费": "basic.operating"}
UNITS = {"万元": ("fen", 1000000), "亿元": ("fen", 10000000000), "元": ("fen", 100), "%": ("ppm", 10000)}
SENTENCE = re.compile(r"[^。；\n]+")
YEAR = re.compile(r"(20\d\d)年")
TOKEN = re.compile(
    "(?P<term>" + "|".join(sorted(map(re.escape, TERMS), key=len, reverse=True)) + ")"
    "|(?P<fund>" + "|".join(FUNDS) + ")"
    r"|(?P<versus>[比较与](?:上年|(?P<vs>20\d\d)年)\S{0,6}?(?=增|减|下|上|持|相))"
    "|(?P<down>减少|下降|降低)|(?P<up>增加|增长|上升)|(?P<share>占)|(?P<done>完成)"
    r"|(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|亿元|元|%|个|辆|批次|人次|台|人|套)")


def facts(path):
    with open(path, encoding="utf-8") as f:
        text = f.read()
    year = YEAR.search(text)
    year = int(year.group(1)) if year else None
    n = 0
    for sentence in SENTENCE.finditer(text):
        item = fund = nature = versus = None
        sign = kind = 0
        for m in TOKEN.finditer(text, *sentence.span()):
            what, word = m.lastgroup, m.group()
            if what == "term":
                item, nature, kind = TERMS[word], NATURES.get(word), 0
            elif what == "fund":
                fund = FUNDS[word]
            elif what == "versus" or what == "vs":
                versus = int(m.group("vs") or year - 1)
            elif what in ("up", "down"):
                sign, kind = (1 if what == "up" else -1), "change"
            elif what in ("share", "done"):
                sign, kind = 1, "share" if what == "share" else "completion"
            else:
                unit, scale = UNITS.get(m.group("unit"), ("count", 1))
                whole, _, part = m.group("number").replace(",", "").partition(".")
                value = int(whole + part) * scale // 10 ** len(part)
                n += 1
                fact = {"type": "fact", "n": n, "year": year, "item": item, "fund": fund, "nature": nature,
                        "kind": "growth" if kind == "change" and unit == "ppm" else kind or "level",
                        "value": value * sign if kind == "change" else value, "unit": unit,
                        "vs_year": versus if kind == "change" else None, "span": m.span(), "text": sentence.group()}
                yield {k: v for k, v in fact.items() if v is not None}


for name in sys.argv[1:]:
    for fact in facts(name):
        print(json.dumps(fact, ensure_ascii=False, separators=(",", ":")))
