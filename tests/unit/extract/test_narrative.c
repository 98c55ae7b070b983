/*
 * Sentences → facts. A case is a title and a paragraph; what is expected are
 * lines "year phase item fund function nature kind value", - for absent, one
 * a fact, in order of reading.
 */
#include <criterion/criterion.h>

#include "extract/extract.h"
#include "source/read.h"

#define TITLE "青石县水利局2023年部门预算\n\n"

static const struct {
	const char *about, *text, *facts;
} CASES[] = {
	{"a level and its change",
	 TITLE "2023年支出预算120万元，比2022年增加20万元，增长20%。\n",
	 "2023 approved expenditure - - - level 1200000\n"
	 "2023 approved expenditure - - - change 200000\n"
	 "2023 approved expenditure - - - growth 200000\n"},
	{"both sides share the amount",
	 TITLE "2023年收、支总预算50万元，较上年各减少5万元。\n",
	 "2023 approved revenue_total - - - level 500000\n"
	 "2023 approved expenditure_total - - - level 500000\n"
	 "2023 approved revenue_total - - - change -50000\n"
	 "2023 approved expenditure_total - - - change -50000\n"},
	{"a balance among the parts makes the head a total",
	 TITLE "收入预算30万元，其中：财政拨款收入20万元，上年结转10万元。\n",
	 "2023 approved revenue_total - - - level 300000\n"
	 "2023 approved revenue fiscal - - level 200000\n"
	 "2023 approved carryover_in - - - level 100000\n"},
	{"a part takes the fund of its whole",
	 TITLE "一般公共预算支出80万元，其中：基本支出60万元，项目支出20万元。\n",
	 "2023 approved expenditure general - - level 800000\n"
	 "2023 approved expenditure general - basic level 600000\n"
	 "2023 approved expenditure general - project level 200000\n"},
	{"an amount of a reason is no fact",
	 TITLE "项目支出20万元，主要原因是增加办公楼装修15万元。\n",
	 "2023 approved expenditure - - project level 200000\n"},
	{"amounts in order",
	 TITLE "政府采购预算9万元，货物、工程、服务分别为2万元、3万元、4万元。\n",
	 "2023 approved procurement - - - level 90000\n"
	 "2023 approved procurement.goods - - - level 20000\n"
	 "2023 approved procurement.works - - - level 30000\n"
	 "2023 approved procurement.services - - - level 40000\n"},
	{"one amount of several things is a sum, not a fact",
	 TITLE "会议费和培训费共5万元。\n", ""},
	{"a zero said in words",
	 TITLE "2023年无政府性基金预算拨款安排的支出。\n",
	 "2023 approved expenditure government_fund - - level 0\n"},
	{"a path of classes",
	 TITLE "农林水支出（类）水利（款）防汛（项）7万元。\n",
	 "2023 approved expenditure - 2130314 - level 70000\n"},
	{"no year is before a year that is not known",
	 "青石县水利局部门预算\n\n培训费由3万元增加到5万元。\n",
	 ""},
	{"the name of an office holds no class",
	 "青石县应急管理局2023年部门预算\n\n"
	 "青石县应急管理局2023年支出预算8万元。\n",
	 "2023 approved expenditure - - - level 80000\n"},
	{"the money of another office is not the document's",
	 TITLE "青石县应急管理局公用经费8万元，比上年减少1万元。\n", ""},
	{"unknown words make it another's",
	 TITLE "水库除险加固补助项目支出8万元。\n", ""},
};

static void put(struct buf *out, const struct bud_fact *f)
{
	const struct str words[] = {
		phase_name(f->at.phase), f->at.item,   f->at.fund,
		f->at.function,          f->at.nature, kind_name(f->at.kind),
	};

	buf_printf(out, "%d", f->at.year);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		buf_printf(out, " %.*s", words[i].n ? (int)words[i].n : 1,
			   words[i].n ? words[i].p : "-");
	/* money in 元, so that the table stays readable */
	buf_printf(out, " %lld\n",
		   (long long)(f->unit == UNIT_FEN ? f->value / 100
						   : f->value));
}

Test(narrative, table)
{
	struct messages messages = {0};
	struct share share;
	const struct lexicon *l;

	share_open(&share, NULL);
	l = lexicon_load(&share, &messages);
	cr_assert(l);
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct arena a = {0};
		struct source_document d;
		struct source_error error;
		struct extract_result r;
		struct extract_options none = {0};
		struct buf got = {0};

		source_init(&d, &a);
		cr_assert(!source_read(&d, str_of(CASES[i].text), &error));
		extract_document(&r, &a, l, &d, &none);
		for (size_t k = 0; k < r.n_facts; k++)
			put(&got, &r.facts[k]);
		cr_expect(str_equal(buf_str(&got), str_of(CASES[i].facts)),
			  "%s:\n%.*s", CASES[i].about, STR_ARG(buf_str(&got)));
		buf_release(&got);
		source_release(&d);
		arena_release(&a);
	}
	lexicon_release(l);
	share_close(&share);
}
