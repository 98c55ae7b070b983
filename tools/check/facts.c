/*
 * Coordinates become small numbers, so that comparing is comparing numbers;
 * a key is the bytes of DIMS of them. For facts_along() a fact is entered
 * once more for each dimension that a list can run over, that one masked.
 */
#include "check/facts.h"

#include <string.h>

static const enum dim ALONG[] = {DIM_ITEM,     DIM_FUND,   DIM_FUNCTION,
				 DIM_ECONOMIC, DIM_NATURE, DIM_ENTITY};

static const check_word MASK = UINT32_MAX;

void facts_release(struct check_facts *fs)
{
	map_release(&fs->words);
	map_release(&fs->chains);
	map_release(&fs->residue_cells);
}

check_word facts_word(const struct check_facts *fs, struct str word)
{
	return word.n ? (check_word)(uintptr_t)map_get(&fs->words, word) : 0;
}

struct str facts_text(const struct check_facts *fs, check_word w)
{
	return w < fs->n_words ? fs->word[w] : (struct str){NULL, 0};
}

static check_word add_word(struct check_facts *fs, struct str word)
{
	void **place;

	if (!word.n)
		return 0;
	place = map_put(&fs->words, word);
	if (!*place) {
		fs->word = arena_grow(fs->arena, fs->word, &fs->cap_words,
				      fs->n_words + 1, sizeof *fs->word);
		fs->word[fs->n_words] = word;
		*place = (void *)(uintptr_t)fs->n_words++;
	}
	return (check_word)(uintptr_t)*place;
}

static check_word add_year(struct check_facts *fs, int year)
{
	size_t room = sizeof fs->years / sizeof *fs->years, i;

	if (!year)
		return 0;
	for (i = 0; i < room && i < fs->n_years; i++)
		if (fs->years[i].year == year)
			return fs->years[i].word;
	i = fs->n_years++ % room;
	fs->years[i].year = year;
	fs->years[i].word = add_word(fs, str_format(fs->arena, "%d", year));
	return fs->years[i].word;
}

void facts_init(struct check_facts *fs, struct arena *a, size_t selectors)
{
	*fs = (struct check_facts){.arena = a, .n_words = 1};
	fs->word = ARENA_ARRAY(a, struct str, 64);
	fs->cap_words = 64;
	add_word(fs, kind_name(KIND_LEVEL));
	add_word(fs, kind_name(KIND_SHARE));
	if (!selectors)
		return;
	fs->n_fits = selectors + 1;
	fs->fits = ARENA_ARRAY(a, struct check_fit, fs->n_fits);
}

bool facts_fit(const struct check_facts *fs, const struct selector *s,
	       check_word w)
{
	enum { UNKNOWN, YES, NO };
	struct check_fit *f;

	if (!s->number || s->number >= fs->n_fits)
		return check_match(s->pattern, facts_text(fs, w));
	f = &fs->fits[s->number];
	if (w >= f->n)
		f->words = arena_grow(fs->arena, f->words, &f->n, w + 1, 1);
	if (f->words[w] == UNKNOWN)
		f->words[w] = check_match(s->pattern, facts_text(fs, w)) ? YES
									 : NO;
	return f->words[w] == YES;
}

check_word facts_named(const struct check_facts *fs, const struct selector *s)
{
	struct check_fit *f;

	if (!s->number || s->number >= fs->n_fits)
		return facts_word(fs, s->pattern);
	f = &fs->fits[s->number];
	if (f->n_words != fs->n_words) {
		f->named = facts_word(fs, s->pattern);
		f->n_words = fs->n_words;
	}
	return f->named;
}

static struct str key_of(const check_word at[DIMS])
{
	return (struct str){(const char *)at, DIMS * sizeof *at};
}

static void enter(struct check_facts *fs, const check_word at[DIMS],
		  uint32_t index)
{
	void **place = map_put(&fs->chains, key_of(at));
	struct check_chain *c = *place;

	if (!c) {
		/* the key must live as long as the map */
		check_word *copy = ARENA_ARRAY(fs->arena, check_word, DIMS);

		memcpy(copy, at, DIMS * sizeof *at);
		fs->chains.entries[fs->chains.n - 1].key = key_of(copy);
		*place = c = ARENA_NEW(fs->arena, struct check_chain);
	}
	c->list = arena_grow(fs->arena, c->list, &c->cap, c->n + 1,
			     sizeof *c->list);
	c->list[c->n++] = index;
}

