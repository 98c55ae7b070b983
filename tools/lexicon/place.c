/* The rows of regions are sorted by the first character of the name, so that
 * a look-up compares the few dozen that may fit. */
#include "lexicon/place.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/reason.h"
#include "lexicon/table.h"

static const char REGIONS[] = "codes/regions.tsv";
static const char ORGANISATIONS[] = "lexicon/organisations.tsv";

struct load {
	struct places *p;
	struct share *share;
	struct messages *messages;
	struct region *regions;
	struct organisation *organisations;
	size_t cap_regions, cap_organisations;
	bool failed;
};

enum { CODE = 6 }; /* digits */

/* brief is how the name begins, so that one look tells whether a row fits. */
static bool split_region(struct str row, struct region *r)
{
	struct str field[CODE] = {{NULL, 0}};
	size_t n = 0;
	int64_t number;

	while (n < sizeof field / sizeof *field &&
	       str_split(&row, '\t', &field[n]))
		n++;
	*r = (struct region){.code = field[0], .name = field[1],
			     .brief = field[2], .now = field[5]};
	if (!r->now.n)
		r->now = r->code;
	return r->code.n == CODE && str_to_int64(r->code, &number) &&
	       r->name.n && str_starts(r->name, str_slice(r->brief, 0, 3)) &&
	       lexicon_year(field[3], &r->from) &&
	       lexicon_year(field[4], &r->to);
}

static void bad_row(struct load *o, const char *file, size_t line,
		    struct str row)
{
	message_add(o->messages, "bad-table",
		    str_format(&o->p->arena, "%.*s:%zu",
			       STR_ARG(share_name(o->share, file)), line),
		    "'%.*s'", STR_ARG(row));
	o->failed = true;
}

/* The bytes by which rows are sorted; every Chinese character has so many. */
enum { FIRST = 3 };

/* Rows of one first character stay as they stand in the table. */
static int by_name(const void *a, const void *b)
{
	const struct region *x = a, *y = b;
	int c = str_compare(str_slice(x->name, 0, FIRST),
			    str_slice(y->name, 0, FIRST));

	return c ? c : x->code.p < y->code.p ? -1 : x->code.p > y->code.p;
}

static void load_regions(struct load *o)
{
	struct places *p = o->p;
	struct region region;
	struct str rest, row;
	const char *error;

	if (!share_read(o->share, REGIONS, &rest, &error)) {
		reason_add(o->messages, "share-missing",
			   share_name(o->share, REGIONS), error);
		o->failed = true;
		return;
	}
	for (size_t line = 1; str_split(&rest, '\n', &row); line++) {
		if (!row.n || *row.p == '#')
			continue;
		row.n -= row.p[row.n - 1] == '\r';
		if (!split_region(row, &region)) {
			bad_row(o, REGIONS, line, row);
			continue;
		}
		o->regions = arena_grow(&p->arena, o->regions,
					&o->cap_regions, p->n_regions + 1,
					sizeof region);
		o->regions[p->n_regions++] = region;
	}
	if (p->n_regions)
		qsort(o->regions, p->n_regions, sizeof region, by_name);
}

static bool add_organisation(struct load *l, const struct str *field)
{
	static const struct str POSITIONS[] = {
		[AT_START] = STR_INIT("start"),
		[WITHIN] = STR_INIT("in"),
		[AT_END] = STR_INIT("end"),
	};
	struct organisation o = {.kind = field[2]};
	struct str words = field[0];
	size_t k = 0;

	while (k <= AT_END && !str_equal(field[1], POSITIONS[k]))
		k++;
	if (k > AT_END || !o.kind.n)
		return false;
	o.position = (enum position)k;
	while (str_split(&words, '|', &o.word)) {
		if (!o.word.n)
			return false;
		l->organisations = arena_grow(
			&l->p->arena, l->organisations,
			&l->cap_organisations, l->p->n_organisations + 1,
			sizeof o);
		l->organisations[l->p->n_organisations++] = o;
	}
	return true;
}

/* Words of one position stay as they stand in the table. */
static int by_position(const void *a, const void *b)
{
	const struct organisation *x = a, *y = b;

	if (x->position != y->position)
		return x->position < y->position ? -1 : 1;
	return x->word.p < y->word.p ? -1 : x->word.p > y->word.p;
}

static void sort_organisations(struct load *l)
{
	struct places *p = l->p;

	if (p->n_organisations)
		qsort(l->organisations, p->n_organisations,
		      sizeof *l->organisations, by_position);
	for (size_t i = 0; i < p->n_organisations; i++)
		for (int k = l->organisations[i].position; k <= AT_END; k++)
			p->ends[k] = i + 1;
}

static void load_organisations(struct load *o)
{
	struct str rest, field[3];
	const char *error;
	size_t line = 0;

	if (!share_read(o->share, ORGANISATIONS, &rest, &error)) {
		reason_add(o->messages, "share-missing",
			   share_name(o->share, ORGANISATIONS), error);
		o->failed = true;
		return;
	}
	while (share_row(&rest, &line, field, 3))
		if (!add_organisation(o, field))
			bad_row(o, ORGANISATIONS, line, field[0]);
	sort_organisations(o);
}

const struct places *places_load(struct share *share,
				 struct messages *messages)
{
	struct places *p = memory_realloc(NULL, sizeof *p);
	struct load o = {.p = p, .share = share, .messages = messages};

	*p = (struct places){0};
	load_regions(&o);
	load_organisations(&o);
	p->regions = o.regions;
	p->organisations = o.organisations;
	if (!o.failed)
		return p;
	places_release(p);
	return NULL;
}

