#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"

struct item {
	int key, came;
	char filling[80]; /* more than is moved at once, where it is used */
};

static int by_key(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int by_item(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	return x->key != y->key ? (x->key < y->key ? -1 : 1)
				: (x->came > y->came) - (x->came < y->came);
}

/* Whatever their number, their size and their order, as qsort() does. */
Test(sort, is_that_of_qsort)
{
	enum { MOST = 70 };
	int numbers[MOST], wanted[MOST];
	struct item items[MOST];

	for (size_t n = 0; n <= MOST; n++)
		for (int order = 0; order < 4; order++) {
			for (size_t i = 0; i < n; i++) {
				int key = order == 0   ? (int)i
					  : order == 1 ? -(int)i
					  : order == 2 ? (int)(i * 37 % 11)
						       : 5;

				numbers[i] = wanted[i] = key;
				memset(&items[i], 0, sizeof items[i]);
				items[i].key = key;
				items[i].came = (int)i;
			}
			qsort(wanted, n, sizeof *wanted, by_key);
			sort_short(numbers, n, sizeof *numbers, by_key);
			sort_short(items, n, sizeof *items, by_item);
			for (size_t i = 0; i < n; i++) {
				cr_expect_eq(numbers[i], wanted[i]);
				cr_expect_eq(items[i].key, wanted[i]);
				cr_expect(!i || by_item(&items[i - 1],
							&items[i]) < 0);
			}
		}
}

/* What is alike keeps its order where it is few. */
Test(sort, few_are_not_turned_around)
{
	int pairs[10][2];

	for (int i = 0; i < 10; i++) {
		pairs[i][0] = (9 - i) / 3;
		pairs[i][1] = i;
	}
	sort_short(pairs, 10, sizeof *pairs, by_key);
	for (int i = 1; i < 10; i++)
		cr_expect(pairs[i - 1][0] < pairs[i][0] ||
			  (pairs[i - 1][0] == pairs[i][0] &&
			   pairs[i - 1][1] < pairs[i][1]));
}
