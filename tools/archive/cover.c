/* The lookups are made from the index alone, some documents at a time, so that
 * memory is bounded however much of it they lack. */
#include <stdlib.h>

#include "archive/archive.h"
#include "base/memory.h"

enum { MOST = 1 << 15 };

static size_t put_keys(struct lookup_key *keys, const struct archive_entry *e,
		       int64_t at)
{
	size_t n = 0;

	if (e->type != ENTRY_DOCUMENT)
		return n;
	keys[n++] = (struct lookup_key){lookup_document(e), at};
	if (e->entity.n)
		keys[n++] = (struct lookup_key){lookup_entity(e->entity), at};
	return n;
}

static void cover(void *ctx)
{
	struct archive *a = ctx, quiet = *a;
	struct messages nobody = {.share = a->messages->share};
	struct lookup_key *keys = memory_realloc(NULL, MOST * sizeof *keys);
	struct archive_entry e = {0};
	struct index_walk w;
	size_t n = 0;
	int got, failed = 0;

	quiet.messages = &nobody; /* who reads a bad line says it */
	index_begin(&w, &quiet, a->lookup.covered);
	while (!failed && (got = index_next(&w, &e)) == 1) {
		n += put_keys(keys + n, &e, w.at);
		if (n + 2 <= MOST)
			continue;
		failed = lookup_add(&a->lookup, a->dir, keys, n, w.next);
		n = 0;
	}
	if (!failed && !got && a->lookup.covered < a->end)
		lookup_add(&a->lookup, a->dir, keys, n, a->end);
	index_end(&w);
	free(keys);
}

void archive_cover(struct archive *a)
{
	if (a->lookup.covered < a->end)
		memory_try(cover, a);
}
