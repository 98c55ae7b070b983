/*
 * Coordinates become small numbers, so that comparing is comparing numbers.
 */
#include "check/facts.h"

#include <string.h>

void facts_release(struct check_facts *fs)
{
	map_release(&fs->places);
	map_release(&fs->residue_cells);
}

/* Where a word was put that may be this one: the columns of a table have a few
 * words each, that come again in each row. */
static struct check_latest *find_latest(struct check_facts *fs, size_t of,
					struct str word)
{
	size_t room = sizeof fs->latest[of] / sizeof *fs->latest[of];
	unsigned char end = (unsigned char)word.p[word.n - 1];

	return &fs->latest[of][(end + word.n) % room];
}

static inline check_word add_at(struct check_facts *fs, enum dim dim,
				struct str word)
{
	struct check_latest *last;

	if (!word.n)
		return 0;
	last = find_latest(fs, dim, word);
	if (!str_equal(last->word, word))
		*last = (struct check_latest){
			word, known_add_word(fs->known, word)};
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

/* What else most facts share with the one before. */
enum { SECTION = DIMS, TABLE };

static check_place add_latest(struct check_facts *fs, size_t of,
			      struct str name)
{
	struct check_latest *last;

	if (!name.n)
		return 0;
	last = find_latest(fs, of, name);
	if (!str_equal(last->word, name))
		*last = (struct check_latest){name, add_place(fs, name)};
	return last->number;
}

/*
 * The number of a row or a column, from 1: "r12", "c12", and "12" and "AB" of a
 * sheet tell it; what has another name has a number beyond.
 */
static check_place add_line(struct check_facts *fs, struct str name)
{
	enum { MOST_DIGITS = 9, MOST_LETTERS = 3 };
	const check_place named = (check_place)1 << 31;
	check_place number = 0;
	size_t at = name.n && (name.p[0] == 'r' || name.p[0] == 'c');
	size_t first = at;

	if (!name.n)
		return 0;
	while (at < name.n && at < first + MOST_DIGITS && name.p[at] >= '0' &&
	       name.p[at] <= '9')
		number = number * 10 + (check_place)(name.p[at++] - '0');
	if (at == name.n && at > first && (name.p[first] != '0' || at == first + 1))
		return number + 1;
	for (at = number = 0; at < name.n && at < MOST_LETTERS &&
			      name.p[at] >= 'A' && name.p[at] <= 'Z';)
		number = number * 26 + (check_place)(name.p[at++] - 'A') + 1;
	return at == name.n ? number : named | add_place(fs, name);
}

void facts_init(struct check_facts *fs, struct arena *a, struct known *known)
{
	*fs = (struct check_facts){.arena = a, .known = known, .n_places = 1};
}

/* The chain's list of this document. */
static void append(struct check_facts *fs, struct check_chain *c, size_t index)
{
	if (c->document != fs->known->document) {
		c->document = fs->known->document;
		c->list = c->few;
		c->cap = sizeof c->few / sizeof *c->few;
		c->n = c->longest = 0;
	}
	if (c->n == c->cap) {
		size_t cap = c->cap;

		c->list = arena_grow_raw(fs->arena, c->list, &cap, cap + 1,
					 sizeof *c->list);
		c->cap = (uint32_t)cap;
	}
	c->list[c->n++] = (uint32_t)index;
}

static void enter(struct check_facts *fs, struct check_fact *f)
{
	struct check_chain *c = known_put(fs->known, f->at);

	f->chain = c;
	append(fs, c, f->index);
	for (size_t i = 0; i < ALONG_DIMS; i++) {
		struct check_chain *along = c->own->along[i];
		size_t n;

		if (!along)
			continue;
		append(fs, along, f->index);
		n = facts_text(fs, f->at[KNOWN_ALONG[i]]).n;
		if (n > along->longest)
			along->longest = (uint32_t)n;
	}
	if (c->n == 1) {
		fs->points = arena_grow(fs->arena, fs->points, &fs->cap_points,
					fs->n_points + 1, sizeof *fs->points);
		c->own->number = (uint32_t)fs->n_points;
		fs->points[fs->n_points++] = c;
	}
	f->point = c->own->number;
}

/* "Sheet!B4" is sheet, row 4, column B. */
static void split_sheet(struct check_facts *fs, struct str cell, size_t bang,
			check_place *table, check_place *row,
			check_place *column)
{
	size_t digit = bang + 1;

	while (digit < cell.n &&
	       (cell.p[digit] < '0' || cell.p[digit] > '9'))
		digit++;
	*table = add_latest(fs, TABLE, str_slice(cell, 0, bang));
	*column = add_line(fs, str_slice(cell, bang + 1, digit));
	*row = add_line(fs, str_slice(cell, digit, cell.n));
}

/* ".r5" at *at, as add_line() has it; false where it is not so. */
static inline bool take_line(struct str cell, size_t *at, char letter,
			     check_place *line)
{
	enum { MOST_DIGITS = 9 };
	const char *p = cell.p + *at, *end = cell.p + cell.n, *digits;
	check_place number = 0;

	if (end - p < 3 || p[0] != '.' || p[1] != letter)
		return false;
	digits = p + 2;
	for (p = digits; p < end && *p >= '0' && *p <= '9'; p++)
		number = number * 10 + (check_place)(*p - '0');
	*at = (size_t)(p - cell.p);
	*line = number + 1;
	return p > digits && (*digits != '0' || p == digits + 1) &&
	       p - digits <= MOST_DIGITS;
}

/* "t3.r5.c2" is table t3, row r5, column c2. */
static void split_cell(struct check_facts *fs, struct str cell,
		       check_place *table, check_place *row,
		       check_place *column)
{
	struct str name = {NULL, 0}, line[2] = {{NULL, 0}, {NULL, 0}};
	size_t at = 0;

	*table = *row = *column = 0;
	if (!cell.n)
		return;
	while (at < cell.n && cell.p[at] != '.' && cell.p[at] != '!')
		at++;
	name = str_slice(cell, 0, at);
	/* most are so */
	if (take_line(cell, &at, 'r', row) &&
	    take_line(cell, &at, 'c', column) && at == cell.n) {
		*table = add_latest(fs, TABLE, name);
		return;
	}
	at = str_find(cell, STR("!"));
	if (at != SIZE_MAX) {
		split_sheet(fs, cell, at, table, row, column);
		return;
	}
	str_split(&cell, '.', &name);
	str_split(&cell, '.', &line[0]);
	str_split(&cell, '.', &line[1]);
	*table = add_latest(fs, TABLE, name);
	*row = add_line(fs, line[0]);
	*column = add_line(fs, line[1]);
}

bool facts_is_namesake(const struct bud_fact *f)
{
	return str_starts(f->doubt, STR("a unit of the same name"));
}

/* The dimensions that mostly are those of the fact before. */
static inline void add_common(struct check_facts *fs, struct check_fact *c)
{
	const struct check_fact *last = fs->n ? fs->list[fs->n - 1] : NULL;
	const struct coordinates *k = &c->f.at;

	if (last && last->f.at.year == k->year &&
	    last->f.at.phase == k->phase && last->f.at.kind == k->kind) {
		c->at[DIM_YEAR] = last->at[DIM_YEAR];
		c->at[DIM_PHASE] = last->at[DIM_PHASE];
		c->at[DIM_KIND] = last->at[DIM_KIND];
		return;
	}
	c->at[DIM_YEAR] = known_add_year(fs->known, k->year);
	c->at[DIM_PHASE] = known_add_phase(fs->known, k->phase);
	c->at[DIM_KIND] = known_add_kind(fs->known, k->kind);
}

void facts_add(struct check_facts *fs, const struct bud_fact *f)
{
	struct check_fact *c = arena_alloc_raw(fs->arena, sizeof *c);
	const struct coordinates *k = &f->at;

	c->f = *f;
	/* all but what is set below */
	memset(c->at, 0, sizeof c->at);
	c->confirmed = c->split = c->own = false;
	c->values = c->mark = 0;
	c->n_shown = 0;
	c->at[DIM_ENTITY] = add_at(fs, DIM_ENTITY,
				   facts_is_namesake(f) ? STR("=") : f->entity);
	c->at[DIM_SCOPE] = add_at(fs, DIM_SCOPE, f->scope);
	add_common(fs, c);
	c->at[DIM_ITEM] = add_at(fs, DIM_ITEM, k->item);
	c->at[DIM_FUND] = add_at(fs, DIM_FUND, k->fund);
	c->at[DIM_FUNCTION] = add_at(fs, DIM_FUNCTION, k->function);
	c->at[DIM_ECONOMIC] = add_at(fs, DIM_ECONOMIC, k->economic);
	c->at[DIM_NATURE] = add_at(fs, DIM_NATURE, k->nature);
	if (k->kind != KIND_LEVEL && k->kind != KIND_SHARE) {
		c->at[DIM_VS_YEAR] = known_add_year(fs->known, f->vs_year);
		c->at[DIM_VS_PHASE] = known_add_phase(fs->known, f->vs_phase);
	}
	c->at[DIM_WHOLE] = add_at(fs, DIM_WHOLE, f->whole);
	c->section = add_latest(fs, SECTION, f->section);
	split_cell(fs, f->cell, &c->table, &c->row, &c->column);
	c->index = (uint32_t)fs->n;
	if (fs->n && f->n <= fs->list[fs->n - 1]->f.n)
		fs->disordered = true;
	fs->list = arena_grow(fs->arena, fs->list, &fs->cap, fs->n + 1,
			      sizeof *fs->list);
	fs->list[fs->n++] = c;
	enter(fs, c);
}

/* ---- cells with a residue ----------------------------------------------- */

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
	struct residue_cell cell = {where, table, line}, *c;
	void **place = map_put(&fs->residue_cells, cell_key(&cell));

