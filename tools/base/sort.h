/* Sorting of what mostly is short and in order already. */
#ifndef BUD_BASE_SORT_H
#define BUD_BASE_SORT_H

#include <stddef.h>

/* As qsort(), which is called for long lists: where n is small, what is in
 * order is only looked at. */
void sort_short(void *list, size_t n, size_t size,
		int (*compare)(const void *, const void *));

#endif
