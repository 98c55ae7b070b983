/*
 * The hash of coordinates is linear in each of them, so what is like another
 * but for one costs no second look at all. A chain is entered once more for
 * each dimension that a list can run over and its facts have, that one masked.
 */
#include "check/known.h"

#include <string.h>

/* Forgotten beyond, which keeps it in the cache: a megabyte. */
enum {
	MOST_WORDS = 1 << 12,
	MOST_CHAINS = 1 << 12,
	MOST_CLASSES = 1 << 12,
	MOST_BITS = 14, /* of the index that is begun with then */
};

const enum dim KNOWN_ALONG[ALONG_DIMS] = {
	DIM_ITEM, DIM_FUND, DIM_FUNCTION, DIM_ECONOMIC, DIM_NATURE, DIM_ENTITY,
};

static const check_word MASK = UINT32_MAX;

/* Odd, and without a pattern: from the digits of pi. */
const uint64_t KNOWN_FACTORS[DIMS] = {
	0x243F6A8885A308D3, 0x13198A2E03707345, 0xA4093822299F31D1,
	0x082EFA98EC4E6C89, 0x452821E638D01377, 0xBE5466CF34E90C6D,
	0xC0AC29B7C97C50DD, 0x3F84D5B5B5470917, 0x9216D5D98979FB1B,
	0xD1310BA698DFB5AD, 0x2FFD72DBD01ADFB7, 0xB8E1AFED6A267E97,
	0xBA7C9045F12C7F99,
};

/* Forgets words and coordinates. */
static void forget(struct known *k)
{
	struct classes classes = k->classes;
	unsigned first_bits = k->chains.bits > MOST_BITS ? MOST_BITS
							 : k->chains.bits;

	map_release(&k->words);
	arena_release(&k->arena);
	*k = (struct known){.classes = classes,
			    .chains.first_bits = first_bits};
}

void known_release(struct known *k)
{
	class_release(&k->classes);
	forget(k);
}

/* What documents are held against. */
static void begin(struct known *k, const struct rules *rules)
{
	/* no number of a document comes again */
	bool same = k->rules == rules && k->n_rules == rules->n &&
		    k->n_fits == rules->n_selectors + 1 &&
		    k->document != UINT32_MAX;

	if (same && k->n_words <= MOST_WORDS && k->chains.n <= MOST_CHAINS &&
	    class_count(&k->classes) <= MOST_CLASSES)
		return;
	if (!same || class_count(&k->classes) > MOST_CLASSES) {
		known_release(k);
		class_begin(&k->classes, rules);
	}
	forget(k);
	k->rules = rules;
	k->n_rules = rules->n;
	k->n_fits = rules->n_selectors + 1;
	k->fits = ARENA_ARRAY(&k->arena, struct known_fit, k->n_fits);
	k->n_words = 1;
	k->cap_words = 256;
	k->word = ARENA_ARRAY(&k->arena, struct str, k->cap_words);
	k->cap_heads = k->cap_words;
	k->heads = ARENA_ARRAY(&k->arena, uint64_t, k->cap_heads);
	known_add_kind(k, KIND_LEVEL);
	known_add_kind(k, KIND_SHARE);
	memset(k->last_at, 0xff, sizeof k->last_at);
}

void known_begin(struct known *k, const struct rules *rules)
{
	uint32_t document = k->document == UINT32_MAX ? 1 : k->document + 1;

	begin(k, rules);
	k->document = document;
}

/* ---- words -------------------------------------------------------------- */

check_word known_word(const struct known *k, struct str word)
{
	return word.n ? (check_word)(uintptr_t)map_get(&k->words, word) : 0;
}