	if (*place)
		return;
	*place = c = arena_alloc_raw(fs->arena, sizeof *c);
	*c = cell;
	fs->residue_cells.entries[fs->residue_cells.n - 1].key = cell_key(c);
}

static bool has_cell(const struct check_facts *fs, check_place where,
		     check_place table, check_place line)
{
	struct residue_cell cell = {where, table, line};

	return table && map_get(&fs->residue_cells, cell_key(&cell));
}

void facts_add_residue(struct check_facts *fs, const struct bud_residue *r)
{
	check_place table, row, column;
	size_t at;

	split_cell(fs, r->cell, &table, &row, &column);
	if (table) {
		/* most share the row of the one before */
		if (table != fs->residue_table || row != fs->residue_row)
			add_cell(fs, IN_ROW, table, row);
		fs->residue_table = table;
		fs->residue_row = row;
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
	return has_cell(fs, IN_ROW, f->table, f->row);
}

bool facts_residue_in_column(const struct check_facts *fs,
			     const struct check_fact *f)
{
	return has_cell(fs, IN_COLUMN, f->table, f->column);
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

size_t facts_behind(const struct check_chain *c, const struct check_fact *f)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (c->list[middle] > f->index)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

void facts_around(const struct check_chain *c, const struct check_fact *f,
		  size_t most, size_t *from, size_t *to)
{
	size_t at;

	*from = 0;
	*to = c->n;
	if (c->n <= most)
		return;
	at = facts_behind(c, f);
	*from = at > most / 2 ? at - most / 2 : 0;
	if (*from > c->n - most)
		*from = c->n - most;
	*to = *from + most;
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

bool facts_quantity(const struct check_fact *f, struct quantity *out)
{
	return quantity_make(f->f.value, f->f.quantum, facts_scale(f->f.unit),
			     out);
}

bool facts_sum(const struct check_fact *const *list, size_t n,
	       struct quantity *out)
{
	struct tally t = {0};
	size_t k = 0;

	while (k < n && tally_add(&t, list[k]->f.value, list[k]->f.quantum,
				  facts_scale(list[k]->f.unit)))
		k++;
	if (n && k == n)
		return quantity_make(t.value, t.quantum, t.scale, out);
	*out = (struct quantity){ratio_of(0), ratio_of(0), ratio_of(0)};
	for (size_t i = 0; i < n; i++) {
		struct quantity q;

		if (!facts_quantity(list[i], &q) || !quantity_add(out, &q, out))
			return false;
	}
	return true;
}
