/* By insertion: qsort() asks for memory, and moves what is in order. */
#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 32, LARGEST = 64 };

void sort_short(void *list, size_t n, size_t size,
		int (*compare)(const void *, const void *))
{
	char one[LARGEST], *first = list;

	if (n > FEW || size > LARGEST) {
		qsort(list, n, size, compare);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		char *from = first + i * size, *to = from;

		while (to > first && compare(to - size, from) > 0)
			to -= size;
		if (to == from)
			continue;
		memcpy(one, from, size);
		memmove(to + size, to, (size_t)(from - to));
		memcpy(to, one, size);
	}
}
