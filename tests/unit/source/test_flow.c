/*
 * Lines as a page shows them → paragraphs. A line is written with its indent as
 * ideographic blanks; a page is twenty-two characters wide.
 */
#include <criterion/criterion.h>

#include "base/utf8.h"
#include "source/flow.h"

enum { EM = 10 };

struct shown {
	unsigned page;
	const char *text; /* behind a > there is more distance above */
	int size, height; /* 0: those of the running text */
};

/* Three paragraphs that show the indent and the margin. */
#define BEFORE                                                        \
	{1, "　　本部门承担全市教育事业的规划和管理工作，", 0, 0},    \
	{1, "指导各级各类学校的改革和发展，统筹教育经费。", 0, 0},    \
	{1, "　　本部门承担教育督导和评估。", 0, 0},                  \
	{1, "　　本部门负责推进义务教育均衡发展，促进教育", 0, 0},    \
	{1, "公平，指导普通高中教育、学前教育和特殊教育等", 0, 0},    \
	{1, "工作。", 0, 0},                                          \
	{1, "　　本部门组织开展招生考试。", 0, 0},                    \
	{1, "　　其他情况如下。", 0, 0}

static const char SHOWN[] =
	"本部门承担全市教育事业的规划和管理工作，"
	"指导各级各类学校的改革和发展，统筹教育经费。\n"
	"本部门承担教育督导和评估。\n"
	"本部门负责推进义务教育均衡发展，促进教育"
	"公平，指导普通高中教育、学前教育和特殊教育等工作。\n"
	"本部门组织开展招生考试。\n"
	"其他情况如下。\n";

static struct flow_line line_of(const struct shown *s)
{
	struct str t = str_of(s->text), blank = STR("　");
	struct flow_line l = {.page = s->page,
			      .size = s->size ? s->size : EM,
			      .height = s->height ? s->height : EM};

	l.gap = t.n && t.p[0] == '>';
	t = str_slice(t, l.gap, t.n);
	while (str_starts(t, blank)) {
		t = str_slice(t, blank.n, t.n);
		l.left += EM;
	}
	l.text = t;
	l.right = l.left + (int)utf8_columns(t) * EM / 2;
	return l;
}

static void expect(const struct shown *shown, size_t n, const char *want)
{
	struct arena a = {0};
	struct source_document d;
	struct flow_line *lines = ARENA_ARRAY(&a, struct flow_line, n);
	struct str text;

	for (size_t i = 0; i < n; i++)
		lines[i] = line_of(&shown[i]);
	source_init(&d, &a);
	flow_write(&d, lines, n, EM);
	text = buf_str(&d.text);
	if (str_starts(text, str_of(SHOWN)))
		text = str_slice(text, sizeof SHOWN - 1, text.n);
	cr_expect(str_equal(text, str_of(want)), "got\n%.*s--- not\n%s",
		  STR_ARG(text), want);
	source_release(&d);
	arena_release(&a);
}

#define EXPECT(want, ...)                                          \
	do {                                                       \
		const struct shown shown[] = {BEFORE, __VA_ARGS__}; \
		expect(shown, sizeof shown / sizeof *shown, want); \
	} while (0)

Test(flow, a_sentence_that_ends_at_the_margin_ends_no_paragraph)
{
	EXPECT("一是坚持和加强党对教育工作的全面统一领导。"
	       "二是落实立德树人的根本任务。\n三是其他。\n",
	       {1, "　　一是坚持和加强党对教育工作的全面统一领导。", 0, 0},
	       {1, "二是落实立德树人的根本任务。", 0, 0},
	       {1, "　　三是其他。", 0, 0});
}

