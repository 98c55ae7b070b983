/* Elements are opened and closed as browsers do it, as far as it matters to
 * what is read: libxml2 takes four times as long over a page as all the rest,
 * and holds it four times over. */
#include "libexec/dom.h"

#include "libexec/charref.h"
#include "libexec/element.h"
#include "libexec/markup.h"

enum { MOST_SPAN = 1000 };

struct open {
	const struct element *element;
	struct str name;
	bool shown; /* is in the tree */
};

struct builder {
	struct arena *arena;
	struct markup markup;
	struct dom_node *at; /* the last shown element that is open */
	struct dom_node *last; /* in it, or NULL */
	struct open *open;
	size_t n_open, cap_open;
	size_t unseen; /* open elements that are not shown */
	bool any;      /* element */
};

static struct dom_node *add(struct builder *b, enum dom_kind kind, bool block,
			    const char *place)
{
	struct dom_node *n = ARENA_NEW(b->arena, struct dom_node);

	n->kind = kind;
	n->block = block;
	n->line = markup_line(&b->markup, place);
	n->parent = b->at;
	if (b->last)
		b->last->next = n;
	else
		b->at->first = n;
	b->last = n;
	return n;
}

static void pop_to(struct builder *b, size_t n)
{
	while (b->n_open > n) {
		if (b->open[--b->n_open].shown) {
			b->last = b->at;
			b->at = b->at->parent;
		} else {
			b->unseen--;
		}
	}
}

/* <head> ends where something begins that cannot stand in it. */
static void end_head(struct builder *b)
{
	if (b->n_open && b->open[0].element->rank == RANK_HEAD)
		pop_to(b, 0);
}

/* The open element of a group that is not closed in by another; n_open where
 * there is none. */
static size_t find_group(const struct builder *b, enum element_group group)
{
	bool listed = group == GROUP_ITEM || group == GROUP_TERM;

	for (size_t i = b->n_open; i-- > 0;) {
		const struct element *e = b->open[i].element;

		if (e->group == group)
			return i;
		if (listed ? e->flags & ELEMENT_LIST || e->rank >= RANK_CELL
			   : e->flags & ELEMENT_BLOCK)
			break;
	}
	return b->n_open;
}

/* The outermost open part of the innermost table that a cell, a row or a group
 * of rows ends. */
static size_t find_part(const struct builder *b, enum element_rank rank)
{
	size_t found = b->n_open;

	for (size_t i = b->n_open; i-- > 0;) {
		enum element_rank r = b->open[i].element->rank;

		if (r > rank)
			break;
		if (r >= RANK_CELL)
			found = i;
	}
	return found;
}

/* What a start tag ends without a word. */
static void end_before(struct builder *b, const struct element *e)
{
	if (!(e->flags & ELEMENT_OF_HEAD))
		end_head(b);
	if (e->flags & ELEMENT_BLOCK && e->kind != DOM_BREAK)
		pop_to(b, find_group(b, GROUP_PARAGRAPH));
	if (e->group)
		pop_to(b, find_group(b, e->group));
	if (e->rank >= RANK_CELL && e->rank <= RANK_ROWS)
		pop_to(b, find_part(b, e->rank));
}

static void push(struct builder *b, const struct element *e, struct str name,
		 bool shown)
{
	b->open = arena_grow(b->arena, b->open, &b->cap_open, b->n_open + 1,
			     sizeof *b->open);
	b->open[b->n_open++] = (struct open){e, name, shown};
	b->unseen += !shown;
}

static unsigned short span(struct str value)
{
	int64_t v = 1;

	if (!str_to_int64(value, &v) || v < 1)
		v = 1;
	return (unsigned short)(v > MOST_SPAN ? MOST_SPAN : v);
}

static struct str resolve(struct arena *a, struct str text)
{
	struct buf out = {0};

	if (str_find(text, STR("&")) == SIZE_MAX)
		return text;
	charref_put(&out, text);
	text = str_copy(a, buf_str(&out));
	buf_release(&out);
	return text;
}

