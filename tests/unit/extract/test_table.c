/*
 * Grids → facts. A case is written as a document: lines without TAB are
 * paragraphs, lines with TABs the rows of a grid; a cell ">" widens the one on
 * its left, "^" the one above. What is expected are lines
 * "cell year phase item fund function economic nature kind value", - for
 * absent, residues as "cell why value".
 */
#include <criterion/criterion.h>
#include <string.h>

#include "extract/extract.h"

static struct share share;
static const struct lexicon *lexicon;

static void set_up(void)
{
	struct messages messages = {0};

	share_open(&share, NULL);
	lexicon = lexicon_load(&share, &messages);
	cr_assert(lexicon);
}

static void tear_down(void)
{
	lexicon_release(lexicon);
	share_close(&share);
}

static unsigned extent(struct str rows[], size_t n_rows, size_t row,
		       size_t col, bool down)
{
	unsigned n = 1;

	for (;; n++) {
		struct str line, cell = {NULL, 0};
		size_t k = 0, at = down ? col : col + n;

		if (down && row + n >= n_rows)
			return n;
		line = rows[down ? row + n : row];
		while (k <= at && str_split(&line, '\t', &cell))
			k++;
		/* A row may end before that column. */
		if (k <= at || !str_equal(cell, down ? STR("^") : STR(">")))
			return n;
	}
}

static void add_grid(struct source_document *d, struct str rows[], size_t n)
{
	source_begin(d, BLOCK_GRID, 0, 0);
	for (size_t row = 0; row < n; row++) {
		struct str line = rows[row], cell;

		for (size_t col = 0; str_split(&line, '\t', &cell); col++)
			if (!str_equal(cell, STR(">")) &&
			    !str_equal(cell, STR("^")))
				source_add_cell(d, cell, (unsigned)row,
						(unsigned)col,
						extent(rows, n, row, col, true),
						extent(rows, n, row, col,
						       false));
	}
	source_end(d);
}

static void build(struct source_document *d, const char *text)
{
	struct str rest = str_of(text), line, rows[64];
	size_t n = 0;

	while (str_split(&rest, '\n', &line)) {
		if (str_find(line, STR("\t")) != SIZE_MAX) {
			rows[n++] = line;
			continue;
		}
		if (n)
			add_grid(d, rows, n);
		n = 0;
		if (line.n)
			source_add_text(d, BLOCK_PARAGRAPH, 0, 0, line);
	}
	if (n)
		add_grid(d, rows, n);
}

static void put(struct buf *b, struct str s)
{
	buf_putc(b, ' ');
	buf_put_str(b, s.n ? s : STR("-"));
}

static void describe(struct buf *b, const struct extract_result *r)
{
	size_t i = 0, k = 0;

	while (i < r->n_facts || k < r->n_residues) {
		const struct bud_fact *f = &r->facts[i];
		const struct bud_residue *e = &r->residues[k];

		if (i == r->n_facts || (k < r->n_residues && e->n < f->n)) {
			buf_put_str(b, e->cell);
			put(b, e->why);
			buf_printf(b, " %lld\n", (long long)e->value);
			k++;
			continue;
		}
		buf_put_str(b, f->cell);
		buf_printf(b, " %d", f->at.year);
		put(b, phase_name(f->at.phase));
		put(b, f->at.item);
		put(b, f->at.fund);
		put(b, f->at.function);
		put(b, f->at.economic);
		put(b, f->at.nature);
		put(b, kind_name(f->at.kind));
		buf_printf(b, " %lld", (long long)f->value);
		if (f->vs_year)
			buf_printf(b, " vs %d %s", f->vs_year,
				   phase_name(f->vs_phase).p);
		if (f->quantum != 10000 && f->unit == UNIT_FEN)
			buf_printf(b, " q%lld", (long long)f->quantum);
		buf_puts(b, f->doubt.n ? " ?\n" : "\n");
		i++;
	}
}

struct example {
	const char *name, *text, *want;
};

static void expect(const struct example *e)
{
	struct arena a = {0};
	struct source_document d;
	struct extract_result r;
	struct extract_options options = {.year = 2023,
					  .phase = PHASE_APPROVED};
	struct buf got = {0};

	source_init(&d, &a);
	build(&d, e->text);
	extract_document(&r, &a, lexicon, &d, &options);
	describe(&got, &r);
	cr_expect_str_eq(buf_cstring(&got), e->want, "%s gives\n%s", e->name,
			 buf_cstring(&got));
	buf_release(&got);
	source_release(&d);
	arena_release(&a);
}