check_word known_add_word(struct known *k, struct str word)
{
	void **place;

	if (!word.n)
		return 0;
	place = map_put(&k->words, word);
	if (!*place) {
		word = str_copy(&k->arena, word);
		k->words.entries[k->words.n - 1].key = word;
		k->word = arena_grow(&k->arena, k->word, &k->cap_words,
				     k->n_words + 1, sizeof *k->word);
		k->word[k->n_words] = word;
		k->heads = arena_grow(&k->arena, k->heads, &k->cap_heads,
				      k->n_words + 1, sizeof *k->heads);
		memcpy(&k->heads[k->n_words], word.p,
		       word.n < sizeof *k->heads ? word.n : sizeof *k->heads);
		*place = (void *)(uintptr_t)k->n_words++;
	}
	return (check_word)(uintptr_t)*place;
}

check_word known_add_year(struct known *k, int year)
{
	size_t room = sizeof k->years / sizeof *k->years, i;
	char digits[24];
	struct buf b = {digits, 0, sizeof digits};

	if (!year)
		return 0;
	for (i = 0; i < room && i < k->n_years; i++)
		if (k->years[i].year == year)
			return k->years[i].word;
	i = k->n_years++ % room;
	buf_put_int(&b, year);
	k->years[i].year = year;
	k->years[i].word = known_add_word(k, buf_str(&b));
	return k->years[i].word;
}

check_word known_add_phase(struct known *k, enum phase p)
{
	if (!k->phases[p])
		k->phases[p] = known_add_word(k, phase_name(p));
	return k->phases[p];
}

check_word known_add_kind(struct known *k, enum kind kind)
{
	if (!k->kinds[kind])
		k->kinds[kind] = known_add_word(k, kind_name(kind));
	return k->kinds[kind];
}

bool known_learn_fit(struct known *k, const struct selector *s, check_word w)
{
	bool fits = check_match(s->pattern, known_text(k, w));
	struct known_fit *f;

	if (!s->number || s->number >= k->n_fits || w >= k->n_words)
		return fits;
	f = &k->fits[s->number];
	f->words = arena_grow(&k->arena, f->words, &f->n, k->n_words, 1);
	f->words[w] = fits ? FIT_YES : FIT_NO;
	return fits;
}

check_word known_learn_named(struct known *k, const struct selector *s)
{
	struct known_fit *f;

	/* absent, though a document may have that word, or one before it */
	if (str_equal(s->pattern, STR("-")))
		return 0;
	if (!s->number || s->number >= k->n_fits)
		return known_word(k, s->pattern);
	f = &k->fits[s->number];
	if (!f->named && f->n_words != k->n_words) {
		f->named = known_word(k, s->pattern);
		f->n_words = k->n_words;
	}
	return f->named;
}

/* ---- coordinates -------------------------------------------------------- */

static uint64_t hash_of(const check_word at[DIMS])
{
	/* without a loop: much of what is looked up is not there */
#define OF(d) (at[d] * KNOWN_FACTORS[d])
	_Static_assert(DIMS == 13, "each dimension");
	return OF(0) + OF(1) + OF(2) + OF(3) + OF(4) + OF(5) + OF(6) + OF(7) +
	       OF(8) + OF(9) + OF(10) + OF(11) + OF(12);
#undef OF
}

/* The hash with another word in one dimension. */
static uint64_t hash_with(uint64_t h, enum dim d, check_word old, check_word w)
{
	return h + ((uint64_t)w - old) * KNOWN_FACTORS[d];
}

/* The slot of the coordinates, or the free slot where they belong. */
static struct known_slot *find_slot(const struct known_index *x, uint64_t hash,
				    const check_word at[DIMS])
{
	size_t mask = ((size_t)1 << x->bits) - 1, i = hash >> (64 - x->bits);

	for (; x->slots[i].chain; i = (i + 1) & mask)
		if (x->slots[i].hash == hash &&
		    !memcmp(x->slots[i].chain->at, at, DIMS * sizeof *at))
			break;
	return &x->slots[i];
}

