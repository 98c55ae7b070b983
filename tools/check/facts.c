/*
 * Coordinates become small numbers, so that comparing is comparing numbers.
 * For facts_along() a fact is entered once more for each dimension that a list
 * can run over, that one masked. The hash of coordinates is linear in each of
 * them, so what is like another but for one costs no second look at all.
 */
#include "check/facts.h"

#include <string.h>

static const enum dim ALONG[ALONG_DIMS] = {DIM_ITEM,     DIM_FUND,   DIM_FUNCTION,
				 DIM_ECONOMIC, DIM_NATURE, DIM_ENTITY};

static const check_word MASK = UINT32_MAX;

/* Odd, and without a pattern: from the digits of pi. */
static const uint64_t FACTOR[DIMS] = {
	0x243F6A8885A308D3, 0x13198A2E03707345, 0xA4093822299F31D1,
	0x082EFA98EC4E6C89, 0x452821E638D01377, 0xBE5466CF34E90C6D,
	0xC0AC29B7C97C50DD, 0x3F84D5B5B5470917, 0x9216D5D98979FB1B,
	0xD1310BA698DFB5AD, 0x2FFD72DBD01ADFB7, 0xB8E1AFED6A267E97,
	0xBA7C9045F12C7F99,
};

void facts_release(struct check_facts *fs)
{
	map_release(&fs->words);
	map_release(&fs->places);
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

/* The same of one dimension. */
static check_word add_at(struct check_facts *fs, enum dim dim, struct str word)
{
	struct check_latest *last = &fs->latest[dim];

	if (!str_equal(last->word, word))
		*last = (struct check_latest){word, add_word(fs, word)};
	return last->number;
}

static check_place add_place(struct check_facts *fs, struct str name)
{
	void **place;

	if (!name.n)
		return 0;
	place = map_put(&fs->places, name);
	if (!*place)
		*place = (void *)(uintptr_t)fs->n_places++;
	return (check_place)(uintptr_t)*place;
}

static check_place add_section(struct check_facts *fs, struct str name)
{
	struct check_latest *last = &fs->latest[DIMS];

	if (!str_equal(last->word, name))
		*last = (struct check_latest){name, add_place(fs, name)};
	return last->number;
}

static check_word add_phase(struct check_facts *fs, enum phase p)
{
	if (!fs->phases[p])
		fs->phases[p] = add_word(fs, phase_name(p));
	return fs->phases[p];
}

static check_word add_kind(struct check_facts *fs, enum kind k)
{
	if (!fs->kinds[k])
		fs->kinds[k] = add_word(fs, kind_name(k));
	return fs->kinds[k];
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
	*fs = (struct check_facts){.arena = a, .n_words = 1, .n_places = 1};
	fs->word = ARENA_ARRAY(a, struct str, 64);
	fs->cap_words = 64;
	add_word(fs, kind_name(KIND_LEVEL));
	add_word(fs, kind_name(KIND_SHARE));
	if (!selectors)
		return;
	fs->n_fits = selectors + 1;
	fs->fits = ARENA_ARRAY(a, struct check_fit, fs->n_fits);
}

bool facts_learn_fit(const struct check_facts *fs, const struct selector *s,
		     check_word w)
{
	struct check_fit *f;

	if (!s->number || s->number >= fs->n_fits)
		return check_match(s->pattern, facts_text(fs, w));
	f = &fs->fits[s->number];
	if (w >= f->n)
		f->words = arena_grow(fs->arena, f->words, &f->n, fs->n_words,
				      1);
	f->words[w] = check_match(s->pattern, facts_text(fs, w)) ? FIT_YES
								 : FIT_NO;
	return f->words[w] == FIT_YES;
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

/* ---- the index of coordinates ------------------------------------------ */

static uint64_t hash_of(const check_word at[DIMS])
{
	uint64_t h = 0;

	for (int d = 0; d < DIMS; d++)
		h += at[d] * FACTOR[d];
	return h;
}

/* The hash with another word in one dimension. */
static uint64_t hash_with(uint64_t h, enum dim d, check_word old, check_word w)
{
	return h + ((uint64_t)w - old) * FACTOR[d];
}

/* The slot of the coordinates, or the free slot where they belong. */
static struct check_slot *find_slot(const struct check_index *x, uint64_t hash,
				    const check_word at[DIMS])
{
	size_t mask = ((size_t)1 << x->bits) - 1, i = hash >> (64 - x->bits);

	for (; x->slots[i].chain; i = (i + 1) & mask)
		if (x->slots[i].hash == hash &&
		    !memcmp(x->slots[i].chain->at, at, DIMS * sizeof *at))
			break;
	return &x->slots[i];
}

static void grow(struct check_index *x, struct arena *a)
{
	struct check_index old = *x;

	x->bits = old.bits ? old.bits + 1 : 6;
	x->slots = ARENA_ARRAY(a, struct check_slot, (size_t)1 << x->bits);
	for (size_t i = 0; old.bits && i >> old.bits == 0; i++)
		if (old.slots[i].chain)
			*find_slot(x, old.slots[i].hash,
				   old.slots[i].chain->at) = old.slots[i];
}

/* The chain of the coordinates, made where there is none; *is_new says so. */
static struct check_chain *put_chain(struct check_facts *fs, uint64_t hash,
				     const check_word at[DIMS], bool *is_new)
{
	struct check_index *x = &fs->chains;
	struct check_slot *s;

	if (!x->bits || x->n * 2 >= (size_t)1 << x->bits)
		grow(x, fs->arena);
	s = find_slot(x, hash, at);
	*is_new = !s->chain;
	if (*is_new) {
		s->hash = hash;
		s->chain = ARENA_NEW(fs->arena, struct check_chain);
		memcpy(s->chain->at, at, DIMS * sizeof *at);
		x->n++;
	}
	return s->chain;
}

static void append(struct check_facts *fs, struct check_chain *c, size_t index)
{
	c->list = arena_grow(fs->arena, c->list, &c->cap, c->n + 1,
			     sizeof *c->list);
	c->list[c->n++] = (uint32_t)index;
}

/* The chains of the parts that facts of these coordinates are. */
static void put_along(struct check_facts *fs, struct check_chain *c,
		      uint64_t hash)
{
	check_word at[DIMS];
	bool is_new;

	hash = hash_with(hash, DIM_WHOLE, c->at[DIM_WHOLE], 0);
	memcpy(at, c->at, sizeof at);
	at[DIM_WHOLE] = 0;
	for (size_t i = 0; i < ALONG_DIMS; i++) {
		enum dim d = ALONG[i];

		if (!c->at[d])
			continue;
		at[d] = MASK;
		c->along[i] = put_chain(fs, hash_with(hash, d, c->at[d], MASK),
					at, &is_new);
		at[d] = c->at[d];
	}
}

static void enter(struct check_facts *fs, struct check_fact *f)
{
	uint64_t hash = hash_of(f->at);
	bool is_new;
	struct check_chain *c = put_chain(fs, hash, f->at, &is_new);

	if (is_new) {
		put_along(fs, c, hash);
		fs->points = arena_grow(fs->arena, fs->points, &fs->cap_points,
					fs->n_points + 1, sizeof *fs->points);
		c->number = fs->n_points;
		fs->points[fs->n_points++] = c;
	}
	f->chain = c;
	append(fs, c, f->index);
	for (size_t i = 0; i < ALONG_DIMS; i++)
		if (c->along[i])
			append(fs, c->along[i], f->index);
}

/* "t3.r5.c2" is table t3, row r5, column c2; "Sheet!B4" sheet, 4, B. */
static void split_cell(struct check_facts *fs, struct str cell,
		       check_place *table, check_place *row,
		       check_place *column)
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
		*table = add_place(fs, str_slice(cell, 0, bang));
		*column = add_place(fs, str_slice(cell, bang + 1, digit));
		*row = add_place(fs, str_slice(cell, digit, cell.n));
		return;
	}
	if (str_split(&cell, '.', &part))
		*table = add_place(fs, part);
	if (str_split(&cell, '.', &part))
		*row = add_place(fs, part);
	if (str_split(&cell, '.', &part))
		*column = add_place(fs, part);
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
	c->at[DIM_ENTITY] = add_at(fs, DIM_ENTITY,
				   facts_is_namesake(f) ? STR("=") : f->entity);
	c->at[DIM_SCOPE] = add_at(fs, DIM_SCOPE, f->scope);
	c->at[DIM_YEAR] = add_year(fs, k->year);
	c->at[DIM_PHASE] = add_phase(fs, k->phase);
	c->at[DIM_ITEM] = add_at(fs, DIM_ITEM, k->item);
	c->at[DIM_FUND] = add_at(fs, DIM_FUND, k->fund);
	c->at[DIM_FUNCTION] = add_at(fs, DIM_FUNCTION, k->function);
	c->at[DIM_ECONOMIC] = add_at(fs, DIM_ECONOMIC, k->economic);
	c->at[DIM_NATURE] = add_at(fs, DIM_NATURE, k->nature);
	c->at[DIM_KIND] = add_kind(fs, k->kind);
	if (k->kind != KIND_LEVEL && k->kind != KIND_SHARE) {
		c->at[DIM_VS_YEAR] = add_year(fs, f->vs_year);
		c->at[DIM_VS_PHASE] = add_phase(fs, f->vs_phase);
	}
	c->at[DIM_WHOLE] = add_at(fs, DIM_WHOLE, f->whole);
	c->section = add_section(fs, f->section);
	split_cell(fs, f->cell, &c->table, &c->row, &c->column);
	c->index = fs->n;
	fs->list = arena_grow(fs->arena, fs->list, &fs->cap, fs->n + 1,
			      sizeof *fs->list);
	fs->list[fs->n++] = c;
	enter(fs, c);
}