static const struct example SIDES[] = {
	{"revenue left, expenditure right, balances below",
	 "部门收支总表\n单位：万元\n"
	 "收入\t>\t支出\t>\n项目\t预算数\t项目\t预算数\n"
	 "一、事业收入\t1.00\t一、教育支出\t4.00\n"
	 "本年收入合计\t1.00\t本年支出合计\t4.00\n"
	 "上年结转\t3.00\t结转下年\t\n"
	 "收入合计\t4.00\t支出合计\t4.00\n",
	 "t1.r3.c2 2023 approved revenue service - - - level 1000000\n"
	 "t1.r3.c4 2023 approved expenditure - 205 - - level 4000000\n"
	 "t1.r4.c2 2023 approved revenue - - - - level 1000000\n"
	 "t1.r4.c4 2023 approved expenditure - - - - level 4000000\n"
	 "t1.r5.c2 2023 approved carryover_in - - - - level 3000000\n"
	 "t1.r6.c2 2023 approved revenue_total - - - - level 4000000\n"
	 "t1.r6.c4 2023 approved expenditure_total - - - - level 4000000\n"},
	{"funds as columns on one side, parts of a balance on the other",
	 "财政拨款收支总表\n单位：元\n"
	 "收入\t>\t支出\t>\t>\n项目\t金额\t项目\t合计\t一般公共预算\n"
	 "一、本年收入\t10.00\t一、本年支出\t12.00\t12.00\n"
	 "（一）一般公共预算拨款\t10.00\t（一）教育支出\t12.00\t12.00\n"
	 "二、上年结转\t2.00\t\t\t\n"
	 "（一）一般公共预算拨款\t2.00\t\t\t\n"
	 "总计\t12.00\t总计\t12.00\t12.00\n",
	 "t1.r3.c2 2023 approved revenue fiscal - - - level 1000 q1\n"
	 "t1.r3.c4 2023 approved expenditure fiscal - - - level 1200 q1\n"
	 "t1.r3.c5 2023 approved expenditure general - - - level 1200 q1\n"
	 "t1.r4.c2 2023 approved revenue general - - - level 1000 q1\n"
	 "t1.r4.c4 2023 approved expenditure fiscal 205 - - level 1200 q1\n"
	 "t1.r4.c5 2023 approved expenditure general 205 - - level 1200 q1\n"
	 "t1.r5.c2 2023 approved carryover_in fiscal - - - level 200 q1\n"
	 "t1.r6.c2 2023 approved carryover_in general - - - level 200 q1\n"
	 "t1.r7.c2 2023 approved revenue_total fiscal - - - level 1200 q1\n"
	 "t1.r7.c4 2023 approved expenditure_total fiscal - - - level 1200 q1\n"
	 "t1.r7.c5 2023 approved expenditure_total general - - - level 1200 "
	 "q1\n"},
	{"natures of balances",
	 "收入支出决算总表\n单位：万元\n收入\t>\t支出\t>\n"
	 "项目\t决算数\t项目\t决算数\n"
	 "年初结转和结余\t3.00\t年末结转和结余\t2.00\n"
	 "其中：基本支出结转\t1.00\t项目支出结转和结余\t2.00\n"
	 "总计\t3.00\t总计\t2.00\n",
	 "t1.r3.c2 2023 executed carryover_in - - - - level 3000000\n"
	 "t1.r3.c4 2023 executed carryover_out - - - - level 2000000\n"
	 "t1.r4.c2 2023 executed carryover_in - - - basic level 1000000\n"
	 "t1.r4.c4 2023 executed carryover_out - - - project level 2000000\n"
	 "t1.r5.c2 2023 executed revenue_total - - - - level 3000000\n"
	 "t1.r5.c4 2023 executed expenditure_total - - - - level 2000000\n"},
	{"an unnumbered balance owns the numbered rows below it",
	 "财政拨款收入支出决算总表\n单位：万元\n"
	 "项目\t决算数\n收入\t\n一、一般公共预算财政拨款\t5.00\n"
	 "本年收入合计\t5.00\n年初财政拨款结转和结余\t1.00\n"
	 "一、一般公共预算财政拨款\t1.00\n总计\t6.00\n",
	 "t1.r3.c2 2023 executed revenue general - - - level 5000000\n"
	 "t1.r4.c2 2023 executed revenue fiscal - - - level 5000000\n"
	 "t1.r5.c2 2023 executed carryover_in fiscal - - - level 1000000\n"
	 "t1.r6.c2 2023 executed carryover_in general - - - level 1000000\n"
	 "t1.r7.c2 2023 executed revenue_total fiscal - - - level 6000000\n"},
};

