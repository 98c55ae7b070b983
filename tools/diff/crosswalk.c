/*
 * The tables are small and read once; a question walks the rows that lie
 * between the two years asked for.
 */
#include "diff/crosswalk.h"

#include "base/reason.h"

enum { MAX_FIELDS = 7, MAX_CHAIN = 16, MAX_NAMED = 3 };

static const struct str WHATS[] = {
	STR_INIT("entity"), STR_INIT("function"), STR_INIT("economic"),
	STR_INIT("scope"),
};

static const struct str KINDS[] = {
	STR_INIT("renamed"), STR_INIT("moved"),  STR_INIT("merged"),
	STR_INIT("split"),   STR_INIT("reused"),
};

static bool index_of(const struct str *list, size_t n, struct str word,
		     int *out)
{
	for (size_t i = 0; i < n; i++) {
		if (!str_equal(list[i], word))
			continue;
		*out = (int)i;
		return true;
	}
	return false;
}

void crosswalk_release(struct crosswalk *c)
{
	map_release(&c->parents);
	map_release(&c->entities);
	map_release(&c->now);
	arena_release(&c->arena);
	*c = (struct crosswalk){0};
}

static bool parse_row(const struct str f[MAX_FIELDS], struct cross_row *r)
{
	int what = CROSS_ENTITY, kind = CROSS_RENAMED;
	int64_t year = 0;

	if (!f[2].n && !f[3].n) {
		*r = (struct cross_row){.from = f[0], .to = f[1]};
		return f[0].n && f[1].n;
	}
	if (!index_of(WHATS, sizeof WHATS / sizeof *WHATS, f[0], &what) ||
	    !index_of(KINDS, sizeof KINDS / sizeof *KINDS, f[1], &kind) ||
	    !f[3].n || !f[4].n)
		return false;
	if (f[2].n && (!str_to_int64(f[2], &year) || year < 1 || year > 9999))
		return false;
	if (!year && what != CROSS_ENTITY)
		return false;
	*r = (struct cross_row){(enum cross_what)what, (enum cross_kind)kind,
				(int)year, f[3], f[4], f[5], f[6]};
	return true;
}

static void add_row(struct crosswalk *c, const struct cross_row *r)
{
	struct cross_list *list;

	if (r->what == CROSS_ENTITY) {
		struct cross_row *copy = ARENA_NEW(&c->arena, struct cross_row);

		*copy = *r;
		*map_put(&c->entities, copy->from) = copy;
		*map_put(&c->now, copy->to) = copy;
		return;
	}
	list = &c->lists[r->what];
	list->rows = arena_grow(&c->arena, list->rows, &list->cap, list->n + 1,
				sizeof *list->rows);
	list->rows[list->n++] = *r;
}

static void tell(struct messages *m, struct arena *a, struct str name,
		 size_t line, struct str what)
{
	message_add(m, "bad-table",
		    str_format(a, "%.*s:%zu", STR_ARG(name), line), "'%.*s'",
		    STR_ARG(what));
}

bool crosswalk_add(struct crosswalk *c, struct str name, struct str text,
		   struct messages *m)
{
	struct str rest = str_copy(&c->arena, text), f[MAX_FIELDS];
	size_t line = 0;
	bool good = true;

	if (str_starts(rest, STR("\xef\xbb\xbf")))
		rest = str_slice(rest, 3, rest.n);
	while (share_row(&rest, &line, f, MAX_FIELDS)) {
		struct cross_row r;

		if (parse_row(f, &r)) {
			add_row(c, &r);
		} else {
			tell(m, &c->arena, name, line, f[0]);
			good = false;
		}
	}
	return good;
}

static bool add_parents(struct crosswalk *c, struct str name, struct str text,
			struct messages *m)
{
	struct str rest = str_copy(&c->arena, text), f[2];
	size_t line = 0;
	bool good = true;

	while (share_row(&rest, &line, f, 2)) {
		struct str *parent = ARENA_NEW(&c->arena, struct str);

		if (!f[0].n || !f[1].n) {
			tell(m, &c->arena, name, line, f[0]);
			good = false;
			continue;
		}
		*parent = f[1];
		*map_put(&c->parents, f[0]) = parent;
	}
	return good;
}

bool crosswalk_load(struct crosswalk *c, struct share *share,
		    struct messages *m)
{
	static const struct {
		const char *path;
		bool (*add)(struct crosswalk *, struct str, struct str,
			    struct messages *);
	} TABLES[] = {
		{"crosswalk/entities.tsv", crosswalk_add},
		{"crosswalk/functions.tsv", crosswalk_add},
		{"crosswalk/economic.tsv", crosswalk_add},
		{"crosswalk/scopes.tsv", crosswalk_add},
		{"crosswalk/parents.tsv", add_parents},
	};
	bool good = true;

	for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++) {
		struct str name = share_name(share, TABLES[i].path), bytes;
		const char *error;

		if (!share_read(share, TABLES[i].path, &bytes, &error)) {
			reason_add(m, "share-missing", name, error);
			good = false;
		} else {
			good = TABLES[i].add(c, name, bytes, m) && good;
		}
	}
	return good;
}

bool crosswalk_names(const struct crosswalk *c, struct str name)
{
	return map_get(&c->entities, name) || map_get(&c->now, name);
}

struct str crosswalk_entity(const struct crosswalk *c, struct str name,
			    int year, bool *merged)
{
	*merged = false;
	for (int i = 0; i < MAX_CHAIN; i++) {
		const struct cross_row *r = map_get(&c->entities, name);

		if (!r || (r->year && year >= r->year))
			break;
		name = r->to;
		*merged = *merged || r->kind == CROSS_MERGED;
	}
	return name;
}