static void grow(struct known_index *x, struct arena *a)
{
	struct known_index old = *x;

	x->bits = old.bits ? old.bits + 1 : x->first_bits ? x->first_bits : 8;
	x->slots = ARENA_ARRAY(a, struct known_slot, (size_t)1 << x->bits);
	for (size_t i = 0; old.bits && i >> old.bits == 0; i++)
		if (old.slots[i].chain)
			*find_slot(x, old.slots[i].hash,
				   old.slots[i].chain->at) = old.slots[i];
}

static struct check_chain *put_chain(struct known *k, uint64_t hash,
				     const check_word at[DIMS], size_t points,
				     bool *is_new)
{
	struct known_index *x = &k->chains;
	struct known_slot *s;

	if (!x->bits || x->n * 2 >= (size_t)1 << x->bits)
		grow(x, &k->arena);
	s = find_slot(x, hash, at);
	*is_new = !s->chain;
	if (*is_new) {
		s->hash = hash;
		s->chain = arena_alloc(&k->arena, sizeof *s->chain +
				      points * sizeof *s->chain->own);
		memcpy(s->chain->at, at, DIMS * sizeof *at);
		s->chain->key = hash;
		x->n++;
	}
	return s->chain;
}

struct check_chain *known_put(struct known *k, const check_word at[DIMS])
{
	uint64_t hash = hash_of(at);
	bool is_new;
	struct check_chain *c = put_chain(k, hash, at, 1, &is_new);
	check_word masked[DIMS];

	if (!is_new)
		return c;
	for (size_t i = 0; i < CLASS_SHAPES; i++)
		c->own->shape |= (unsigned)(at[CLASS_SHAPE[i]] != 0) << i;
	hash = hash_with(hash, DIM_WHOLE, at[DIM_WHOLE], 0);
	memcpy(masked, at, sizeof masked);
	masked[DIM_WHOLE] = 0;
	for (size_t i = 0; i < ALONG_DIMS; i++) {
		enum dim d = KNOWN_ALONG[i];

		if (!at[d])
			continue;
		masked[d] = MASK;
		c->own->along[i] = put_chain(k, hash_with(hash, d, at[d], MASK),
					masked, 0, &is_new);
		masked[d] = at[d];
	}
	return c;
}

const struct check_chain *known_find_place(const struct known *k,
					   const struct known_place *p)
{
	return k->chains.n ? find_slot(&k->chains, p->hash, p->at)->chain
			   : NULL;
}

const struct check_chain *known_find_place_along(const struct known *k,
						 struct known_place *p,
						 enum dim dim)
{
	known_move(p, dim, MASK);
	known_move(p, DIM_WHOLE, 0);
	return known_find_place(k, p);
}

static struct known_place place_of(const check_word at[DIMS])
{
	struct known_place p = {.hash = hash_of(at)};

	memcpy(p.at, at, sizeof p.at);
	return p;
}

const struct check_chain *known_find(const struct known *k,
				     const check_word at[DIMS])
{
	struct known_place p = place_of(at);

	return known_find_place(k, &p);
}

const struct check_chain *known_find_along(const struct known *k,
					   const check_word at[DIMS],
					   enum dim dim)
{
	struct known_place p = place_of(at);

	return known_find_place_along(k, &p, dim);
}

/* ---- classes ------------------------------------------------------------ */

static uint32_t word_class(struct known *k, enum dim dim, check_word w)
{
	struct known_classes *x = &k->word_classes[dim];

	if (!k->classes.tests[dim].n)
		return 0;
	if (w < x->n && x->words[w])
		return x->words[w];
	x->words = arena_grow(&k->arena, x->words, &x->n, w + 1,
			      sizeof *x->words);
	return x->words[w] = class_word(&k->classes, dim, known_text(k, w));
}

struct check_class *known_find_class(struct known *k, struct check_chain *c)
{
	/* most words are those of the coordinates before */
	for (int d = 0; d < CLASS_DIMS; d++)
		if (k->last_at[d] != c->at[d]) {
			k->last_at[d] = c->at[d];
			k->last_words[d] = word_class(k, (enum dim)d, c->at[d]);
		}
	return c->own->class = class_find(&k->classes, k->last_words);
}