Test(flow, nor_does_it_at_the_foot_of_a_page)
{
	EXPECT("一是坚持和加强党对教育工作的全面统一领导；"
	       "二是落实立德树人的根本任务。\n",
	       {1, "　　一是坚持和加强党对教育工作的全面统一领导；", 0, 0},
	       {2, "二是落实立德树人的根本任务。", 0, 0});
	/* The indent begins a new one. */
	EXPECT("一是坚持和加强党对教育工作的全面统一领导。\n"
	       "二是落实立德树人的根本任务。\n",
	       {1, "　　一是坚持和加强党对教育工作的全面统一领导。", 0, 0},
	       {2, "　　二是落实立德树人的根本任务。", 0, 0});
}

Test(flow, a_distance_within_a_sentence_ends_nothing)
{
	EXPECT("负责建立健全教育经费的监测、供应和应急协调机制，"
	       "规范学校收费。\n",
	       {1, "　　负责建立健全教育经费的监测、供应和应急协", 0, 0},
	       {1, ">调机制，规范学校收费。", 0, 0});
}

Test(flow, justified_lines_have_the_same_size)
{
	EXPECT("授予中小企业的合同金额占政府采购支出合同总额的9%。\n",
	       {1, "　　授予中小企业的合同金额占政府采购支出合同", 10, 10},
	       {1, "总额的9%。", 13, 10});
}

Test(flow, two_lines_each_show_the_base)
{
	EXPECT("工资福利支出较上年减少，原因是人员退休，工资福利减少；\n"
	       "商品和服务支出较上年增加，原因是人员增加，预算增加；\n",
	       {2, "　　工资福利支出较上年减少，原因是人员退休，", 0, 0},
	       {2, "工资福利减少；", 0, 0},
	       {2, "　　商品和服务支出较上年增加，原因是人员增", 0, 0},
	       {2, "加，预算增加；", 0, 0});
}

Test(flow, a_page_may_have_another_margin)
{
	EXPECT("支出预算中，一般公共预算拨款支出一百万元；政府性"
	       "基金拨款支出预算为零。\n增加的原因是政策调整。\n",
	       {2, "　　　　　支出预算中，一般公共预算拨款支出一百万元；政府性", 0, 0},
	       {2, "　　　基金拨款支出预算为零。", 0, 0},
	       {2, "　　　　　增加的原因是政策调整。", 0, 0});
}

Test(flow, an_indent_within_a_word_is_none)
{
	EXPECT("对从事权益类交易和介于现货与期货之间大宗商"
	       "品交易的场所以及各类专业合作社和众筹机构实行"
	       "监督管理。\n",
	       {1, "　　对从事权益类交易和介于现货与期货之间大宗商", 0, 0},
	       {1, "品交易的场所以及各类专业合作社和众筹机构实行", 0, 0},
	       {1, "　　监督管理。", 0, 0});
}

Test(flow, a_long_heading_goes_on_below_its_words)
{
	EXPECT("九、财政拨款“三公”经费及会议费和培训费支出情况说明\n"
	       "本年支出一百万元。\n",
	       {1, "九、财政拨款“三公”经费及会议费和培训费支出", 0, 0},
	       {1, "　　情况说明", 0, 0},
	       {1, "　　本年支出一百万元。", 0, 0});
}

Test(flow, notes_at_the_foot_come_behind_the_paragraph)
{
	EXPECT("主要是单位经营收入减少，其他各项资金收入减少，"
	       "财政拨款增加。\n"
	       "*名称暂未调整。\n"
	       "二、支出预算\n",
	       {1, "　　主要是单位经营收入减少，其他各项资金收入", 0, 0},
	       {1, ">*名称暂未调整。", 6, 6},
	       {2, "减少，财政拨款增加。", 0, 0},
	       {2, "　　二、支出预算", 0, 0});
}

Test(flow, a_label_is_not_torn_from_its_amount)
{
	EXPECT("按支出经济分类：对个人和家庭的补助 29.50 万元。\n"
	       "按项目：\n共 3 个。\n",
	       {1, "　　按支出经济分类：对个人和家庭的补", 0, 0},
	       {1, "助 29.50 万元。", 0, 0},
	       {1, "　　按项目：", 0, 0},
	       {1, "　　共 3 个。", 0, 0});
}