struct str crosswalk_parent(const struct crosswalk *c, struct str item)
{
	const struct str *parent = map_get(&c->parents, item);

	return parent ? *parent : (struct str){NULL, 0};
}

bool crosswalk_crosses(const struct cross_row *r, int from_year, int to_year)
{
	int low = from_year < to_year ? from_year : to_year;
	int high = from_year < to_year ? to_year : from_year;

	return low < r->year && r->year <= high;
}

static struct str other_code(const struct crosswalk *c, enum cross_what what,
			     struct str code, int from_year, int to_year,
			     bool old)
{
	const struct cross_list *list = &c->lists[what];

	/* going back in time old and new change places */
	if (from_year > to_year)
		old = !old;
	for (size_t i = 0; code.n && i < list->n; i++) {
		const struct cross_row *r = &list->rows[i];

		if (r->kind == CROSS_MOVED &&
		    crosswalk_crosses(r, from_year, to_year) &&
		    str_equal(old ? r->to : r->from, code))
			return old ? r->from : r->to;
	}
	return (struct str){NULL, 0};
}

struct str crosswalk_old_code(const struct crosswalk *c, enum cross_what what,
			      struct str code, int from_year, int to_year)
{
	return other_code(c, what, code, from_year, to_year, true);
}

struct str crosswalk_new_code(const struct crosswalk *c, enum cross_what what,
			      struct str code, int from_year, int to_year)
{
	return other_code(c, what, code, from_year, to_year, false);
}

bool crosswalk_is_reused(const struct crosswalk *c, enum cross_what what,
			 struct str code, int from_year, int to_year)
{
	const struct cross_list *list = &c->lists[what];

	for (size_t i = 0; code.n && i < list->n; i++) {
		const struct cross_row *r = &list->rows[i];

		if (r->kind == CROSS_REUSED && str_equal(r->from, code) &&
		    crosswalk_crosses(r, from_year, to_year))
			return true;
	}
	return false;
}

/* Whether a code is the row's, a part of it, or a whole that it left or
 * entered; a change inside one whole does not touch the whole. */
static bool touches(const struct cross_row *r, struct str code)
{
	bool has_old = str_starts(r->from, code);
	bool has_new = str_starts(r->to, code);

	if (r->kind == CROSS_RENAMED || r->kind == CROSS_REUSED)
		return str_equal(r->from, code) || str_equal(r->to, code);
	return str_starts(code, r->from) || str_starts(code, r->to) ||
	       has_old != has_new;
}

/* Of a row and one for a part of it, that one is named which is nearer to the
 * code: the row of the whole for a whole, the row of the part for the part. */
static bool is_named_by(const struct cross_row *other,
			const struct cross_row *r, struct str code)
{
	bool wider = str_starts(r->from, other->from) &&
		     str_starts(r->to, other->to);
	bool narrower = str_starts(other->from, r->from) &&
			str_starts(other->to, r->to);

	if (other->year != r->year || wider == narrower ||
	    !touches(other, code))
		return false;
	return wider ? code.n < r->from.n : code.n >= other->from.n;
}

static bool is_named(const struct cross_list *list, const struct cross_row *r,
		     struct str code)
{
	for (size_t i = 0; i < list->n; i++)
		if (is_named_by(&list->rows[i], r, code))
			return true;
	return false;
}

static void put_row(const struct cross_row *r, struct buf *out)
{
	struct str kind = KINDS[r->kind];

	if (str_equal(r->from, r->to))
		buf_printf(out, "%.*s %.*s: %.*s → %.*s", STR_ARG(kind),
			   STR_ARG(r->from), STR_ARG(r->from_name),
			   STR_ARG(r->to_name));
	else
		buf_printf(out, "%.*s: %.*s → %.*s", STR_ARG(kind),
			   STR_ARG(r->from), STR_ARG(r->to));
}

void crosswalk_put_code(const struct crosswalk *c, enum cross_what what,
			struct str code, int from_year, int to_year,
			struct buf *out)
{
	const struct cross_list *list = &c->lists[what];
	int named = 0;

	for (size_t i = 0; code.n && i < list->n; i++) {
		const struct cross_row *r = &list->rows[i];

		if (!crosswalk_crosses(r, from_year, to_year) ||
		    !touches(r, code) || is_named(list, r, code))
			continue;
		if (out->n)
			buf_puts(out, "; ");
		if (named++ == MAX_NAMED) {
			buf_puts(out, "…");
			return;
		}
		put_row(r, out);
	}
}

void crosswalk_put_scope(const struct crosswalk *c, struct str item,
			 enum phase phase, int from_year, int to_year,
			 struct buf *out)
{
	const struct cross_list *list = &c->lists[CROSS_SCOPE];

	for (size_t i = 0; i < list->n; i++) {
		const struct cross_row *r = &list->rows[i];
		bool back = from_year > to_year;

		if (!crosswalk_crosses(r, from_year, to_year) ||
		    !str_equal(r->to_name, phase_name(phase)) ||
		    !str_starts(item, r->from_name) ||
		    (item.n > r->from_name.n && item.p[r->from_name.n] != '.'))
			continue;
		if (out->n)
			buf_puts(out, "; ");
		buf_printf(out, "scope: %.*s → %.*s",
			   STR_ARG(back ? r->to : r->from),
			   STR_ARG(back ? r->from : r->to));
	}
}
