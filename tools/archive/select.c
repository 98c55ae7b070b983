/*
 * Two walks: over candidates (all lines of the index, or those that the
 * lookups give), and, for --latest, over the best offsets that the first one
 * found. A later day wins, and on one day what was put in later.
 */
#include "archive/select.h"

#include <stdlib.h>

#include "base/map.h"

static bool is_meant(const struct selection *s, const struct archive_entry *e)
{
	bool named = !s->n_entities;

	if (e->type != ENTRY_DOCUMENT)
		return false;
	if (s->doc.n && !str_starts(e->doc, s->doc))
		return false;
	if (s->as_of.n && str_compare(e->as_of, s->as_of) > 0)
		return false;
	if (!e->has_document)
		return !s->n_entities && !s->from_year && !s->phases.n &&
		       !s->latest;
	if (s->from_year && (e->year < s->from_year || e->year > s->to_year))
		return false;
	if (s->phases.n && !str_list_has(s->phases, phase_name(e->phase)))
		return false;
	for (size_t i = 0; i < s->n_entities && !named; i++)
		named = str_equal(s->entities[i], e->entity);
	return named;
}

static int compare_offsets(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The offsets of all lines that may be of the entities, ascending. */
static int find_entities(const struct archive *a, struct arena *arena,
			 const struct selection *s, int64_t **out, size_t *n)
{
	int64_t *all = NULL, *some;
	size_t cap = 0, kept = 0, m;

	*n = 0;
	for (size_t i = 0; i < s->n_entities; i++) {
		if (index_find(a, arena, lookup_entity(s->entities[i]), &some,
			       &m))
			return -1;
		all = arena_grow(arena, all, &cap, *n + m, sizeof *all);
		for (size_t k = 0; k < m; k++)
			all[(*n)++] = some[k];
	}
	if (*n)
		qsort(all, *n, sizeof *all, compare_offsets);
	for (size_t i = 0; i < *n; i++)
		if (!kept || all[kept - 1] != all[i])
			all[kept++] = all[i];
	*n = kept;
	*out = all;
	return 0;
}

/* Lines at offsets, as far as they are meant. */
static int walk_offsets(const struct archive *a, const int64_t *at, size_t n,
			const struct selection *s, select_entry take, void *ctx)
{
	struct arena arena = {0};
	int got = 0;

	for (size_t i = 0; i < n && !got; i++) {
		struct archive_entry e;

		arena_reset(&arena);
		got = index_read(a, &arena, at[i], &e);
		if (got >= 0)
			got = !got && is_meant(s, &e) ? take(ctx, &e, at[i])
						      : 0;
	}
	arena_release(&arena);
	return got;
}

static int walk_index(const struct archive *a, const struct selection *s,
		      select_entry take, void *ctx)
{
	struct index_walk w;
	struct archive_entry e;
	int got, taken = 0;

	index_begin(&w, a, 0);
	while (!taken && (got = index_next(&w, &e)) == 1)
		if (is_meant(s, &e))
			taken = take(ctx, &e, w.at);
	index_end(&w);
	return taken ? taken : got;
}

static int walk_all(const struct archive *a, const struct selection *s,
		    select_entry take, void *ctx)
{
	struct arena arena = {0};
	int64_t *at;
	size_t n;
	int got;

	if (!s->n_entities && s->doc.n < 16)
		return walk_index(a, s, take, ctx);
	if (s->n_entities) {
		got = find_entities(a, &arena, s, &at, &n);
	} else {
		struct archive_entry e = {.doc = s->doc};

		got = index_find(a, &arena, lookup_document(&e), &at, &n);
	}
	if (!got)
		got = walk_offsets(a, at, n, s, take, ctx);
	arena_release(&arena);
	return got;
}

struct version_at {
	struct str as_of;
	int64_t offset;
};

struct latest {
	struct arena arena;
	struct map best; /* of version_at, by key */
};

static int take_latest(void *ctx, const struct archive_entry *e, int64_t offset)
{
	struct latest *l = ctx;
	struct version_at *v;
	struct str key;
	void **slot;

	key = e->entity.n ? str_format(&l->arena, "%d %d %.*s", e->year,
				       (int)e->phase, STR_ARG(e->entity))
			  : str_format(&l->arena, "%.*s", STR_ARG(e->doc));
	slot = map_put(&l->best, key);
	v = *slot;
	if (v && str_compare(v->as_of, e->as_of) > 0)
		return 0;
	if (!v)
		*slot = v = ARENA_NEW(&l->arena, struct version_at);
	v->as_of = str_copy(&l->arena, e->as_of);
	v->offset = offset;
	return 0;
}

int select_walk(const struct archive *a, const struct selection *s,
		select_entry take, void *ctx)
{
	struct latest l = {0};
	int64_t *at;
	int got;

	if (!s->latest)
		return walk_all(a, s, take, ctx);
	got = walk_all(a, s, take_latest, &l);
	at = ARENA_ARRAY(&l.arena, int64_t, l.best.n);
	for (size_t i = 0; i < l.best.n; i++) {
		const struct version_at *v = l.best.entries[i].value;

		at[i] = v->offset;
	}
	if (l.best.n)
		qsort(at, l.best.n, sizeof *at, compare_offsets);
	if (!got)
		got = walk_offsets(a, at, l.best.n, s, take, ctx);
	map_release(&l.best);
	arena_release(&l.arena);
	return got;
}

enum version select_version(const struct archive *a,
			    const struct archive_entry *e, int64_t offset)
{
	struct arena arena = {0};
	enum version v = e->has_document ? VERSION_FIRST : VERSION_NONE;
	size_t n;
	int64_t *at;

	/* what could not be read was said; the rest is told all the same */
	index_find(a, &arena, e->entity.n ? lookup_entity(e->entity)
					  : lookup_document(e), &at, &n);
	for (size_t i = 0; i < n && at[i] < offset; i++) {
		struct archive_entry o;

		if (index_read(a, &arena, at[i], &o) ||
		    o.type != ENTRY_DOCUMENT || !entry_same_key(&o, e))
			continue;
		if (str_equal(o.doc, e->doc))
			v = VERSION_REREAD;
		else if (v == VERSION_FIRST)
			v = VERSION_CHANGED;
	}
	arena_release(&arena);
	return v;
}

const char *select_version_name(enum version v)
{
	static const char *const NAMES[] = {
		[VERSION_FIRST] = "first",
		[VERSION_CHANGED] = "changed",
		[VERSION_REREAD] = "reread",
		[VERSION_NONE] = "none",
	};

	return NAMES[v];
}
