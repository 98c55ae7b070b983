/* Places and kinds of organisations from their names. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lexicon/place.h"

static const struct {
	const char *name;
	int year;
	const char *region, *now, *kind;
} CASES[] = {
	{"重庆市开州区审计局", 2023, "500154", "500154", "department"},
	/* former names: the code of its time, and that of today */
	{"重庆市开县审计局", 2014, "500234", "500154", "department"},
	{"襄樊市财政局", 2009, "420600", "420600", "department"},
	/* one place can be left out, or said for short */
	{"江苏省昆山市财政局", 2024, "320583", "320583", "department"},
	{"内蒙古财政厅", 2024, "150000", "150000", "department"},
	{"石柱县水利局", 2024, "500240", "500240", "department"},
	{"凉山州教育和体育局", 2024, "513400", "513400", "department"},
	{"海淀区人民法院", 2024, "110108", "110108", "court"},
	/* the city, not the province of its name */
	{"吉林市财政局", 2024, "220200", "220200", "department"},
	/* two districts of one name */
	{"朝阳区教育局", 2024, "", "", "department"},
	{"北京市朝阳区教育局", 2024, "110105", "110105", "department"},
	{"江苏省鼓楼区教育局", 2024, "320000", "320000", "department"},
	/* named after a place only */
	{"中山大学", 2024, "", "", "school"},
	{"中山市教育局", 2024, "442000", "442000", "department"},
	/* words before the place */
	{"中共重庆市委宣传部", 2024, "500000", "500000", "party"},
	{"共青团昆明市委员会", 2024, "530100", "530100", "mass"},
	{"中国共产党莆田市纪律检查委员会", 2024, "350300", "350300",
	 "supervision"},
	{"政协苏州市委员会办公室", 2024, "320500", "320500", "cppcc"},
	/* kinds */
	{"上海市普陀区人民政府万里街道办事处", 2024, "310107", "310107",
	 "township"},
	{"福州市公安局文职人员管理中心", 2024, "350100", "350100",
	 "institution"},
	{"福州市科学技术局（本级）", 2024, "350100", "350100", "department"},
	{"苏州工业园区管理委员会", 2024, "320500", "320500", "zone"},
	{"昆明市第一人民医院", 2024, "530100", "530100", "hospital"},
	{"西安市残疾人联合会", 2024, "610100", "610100", "mass"},
	{"政务信息中心", 2024, "", "", "institution"},
	{"", 2024, "", "", ""},
};

Test(place, names)
{
	struct messages messages = {0};
	struct share share;
	const struct lexicon *l;

	share_open(&share, NULL);
	l = lexicon_load(&share, &messages);
	cr_assert(l);
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct lexicon_place p = lexicon_place(
			l, str_of(CASES[i].name), CASES[i].year);

		cr_expect(str_equal(p.region, str_of(CASES[i].region)) &&
				  str_equal(p.now, str_of(CASES[i].now)) &&
				  str_equal(p.kind, str_of(CASES[i].kind)),
			  "%s: %.*s %.*s %.*s", CASES[i].name,
			  STR_ARG(p.region), STR_ARG(p.now), STR_ARG(p.kind));
	}
	lexicon_release(l);
	share_close(&share);
}

/* Rows of all positions in any order: the first of each position wins. */
Test(place, rows_of_a_table_in_any_order)
{
	static const struct {
		const char *name, *kind;
	} KINDS[] = {
		{"示例会长办", "first"},
		{"示例会长", "second"},
		{"示例长", "third"},
		{"先示例会", "fourth"},
		{"A", "fifth"},
		{"示例", ""},
	};
	char dir[] = "/tmp/bud-place-XXXXXX", path[64];
	struct messages messages = {0};
	struct share share;
	const struct lexicon *l;
	FILE *f;

	cr_assert(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/lexicon", dir);
	cr_assert(!mkdir(path, 0700));
	snprintf(path, sizeof path, "%s/lexicon/organisations.tsv", dir);
	f = fopen(path, "w");
	cr_assert(f);
	fputs("办\tend\tfirst\t示例办\n先\tstart\tfourth\t先示例\n"
	      "会长\tend\tsecond\t会长\nA\tend\tfifth\tA\n"
	      "长\tend\tthird\t长\n长办\tend\tsixth\t长办\n", f);
	fclose(f);
	share_open(&share, dir);
	l = lexicon_load(&share, &messages);
	cr_assert(l);
	for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
		struct lexicon_place p =
			lexicon_place(l, str_of(KINDS[i].name), 2024);

		cr_expect(str_equal(p.kind, str_of(KINDS[i].kind)),
			  "%s: %.*s", KINDS[i].name, STR_ARG(p.kind));
	}
	lexicon_release(l);
	share_close(&share);
	remove(path);
	snprintf(path, sizeof path, "%s/lexicon", dir);
	rmdir(path);
	rmdir(dir);
}