/* "t3.r5.c2" is table t3, row r5, column c2; "Sheet!B4" sheet, 4, B. */
static void split_cell(struct check_facts *fs, struct str cell,
		       check_word *table, check_word *row, check_word *column)
{
	size_t bang = str_find(cell, STR("!"));
	struct str part = cell;

	*table = *row = *column = 0;
	if (!cell.n)
		return;
	if (bang != SIZE_MAX) {
		size_t digit = bang + 1;

		while (digit < cell.n &&
		       (cell.p[digit] < '0' || cell.p[digit] > '9'))
			digit++;
		*table = add_word(fs, str_slice(cell, 0, bang));
		*column = add_word(fs, str_slice(cell, bang + 1, digit));
		*row = add_word(fs, str_slice(cell, digit, cell.n));
		return;
	}
	if (str_split(&cell, '.', &part))
		*table = add_word(fs, part);
	if (str_split(&cell, '.', &part))
		*row = add_word(fs, part);
	if (str_split(&cell, '.', &part))
		*column = add_word(fs, part);
}

bool facts_is_namesake(const struct bud_fact *f)
{
	return str_starts(f->doubt, STR("a unit of the same name"));
}

void facts_add(struct check_facts *fs, const struct bud_fact *f)
{
	struct check_fact *c = ARENA_NEW(fs->arena, struct check_fact);
	const struct coordinates *k = &f->at;

	c->f = *f;
	c->at[DIM_ENTITY] = add_word(fs, facts_is_namesake(f) ? STR("=")
							      : f->entity);
	c->at[DIM_SCOPE] = add_word(fs, f->scope);
	c->at[DIM_YEAR] = add_year(fs, k->year);
	c->at[DIM_PHASE] = add_word(fs, phase_name(k->phase));
	c->at[DIM_ITEM] = add_word(fs, k->item);
	c->at[DIM_FUND] = add_word(fs, k->fund);
	c->at[DIM_FUNCTION] = add_word(fs, k->function);
	c->at[DIM_ECONOMIC] = add_word(fs, k->economic);
	c->at[DIM_NATURE] = add_word(fs, k->nature);
	c->at[DIM_KIND] = add_word(fs, kind_name(k->kind));
	if (k->kind != KIND_LEVEL && k->kind != KIND_SHARE) {
		c->at[DIM_VS_YEAR] = add_year(fs, f->vs_year);
		c->at[DIM_VS_PHASE] = add_word(fs, phase_name(f->vs_phase));
	}
	c->at[DIM_WHOLE] = add_word(fs, f->whole);
	c->section = add_word(fs, f->section);
	split_cell(fs, f->cell, &c->table, &c->row, &c->column);
	c->index = fs->n;
	fs->list = arena_grow(fs->arena, fs->list, &fs->cap, fs->n + 1,
			      sizeof *fs->list);
	fs->list[fs->n++] = c;
	enter(fs, c->at, (uint32_t)c->index);
	for (size_t i = 0; i < sizeof ALONG / sizeof *ALONG; i++) {
		check_word at[DIMS];

		memcpy(at, c->at, sizeof at);
		at[ALONG[i]] = MASK;
		at[DIM_WHOLE] = 0;
		enter(fs, at, (uint32_t)c->index);
	}
}

enum { IN_ROW, IN_COLUMN };

struct residue_cell {
	check_word where, table, line; /* line: the row or the column */
};

static struct str cell_key(const struct residue_cell *c)
{
	return (struct str){(const char *)c, sizeof *c};
}

static void add_cell(struct check_facts *fs, check_word where, check_word table,
		     check_word line)
{
	struct residue_cell *c = ARENA_NEW(fs->arena, struct residue_cell);

	*c = (struct residue_cell){where, table, line};
	*map_put(&fs->residue_cells, cell_key(c)) = c;
}

