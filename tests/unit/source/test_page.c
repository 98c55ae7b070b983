#include <criterion/criterion.h>
#include <string.h>

#include "base/utf8.h"
#include "source/page.h"

/* A page as a test writes it: texts and rules with their places, in points. */
static void put(struct arena *a, struct page *p, int x, int y, const char *s)
{
	struct str text = str_of(s);

	for (size_t at = 0; at < text.n;) {
		uint32_t cp = utf8_next(text, &at);
		int width = utf8_width(cp) * 5;

		p->chars = arena_grow(a, p->chars, &p->cap_chars,
				      p->n_chars + 1, sizeof *p->chars);
		p->chars[p->n_chars++] = (struct page_char){
			.cp = cp,
			.x0 = x * 10,
			.x1 = (x + width) * 10,
			.y0 = y * 10,
			.y1 = (y + 10) * 10};
		x += width;
	}
}

static void rule(struct arena *a, struct page *p, int x0, int y0, int x1,
		 int y1)
{
	p->rules = arena_grow(a, p->rules, &p->cap_rules, p->n_rules + 1,
			      sizeof *p->rules);
	p->rules[p->n_rules++] =
		(struct page_rule){x0 * 10, y0 * 10, x1 * 10, y1 * 10};
}

/* Rows of 20, columns of 50, from (0, top). */
static void frame(struct arena *a, struct page *p, int top, int rows, int cols)
{
	for (int i = 0; i <= rows; i++)
		rule(a, p, 0, top + 20 * i, 50 * cols, top + 20 * i);
	for (int i = 0; i <= cols; i++)
		rule(a, p, 50 * i, top, 50 * i, top + 20 * rows);
}

static void expect(struct arena *a, struct page_flow *f, const char *want)
{
	struct source_document d;

	source_init(&d, a);
	flow_write(&d, f->lines, f->n, page_flow_em(f));
	cr_expect(str_equal(buf_str(&d.text), str_of(want)),
		  "got\n%.*s--- not\n%s", STR_ARG(buf_str(&d.text)), want);
	source_release(&d);
}

Test(page, numbers_stay_in_their_cells)
{
	struct arena a = {0};
	struct page_flow f = {0};
	struct page p = {.number = 1};

	frame(&a, &p, 0, 2, 4);
	put(&a, &p, 2, 5, "甲");
	/* Two numbers without any distance, at the rule. */
	put(&a, &p, 70, 5, "123.45");
	put(&a, &p, 100, 5, "678.90");
	/* An empty column, and a number that is cut by nothing. */
	put(&a, &p, 2, 25, "乙");
	put(&a, &p, 170, 25, "7.00");
	page_append(&a, &f, &p);
	expect(&a, &f, "甲\t123.45\t678.90\n乙\t\t\t7.00\n");
	arena_release(&a);
}

Test(page, labels_that_are_too_long_run_over)
{
	struct arena a = {0};
	struct page_flow f = {0};
	struct page p = {.number = 1};

	frame(&a, &p, 0, 2, 3);
	put(&a, &p, 2, 5, "保障中心及其他");
	put(&a, &p, 55, 5, "18.00");
	put(&a, &p, 2, 25, "合计");
	put(&a, &p, 55, 25, "18.00");
	put(&a, &p, 120, 25, "1.00");
	page_append(&a, &f, &p);
	expect(&a, &f, "保障中心及其他\t18.00\n合计\t18.00\t1.00\n");
	arena_release(&a);
}