enum { IN_ROW, IN_COLUMN };

struct residue_cell {
	check_place where, table, line; /* line: the row or the column */
};

static struct str cell_key(const struct residue_cell *c)
{
	return (struct str){(const char *)c, sizeof *c};
}

static void add_cell(struct check_facts *fs, check_place where,
		     check_place table, check_place line)
{
	struct residue_cell *c = ARENA_NEW(fs->arena, struct residue_cell);

	*c = (struct residue_cell){where, table, line};
	*map_put(&fs->residue_cells, cell_key(c)) = c;
}

void facts_add_residue(struct check_facts *fs, const struct bud_residue *r)
{
	check_place table, row, column;
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

static const struct check_chain *find_chain(const struct check_facts *fs,
					    const check_word at[DIMS])
{
	return fs->chains.n ? find_slot(&fs->chains, hash_of(at), at)->chain
			    : NULL;
}

const struct check_chain *facts_at(const struct check_facts *fs,
				   const check_word at[DIMS])
{
	return find_chain(fs, at);
}

const struct check_chain *facts_along(const struct check_facts *fs,
				      const check_word at[DIMS], enum dim dim)
{
	check_word key[DIMS];

	memcpy(key, at, sizeof key);
	key[dim] = MASK;
	key[DIM_WHOLE] = 0;
	return find_chain(fs, key);
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