static const struct example CODES[] = {
	{"a code split over three columns, carried on from above",
	 "部门支出总表\n单位：万元\n"
	 "科目编码\t>\t>\t科目名称\t合计\t基本支出\n类\t款\t项\t^\t^\t^\n"
	 "208\t\t\t社会保障和就业支出\t2.00\t1.00\n"
	 "\t05\t\t行政事业单位养老支出\t2.00\t1.00\n"
	 "\t\t01\t行政单位离退休\t2.00\t1.00\n",
	 "t1.r3.c5 2023 approved expenditure - 208 - - level 2000000\n"
	 "t1.r3.c6 2023 approved expenditure - 208 - basic level 1000000\n"
	 "t1.r4.c5 2023 approved expenditure - 20805 - - level 2000000\n"
	 "t1.r4.c6 2023 approved expenditure - 20805 - basic level 1000000\n"
	 "t1.r5.c5 2023 approved expenditure - 2080501 - - level 2000000\n"
	 "t1.r5.c6 2023 approved expenditure - 2080501 - basic level "
	 "1000000\n"},
	{"301 | 2 is 30102; natures by column",
	 "一般公共预算基本支出表\n单位：元\n"
	 "经济分类科目编码\t>\t科目名称\t合计\t人员经费\n类\t款\t^\t^\t^\n"
	 "301\t2\t津贴补贴\t700\t700\n合计\t>\t>\t700\t700\n",
	 "t1.r3.c4 2023 approved expenditure general - 30102 basic level 70000 "
	 "q100\n"
	 "t1.r3.c5 2023 approved expenditure general - 30102 basic.staff level "
	 "70000 q100\n"
	 "t1.r4.c4 2023 approved expenditure general - - basic level 70000 "
	 "q100\n"
	 "t1.r4.c5 2023 approved expenditure general - - basic.staff level "
	 "70000 q100\n"},
	{"codes glued to names, of three classifications",
	 "支出总表\n单位：万元\n"
	 "支出功能分类科目\t政府支出经济分类科目\t部门支出经济分类科目\t合计\n"
	 "2010801-行政运行\t50101-工资奖金津补贴\t30101-基本工资\t3.00\n"
	 "2010801-行政运行\t50201-办公经费\t3021101-差旅费\t1.00\n",
	 "t1.r2.c4 2023 approved expenditure - 2010801 30101 - level 3000000\n"
	 "t1.r3.c4 no_item 1000000\n"},
	{"codes of two classifications side by side are whole",
	 "一般公共预算基本支出表\n单位：万元\n"
	 "部门预算支出经济分类科目编码\t政府预算支出经济分类科目编码\t科目名称\t金额\n"
	 "301\t501\t工资福利支出\t5.00\n"
	 "30101\t50101\t基本工资\t3.00\n"
	 "30102\t50101\t津贴补贴\t2.00\n",
	 "t1.r2.c4 2023 approved expenditure general - 301 basic level "
	 "5000000\n"
	 "t1.r3.c4 2023 approved expenditure general - 30101 basic level "
	 "3000000\n"
	 "t1.r4.c4 2023 approved expenditure general - 30102 basic level "
	 "2000000\n"},
	{"a code in two columns, then another whole",
	 "一般公共预算基本支出表\n单位：万元\n"
	 "部门经济分类编码\t>\t政府经济分类编码\t科目名称\t金额\n"
	 "301\t02\t50101\t津贴补贴\t2.00\n",
	 "t1.r2.c5 2023 approved expenditure general - 30102 basic level "
	 "2000000\n"},
	{"one department class under two government classes: parts",
	 "一般公共预算基本支出情况表\n单位：万元\n"
	 "科目编码\t部门经济科目名称\t政府经济科目编码\t政府经济科目名称\t小计\n"
	 "30101\t基本工资\t50101\t工资奖金津补贴\t3.00\n"
	 "30101\t基本工资\t50501\t工资福利支出\t1.00\n",
	 "t1.r2.c5 2023 approved expenditure general - 30101 basic level "
	 "3000000 ?\n"
	 "t1.r3.c5 2023 approved expenditure general - 30101 basic level "
	 "1000000 ?\n"},
	{"three lists of economic classes side by side",
	 "一般公共预算财政拨款基本支出决算表\n单位：万元\n"
	 "科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\n"
	 "301\t工资福利支出\t5.00\t302\t商品和服务支出\t2.00\n"
	 "人员经费合计\t>\t5.00\t公用经费合计\t>\t2.00\n",
	 "t1.r2.c3 2023 executed expenditure general - 301 basic level "
	 "5000000\n"
	 "t1.r2.c6 2023 executed expenditure general - 302 basic level "
	 "2000000\n"
	 "t1.r3.c3 2023 executed expenditure general - - basic.staff level "
	 "5000000\n"
	 "t1.r3.c6 2023 executed expenditure general - - basic.operating level "
	 "2000000\n"},
};

