/*
 * Whether another row of the table has another value is told by counting;
 * only the facts of one row are held against each other, which are few. So
 * thousands of facts of the same coordinates take no more than sorting.
 */
#include "check/split.h"

#include <stdlib.h>

/* The values that one table states of one point, sorted. */
struct stated {
	int64_t *values;
	size_t n;
};

static int compare_numbers(int64_t x, int64_t y)
{
	return (x > y) - (x < y);
}

static int compare_values(const void *a, const void *b)
{
	return compare_numbers(*(const int64_t *)a, *(const int64_t *)b);
}

static int compare_places(const void *a, const void *b)
{
	const struct check_fact *x = *(struct check_fact *const *)a;
	const struct check_fact *y = *(struct check_fact *const *)b;

	if (x->table != y->table)
		return compare_numbers(x->table, y->table);
	if (x->row != y->row)
		return compare_numbers(x->row, y->row);
	return compare_numbers((int64_t)x->index, (int64_t)y->index);
}

/* How many of the values are less, or no more. */
static size_t count_below(const struct stated *s, int64_t value, bool equal)
{
	size_t low = 0, high = s->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->values[middle] < value ||
		    (equal && s->values[middle] == value))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t count_like(struct check_fact *const *row, size_t n, int64_t value)
{
	size_t like = 0;

	for (size_t i = 0; i < n; i++)
		like += row[i]->f.value == value;
	return like;
}

/*
 * One row that states a coordinate three times and more (支出总计 once for
 * each side of a table) repeats it, where all but one of them agree.
 */
static bool is_repeated(struct check_fact *const *row, size_t n,
			const struct check_fact *a, const struct check_fact *b)
{
	return n > 2 && (count_like(row, n, a->f.value) + 1 == n ||
			 count_like(row, n, b->f.value) + 1 == n);
}

/* A row that is known, or one fact of which it is not. */
static void note_row(const struct stated *s, struct check_fact **row, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct check_fact *f = row[i];
		size_t like = count_below(s, f->f.value, true) -
			      count_below(s, f->f.value, false);
		size_t others = s->n - like;
		size_t here = n - count_like(row, n, f->f.value);

		f->split = others > here;
		for (size_t k = 0; k < n && !f->split; k++)
			f->split = row[k]->f.value != f->f.value &&
				   !is_repeated(row, n, f, row[k]);
	}
}

static void note_table(const struct check_facts *fs, struct check_fact **facts,
		       size_t n)
{
	struct stated s = {ARENA_ARRAY(fs->arena, int64_t, n), n};

	for (size_t i = 0; i < n; i++)
		s.values[i] = facts[i]->f.value;
	qsort(s.values, n, sizeof *s.values, compare_values);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && facts[i]->row &&
				  facts[end]->row == facts[i]->row;)
			end++;
		note_row(&s, facts + i, end - i);
	}
}

/* Nearly always the values are the same. */
static bool has_several(const struct check_facts *fs,
			const struct check_chain *c)
{
	for (size_t i = 1; i < c->n; i++)
		if (fs->list[c->list[i]]->f.value !=
		    fs->list[c->list[0]]->f.value)
			return true;
	return false;
}

static void note_point(const struct check_facts *fs,
		       const struct check_chain *c)
{
	struct check_fact **facts =
		ARENA_ARRAY(fs->arena, struct check_fact *, c->n);
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		if (fs->list[c->list[i]]->table)
			facts[n++] = fs->list[c->list[i]];
	if (n)
		qsort(facts, n, sizeof *facts, compare_places);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1;
		     end < n && facts[end]->table == facts[i]->table;)
			end++;
		note_table(fs, facts + i, end - i);
	}
}

void split_note(struct check_facts *fs)
{
	for (size_t i = 0; i < fs->n_points; i++)
		if (has_several(fs, fs->points[i]))
			note_point(fs, fs->points[i]);
}
