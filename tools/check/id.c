/* Coordinates are hashed once, and counted by their points. */
#include "check/id.h"

#include <string.h>

enum { ID_HASH = 8 }; /* hexadecimal digits */

/*
 * How many findings the rule that is at hand has on coordinates, by their
 * point. Two points of one hash, which a large document may have, count
 * together: as the first of them, which is found by open addressing with linear
 * probing, at most half full.
 */
struct id_counts {
	struct id_count {
		const struct rule *rule;
		size_t n;
		uint32_t point; /* that counts, + 1; 0: not asked yet */
	} *list;
	uint32_t *slots; /* points + 1, 0: free */
	unsigned bits;
	/* what was hashed last, up to and with each of its words */
	check_word at[DIMS];
	uint64_t hash[DIMS];
};

static void begin_counts(struct check *c)
{
	struct id_counts *k = ARENA_NEW(c->arena, struct id_counts);

	for (k->bits = 1; (size_t)1 << k->bits < 2 * c->facts.n_points;)
		k->bits++;
	k->list = ARENA_ARRAY(c->arena, struct id_count, c->facts.n_points);
	k->slots = ARENA_ARRAY(c->arena, uint32_t, (size_t)1 << k->bits);
	c->counts = k;
}

/* The hash of the coordinates' words, each with a tab behind it. Most begin as
 * those before. */
static void set_hash(struct check *c, struct check_chain *point)
{
	static const char DIGITS[] = "0123456789abcdef";
	struct id_counts *k = c->counts;
	uint64_t h = str_hash(STR(""));
	char *hex = point->own->hash;
	int d = 0;

	if (*hex)
		return;
	while (k->hash[0] && d < DIMS && k->at[d] == point->at[d])
		h = k->hash[d++];
	for (; d < DIMS; d++) {
		h = str_hash_more(h, facts_text(&c->facts, point->at[d]));
		h = str_hash_more(h, STR("\t"));
		k->at[d] = point->at[d];
		k->hash[d] = h;
	}
	for (int i = 0; i < ID_HASH; i++, h <<= 4)
		hex[i] = DIGITS[h >> 60];
}

static uint32_t find_same(struct check *c, const struct check_chain *point)
{
	const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
	struct id_counts *k = c->counts;
	size_t mask = ((size_t)1 << k->bits) - 1, i;
	uint64_t hash;

	memcpy(&hash, point->own->hash, sizeof hash);
	for (i = hash * odd >> (64 - k->bits); k->slots[i]; i = (i + 1) & mask)
		if (!memcmp(c->facts.points[k->slots[i] - 1]->own->hash, &hash,
			    sizeof hash))
			return k->slots[i];
	k->slots[i] = point->own->number + 1;
	return k->slots[i];
}

static struct id_count *count_of(struct check *c, struct check_chain *point)
{
	struct id_count *own;

	if (!c->counts)
		begin_counts(c);
	own = &c->counts->list[point->own->number];
	if (!own->point) {
		set_hash(c, point);
		own->point = find_same(c, point);
	}
	return &c->counts->list[own->point - 1];
}

struct str id_make(struct check *c, const struct rule *rule,
		   const struct check_fact *anchor)
{
	struct id_count *count = count_of(c, anchor->chain);
	struct str id = rule->id;
	char *p, *end;

	if (count->rule != rule) {
		count->rule = rule;
		count->n = 0;
	}
	count->n++;
	p = arena_alloc_raw(c->arena,
			    id.n + 1 + ID_HASH +
				    (count->n > 1 ? 1 + STR_MOST_INT : 0));
	memcpy(p, id.p, id.n);
	end = p + id.n;
	*end++ = '-';
	memcpy(end, anchor->chain->own->hash, ID_HASH);
	end += ID_HASH;
	if (count->n > 1) {
		*end++ = '.';
		end = str_put_int(end, (int64_t)count->n);
	}
	return (struct str){p, (size_t)(end - p)};
}
