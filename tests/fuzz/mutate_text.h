/*
 * How libFuzzer changes text: lines, sentences and clauses are copied, dropped
 * and put in the place of others, words of the dictionary come between
 * characters, a clause is changed in itself; characters stay whole. Included by
 * the targets that take text, tables, records, or PDF: of those, whole values.
 */
#ifndef BUD_FUZZ_MUTATE_TEXT_H
#define BUD_FUZZ_MUTATE_TEXT_H

#include "base/utf8.h"
#include "mutate.h"

size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t size_a,
				 const uint8_t *b, size_t size_b, uint8_t *out,
				 size_t max, unsigned seed);

enum { CLAUSE_MAX = 400, CLAUSE_GROWTH = 60, WORD_MAX = 64 };

static size_t whole_character(struct str s, size_t at)
{
	while (at < s.n && (s.p[at] & 0xC0) == 0x80)
		at++;
	return at;
}

/* Bytes of what ends a piece at p: of a line, a sentence, a clause, a word. */
static size_t end_of_piece(struct str p, size_t size)
{
	static const char *const ENDS[] = {
		"\n", "。", "；", "，", "：", "\t", "、", "（", "）", ",", ";", " "};
	static const size_t N_ENDS[] = {1, 3, 6, 12};

	for (size_t i = 0; i < N_ENDS[size]; i++)
		if (str_starts(p, str_of(ENDS[i])))
			return strlen(ENDS[i]);
	return 0;
}

/* The piece around at, with what ends it. */
static struct str piece_at(struct str s, size_t at, size_t size)
{
	size_t start = 0, end, n = 0;

	for (size_t i = at; i && !start; i--)
		if ((n = end_of_piece(str_slice(s, i - 1, s.n), size)))
			start = i - 1 + n;
	if (start > at)
		start = at;
	for (end = at; end < s.n; end++)
		if ((n = end_of_piece(str_slice(s, end, s.n), size)))
			return str_slice(s, start, end + n);
	return str_slice(s, start, s.n);
}

static struct str some_piece(struct str s, uint64_t *state)
{
	size_t size = mutate_below(state, 4);

	return piece_at(s, mutate_below(state, s.n), size);
}

/* What libFuzzer makes of a short text, without what is no UTF-8 in it. */
static struct str changed(uint8_t *bytes, size_t n, size_t max)
{
	struct str s = {(const char *)bytes, LLVMFuzzerMutate(bytes, n, max)};
	size_t bad;

	while ((bad = utf8_find_invalid(s)) != SIZE_MAX) {
		memmove(bytes + bad, bytes + bad + 1, s.n - bad - 1);
		s.n--;
	}
	return s;
}

static void mutate_change(struct buf *out, struct str s, uint64_t *state)
{
	uint8_t bytes[CLAUSE_MAX + CLAUSE_GROWTH];
	size_t at = whole_character(s, mutate_below(state, s.n));
	struct str part = some_piece(s, state), place = {s.p + at, 0};

	switch (mutate_below(state, 8)) {
	case 0: /* a copy before another piece */
		place = some_piece(s, state);
		place.n = 0;
		mutate_replace(out, s, place, part);
		break;
	case 1: /* a copy anywhere */
		mutate_replace(out, s, place, part);
		break;
	case 2:
		mutate_replace(out, s, part, (struct str){NULL, 0});
		break;
	case 3:
		mutate_replace(out, s, some_piece(s, state), part);
		break;
	case 4:
	case 5: /* a word between two characters */
		mutate_replace(out, s, place, changed(bytes, 0, WORD_MAX));
		break;
	default:
		part = piece_at(s, at, 2 + mutate_below(state, 2));
		part.n = part.n < CLAUSE_MAX ? part.n : CLAUSE_MAX;
		memcpy(bytes, part.p, part.n);
		mutate_replace(out, s, part,
			    changed(bytes, part.n, part.n + CLAUSE_GROWTH));
	}
}

/* A piece of b in the place of one of a, or before it. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t size_a,
				 const uint8_t *b, size_t size_b, uint8_t *out,
				 size_t max, unsigned seed)
{
	uint64_t state = seed;
	struct str to = {(const char *)a, size_a};
	struct str from = {(const char *)b, size_b}, place;
	struct buf mixed = {0};
	size_t n;

	if (!size_a || !size_b)
		return 0;
	place = some_piece(to, &state);
	if (mutate_below(&state, 2))
		place.n = 0;
	mutate_replace(&mixed, to, place, some_piece(from, &state));
	n = mixed.n < max ? mixed.n : max;
	if (n)
		memcpy(out, mixed.p, n);
	buf_release(&mixed);
	return n;
}

#endif
