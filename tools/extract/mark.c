/*
 * A line of the contents is answered by a title below that has four fifths of
 * its characters in the same order: titles are rarely said twice in the very
 * same words. A title answers one line only.
 */
#include "extract/mark.h"

#include "base/utf8.h"
#include "extract/chars.h"
#include "extract/outline.h"
#include "source/heading.h"

enum {
	MOST = 80,      /* percent that two titles have in common */
	LONGEST = 60,   /* characters of a title that are looked at */
	LONGEST_HEADING = 160, /* bytes */
	TITLE_ROWS = 2, /* of a grid, that may hold its title */
	SEEN = 4,       /* words of bits, so that few characters share one */
};

static const struct str HEADING = STR_INIT("heading");
static const struct str CONTENTS = STR_INIT("contents");
static const struct str LEFTOVER = STR_INIT("leftover");

struct str mark_heading_words(const struct extract *x,
			      const struct source_block *b)
{
	struct str text = source_text(x->source, b);
	struct chars c;
	char *words;
	size_t n = 0;
	int level;

	if (b->kind == BLOCK_GRID || text.n > LONGEST_HEADING)
		return (struct str){NULL, 0};
	c = chars_fold(x->arena, text, 0);
	words = arena_alloc_raw(x->arena, 4 * c.n); /* bytes of a character */
	for (size_t i = outline_read_mark(&c, 0, &level); i < c.n; i++) {
		if (c.cp[i] == '.' || c.cp[i] == 0x2026)
			break;
		n += utf8_put(words + n, c.cp[i]);
	}
	return (struct str){words, n};
}

bool mark_opens_contents(const struct extract *x, const struct source_block *b)
{
	struct str text = source_text(x->source, b);

	/* most have not even the rarer of the characters */
	return text.n <= LONGEST_HEADING &&
	       str_find(text, STR("录")) != SIZE_MAX &&
	       str_starts(mark_heading_words(x, b), STR("目录"));
}

static struct bud_mark *add_mark(struct extract *x,
				 const struct source_block *b, struct str kind)
{
	struct extract_result *r = x->out;
	struct bud_mark *m;

	r->marks = arena_grow(x->arena, r->marks, &r->cap_marks,
			      r->n_marks + 1, sizeof *r->marks);
	m = &r->marks[r->n_marks++];
	*m = (struct bud_mark){.kind = kind,
			       .page = b->page,
			       .line = b->line,
			       .span_start = (int64_t)b->start,
			       .span_end = (int64_t)b->end,
			       .text = source_text(x->source, b)};
	return m;
}

/* ---- contents --------------------------------------------------------- */

struct title {
	uint32_t cp[LONGEST];
	size_t n;
	uint64_t seen[SEEN]; /* the lowest bits of its characters */
};

static bool may_have(const struct title *t, uint32_t cp)
{
	return t->seen[cp / 64 % SEEN] >> cp % 64 & 1;
}

static struct title title_of(struct str words)
{
	struct title t = {.n = 0};

	for (size_t i = 0; i < words.n && t.n < LONGEST;) {
		uint32_t cp = lexicon_fold(utf8_next(words, &i));

		if (cp <= ' ')
			continue;
		t.cp[t.n++] = cp;
		t.seen[cp / 64 % SEEN] |= UINT64_C(1) << cp % 64;
	}
	return t;
}

/* The length of the longest run of characters, gaps allowed, in both. */
static size_t common(const struct title *a, const struct title *b)
{
	unsigned char row[LONGEST + 1] = {0};

	for (size_t i = 0; i < a->n; i++) {
		unsigned char corner = 0;

		for (size_t k = 0; k < b->n; k++) {
			unsigned char above = row[k + 1];

			if (a->cp[i] == b->cp[k])
				row[k + 1] = (unsigned char)(corner + 1);
			else if (row[k] > above)
				row[k + 1] = row[k];
			corner = above;
		}
	}
	return row[b->n];
}

struct titles {
	struct title *list; /* behind the contents */
	bool *used;         /* they answer a line */
	size_t n;
};

static void add_title(struct titles *t, struct str words)
{
	t->list[t->n] = title_of(words);
	t->n += t->list[t->n].n != 0;
}

static struct titles find_titles(const struct extract *x, size_t from)
{
	const struct source_document *d = x->source;
	struct titles t = {NULL, NULL, 0};
	size_t max = 0;

	for (size_t k = from; k < d->n_blocks; k++)
		max += d->blocks[k].kind == BLOCK_GRID
			       ? TITLE_ROWS * (size_t)d->blocks[k].n_cols
			       : 1;
	t.list = ARENA_ARRAY(x->arena, struct title, max);
	t.used = ARENA_ARRAY(x->arena, bool, max);
	for (size_t k = from; k < d->n_blocks; k++) {
		const struct source_block *b = &d->blocks[k];

		if (b->kind != BLOCK_GRID)
			add_title(&t, mark_heading_words(x, b));
		for (size_t i = 0; i < b->n_cells && t.n < max; i++)
			if (b->cells[i].row < TITLE_ROWS)
				add_title(&t, source_cell_text(
						      d, &b->cells[i]));
	}
	return t;
}

/* Whether the title ends with the words of the line: 2024年, the department
 * and the like stand before them. */
static bool ends_with(const struct title *title, const struct title *line)
{
	for (size_t i = 0; i < line->n && line->n <= title->n; i++)
		if (title->cp[title->n - line->n + i] != line->cp[i])
			return false;
	return line->n <= title->n;
}