void places_release(const struct places *places)
{
	struct places *p = (struct places *)(uintptr_t)places;

	if (!p)
		return;
	arena_release(&p->arena);
	free(p);
}

/* The digits that name the level: 2 province, 4 city, 6 county. */
static size_t digits(struct str code)
{
	if (str_ends(code, STR("0000")))
		return 2;
	return str_ends(code, STR("00")) ? 4 : 6;
}

/* 北京路小学, 中山大学: named after a place, not of it. */
static bool is_only_named(struct str behind)
{
	static const char *const WORDS[] = {
		"路", "街", "大道", "大学", "学院", "医院", "山", "河", "湖",
		"江", "庄",
	};

	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
		if (str_starts(behind, str_of(WORDS[i])))
			return true;
	return false;
}

/* The bytes of name that this place takes at its front; 0 = none. It is named
 * for short only where that is not the name of something else. */
static size_t taken(const struct region *r, struct str name)
{
	if (str_starts(name, r->name))
		return r->name.n;
	if (!r->brief.n || !str_starts(name, r->brief))
		return 0;
	return is_only_named(str_slice(name, r->brief.n, name.n))
		       ? 0 : r->brief.n;
}

static int years_off(const struct region *r, int year)
{
	if (!year)
		return r->to ? 9999 - r->to : 0;
	if (year < r->from)
		return r->from - year;
	return r->to && year > r->to ? year - r->to : 0;
}

struct best {
	struct region region;
	size_t length;
	int off;
	bool ambiguous;
};

/* The longest name wins, then the nearest in time, then the later one of what
 * is one place; two places that only the name tells apart are ambiguous. */
static void consider(struct best *b, const struct region *r, size_t length,
		     int year)
{
	int off = years_off(r, year);

	if (length < b->length || (length == b->length && off > b->off))
		return;
	if (length == b->length && off == b->off &&
	    !str_equal(b->region.now, r->now)) {
		b->ambiguous = true;
		return;
	}
	*b = (struct best){*r, length, off, false};
}

/* The first row whose name begins as this one does, or what follows. */
static const struct region *find_first(const struct places *p, struct str name)
{
	struct str first = str_slice(name, 0, FIRST);
	const struct region *r = p->regions;

	for (size_t n = p->n_regions; n;) {
		size_t half = n / 2;

		if (str_compare(str_slice(r[half].name, 0, FIRST), first) < 0) {
			r += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return r;
}

/* Steps from *r (of no code: the whole country) to the place within it that
 * name begins with; the bytes that it takes, 0 where there is none. */
static size_t step(const struct places *p, struct region *r, struct str name,
		   int year)
{
	size_t level = r->code.n ? digits(r->code) : 0;
	struct best b = {0};

	for (const struct region *one = find_first(p, name);
	     one < p->regions + p->n_regions &&
	     str_starts(name, str_slice(one->name, 0, FIRST));
	     one++) {
		size_t n;

		if ((level && memcmp(one->code.p, r->code.p, level)) ||
		    digits(one->code) <= level)
			continue;
		n = taken(one, name);
		if (n)
			consider(&b, one, n, year);
	}
	if (!b.length || b.ambiguous)
		return 0;
	*r = b.region;
	return b.length;
}

/* A number of the two bytes that end at p. */
static unsigned char ending(const char *p)
{
	return (unsigned char)((unsigned char)p[-1] << 2 ^ (unsigned char)p[-2]);
}

/* Whether a word stands there in a name; has: by ending(), whether the name has
 * that of a character. The last byte of a word tells nearly always that it does
 * not stand at the start or at the end. */
static bool stands(enum position position, struct str name, struct str word,
		   const bool *has)
{
	char last = word.p[word.n - 1];

	switch (position) {
	case AT_START:
		return word.n <= name.n && name.p[word.n - 1] == last &&
		       str_starts(name, word);
	case AT_END:
		return name.n && name.p[name.n - 1] == last &&
		       str_ends(name, word);
	default:
		return (word.n < 2 || has[ending(word.p + word.n)]) &&
		       str_find(name, word) != SIZE_MAX;
	}
}

static const struct organisation *find_kind(const struct places *p,
					    struct str name,
					    enum position position)
{
	const struct organisation *o = p->organisations;
	const struct organisation *end = o + p->ends[position];
	bool has[256] = {false};

	for (size_t k = 2; position == WITHIN && k <= name.n; k++)
		has[ending(name.p + k)] = true;
	for (o += position ? p->ends[position - 1] : 0; o < end; o++)
		if (stands(position, name, o->word, has))
			return o;
	return NULL;
}

/* Without a note in brackets at its end: （本级）, (单位). */
static struct str without_note(struct str name)
{
	static const struct str OPEN[] = {STR_INIT("（"), STR_INIT("(")};

	for (size_t i = 0; i < 2; i++) {
		size_t at = str_find(name, OPEN[i]);

		if (at && at != SIZE_MAX)
			name.n = at;
	}
	return name;
}

struct lexicon_place lexicon_place(const struct lexicon *l, struct str name,
				   int year)
{
	const struct places *p = l->places;
	const struct organisation *o = find_kind(p, name, AT_START), *within;
	struct region r = {0};
	struct lexicon_place out = {0};
	size_t n;

	out.start = o ? o->word.n : 0;
	do {
		n = step(p, &r, str_slice(name, out.start + out.length, name.n),
			 year);
		out.length += n;
	} while (n && digits(r.code) < CODE);
	out.region = r.code;
	out.now = r.now;
	name = without_note(name);
	within = find_kind(p, str_slice(name, out.start + out.length, name.n),
			   WITHIN);
	if (within)
		o = within;
	if (!o)
		o = find_kind(p, name, AT_END);
	if (o)
		out.kind = o->kind;
	return out;
}
