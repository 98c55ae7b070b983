#include <criterion/criterion.h>
#include <string.h>

#include "source/charset.h"
#include "source/heading.h"
#include "source/limits.h"
#include "source/sniff.h"
#include "source/table.h"
#include "source/text.h"

Test(heading, knows_outline_numbers_by_their_style)
{
	static const struct {
		const char *text;
		int level;
	} rows[] = {
		{"第一部分 概况", 1}, {"第 3 章", 1},    {"第二节", 2},
		{"一、职责", 2},      {"十二、其他", 2}, {"（一）收入", 3},
		{"(二)支出", 3},      {"1．基本支出", 4}, {"12、其他", 4},
		{"1.基本支出", 4},    {"（1）人员", 5},  {"2）公用", 5},
		{"①工资", 6},         {"⑳其他", 6},      {"1.5万元", 0},
		{"2024年收入", 0},    {"一般公共预算", 0}, {"（类）", 0},
		{"(2010301)", 0},     {"第一小学", 0},   {"", 0},
		{"1", 0},             {"（", 0},         {"第", 0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect(heading_level(str_of(rows[i].text)) == rows[i].level,
			  "'%s' gives %d, not %d", rows[i].text,
			  heading_level(str_of(rows[i].text)), rows[i].level);
}

Test(heading, tells_headings_from_statements)
{
	static const struct {
		const char *text;
		bool in_title, is;
	} rows[] = {
		{"一、收支总体情况", false, true},
		{"一、收支总体情况。", false, false},
		{"（二）收入预算1520.30万元", false, false},
		{"（二）项目8个，共3万元", false, false},
		{"某某局", false, false},
		{"某某局", true, true},
		{"部门收支总表", false, true},
		{"部门收支总表（公开表1）", false, true},
		{"单位：万元", true, false},
		{"一、概况...........3", false, false},
		{"一、概况………… 3", false, false},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect(heading_is(str_of(rows[i].text), rows[i].in_title) ==
				  rows[i].is,
			  "row %zu: '%s'", i, rows[i].text);
}

static void expect_text(const char *in, const char *out)
{
	struct arena a = {0};
	struct source_document d;

	source_init(&d, &a);
	source_read_text(&d, str_of(in));
	cr_expect(str_equal(buf_str(&d.text), str_of(out)),
		  "%s\n--- gives\n%.*s--- not\n%s", in,
		  STR_ARG(buf_str(&d.text)), out);
	source_release(&d);
	arena_release(&a);
}

#define LONG_A "本部门贯彻执行国家有关方针政策，负责全区水利工程的建设、管理和"
#define LONG_B "运行维护，组织编制水资源规划并监督实施，指导农村饮水安全工作并承"

Test(text, joins_only_what_is_wrapped)
{
	/* Three lines end at the margin: they go on. */
	expect_text("    " LONG_A "\n" LONG_B "\n" LONG_B "\n担相应责任。\n",
		    LONG_A LONG_B LONG_B "担相应责任。\n");
	/* One ends the sentence before, and the next one is indented. */
	expect_text(LONG_A "\n" LONG_B "\n" LONG_B "\n担。\n    " LONG_A
			   "\n责。\n",
		    LONG_A LONG_B LONG_B "担。\n" LONG_A "责。\n");
	/* A number opens a paragraph, whatever stands before it. */
	expect_text(LONG_A "\n" LONG_B "\n" LONG_B "\n一、职责\n",
		    LONG_A LONG_B LONG_B "\n一、职责\n");
	/* An empty line ends one. */
	expect_text(LONG_A "\n" LONG_B "\n" LONG_B "\n\n" LONG_B "\n",
		    LONG_A LONG_B LONG_B "\n" LONG_B "\n");
	/* No margin, no joining. */
	expect_text(LONG_A "\n短行\n" LONG_B "和\n",
		    LONG_A "\n短行\n" LONG_B "和\n");
	expect_text("", "");
	expect_text("\n\f\n", "");
}

Test(text, drops_page_furniture_and_nothing_else)
{
	expect_text("局\n甲。\n— 1 —\n\f局\n乙。\n- 2 -\n\f局\n丙。\n"
		    "第3页 共3页\n",
		    "局\n甲。\n乙。\n丙。\n");
	expect_text("甲。\n-3\n5/6\n12\n", "甲。\n-3\n5/6\n12\n");
}

Test(text, reads_tables)
{
	expect_text("项目\t合计\n甲\t1.00\n乙\t\n", "项目\t合计\n甲\t1.00\n乙\n");
	expect_text("|项目|合计|\n|--|--|\n|甲||\n", "项目\t合计\n甲\n");
	expect_text("项目        合计\n甲局        1.00\n乙局       12.00\n"
		    "丙局      -3.10\n",
		    "项目\t合计\n甲局\t1.00\n乙局\t12.00\n丙局\t-3.10\n");
	expect_text("项目        合计\r\n甲局        1.00\r\n乙局       12.00\r\n"
		    "丙局      -3.10\r\n",
		    "项目\t合计\n甲局\t1.00\n乙局\t12.00\n丙局\t-3.10\n");
	/* What has no width takes a place all the same. */
	expect_text("项目  合计  \u200b\n甲局  1.00  \u200b\n"
		    "乙局  2.00  \u200b\n丙局  3.10  \u200b\n",
		    "项目\t合计\t\u200b\n甲局\t1.00\t\u200b\n"
		    "乙局\t2.00\t\u200b\n丙局\t3.10\t\u200b\n");
	/* A line of a table of contents is no row. */
	expect_text("项目  合计\n甲局  1.00\n乙局  2.00\n丙局  3.10\n"
		    "第一部分......5\n丁局  4.00\n",
		    "项目\t合计\n甲局\t1.00\n乙局\t2.00\n丙局\t3.10\n"
		    "第一部分......5\n丁局  4.00\n");
	expect_text("甲。\r乙。\r", "甲。\n乙。\n");
	/* A TAB in front is an indent. */
	expect_text("\t甲说明。\n", "甲说明。\n");
}

#define NUL_COLUMNS                                                            \
	"科目   \0   \0a    \0\n\0    1.00     1.00\n"                        \
	"\0     1234567.89      22.50\n   1.00  5\n\0    \0财"

Test(text, nul_is_a_blank)
{
	struct arena a = {0};
	struct source_document d;

	/* The two beside each other in the last row are joined. */
	source_init(&d, &a);
	source_read_text(&d, STR(NUL_COLUMNS));
	cr_expect(str_find(buf_str(&d.text), STR("\0")) == SIZE_MAX);
	cr_expect(str_find(buf_str(&d.text), STR("财")) != SIZE_MAX, "%.*s",
		  STR_ARG(buf_str(&d.text)));
	source_release(&d);
	arena_release(&a);
}

Test(text, cells_know_their_place)
{
	struct arena a = {0};
	struct source_document d;
	const struct source_block *b;

	source_init(&d, &a);
	source_read_text(&d, STR("说明。\n\n部门：甲\t单位：元\n项目\t合计\n"
				 "甲\t1.00\n"));
	cr_assert(d.n_blocks == 4);
	b = &d.blocks[3];
	cr_assert(b->kind == BLOCK_GRID);
	cr_expect(b->line == 4 && b->n_rows == 2 && b->n_cols == 2 &&
		  b->first_row == 1 && b->table == 1);
	cr_assert(b->n_cells == 4);
	cr_expect(b->cells[3].line == 5 && b->cells[3].row == 1 &&
		  b->cells[3].col == 1);
	cr_expect(str_equal(source_cell_text(&d, &b->cells[3]), STR("1.00")));
	source_release(&d);
	arena_release(&a);
}

Test(charset, is_told_by_the_bytes)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *declared, *name, *text; /* name NULL: no text */
	} rows[] = {
		{"abc", 3, "", "UTF-8", "abc"},
		{"", 0, "", "UTF-8", ""},
		{"\xef\xbb\xbf年", 6, "", "UTF-8", "年"},
		{"\xff\xfe\x74\x5e", 4, "", "UTF-16LE", "年"},
		{"\xfe\xff\x5e\x74", 4, "", "UTF-16BE", "年"},
		{"\xc4\xea\xb5\xc4\xd4\xaa", 6, "", "GB18030", "年的元"},
		{"\xa6\x7e\xaa\xba\xa4\xb8", 6, "", "Big5", "年的元"},
		{"\xa6\x7e\xaa\xba\xa4\xb8", 6, "GB2312", "GB18030", NULL},
		{"\0\1\2\3\4\5\6\7", 8, "", NULL, NULL},
		{"年\xf5\x9c\x97\xa4", 7, "", "GB18030", NULL},
		{"\xff\xfe\0\0\x74\x5e\0\0", 8, "", "UTF-32LE", "年"},
		{"\0\0\xfe\xff\0\0\x5e\x74", 8, "", "UTF-32BE", "年"},
		{"2024年部门预算，2024年部门预算，2024年部门预算，"
		 "2024年部门预算，2024年部门预算。\0",
		 111, "", "UTF-8",
		 "2024年部门预算，2024年部门预算，2024年部门预算，"
		 "2024年部门预算，2024年部门预算。 "},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena a = {0};
		struct str utf8;
		const char *name = NULL;
		bool ok = charset_decode(
			&a, (struct str){rows[i].bytes, rows[i].n},
			str_of(rows[i].declared), &utf8, &name);

		cr_expect(ok == (rows[i].name != NULL), "row %zu", i);
		if (ok && rows[i].name)
			cr_expect(!strcmp(name, rows[i].name), "row %zu: %s",
				  i, name);
		if (ok && rows[i].text)
			cr_expect(str_equal(utf8, str_of(rows[i].text)),
				  "row %zu: %.*s", i, STR_ARG(utf8));
		arena_release(&a);
	}
	cr_expect(str_equal(charset_find_declared(
				    STR("<META Charset='gbk' />")),
			    STR("gbk")));
	cr_expect(!charset_find_declared(STR("<meta charset")).n);
}

Test(sniff, knows_formats_by_content)
{
	static const struct {
		struct str bytes;
		enum source_format format;
	} rows[] = {
		{STR_INIT("2024年"), FORMAT_TEXT},
		{STR_INIT(""), FORMAT_TEXT},
		{STR_INIT("junk\n%PDF-1.4"), FORMAT_PDF},
		{STR_INIT("PK\3\4....word/document.xml"), FORMAT_DOCX},
		{STR_INIT("PK\3\4....xl/workbook.xml"), FORMAT_XLSX},
		{STR_INIT("PK\3\4....a.txt"), FORMAT_ZIP},
		{STR_INIT("PK\3\4....OFD.xml"), FORMAT_OFD},
		{STR_INIT("\x1f\x8b\x08"), FORMAT_GZIP},
		{STR_INIT("{\\rtf1"), FORMAT_OFFICE},
		{STR_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), FORMAT_OFFICE},
		{STR_INIT("\x89PNG"), FORMAT_IMAGE},
		{STR_INIT(" <!DOCTYPE HTML>"), FORMAT_HTML},
		{STR_INIT("<div>"), FORMAT_HTML},
		{STR_INIT("<p style=\"text-indent: 2em\">"), FORMAT_HTML},
		{STR_INIT("<H2>"), FORMAT_HTML},
		{STR_INIT("<p\r\nclass=a>"), FORMAT_HTML},
		{STR_INIT("<pre>"), FORMAT_HTML},
		{STR_INIT("<以下简称“本局”>"), FORMAT_TEXT},
		{STR_INIT("<perhaps>"), FORMAT_TEXT},
		{STR_INIT("From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
			  "Content-Type: multipart/related"), FORMAT_MHT},
		{STR_INIT("注：MIME-Version: 1.0 text/html"), FORMAT_TEXT},
		{STR_INIT("a < b <div"), FORMAT_TEXT},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect(sniff_format(rows[i].bytes) == rows[i].format,
			  "row %zu", i);
}

Test(table, separators_are_found_only_in_tables)
{
	static const struct {
		const char *text;
		char separator;
	} rows[] = {
		{"a,b\nc,d\ne,f\n", ','},
		{"a;b;c\n1;2;3\n4;5;6\n", ';'},
		{"a,b\nc,d\n", 0},
		{"甲1,234.50元\n乙2,345.60元\n丙3,456.70元\n", 0},
		{"表\n甲,\"1,5\n6\"\n乙,2\n丙,3\n丁,4\n", ','},
		{"甲,\"1\n乙,2\n丙,3\n", ','}, /* a quote without end */
		{"一句话, 两句话\n没有\n没有\n没有\n", 0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect(table_find_separator(str_of(rows[i].text)) ==
				  rows[i].separator,
			  "row %zu", i);
}

Test(limits, are_set_by_name)
{
	struct source_limits l = SOURCE_LIMITS_DEFAULT;
	struct source_limits other = {0};
	struct arena a = {0};

	cr_expect(limits_set(&l, STR("pages=5,cells=7")));
	cr_expect(l.pages == 5 && l.cells == 7);
	cr_expect(!limits_set(&l, STR("pages=0")));
	cr_expect(!limits_set(&l, STR("pages")));
	cr_expect(!limits_set(&l, STR("leaves=3")));
	cr_expect(!limits_set(&l, STR("pages=99999999999999999999")));
	cr_expect(limits_set(&other, limits_text(&a, &l)));
	cr_expect(!memcmp(&l, &other, sizeof l));
	arena_release(&a);
}