Test(page, wrapped_cells_are_one)
{
	struct arena a = {0};
	struct page_flow f = {0};
	struct page p = {.number = 1};

	frame(&a, &p, 0, 1, 3);
	rule(&a, &p, 0, 60, 150, 60);
	for (int i = 0; i <= 3; i++)
		rule(&a, &p, 50 * i, 20, 50 * i, 60);
	put(&a, &p, 2, 5, "项目");
	put(&a, &p, 52, 5, "合计");
	put(&a, &p, 2, 25, "社会保障");
	put(&a, &p, 2, 36, "支出");
	/* A renderer that had no room for the last digits. */
	put(&a, &p, 52, 25, "123456.7");
	put(&a, &p, 52, 36, "89");
	/* Two numbers that had room are two. */
	put(&a, &p, 102, 25, "1.00");
	put(&a, &p, 102, 36, "2.00");
	page_append(&a, &f, &p);
	expect(&a, &f, "项目\t合计\n社会保障支出\t123456.789\t1.00 2.00\n");
	arena_release(&a);
}

Test(page, merged_heads_keep_their_extent)
{
	struct arena a = {0};
	struct page p = {.number = 1};
	struct page_table *t;
	const struct grid_cell *c;

	/* No rule between columns 1 and 2 of the first row, and none below
	 * the first cell. */
	rule(&a, &p, 0, 0, 150, 0);
	rule(&a, &p, 50, 20, 150, 20);
	rule(&a, &p, 0, 40, 150, 40);
	rule(&a, &p, 0, 0, 0, 40);
	rule(&a, &p, 50, 0, 50, 40);
	rule(&a, &p, 100, 20, 100, 40);
	rule(&a, &p, 150, 0, 150, 40);
	put(&a, &p, 2, 15, "项目");
	put(&a, &p, 90, 5, "支出");
	put(&a, &p, 55, 25, "基本");
	put(&a, &p, 105, 25, "项目");
	page_find_runs(&p);
	cr_assert(page_find_tables(&a, &p, &t) == 1);
	cr_assert(t->grid.n == 4);
	c = t->grid.cells;
	cr_expect(c[0].rows == 2 && c[0].cols == 1);
	cr_expect(c[1].rows == 1 && c[1].cols == 2 && c[1].col == 1);
	cr_expect(c[2].row == 1 && c[2].col == 1 && c[2].cols == 1);
	cr_expect(c[3].row == 1 && c[3].col == 2);
	arena_release(&a);
}

Test(page, tables_go_on_over_pages)
{
	struct arena a = {0};
	struct page_flow f = {0};
	struct page p = {.number = 1}, q = {.number = 2}, r = {.number = 3};

	put(&a, &p, 60, 10, "收支总表");
	frame(&a, &p, 40, 2, 2);
	put(&a, &p, 2, 45, "科目");
	put(&a, &p, 52, 45, "合计");
	put(&a, &p, 2, 65, "201");
	put(&a, &p, 52, 65, "1.00");
	/* The same title and the same head, new rows. */
	put(&a, &q, 60, 10, "收支总表");
	frame(&a, &q, 40, 2, 2);
	put(&a, &q, 2, 45, "科目");
	put(&a, &q, 52, 45, "合计");
	put(&a, &q, 2, 65, "202");
	put(&a, &q, 52, 65, "2.00");
	/* Another title: another table, of the same shape. */
	put(&a, &r, 60, 10, "支出总表");
	frame(&a, &r, 40, 1, 2);
	put(&a, &r, 2, 45, "合计");
	put(&a, &r, 52, 45, "3.00");
	page_append(&a, &f, &p);
	page_append(&a, &f, &q);
	page_append(&a, &f, &r);
	expect(&a, &f,
	       "收支总表\n科目\t合计\n201\t1.00\n202\t2.00\n支出总表\n"
	       "合计\t3.00\n");
	arena_release(&a);
}

Test(page, underlines_make_no_table)
{
	struct arena a = {0};
	struct page_flow f = {0};
	struct page p = {.number = 1};

	put(&a, &p, 0, 0, "部门预算");
	rule(&a, &p, 0, 12, 40, 12);
	rule(&a, &p, 0, 14, 40, 14);
	page_append(&a, &f, &p);
	expect(&a, &f, "部门预算\n");
	arena_release(&a);
}

