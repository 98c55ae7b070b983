/*
 * A list of numbering.xml refers to an abstract one, whose levels have a
 * format and a text such as "（%1）". Bullets give nothing.
 */
#include "libexec/numbering.h"

enum { MOST_START = 10000 };

static void put_hanzi(struct buf *out, long n)
{
	static const char *const DIGITS[] = {"〇", "一", "二", "三", "四",
					     "五", "六", "七", "八", "九"};

	if (n >= 100) {
		buf_put_int(out, n);
		return;
	}
	if (n >= 20)
		buf_puts(out, DIGITS[n / 10]);
	if (n >= 10)
		buf_puts(out, "十");
	if (n % 10 || !n)
		buf_puts(out, DIGITS[n % 10]);
}

static void put_number(struct buf *out, struct str format, long n)
{
	if (str_find(format, STR("hinese")) != SIZE_MAX ||
	    str_find(format, STR("japaneseCounting")) != SIZE_MAX ||
	    str_find(format, STR("ideograph")) != SIZE_MAX ||
	    str_find(format, STR("taiwanese")) != SIZE_MAX) {
		if (str_find(format, STR("Enclosed")) == SIZE_MAX) {
			put_hanzi(out, n);
			return;
		}
	}
	if (str_find(format, STR("EnclosedCircle")) != SIZE_MAX && n <= 20)
		buf_put_codepoint(out, 0x2460 + (uint32_t)n - 1);
	else if (str_find(format, STR("Letter")) != SIZE_MAX && n <= 26)
		buf_putc(out, (char)((str_starts(format, STR("upper")) ? 'A'
								      : 'a') +
				     n - 1));
	else
		buf_put_int(out, n);
}

static const xmlNode *find_abstract(const xmlNode *root, struct str id)
{
	for (const xmlNode *n = root->children; n; n = n->next)
		if (xml_is(n, "abstractNum") &&
		    str_equal(xml_attribute(n, "abstractNumId"), id))
			return n;
	return NULL;
}

static void read_levels(struct numbering_list *l, const xmlNode *parent)
{
	for (const xmlNode *n = parent ? parent->children : NULL; n;
	     n = n->next) {
		const xmlNode *level = xml_is(n, "lvlOverride")
					       ? xml_child(n, "lvl")
					       : n;
		int64_t i;

		if (xml_is(level, "lvl") &&
		    str_to_int64(xml_attribute(level, "ilvl"), &i) && i >= 0 &&
		    i < NUMBERING_LEVELS)
			l->levels[i] = level;
	}
}

void numbering_read(struct numbering *g, struct arena *a, xmlDocPtr tree)
{
	const xmlNode *root = tree ? xmlDocGetRootElement(tree) : NULL;

	for (const xmlNode *n = root ? root->children : NULL; n; n = n->next) {
		struct numbering_list *l;

		if (!xml_is(n, "num"))
			continue;
		g->lists = arena_grow(a, g->lists, &g->cap, g->n + 1,
				      sizeof *g->lists);
		l = &g->lists[g->n++];
		*l = (struct numbering_list){.id = xml_attribute(n, "numId")};
		read_levels(l, find_abstract(
				       root, xml_attribute(
						     xml_child(n,
							       "abstractNumId"),
						     "val")));
		read_levels(l, n);
	}
}

static long start_of(const xmlNode *level)
{
	int64_t v;

	return str_to_int64(xml_attribute(xml_child(level, "start"), "val"),
			    &v) && v > 0 && v < MOST_START
		       ? (long)v
		       : 1;
}

static void put_text(struct numbering_list *l, int level, struct buf *out)
{
	struct str text = xml_attribute(xml_child(l->levels[level], "lvlText"),
					"val");

	for (size_t i = 0; i < text.n; i++) {
		int k = i + 1 < text.n ? text.p[i + 1] - '1' : -1;
		struct str format;

		if (text.p[i] != '%' || k < 0 || k > level) {
			buf_putc(out, text.p[i]);
			continue;
		}
		i++;
		format = xml_attribute(xml_child(l->levels[k], "numFmt"),
				       "val");
		put_number(out, format, l->count[k] ? l->count[k] : 1);
	}
}

void numbering_put(struct numbering *g, struct str list, struct str level,
		   struct buf *out)
{
	int64_t i = 0;

	str_to_int64(level, &i);
	for (size_t k = 0; k < g->n && i >= 0 && i < NUMBERING_LEVELS; k++) {
		struct numbering_list *l = &g->lists[k];
		struct str format;

		if (!str_equal(l->id, list) || !l->levels[i])
			continue;
		format = xml_attribute(xml_child(l->levels[i], "numFmt"),
				       "val");
		if (str_equal(format, STR("bullet")) ||
		    str_equal(format, STR("none")))
			return;
		l->count[i] = l->count[i] ? l->count[i] + 1
					  : start_of(l->levels[i]);
		for (int m = (int)i + 1; m < NUMBERING_LEVELS; m++)
			l->count[m] = 0;
		put_text(l, (int)i, out);
		return;
	}
}
