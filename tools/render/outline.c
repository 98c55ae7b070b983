/* A part's whole is found by taking its most specific coordinate off, again
 * and again, until what is left is a row. */
#include "render/outline.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void outline_key(struct buf *out, const struct coordinates *at)
{
	const struct str parts[] = {at->item, at->fund, at->function,
				    at->economic, at->nature};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		buf_put_str(out, parts[i]);
		buf_putc(out, '\x1f');
	}
}

/* "basic.staff" → "basic" → ""; false for what was empty. */
static bool trim_dotted(struct str *s)
{
	if (!s->n)
		return false;
	while (s->n && s->p[s->n - 1] != '.')
		s->n--;
	if (s->n)
		s->n--;
	return true;
}

/* Codes have 3, 5 or 7 digits. */
static bool trim_code(struct str *s)
{
	if (!s->n)
		return false;
	s->n = s->n > 3 ? s->n - 2 : 0;
	return true;
}

bool outline_trim(struct coordinates *at)
{
	if (trim_code(&at->economic) || trim_dotted(&at->nature) ||
	    trim_code(&at->function))
		return true;
	if (at->fund.n) {
		at->fund.n = 0;
		return true;
	}
	return trim_dotted(&at->item) && at->item.n;
}

static int compare(const void *x, const void *y)
{
	const struct outline_row *a = x, *b = y;
	int by;

	if (a->item_rank != b->item_rank)
		return a->item_rank < b->item_rank ? -1 : 1;
	if ((by = str_compare(a->at.item, b->at.item)))
		return by;
	if (a->fund_rank != b->fund_rank)
		return a->fund_rank < b->fund_rank ? -1 : 1;
	if ((by = str_compare(a->at.fund, b->at.fund)))
		return by;
	if ((by = str_compare(a->at.function, b->at.function)))
		return by;
	if (a->nature_rank != b->nature_rank)
		return a->nature_rank < b->nature_rank ? -1 : 1;
	if ((by = str_compare(a->at.nature, b->at.nature)))
		return by;
	if ((by = str_compare(a->at.economic, b->at.economic)))
		return by;
	return a->order < b->order ? -1 : 1;
}

static int rank(const struct labels *l, const char *file, struct str id)
{
	return id.n ? label_rank(l, file, id) : -1;
}

static const struct outline_row *find_above(const struct map *rows,
					    struct coordinates at)
{
	struct buf key = {0};
	const struct outline_row *found = NULL;

	while (!found && outline_trim(&at)) {
		buf_clear(&key);
		outline_key(&key, &at);
		found = map_get(rows, buf_str(&key));
	}
	buf_release(&key);
	return found;
}

static void arrange(struct arena *a, const struct labels *l,
		    struct outline_row *rows, size_t n)
{
	struct map seen = {0};
	struct buf key = {0};

	for (size_t i = 0; i < n; i++) {
		rows[i].order = i;
		rows[i].item_rank = rank(l, "items", rows[i].at.item);
		rows[i].fund_rank = rank(l, "funds", rows[i].at.fund);
		rows[i].nature_rank = rank(l, "natures", rows[i].at.nature);
	}
	if (n)
		qsort(rows, n, sizeof *rows, compare);
	for (size_t i = 0; i < n; i++) {
		buf_clear(&key);
		outline_key(&key, &rows[i].at);
		*map_put(&seen, str_copy(a, buf_str(&key))) = &rows[i];
	}
	for (size_t i = 0; i < n; i++) {
		const struct outline_row *up = find_above(&seen, rows[i].at);

		rows[i].depth = up ? up->depth + 1 : 0;
		rows[i].above = up ? &up->at : NULL;
	}
	buf_release(&key);
	map_release(&seen);
}

/* Two rows or more that lack the whole they are parts of get a heading. */
static size_t add_heads(struct arena *a, const struct outline_row *rows,
			size_t n, struct outline_row *heads)
{
	struct map seen = {0};
	struct buf key = {0};
	size_t n_heads = 0;

	for (size_t i = 0; i < n; i++) {
		const struct coordinates *at = &rows[i].at;
		struct coordinates whole = {.item = at->item,
					    .fund = at->fund};
		void **place;

		if ((rows[i].above &&
		     str_equal(rows[i].above->fund, at->fund)) ||
		    (!at->function.n && !at->economic.n))
			continue;
		buf_clear(&key);
		outline_key(&key, &whole);
		place = map_put(&seen, str_copy(a, buf_str(&key)));
		*place = (void *)((uintptr_t)*place + 1);
		if ((uintptr_t)*place == 2)
			heads[n_heads++] = (struct outline_row){
				.at = whole, .is_head = true};
	}
	buf_release(&key);
	map_release(&seen);
	return n_heads;
}

struct outline_row *outline_arrange(struct arena *a, const struct labels *l,
				    struct outline_row *rows, size_t *n)
{
	struct outline_row *heads = ARENA_ARRAY(a, struct outline_row, *n);
	struct outline_row *all;
	size_t n_heads;

	arrange(a, l, rows, *n);
	n_heads = add_heads(a, rows, *n, heads);
	if (!n_heads)
		return rows;
	all = ARENA_ARRAY(a, struct outline_row, *n + n_heads);
	memcpy(all, rows, *n * sizeof *rows);
	memcpy(all + *n, heads, n_heads * sizeof *heads);
	*n += n_heads;
	arrange(a, l, all, *n);
	return all;
}