static const struct example COLUMNS[] = {
	{"budget and final columns under wrapped heads without merged cells",
	 "财政拨款“三公”经费支出决算表\n单位：万元\n"
	 "合计\t\t公务用车购置及运行维护费\t\t\t\t公务接待费\t\n"
	 "\t\t小计\t\t运行费\t\t\t\n"
	 "预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\n"
	 "3.00\t2.00\t1.00\t0.00\t1.00\t0.00\t2.00\t2.00\n",
	 "t1.r4.c1 2023 approved three_public - - - - level 3000000\n"
	 "t1.r4.c2 2023 executed three_public - - - - level 2000000\n"
	 "t1.r4.c3 2023 approved three_public.vehicles - - - - level 1000000\n"
	 "t1.r4.c4 2023 executed three_public.vehicles - - - - level 0\n"
	 "t1.r4.c5 2023 approved three_public.vehicles.operation - - - - level "
	 "1000000\n"
	 "t1.r4.c6 2023 executed three_public.vehicles.operation - - - - level "
	 "0\n"
	 "t1.r4.c7 2023 approved three_public.hospitality - - - - level "
	 "2000000\n"
	 "t1.r4.c8 2023 executed three_public.hospitality - - - - level "
	 "2000000\n"},
	{"years, change and growth",
	 "一般公共预算支出表\n单位：万元\n"
	 "科目\t上年执行数\t2023年预算数\t比上年执行数增减额\t增减%\n"
	 "205教育支出\t10.00\t8.00\t-2.00\t-20.00\n",
	 "t1.r2.c2 2022 executed expenditure general 205 - - level 10000000\n"
	 "t1.r2.c3 2023 approved expenditure general 205 - - level 8000000\n"
	 "t1.r2.c4 2023 approved expenditure general 205 - - change -2000000 "
	 "vs 2022 executed\n"
	 "t1.r2.c5 2023 approved expenditure general 205 - - growth -200000 vs "
	 "2022 executed\n"},
	{"with a balance among the columns the sum is a total",
	 "部门收入总表\n单位：万元\n"
	 "科目编码\t科目名称\t合计\t本年收入\t>\t上年结转\t单位资金\n"
	 "^\t^\t^\t小计\t事业收入\t^\t^\n"
	 "205\t教育支出\t6.00\t4.00\t4.00\t1.00\t1.00\n",
	 "t1.r3.c3 2023 approved revenue_total - 205 - - level 6000000\n"
	 "t1.r3.c4 2023 approved revenue - 205 - - level 4000000\n"
	 "t1.r3.c5 2023 approved revenue service 205 - - level 4000000\n"
	 "t1.r3.c6 2023 approved carryover_in - 205 - - level 1000000\n"
	 "t1.r3.c7 no_item 1000000\n"},
	{"natures of a balance and of revenue",
	 "一般公共预算财政拨款收入支出决算表\n单位：万元\n"
	 "科目编码\t科目名称\t年初结转和结余\t>\t本年收入\t>\t本年支出\t>\n"
	 "^\t^\t合计\t项目支出结转和结余\t合计\t基本支出\t合计\t基本支出\n"
	 "205\t教育支出\t1.00\t1.00\t5.00\t5.00\t6.00\t5.00\n",
	 "t1.r3.c3 2023 executed carryover_in general 205 - - level 1000000\n"
	 "t1.r3.c4 2023 executed carryover_in general 205 - project level "
	 "1000000\n"
	 "t1.r3.c5 2023 executed revenue general 205 - - level 5000000\n"
	 "t1.r3.c6 2023 executed revenue general 205 - basic level 5000000\n"
	 "t1.r3.c7 2023 executed expenditure general 205 - - level 6000000\n"
	 "t1.r3.c8 2023 executed expenditure general 205 - basic level "
	 "5000000\n"},
	{"a column of years, the class said once; its parent in brackets",
	 "一般公共预算支出情况表\n单位：万元\n"
	 "功能科目\t年度\t合计\t人员经费\n"
	 "行政运行（科学技术管理事务）\t2023\t5.00\t3.00\n"
	 "\t2022年\t4.00\t2.00\n\t2023比2022\t1.00\t1.00\n",
	 "t1.r2.c3 2023 approved expenditure general 2060101 - - level "
	 "5000000\n"
	 "t1.r2.c4 2023 approved expenditure general 2060101 - "
	 "basic.staff level 3000000\n"
	 "t1.r3.c3 2022 approved expenditure general 2060101 - - level "
	 "4000000\n"
	 "t1.r3.c4 2022 approved expenditure general 2060101 - "
	 "basic.staff level 2000000\n"
	 "t1.r4.c3 2023 approved expenditure general 2060101 - - change "
	 "1000000 vs 2022 approved\n"
	 "t1.r4.c4 2023 approved expenditure general 2060101 - "
	 "basic.staff change 1000000 vs 2022 approved\n"},
	{"rows by year",
	 "“三公”经费支出对比表\n单位：万元\n项目\t合计\t公务接待费\n"
	 "2022年决算数\t4.00\t2.00\n2023年预算数\t5.00\t3.00\n"
	 "增减额\t1.00\t1.00\n增减%\t25.00\t50.00\n",
	 "t1.r2.c2 2022 executed three_public - - - - level 4000000\n"
	 "t1.r2.c3 2022 executed three_public.hospitality - - - - level "
	 "2000000\n"
	 "t1.r3.c2 2023 approved three_public - - - - level 5000000\n"
	 "t1.r3.c3 2023 approved three_public.hospitality - - - - level "
	 "3000000\n"
	 "t1.r4.c2 2023 approved three_public - - - - change 1000000 vs "
	 "2022 executed\n"
	 "t1.r4.c3 2023 approved three_public.hospitality - - - - change "
	 "1000000 vs 2022 executed\n"
	 "t1.r5.c2 2023 approved three_public - - - - growth 250000 vs "
	 "2022 executed\n"
	 "t1.r5.c3 2023 approved three_public.hospitality - - - - growth "
	 "500000 vs 2022 executed\n"},
	{"classes without a title are of expenditure",
	 "功能科目\t合计\n205教育支出\t5.00\n",
	 "t1.r2.c2 2023 approved expenditure - 205 - - level 5000000 ?\n"},
	{"a ratio under a change is growth",
	 "一般公共预算支出表\n单位：万元\n"
	 "功能分类科目\t2022年预算数\t2023年预算数\t增减情况\t>\n"
	 "^\t^\t^\t金额\t比例（%）\n"
	 "205教育支出\t4.00\t5.00\t1.00\t25.00\n",
	 "t1.r3.c2 2022 approved expenditure general 205 - - level 4000000\n"
	 "t1.r3.c3 2023 approved expenditure general 205 - - level 5000000\n"
	 "t1.r3.c4 2023 approved expenditure general 205 - - change "
	 "1000000 vs 2022 approved\n"
	 "t1.r3.c5 2023 approved expenditure general 205 - - growth "
	 "250000 vs 2022 approved\n"},
	{"funds do not split memo items; goods by label, purchases not at all",
	 "政府采购预算表\n单位：万元\n"
	 "项目\t总计\t一般公共预算拨款\n合计\t9.00\t7.00\n"
	 "A 货物\t9.00\t7.00\n便携式计算机\t9.00\t7.00\n",
	 "t1.r2.c2 2023 approved procurement - - - - level 9000000\n"
	 "t1.r2.c3 memo_fund 7000000\n"
	 "t1.r3.c2 2023 approved procurement.goods - - - - level 9000000\n"
	 "t1.r3.c3 memo_fund 7000000\n"
	 "t1.r4.c2 project 9000000\n"
	 "t1.r4.c3 project 7000000\n"},
};