Test(page, columns_without_rules_are_a_table)
{
	struct arena a = {0};
	struct page_flow f = {0};
	struct page p = {.number = 1};
	static const char *const LABELS[] = {"教育支出", "住房支出", "合计"};
	static const char *const TOTALS[] = {"1740.00", "84.50", "1824.50"};
	static const char *const PARTS[] = {"1400.00", "", "1400.00"};

	put(&a, &p, 0, 0, "一、支出预算表");
	put(&a, &p, 0, 20, "项目");
	put(&a, &p, 120, 20, "合计");
	put(&a, &p, 190, 20, "其中：基本支出");
	for (int i = 0; i < 3; i++) {
		int right = 150 - (int)strlen(TOTALS[i]) * 5;

		put(&a, &p, 0, 40 + 20 * i, LABELS[i]);
		put(&a, &p, right, 40 + 20 * i, TOTALS[i]);
		put(&a, &p, 260 - (int)strlen(PARTS[i]) * 5, 40 + 20 * i,
		    PARTS[i]);
	}
	page_append(&a, &f, &p);
	expect(&a, &f,
	       "一、支出预算表\n项目\t合计\t其中：基本支出\n"
	       "教育支出\t1740.00\t1400.00\n住房支出\t84.50\n"
	       "合计\t1824.50\t1400.00\n");
	arena_release(&a);
}

Test(page, a_table_of_contents_is_no_table)
{
	struct arena a = {0};
	struct page_flow f = {0};
	struct page p = {.number = 1};

	put(&a, &p, 0, 0, "一、概况");
	put(&a, &p, 300, 0, "1");
	put(&a, &p, 0, 20, "二、预算表");
	put(&a, &p, 300, 20, "3");
	put(&a, &p, 0, 40, "三、说明");
	put(&a, &p, 300, 40, "12");
	page_append(&a, &f, &p);
	cr_expect(f.n == 3 && !f.lines[0].grid);
	arena_release(&a);
}

Test(page, heads_without_rules_stand_over_their_columns)
{
	struct arena a = {0};
	struct page_flow f = {0};
	struct page p = {.number = 1};

	put(&a, &p, 100, 10, "支出表");
	put(&a, &p, 200, 30, "单位：万元");
	/* 本年支出 is the middle of three columns; 项目 and 合计, which go over
	 * both rows, stand between these. */
	put(&a, &p, 180, 50, "本年支出");
	put(&a, &p, 10, 54, "项目");
	put(&a, &p, 90, 54, "合计");
	put(&a, &p, 138, 58, "小计");
	put(&a, &p, 180, 58, "基本支出");
	put(&a, &p, 240, 58, "项目支出");
	put(&a, &p, 0, 70, "教育支出");
	put(&a, &p, 85, 70, "10.00");
	put(&a, &p, 135, 70, "10.00");
	put(&a, &p, 240, 70, "10.00");
	page_append(&a, &f, &p);
	expect(&a, &f,
	       "支出表\n单位：万元\n"
	       "项目\t合计\t本年支出\n"
	       "\t\t小计\t基本支出\t项目支出\n"
	       "教育支出\t10.00\t10.00\t\t10.00\n");
	arena_release(&a);
}

Test(page, a_text_too_long_for_its_cell_stays_there)
{
	struct arena a = {0};
	struct page_flow f = {0};
	struct page p = {.number = 1};

	/* 预算支出科目 stands in the middle of the second column, which is
	 * narrower */
	frame(&a, &p, 0, 3, 3);
	put(&a, &p, 5, 5, "金额");
	put(&a, &p, 45, 5, "预算支出科目");
	put(&a, &p, 115, 5, "金额");
	for (int row = 1; row < 3; row++) {
		put(&a, &p, 5, 5 + 20 * row, "1.00");
		put(&a, &p, 55, 5 + 20 * row, "合计");
		put(&a, &p, 105, 5 + 20 * row, "2.00");
	}
	page_append(&a, &f, &p);
	expect(&a, &f,
	       "金额\t预算支出科目\t金额\n1.00\t合计\t2.00\n"
	       "1.00\t合计\t2.00\n");
	arena_release(&a);
}