/* How many characters of a may be in b: common() is no more. */
static size_t most_common(const struct title *a, const struct title *b)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++)
		n += may_have(b, a->cp[i]);
	return n;
}

/* How much of a line and a title they have in common, in percent; 0 where that
 * is less than asked for, as it is for most. */
static size_t likeness(const struct title *a, const struct title *b,
		       size_t least)
{
	size_t both = a->n + b->n, shorter = a->n < b->n ? a->n : b->n;

	if (ends_with(b, a)) /* also where both are empty */
		return 100;
	if (200 * shorter < least * both ||
	    200 * most_common(a, b) < least * both)
		return 0;
	return both ? 200 * common(a, b) / both : 0;
}

/*
 * Whether a title that answers no other line is as like this one as that;
 * it and its repetitions, the heads of further pages, are used up.
 */
static bool is_answered(struct titles *t, const struct title *line,
			size_t least)
{
	size_t best = least, at = t->n;

	for (size_t i = 0; i < t->n; i++) {
		size_t like = t->used[i] ? 0 : likeness(line, &t->list[i],
							best);

		if (like >= best && (at == t->n || like > best)) {
			best = like;
			at = i;
		}
	}
	for (size_t i = 0; at < t->n && i < t->n; i++)
		t->used[i] = t->used[i] ||
			     (t->list[at].n == t->list[i].n &&
			      ends_with(&t->list[at], &t->list[i]));
	return at < t->n;
}

static size_t contents_start(const struct extract *x, size_t end)
{
	size_t start = 0;

	while (start < end &&
	       !mark_opens_contents(x, &x->source->blocks[start]))
		start++;
	return start + 1;
}

/* A line of the contents: it has leaders, or a number and no sentence. */
static bool is_line(const struct extract *x, const struct source_block *b)
{
	struct str text = source_text(x->source, b);
	struct chars c;
	int level;

	if (b->kind == BLOCK_GRID || text.n > 4 * LONGEST)
		return false;
	if (heading_is_contents(text))
		return true;
	c = chars_fold(x->arena, text, 0);
	return c.n < LONGEST && outline_read_mark(&c, 0, &level) &&
	       !str_ends(text, STR("。"));
}

static void mark_contents(struct extract *x, size_t end)
{
	/* each line is held against each title, 100 against 40 000 at most: of what
	 * is larger nothing is said */
	enum { SHORTEST = 5, COMPARED_MAX = 4000000 };
	const struct source_block *blocks = x->source->blocks;
	size_t start = contents_start(x, end), last = start;
	struct titles t;
	bool *found;

	while (last < end && is_line(x, &blocks[last]))
		last++;
	t = find_titles(x, last);
	if (last > start && t.n > COMPARED_MAX / (last - start))
		return;
	found = ARENA_ARRAY(x->arena, bool, last - start + 1);
	/* the lines said again in the same words, then the others */
	for (size_t least = 100; least >= MOST; least -= 100 - MOST)
		for (size_t k = start; k < last; k++) {
			struct title line = title_of(
				mark_heading_words(x, &blocks[k]));

			found[k - start] = found[k - start] ||
					   line.n < SHORTEST ||
					   is_answered(&t, &line, least);
		}
	for (size_t k = start; k < last; k++) {
		struct bud_mark *m;

		if (found[k - start])
			continue;
		m = add_mark(x, &blocks[k], CONTENTS);
		m->missing = true;
		m->text = mark_heading_words(x, &blocks[k]);
	}
}

/* ---- headings and leftovers ------------------------------------------- */

/* Some words around a place of a text. */
static struct str around(struct str text, size_t start, size_t end)
{
	enum { AROUND = 60 };
	size_t from = start > AROUND ? start - AROUND : 0;
	size_t to = end + AROUND < text.n ? end + AROUND : text.n;

	while (from < start && ((unsigned char)text.p[from] & 0xc0) == 0x80)
		from++;
	while (to > end && to < text.n &&
	       ((unsigned char)text.p[to] & 0xc0) == 0x80)
		to--;
	return str_trim(str_slice(text, from, to));
}

static void mark_leftovers(struct extract *x, const struct source_block *b,
			   const struct str *words, size_t n)
{
	struct str text = source_text(x->source, b);

	for (size_t i = 0; i < n; i++) {
		size_t at = str_find(text, words[i]);
		struct bud_mark *m;

		if (at == SIZE_MAX)
			continue;
		m = add_mark(x, b, LEFTOVER);
		m->word = words[i];
		m->span_start = (int64_t)(b->start + at);
		m->span_end = m->span_start + (int64_t)words[i].n;
		m->text = around(text, at, at + words[i].n);
	}
}

void mark_document(struct extract *x, size_t contents_end)
{
	const struct source_document *d = x->source;
	size_t n_leftovers;
	const struct str *leftovers = lexicon_find_leftovers(
		x->lexicon, x->arena, buf_str(&d->text), &n_leftovers);

	if (contents_end)
		mark_contents(x, contents_end);
	for (size_t k = contents_end; k < d->n_blocks; k++) {
		const struct source_block *b = &d->blocks[k];

		if (b->kind == BLOCK_GRID)
			continue;
		mark_leftovers(x, b, leftovers, n_leftovers);
		if (b->kind == BLOCK_HEADING &&
		    !str_equal(source_text(d, b), x->out->document.title))
			add_mark(x, b, HEADING);
	}
}