static const struct example CELLS[] = {
	{"what is no amount, negatives, zeros",
	 "部门支出总表\n单位：万元\n"
	 "序号\t科目编码\t项目\t行次\t预算数\t备注\n"
	 "栏次\t\t\t\t1\t2\n"
	 "1\t205\t教育支出\t1\t（1.20）\t2023\n"
	 "2\t206\t科学技术支出\t2\t△1.2\t2024\n"
	 "3\t207\t文化旅游体育与传媒支出\t3\t0\t\n"
	 "4\t208\t社会保障和就业支出\t4\t—\t\n"
	 "5\t210\t卫生健康支出\t5\t１，２３４．５０\t\n",
	 "t1.r3.c5 2023 approved expenditure - 205 - - level -1200000\n"
	 "t1.r4.c5 2023 approved expenditure - 206 - - level -1200000 "
	 "q100000\n"
	 "t1.r5.c5 2023 approved expenditure - 207 - - level 0\n"
	 "t1.r7.c5 2023 approved expenditure - 210 - - level 1234500000\n"},
	{"the unit of one table is not that of the next; none is doubtful",
	 "部门收入总表 单位：元\n科目\t合计\n合计\t100\n"
	 "部门支出总表（单位：万元）\n科目\t合计\n合计\t100\n"
	 "政府性基金预算支出表\n科目\t合计\n合计\t100\n",
	 "t1.r2.c2 2023 approved revenue - - - - level 10000 q100\n"
	 "t2.r2.c2 2023 approved expenditure - - - - level 100000000 q1000000\n"
	 "t3.r2.c2 2023 approved expenditure government_fund - - - level "
	 "100000000 q1000000 ?\n"},
	{"a table that goes on over the page, without a head",
	 "部门支出总表\n单位：万元\n"
	 "科目编码\t科目名称\t合计\t项目支出\n205\t教育支出\t1.00\t1.00\n"
	 "第 2 页\n20502\t普通教育\t1.00\t1.00\n",
	 "t1.r2.c3 2023 approved expenditure - 205 - - level 1000000\n"
	 "t1.r2.c4 2023 approved expenditure - 205 - project level 1000000\n"
	 "t2.r1.c3 2023 approved expenditure - 20502 - - level 1000000\n"
	 "t2.r1.c4 2023 approved expenditure - 20502 - project level "
	 "1000000\n"},
	{"counts and money in one table of agency information",
	 "机构运行信息表\n单位：万元\n项目\t行次\t预算数\t统计数\n"
	 "一、“三公”经费支出\t1\t—\t—\n（一）支出合计\t2\t3.00\t2.00\n"
	 "1．因公出国（境）费\t3\t1.00\t0.00\n"
	 "（二）相关统计数\t4\t—\t—\n"
	 "4．公务用车保有量（辆）\t5\t—\t6\n"
	 "二、机关运行经费\t6\t—\t7.00\n（一）行政单位\t7\t—\t7.00\n",
	 "t1.r3.c3 2023 approved three_public - - - - level 3000000\n"
	 "t1.r3.c4 2023 approved three_public - - - - level 2000000\n"
	 "t1.r4.c3 2023 approved three_public.overseas - - - - level 1000000\n"
	 "t1.r4.c4 2023 approved three_public.overseas - - - - level 0\n"
	 "t1.r6.c4 2023 approved three_public.vehicles.fleet - - - - level 6\n"
	 "t1.r7.c4 2023 approved operating_cost - - - - level 7000000\n"
	 "t1.r8.c4 no_item 7000000\n"},
	{"how many of a thing that is counted; parts of a count",
	 "国有资产占用情况表\n资产名称\t计量单位\t数量\n车辆\t辆\t12\n房屋\t平方米\t500\n"
	 "人员情况表\n单位名称\t编制人数\t>\t实有人数\n^\t小计\t行政\t^\n合计\t9\t5\t8\n",
	 "t1.r2.c3 2023 approved assets.vehicles - - - - level 12\n"
	 "t1.r3.c3 2023 approved assets.buildings_area - - - - level 500\n"
	 "t2.r3.c2 2023 approved staff.quota - - - - level 9\n"
	 "t2.r3.c3 no_item 5\n"
	 "t2.r3.c4 2023 approved staff.active - - - - level 8\n"},
	{"what cars are worth is no number of cars",
	 "国有资产使用情况表\n单位：万元\n项目\t资产总额\t固定资产\t>\n"
	 "^\t^\t小计\t车辆\n合计\t9.00\t5.00\t2.00\n",
	 "t1.r3.c2 2023 approved assets.total - - - - level 9000000\n"
	 "t1.r3.c3 no_item 5000000\n"
	 "t1.r3.c4 no_item 2000000\n"},
	{"below a numbered heading no table goes on; a share names its whole",
	 "一、支出情况（单位：万元）\n支出项目\t金额\t占总支出比重\n"
	 "基本支出\t4.00\t80%\n"
	 "二、“三公”经费（单位：元）\n\t2022年\t2023年\t增减\n"
	 "公务接待费\t50\t40\t-10\n",
	 "t1.r2.c2 2023 approved expenditure - - - basic level 4000000\n"
	 "t1.r2.c3 2023 approved expenditure - - - basic share 800000\n"
	 "t2.r2.c2 2022 approved three_public.hospitality - - - - level "
	 "5000 q100\n"
	 "t2.r2.c3 2023 approved three_public.hospitality - - - - level "
	 "4000 q100\n"
	 "t2.r2.c4 2023 approved three_public.hospitality - - - - change "
	 "-1000 vs 2022 approved q100\n"},
	{"parts of a nature that no word names are not the nature",
	 "一般公共预算支出表\n单位：万元\n科目\t合计\t项目支出\t>\n"
	 "^\t^\t业务经费\t专项资金\n205教育支出\t3.00\t1.00\t2.00\n",
	 "t1.r3.c2 2023 approved expenditure general 205 - - level 3000000\n"
	 "t1.r3.c3 no_item 1000000\n"
	 "t1.r3.c4 no_item 2000000\n"},
	{"a sum of a nature beside what is no coordinate of it",
	 "一般公共预算支出表\n单位：万元\n科目\t合计\t项目支出\t>\n"
	 "^\t^\t项目支出总数\t扣除基建项目后预算数\n205教育支出\t3.00\t3.00\t2.00\n",
	 "t1.r3.c2 2023 approved expenditure general 205 - - level 3000000\n"
	 "t1.r3.c3 2023 approved expenditure general 205 - project level "
	 "3000000\n"
	 "t1.r3.c4 no_item 2000000\n"},
	{"a source that is not named is none",
	 "项目支出表\n单位：万元\n项目名称\t合计\t一般公共预算\t其他\n合计\t5.00\t3.00\t2.00\n",
	 "t1.r2.c2 2023 approved expenditure - - - project level 5000000\n"
	 "t1.r2.c3 2023 approved expenditure general - - project level "
	 "3000000\n"
	 "t1.r2.c4 no_item 2000000\n"},
	{"targets and projects have no coordinates",
	 "项目支出绩效目标表\n指标\t指标值\n完成率\t98\n"
	 "项目支出表\n单位：万元\n项目名称\t合计\n合计\t5.00\n智慧平台\t5.00\n",
	 "t1.r2.c2 target 980000\n"
	 "t2.r2.c2 2023 approved expenditure - - - project level 5000000\n"
	 "t2.r3.c2 project 5000000\n"},
};

