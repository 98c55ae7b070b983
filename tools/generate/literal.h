/* What the generators share: text as a C literal. */
#ifndef BUD_GENERATE_LITERAL_H
#define BUD_GENERATE_LITERAL_H

#include <stdio.h>

#include "base/str.h"

/* A slice of a literal: {"text", 4}, and a comma. No trigraph comes to be. */
static inline void put_str(struct str s)
{
	if (!s.n) {
		printf("{0, 0}, ");
		return;
	}
	printf("{\"");
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '"' || s.p[i] == '\\' || s.p[i] == '?')
			printf("\\%c", s.p[i]);
		else
			putchar(s.p[i]);
	printf("\", %zu}, ", s.n);
}

#endif