void facts_add_residue(struct check_facts *fs, const struct bud_residue *r)
{
	check_word table, row, column;
	size_t at;

	split_cell(fs, r->cell, &table, &row, &column);
	if (table) {
		add_cell(fs, IN_ROW, table, row);
		add_cell(fs, IN_COLUMN, table, column);
		return;
	}
	fs->residues = arena_grow(fs->arena, fs->residues, &fs->cap_residues,
				  fs->n_residues + 1, sizeof *fs->residues);
	for (at = fs->n_residues; at && fs->residues[at - 1].n > r->n; at--)
		fs->residues[at] = fs->residues[at - 1];
	fs->residues[at] = *r;
	fs->n_residues++;
}

bool facts_residue_in_row(const struct check_facts *fs,
			  const struct check_fact *f)
{
	struct residue_cell c = {IN_ROW, f->table, f->row};

	return f->table && map_get(&fs->residue_cells, cell_key(&c));
}

bool facts_residue_in_column(const struct check_facts *fs,
			     const struct check_fact *f)
{
	struct residue_cell c = {IN_COLUMN, f->table, f->column};

	return f->table && map_get(&fs->residue_cells, cell_key(&c));
}

size_t facts_residue_after(const struct check_facts *fs, int64_t n)
{
	size_t low = 0, high = fs->n_residues;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (fs->residues[middle].n > n)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

const struct check_chain *facts_at(const struct check_facts *fs,
				   const check_word at[DIMS])
{
	return map_get(&fs->chains, key_of(at));
}

const struct check_chain *facts_along(const struct check_facts *fs,
				      const check_word at[DIMS], enum dim dim)
{
	check_word key[DIMS];

	memcpy(key, at, sizeof key);
	key[dim] = MASK;
	key[DIM_WHOLE] = 0;
	return map_get(&fs->chains, key_of(key));
}

bool facts_same_row(const struct check_fact *a, const struct check_fact *b)
{
	return a->table && a->table == b->table && a->row && a->row == b->row;
}

/* Prose without lines and headings: so many bytes are a long paragraph. */
static bool is_close(const struct check_fact *a, const struct check_fact *b)
{
	enum { PARAGRAPH = 1000 };
	int64_t gap = a->f.span_start - b->f.span_start;

	return !a->f.line && a->f.span_start >= 0 && b->f.span_start >= 0 &&
	       (gap < 0 ? -gap : gap) <= PARAGRAPH;
}

int facts_distance(const struct check_fact *a, const struct check_fact *b)
{
	if (a->table && a->table == b->table)
		return 0;
	if (a->table || b->table)
		return a->table && b->table ? 2 : 3;
	if (a->f.line && a->f.line == b->f.line && a->f.page == b->f.page)
		return 0;
	if (a->section != b->section)
		return 2;
	return a->section || is_close(a, b) ? 1 : 2;
}

bool facts_trusted(const struct check_fact *a, const struct check_fact *b)
{
	if (a->own != b->own)
		return a->own;
	if ((a->f.origin == ORIGIN_DERIVED) != (b->f.origin == ORIGIN_DERIVED))
		return b->f.origin == ORIGIN_DERIVED;
	if (!a->f.doubt.n != !b->f.doubt.n)
		return !a->f.doubt.n;
	if (a->f.approx != b->f.approx)
		return b->f.approx;
	/* a zero said in words has no quantum and would win over every figure */
	if ((a->f.origin == ORIGIN_STATEMENT) !=
	    (b->f.origin == ORIGIN_STATEMENT))
		return b->f.origin == ORIGIN_STATEMENT;
	if (a->f.quantum != b->f.quantum)
		return a->f.quantum < b->f.quantum;
	if (!a->table != !b->table)
		return a->table != 0;
	return a->f.n < b->f.n;
}

int64_t facts_scale(enum unit unit)
{
	return unit == UNIT_PPM ? 1000000 : 1;
}

bool facts_quantity(const struct check_fact *f, struct quantity *out)
{
	return quantity_make(f->f.value, f->f.quantum, facts_scale(f->f.unit),
			     out);
}