static struct dom_node *add_element(struct builder *b, const struct element *e,
				    const struct markup_token *t,
				    const struct style *style)
{
	struct dom_node *n = add(b, e->kind, e->flags & ELEMENT_BLOCK,
				 b->markup.page.p + b->markup.at);

	if (e->kind == DOM_CELL) {
		n->rows = span(markup_attribute(t, STR("rowspan")));
		n->cols = span(markup_attribute(t, STR("colspan")));
	}
	if (e->kind == DOM_LINK)
		n->target = resolve(b->arena,
				    markup_attribute(t, STR("href")));
	if (style->relative || style_is_placed(style)) {
		struct style *copy = ARENA_NEW(b->arena, struct style);

		*copy = *style;
		n->style = copy;
	}
	return n;
}

static void begin(struct builder *b, const struct markup_token *t)
{
	const struct element *e = element_find(t->text);
	struct style style = style_read(markup_attribute(t, STR("style")));
	bool cell = e->kind == DOM_CELL;
	bool closed = t->closed || e->flags & ELEMENT_EMPTY;
	struct dom_node *n = NULL;

	b->any = true;
	end_before(b, e);
	if (e->flags & ELEMENT_WHOLE || (e->rank == RANK_HEAD && b->n_open))
		return; /* there is one of them */
	if (e->flags & ELEMENT_RAW && !closed)
		closed = !markup_skip(&b->markup, t->text);
	if (!b->unseen && !(e->flags & ELEMENT_SKIPPED) && !style.gone &&
	    !markup_attribute(t, STR("hidden")).p && (cell || !style.unseen))
		n = add_element(b, e, t, &style);
	if (closed)
		return;
	push(b, e, t->text, n && !style.unseen);
	if (n && !style.unseen) {
		b->at = n;
		b->last = NULL;
	}
}

static bool is_same(const struct open *o, const struct element *e,
		    struct str name)
{
	return o->element == e && (e->name.n || markup_same(o->name, name));
}

static void end(struct builder *b, const struct markup_token *t)
{
	const struct element *e = element_find(t->text);

	for (size_t i = b->n_open; i-- > 0;) {
		if (is_same(&b->open[i], e, t->text)) {
			pop_to(b, i);
			return;
		}
		if (b->open[i].element->rank > e->rank)
			break;
	}
	/* </p> alone is an empty paragraph. */
	if (e->group == GROUP_PARAGRAPH && !b->unseen)
		add(b, DOM_OTHER, true, t->text.p);
}

/* Does a blank say nothing here: where a line begins? */
static bool is_at_start(const struct builder *b)
{
	for (size_t i = 0; i < b->n_open; i++)
		if (b->open[i].element->kind == DOM_PLAIN)
			return false;
	return b->last ? b->last->block : b->at->block;
}

static void put_text(struct builder *b, struct str text)
{
	struct str inked = str_trim(text);

	if (inked.n)
		end_head(b);
	if (!b->unseen && (inked.n || !is_at_start(b)))
		add(b, DOM_TEXT, false, inked.n ? inked.p : text.p)->text =
			resolve(b->arena, text);
}

const struct dom_node *dom_parse(struct arena *a, struct str utf8, size_t depth)
{
	struct builder b = {.arena = a};
	struct dom_node *root = ARENA_NEW(a, struct dom_node);
	struct markup_token t;

	root->kind = DOM_OTHER;
	b.at = root;
	markup_start(&b.markup, utf8);
	while (b.n_open <= depth && markup_next(&b.markup, &t)) {
		if (t.kind == MARKUP_START)
			begin(&b, &t);
		else if (t.kind == MARKUP_END)
			end(&b, &t);
		else
			put_text(&b, t.text);
	}
	return b.n_open > depth ? NULL : root;
}

const struct dom_node *dom_next(const struct dom_node *n,
				const struct dom_node *root)
{
	if (n->first)
		return n->first;
	while (n != root && !n->next)
		n = n->parent;
	return n == root ? NULL : n->next;
}
