#include "libexec/element.h"

#include <stdlib.h>

enum { MOST_NAME = 10 };

/* By name. */
static const struct element ELEMENTS[] = {
	{.name = STR_INIT("a"), .kind = DOM_LINK, .group = GROUP_LINK},
	{.name = STR_INIT("address"), .flags = ELEMENT_BLOCK},
	{.name = STR_INIT("area"), .flags = ELEMENT_EMPTY},
	{.name = STR_INIT("article"), .flags = ELEMENT_BLOCK},
	{.name = STR_INIT("aside"), .flags = ELEMENT_SKIPPED},
	{.name = STR_INIT("base"), .flags = ELEMENT_EMPTY | ELEMENT_OF_HEAD},
	{.name = STR_INIT("basefont"),
	 .flags = ELEMENT_EMPTY | ELEMENT_OF_HEAD},
	{.name = STR_INIT("bgsound"), .flags = ELEMENT_EMPTY | ELEMENT_OF_HEAD},
	{.name = STR_INIT("blockquote"), .flags = ELEMENT_BLOCK},
	{.name = STR_INIT("body"), .flags = ELEMENT_WHOLE},
	{.name = STR_INIT("br"), .kind = DOM_BREAK,
	 .flags = ELEMENT_BLOCK | ELEMENT_EMPTY},
	{.name = STR_INIT("button"), .flags = ELEMENT_SKIPPED},
	{.name = STR_INIT("caption"), .kind = DOM_CAPTION,
	 .flags = ELEMENT_BLOCK, .rank = RANK_CELL},
	{.name = STR_INIT("center"), .flags = ELEMENT_BLOCK},
	{.name = STR_INIT("col"), .flags = ELEMENT_EMPTY},
	{.name = STR_INIT("dd"), .flags = ELEMENT_BLOCK, .group = GROUP_TERM},
	{.name = STR_INIT("dir"), .flags = ELEMENT_BLOCK | ELEMENT_LIST},
	{.name = STR_INIT("div"), .kind = DOM_DIV, .flags = ELEMENT_BLOCK,
	 .rank = RANK_DIV},
	{.name = STR_INIT("dl"), .flags = ELEMENT_BLOCK | ELEMENT_LIST},
	{.name = STR_INIT("dt"), .flags = ELEMENT_BLOCK, .group = GROUP_TERM},
	{.name = STR_INIT("embed"), .flags = ELEMENT_EMPTY},
	{.name = STR_INIT("fieldset"), .flags = ELEMENT_BLOCK},
	{.name = STR_INIT("figcaption"), .flags = ELEMENT_BLOCK},
	{.name = STR_INIT("figure"), .flags = ELEMENT_BLOCK},
	{.name = STR_INIT("footer"), .flags = ELEMENT_SKIPPED},
	{.name = STR_INIT("form"), .flags = ELEMENT_BLOCK},
	{.name = STR_INIT("frame"), .flags = ELEMENT_EMPTY},
	{.name = STR_INIT("h1"), .kind = DOM_HEADING, .flags = ELEMENT_BLOCK,
	 .group = GROUP_HEADING},
	{.name = STR_INIT("h2"), .kind = DOM_HEADING, .flags = ELEMENT_BLOCK,
	 .group = GROUP_HEADING},
	{.name = STR_INIT("h3"), .kind = DOM_HEADING, .flags = ELEMENT_BLOCK,
	 .group = GROUP_HEADING},
	{.name = STR_INIT("h4"), .kind = DOM_HEADING, .flags = ELEMENT_BLOCK,
	 .group = GROUP_HEADING},
	{.name = STR_INIT("h5"), .kind = DOM_HEADING, .flags = ELEMENT_BLOCK,
	 .group = GROUP_HEADING},
	{.name = STR_INIT("h6"), .kind = DOM_HEADING, .flags = ELEMENT_BLOCK,
	 .group = GROUP_HEADING},
	{.name = STR_INIT("head"), .flags = ELEMENT_SKIPPED, .rank = RANK_HEAD},
	{.name = STR_INIT("header"), .flags = ELEMENT_BLOCK},
	{.name = STR_INIT("hr"), .flags = ELEMENT_BLOCK | ELEMENT_EMPTY},
	{.name = STR_INIT("html"), .flags = ELEMENT_WHOLE},
	{.name = STR_INIT("iframe"), .flags = ELEMENT_SKIPPED | ELEMENT_RAW},
	{.name = STR_INIT("img"), .flags = ELEMENT_EMPTY},
	{.name = STR_INIT("input"), .flags = ELEMENT_EMPTY},
	{.name = STR_INIT("keygen"), .flags = ELEMENT_EMPTY},
	{.name = STR_INIT("li"), .flags = ELEMENT_BLOCK, .group = GROUP_ITEM},
	{.name = STR_INIT("link"), .flags = ELEMENT_EMPTY | ELEMENT_OF_HEAD},
	{.name = STR_INIT("main"), .flags = ELEMENT_BLOCK},
	{.name = STR_INIT("menu"), .flags = ELEMENT_BLOCK | ELEMENT_LIST},
	{.name = STR_INIT("meta"), .flags = ELEMENT_EMPTY | ELEMENT_OF_HEAD},
	{.name = STR_INIT("nav"), .flags = ELEMENT_SKIPPED},
	{.name = STR_INIT("noembed"), .flags = ELEMENT_SKIPPED | ELEMENT_RAW},
	{.name = STR_INIT("noframes"), .flags = ELEMENT_SKIPPED | ELEMENT_RAW},
	{.name = STR_INIT("noscript"),
	 .flags = ELEMENT_SKIPPED | ELEMENT_OF_HEAD},
	{.name = STR_INIT("object"), .flags = ELEMENT_SKIPPED},
	{.name = STR_INIT("ol"), .flags = ELEMENT_BLOCK | ELEMENT_LIST},
	{.name = STR_INIT("p"), .flags = ELEMENT_BLOCK,
	 .group = GROUP_PARAGRAPH},
	{.name = STR_INIT("param"), .flags = ELEMENT_EMPTY},
	{.name = STR_INIT("pre"), .kind = DOM_PLAIN, .flags = ELEMENT_BLOCK},
	{.name = STR_INIT("script"),
	 .flags = ELEMENT_SKIPPED | ELEMENT_RAW | ELEMENT_OF_HEAD},
	{.name = STR_INIT("section"), .flags = ELEMENT_BLOCK},
	{.name = STR_INIT("select"), .flags = ELEMENT_SKIPPED},
	{.name = STR_INIT("source"), .flags = ELEMENT_EMPTY},
	{.name = STR_INIT("style"),
	 .flags = ELEMENT_SKIPPED | ELEMENT_RAW | ELEMENT_OF_HEAD},
	{.name = STR_INIT("svg"), .flags = ELEMENT_SKIPPED},
	{.name = STR_INIT("table"), .kind = DOM_TABLE, .flags = ELEMENT_BLOCK,
	 .rank = RANK_TABLE},
	{.name = STR_INIT("tbody"), .flags = ELEMENT_BLOCK, .rank = RANK_ROWS},
	{.name = STR_INIT("td"), .kind = DOM_CELL, .flags = ELEMENT_BLOCK,
	 .rank = RANK_CELL},
	{.name = STR_INIT("template"),
	 .flags = ELEMENT_SKIPPED | ELEMENT_OF_HEAD},
	{.name = STR_INIT("textarea"), .flags = ELEMENT_SKIPPED | ELEMENT_RAW},
	{.name = STR_INIT("tfoot"), .flags = ELEMENT_BLOCK, .rank = RANK_ROWS},
	{.name = STR_INIT("th"), .kind = DOM_CELL, .flags = ELEMENT_BLOCK,
	 .rank = RANK_CELL},
	{.name = STR_INIT("thead"), .flags = ELEMENT_BLOCK, .rank = RANK_ROWS},
	{.name = STR_INIT("title"),
	 .flags = ELEMENT_SKIPPED | ELEMENT_RAW | ELEMENT_OF_HEAD},
	{.name = STR_INIT("tr"), .kind = DOM_ROW, .flags = ELEMENT_BLOCK,
	 .rank = RANK_ROW},
	{.name = STR_INIT("track"), .flags = ELEMENT_EMPTY},
	{.name = STR_INIT("ul"), .flags = ELEMENT_BLOCK | ELEMENT_LIST},
	{.name = STR_INIT("wbr"), .flags = ELEMENT_EMPTY},
};

static const struct element UNKNOWN = {.name = STR_INIT("")};

static int by_name(const void *name, const void *element)
{
	return str_compare(*(const struct str *)name,
			   ((const struct element *)element)->name);
}

const struct element *element_find(struct str name)
{
	static const size_t N = sizeof ELEMENTS / sizeof *ELEMENTS;
	char small[MOST_NAME];
	struct str key = {small, name.n};
	const struct element *e;

	if (name.n > MOST_NAME)
		return &UNKNOWN;
	for (size_t i = 0; i < name.n; i++)
		small[i] = (char)(name.p[i] >= 'A' && name.p[i] <= 'Z'
					  ? name.p[i] | ' '
					  : name.p[i]);
	e = bsearch(&key, ELEMENTS, N, sizeof *e, by_name);
	return e ? e : &UNKNOWN;
}