static const struct example CLASSES[] = {
	{"economic classes as columns, the government's without 机关",
	 "一般公共预算基本支出表（按政府预算经济分类）\n单位：万元\n"
	 "单位代码\t单位名称（科目）\t总计\t工资福利支出\t>\t"
	 "对事业单位经常性补助\t>\n"
	 "^\t^\t^\t合计\t社会保障缴费\t合计\t工资福利支出\n"
	 "2080201\t行政运行\t5.00\t3.00\t1.00\t2.00\t2.00\n",
	 "t1.r3.c3 2023 approved expenditure general 2080201 - basic "
	 "level 5000000\n"
	 "t1.r3.c4 2023 approved expenditure general 2080201 501 basic "
	 "level 3000000\n"
	 "t1.r3.c5 2023 approved expenditure general 2080201 50102 basic "
	 "level 1000000\n"
	 "t1.r3.c6 2023 approved expenditure general 2080201 505 basic "
	 "level 2000000\n"
	 "t1.r3.c7 2023 approved expenditure general 2080201 50501 basic "
	 "level 2000000\n"},
	{"classes as columns under a group without merged cells",
	 "机关运行经费表\n单位：万元\n单位名称\t机关运行经费\t\t\n"
	 "\t合计\t办公费\t水费\n合计\t3.00\t2.00\t1.00\n",
	 "t1.r3.c2 2023 approved operating_cost - - - - level 3000000\n"
	 "t1.r3.c3 2023 approved operating_cost - - 30201 - level 2000000\n"
	 "t1.r3.c4 2023 approved operating_cost - - 30205 - level 1000000\n"},
	{"a sum of two lists, its amount under the second",
	 "一般公共预算基本支出表\n单位：万元\n"
	 "公用经费\t\t\t\t\t\n"
	 "科目编码\t科目名称\t金额\t科目编码\t科目名称\t金额\n"
	 "302\t商品和服务支出\t2.00\t310\t资本性支出\t1.00\n"
	 "公用经费合计\t\t\t\t\t3.00\n",
	 "t1.r3.c3 2023 approved expenditure general - 302 basic level "
	 "2000000\n"
	 "t1.r3.c6 2023 approved expenditure general - 310 basic level "
	 "1000000\n"
	 "t1.r4.c6 2023 approved expenditure general - - basic.operating "
	 "level 3000000\n"},
	{"a memo item is a class among classes",
	 "机关运行经费表\n单位：万元\n单位名称\t合计\t办公费\t水费\t会议费\n"
	 "合计\t3.00\t1.00\t1.00\t1.00\n"
	 "“三公”经费支出表\n单位：万元\n单位名称\t公务接待费\t会议费\n"
	 "合计\t1.00\t2.00\n",
	 "t1.r2.c2 2023 approved operating_cost - - - - level 3000000\n"
	 "t1.r2.c3 2023 approved operating_cost - - 30201 - level 1000000\n"
	 "t1.r2.c4 2023 approved operating_cost - - 30205 - level 1000000\n"
	 "t1.r2.c5 2023 approved operating_cost - - 30215 - level 1000000\n"
	 "t2.r2.c2 2023 approved three_public.hospitality - - - - level "
	 "1000000\n"
	 "t2.r2.c3 2023 approved meetings - - - - level 2000000\n"},
	{"names of both classifications stand for what the rows before are of",
	 "收入支出决算总表\n单位：万元\n"
	 "收入\t>\t支出\t>\n项目\t决算数\t项目\t决算数\n"
	 "\t\t一、教育支出\t5.00\n\t\t二、其他支出\t1.00\n"
	 "\t\t工资福利支出\t4.00\n\t\t资本性支出\t1.00\n"
	 "\t\t其他支出\t1.00\n",
	 "t1.r3.c4 2023 executed expenditure - 205 - - level 5000000\n"
	 "t1.r4.c4 2023 executed expenditure - 229 - - level 1000000\n"
	 "t1.r5.c4 2023 executed expenditure - - 301 - level 4000000\n"
	 "t1.r6.c4 2023 executed expenditure - - 310 - level 1000000\n"
	 "t1.r7.c4 2023 executed expenditure - - 399 - level 1000000\n"},
	{"government classes without a head that says so",
	 "收支总表\n单位：万元\n"
	 "收入\t预算数\t支出\t预算数\n"
	 "事业收入\t3.00\t1、机关工资福利支出\t1.00\n"
	 "\t\t7、对企业补助\t2.00\n",
	 "t1.r2.c2 2023 approved revenue service - - - level 3000000\n"
	 "t1.r2.c4 2023 approved expenditure - - 501 - level 1000000\n"
	 "t1.r3.c4 2023 approved expenditure - - 507 - level 2000000\n"},
	{"a number among names is no amount of theirs",
	 "政府采购预算表\n单位：万元\n采购项目\t规格型号\t预算金额\n"
	 "货物\t1\t2.00\n服务\t台式\t3.00\n工程\t\t1.00\n",
	 "t1.r2.c2 unknown 1000000\n"
	 "t1.r2.c3 2023 approved procurement.goods - - - - level 2000000\n"
	 "t1.r3.c3 project 3000000\n"
	 "t1.r4.c3 2023 approved procurement.works - - - - level 1000000\n"},
	{"a project that is named like a memo item",
	 "项目支出表\n单位：万元\n项目名称\t项目类别\t合计\n"
	 "培训费\t其他运转类\t1.00\n中介服务费\t特定目标类\t2.00\n",
	 "t1.r2.c3 project 1000000\n"
	 "t1.r3.c3 project 2000000\n"},
};

#define EXPECT_ALL(list) \
	for (size_t i = 0; i < sizeof(list) / sizeof *(list); i++) \
		expect(&(list)[i])

Test(table, sides, .init = set_up, .fini = tear_down)
{
	EXPECT_ALL(SIDES);
}

Test(table, codes, .init = set_up, .fini = tear_down)
{
	EXPECT_ALL(CODES);
}

Test(table, classes, .init = set_up, .fini = tear_down)
{
	EXPECT_ALL(CLASSES);
}

Test(table, columns, .init = set_up, .fini = tear_down)
{
	EXPECT_ALL(COLUMNS);
}

Test(table, cells, .init = set_up, .fini = tear_down)
{
	EXPECT_ALL(CELLS);
}
