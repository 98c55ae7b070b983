/*
 * How libFuzzer changes markup: elements are copied, dropped and put in the
 * place of others, attributes are copied, values and texts are changed byte by
 * byte. In a package (reader.h) they also become those of others, and elements
 * and values of one input come into another: HTML gained less by that than by
 * what it took the place of. Most of what comes out is well-formed, so that a
 * reader of XML sees more of it than its first mistake. Included by the targets
 * of such readers.
 */
#ifndef BUD_FUZZ_MUTATE_MARKUP_H
#define BUD_FUZZ_MUTATE_MARKUP_H

#include "base/utf8.h"
#include "mutate.h"

size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t size_a,
				 const uint8_t *b, size_t size_b, uint8_t *out,
				 size_t max, unsigned seed);

enum { MARKUP_DEPTH = 64, MARKUP_GROWTH = 24 };

static bool mutate_is_package(struct str s)
{
	return str_starts(s, STR("=== "));
}

/* The next place of c from at on, or from the beginning; SIZE_MAX: none. */
static size_t mutate_next(struct str s, size_t at, const char *c)
{
	size_t hit = str_find(str_slice(s, at, s.n), str_of(c));

	return hit == SIZE_MAX ? str_find(s, str_of(c)) : at + hit;
}

/* Behind the tag that begins at from. */
static size_t mutate_tag_end(struct str s, size_t from)
{
	size_t n = str_find(str_slice(s, from, s.n), STR(">"));

	return n == SIZE_MAX ? s.n : from + n + 1;
}

/* An element, whole, that begins somewhere behind at. */
static struct str mutate_element(struct str s, size_t at)
{
	size_t start = mutate_next(s, at, "<"), end = start;
	int depth = 0;

	if (start == SIZE_MAX)
		return (struct str){NULL, 0};
	do {
		size_t tag = end;

		end = mutate_tag_end(s, tag);
		if (tag + 1 < s.n && s.p[tag + 1] == '/')
			depth--;
		else if (end > tag + 2 && s.p[end - 2] != '/' &&
			 !strchr("?!", s.p[tag + 1]))
			depth++;
		if (depth <= 0 || depth > MARKUP_DEPTH)
			break;
		tag = str_find(str_slice(s, end, s.n), STR("<"));
		end = tag == SIZE_MAX ? s.n : end + tag;
	} while (end < s.n);
	return str_slice(s, start, end);
}

/* name="value" with the blank before it. */
static struct str mutate_attribute(struct str s, size_t at)
{
	size_t middle = mutate_next(s, at, "=\""), start = middle, end;

	if (middle == SIZE_MAX)
		return (struct str){NULL, 0};
	while (start && s.p[start] != ' ' && middle - start < 40)
		start--;
	end = str_find(str_slice(s, middle + 2, s.n), STR("\""));
	return str_slice(s, start, end == SIZE_MAX ? s.n : middle + end + 3);
}

/* Between two tags, or between the quotes of an attribute. */
static struct str mutate_value(struct str s, size_t at, bool attribute)
{
	size_t start = mutate_next(s, at, attribute ? "=\"" : ">"), end;

	if (start == SIZE_MAX)
		return (struct str){NULL, 0};
	start += attribute ? 2 : 1;
	end = str_find(str_slice(s, start, s.n),
		       attribute ? STR("\"") : STR("<"));
	return str_slice(s, start, end == SIZE_MAX ? s.n : start + end);
}

/* The value of another attribute of that name, else of any. */
static struct str mutate_other_value(struct str s, struct str value, size_t at)
{
	const char *name = value.p;
	struct str one, other = mutate_value(s, at, true);

	while (name > s.p && name[-1] != ' ')
		name--;
	one = (struct str){name, (size_t)(value.p - name)};
	for (size_t i = at; one.n; i = (size_t)(one.p - s.p) + one.n) {
		size_t hit = str_find(str_slice(s, i, s.n), one);

		if (hit == SIZE_MAX)
			break;
		one.p = s.p + i + hit;
		if (one.p != name && i + hit && one.p[-1] == ' ')
			return mutate_value(s, i + hit, true);
	}
	return other;
}

