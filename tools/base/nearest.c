/* The distance of Damerau and Levenshtein, over bytes: words are ids. */
#include "base/nearest.h"

enum { LONGEST = 40 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t mistakes(struct str a, struct str b)
{
	size_t d[LONGEST + 1][LONGEST + 1];

	for (size_t i = 0; i <= a.n; i++)
		d[i][0] = i;
	for (size_t k = 0; k <= b.n; k++)
		d[0][k] = k;
	for (size_t i = 1; i <= a.n; i++) {
		for (size_t k = 1; k <= b.n; k++) {
			size_t changed = a.p[i - 1] != b.p[k - 1];

			d[i][k] = least(least(d[i - 1][k], d[i][k - 1]) + 1,
					d[i - 1][k - 1] + changed);
			if (i > 1 && k > 1 && a.p[i - 1] == b.p[k - 2] &&
			    a.p[i - 2] == b.p[k - 1])
				d[i][k] = least(d[i][k], d[i - 2][k - 2] + 1);
		}
	}
	return d[a.n][b.n];
}

struct str nearest_word(struct str word, struct str words)
{
	struct str best = {NULL, 0};
	size_t limit = word.n / 3 + (word.n == 2) + 1, at = 0;

	while (at < words.n && word.n > 1 && word.n <= LONGEST) {
		size_t start = at, n;
		struct str one;

		while (at < words.n && words.p[at] != ' ' && words.p[at] != ',')
			at++;
		one = str_slice(words, start, at++);
		if (!one.n || one.n > LONGEST)
			continue;
		n = mistakes(word, one);
		if (n < limit) {
			limit = n;
			best = one;
		}
	}
	return best;
}
