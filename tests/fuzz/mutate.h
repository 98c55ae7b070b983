/*
 * How libFuzzer changes an input whose form is known: mutate_change() of the
 * file that includes this one makes one to three changes; one time in four the
 * bytes are changed as they are.
 */
#ifndef BUD_FUZZ_MUTATE_H
#define BUD_FUZZ_MUTATE_H

#include <string.h>

#include "base/str.h"

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned seed);
/* Of libFuzzer; not there where inputs are only replayed. */
__attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t *data, size_t size,
					      size_t max);

/* Puts s, changed, into out; s is not empty. */
static void mutate_change(struct buf *out, struct str s, uint64_t *state);

static size_t mutate_below(uint64_t *state, size_t n)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return n ? (size_t)(*state >> 33) % n : 0;
}

/* with in the place of part, which lies in s; of none, at the end. */
static void mutate_replace(struct buf *out, struct str s, struct str part,
			   struct str with)
{
	size_t at = part.p ? (size_t)(part.p - s.p) : s.n;

	buf_put_str(out, str_slice(s, 0, at));
	buf_put_str(out, with);
	buf_put_str(out, str_slice(s, at + part.n, s.n));
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned seed)
{
	uint64_t state = seed;
	struct buf out = {0};

	if (!size || !mutate_below(&state, 4))
		return LLVMFuzzerMutate(data, size, max);
	for (size_t n = 1 + mutate_below(&state, 3); n; n--) {
		buf_clear(&out);
		mutate_change(&out, (struct str){(const char *)data, size},
			      &state);
		if (out.n && out.n <= max) {
			memcpy(data, out.p, out.n);
			size = out.n;
		}
	}
	buf_release(&out);
	return size;
}

#endif