static void mutate_change_value(struct buf *out, struct str s, struct str value)
{
	uint8_t bytes[256];
	size_t n = value.n < 200 ? value.n : 200, cut, bad;

	while (n && n < value.n && (value.p[n] & 0xC0) == 0x80)
		n--;
	cut = n;
	memcpy(bytes, value.n ? value.p : "", n);
	n = LLVMFuzzerMutate(bytes, n, n + MARKUP_GROWTH);
	for (size_t i = 0; i < n; i++)
		if (bytes[i] < ' ' || strchr("<>\"&", (char)bytes[i]))
			bytes[i] = '1';
	/* In XML a byte that is of no character is all that is seen of it. */
	while (mutate_is_package(s) &&
	       (bad = utf8_find_invalid((struct str){(char *)bytes, n})) !=
		       SIZE_MAX) {
		memmove(bytes + bad, bytes + bad + 1, n - bad - 1);
		n--;
	}
	mutate_replace(out, s, str_slice(value, 0, cut),
		       (struct str){(const char *)bytes, n});
}

static void mutate_change(struct buf *out, struct str s, uint64_t *state)
{
	size_t here = mutate_below(state, s.n), there = mutate_below(state, s.n);
	struct str element = mutate_element(s, here);
	struct str part = {s.p + mutate_tag_end(s, there), 0};

	switch (mutate_below(state, mutate_is_package(s) ? 10 : 8)) {
	case 0: /* a copy behind a tag */
	case 1:
		mutate_replace(out, s, part, element);
		break;
	case 2:
		mutate_replace(out, s, element, (struct str){NULL, 0});
		break;
	case 3:
		mutate_replace(out, s, mutate_element(s, there), element);
		break;
	case 4:
		part = mutate_attribute(s, there);
		part.n = 0;
		mutate_replace(out, s, part, mutate_attribute(s, here));
		break;
	case 5:
		mutate_replace(out, s, mutate_attribute(s, here), (struct str){NULL, 0});
		break;
	case 6:
		mutate_change_value(out, s, mutate_value(s, here, false));
		break;
	case 7:
		mutate_change_value(out, s, mutate_value(s, here, true));
		break;
	case 8:
		part = mutate_value(s, here, true);
		if (part.p)
			mutate_replace(out, s, part,
				       mutate_other_value(s, part, there));
		break;
	default:
		mutate_replace(out, s, mutate_value(s, here, false),
			       mutate_value(s, there, false));
	}
}

/* An element of b in the place of one of a, or behind a tag; a value or a text
 * of b for one of a. Mostly none: then a is changed by itself. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t size_a,
				 const uint8_t *b, size_t size_b, uint8_t *out,
				 size_t max, unsigned seed)
{
	uint64_t state = seed;
	struct str to = {(const char *)a, size_a};
	struct str from = {(const char *)b, size_b};
	size_t here = mutate_below(&state, size_a);
	size_t there = mutate_below(&state, size_b), n;
	struct buf mixed = {0};
	struct str part = {to.p + mutate_tag_end(to, here), 0};

	switch (mutate_is_package(to) && size_b ? mutate_below(&state, 16) : 16) {
	case 0:
		mutate_replace(&mixed, to, part, mutate_element(from, there));
		break;
	case 1:
		mutate_replace(&mixed, to, mutate_element(to, here),
			       mutate_element(from, there));
		break;
	case 2:
		mutate_replace(&mixed, to, mutate_value(to, here, true),
			       mutate_value(from, there, true));
		break;
	case 3:
		mutate_replace(&mixed, to, mutate_value(to, here, false),
			       mutate_value(from, there, false));
		break;
	default:
		break;
	}
	n = mixed.n < max ? mixed.n : max;
	if (n)
		memcpy(out, mixed.p, n);
	buf_release(&mixed);
	return n;
}

#endif
