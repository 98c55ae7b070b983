/* The words of the enumerations, in one table each. */
#include "record/fact.h"

#include "record/words.h"

/* Of a fixed length, which is copied at once. */
#define WORD(word) {"" word "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", sizeof(word) - 1}

#define ROW(constant, word) [constant] = WORD(word),

static const struct str PHASES[] = {
	[PHASE_NONE] = WORD(""),
	PHASE_WORDS(ROW)
};

static const struct str KINDS[] = {KIND_WORDS(ROW)};

static const struct str UNITS[] = {UNIT_WORDS(ROW)};

static const struct str ORIGINS[] = {ORIGIN_WORDS(ROW)};

static const struct str FINDING_KINDS[] = {FINDING_WORDS(ROW)};

static const struct str LEVELS[] = {LEVEL_WORDS(ROW)};

/* Words of one length mostly differ in their first letter. */
static bool is_word(struct str known, struct str word)
{
	return known.n == word.n &&
	       (!word.n || (known.p[0] == word.p[0] &&
			    !memcmp(known.p, word.p, word.n)));
}

/* Finds a word in a table, or returns -1. */
static int index_of(const struct str *table, size_t n, struct str word)
{
	for (size_t i = 0; i < n; i++)
		if (is_word(table[i], word))
			return (int)i;
	return -1;
}

#define COUNT(table) (sizeof(table) / sizeof *(table))

struct str phase_name(enum phase p)
{
	return PHASES[p];
}

struct str kind_name(enum kind k)
{
	return KINDS[k];
}

struct str unit_name(enum unit u)
{
	return UNITS[u];
}

struct str origin_name(enum origin o)
{
	return ORIGINS[o];
}

struct str finding_kind_name(enum finding_kind k)
{
	return FINDING_KINDS[k];
}

struct str level_name(enum level l)
{
	return LEVELS[l];
}

bool phase_of(struct str word, enum phase *out)
{
	int i = index_of(PHASES, COUNT(PHASES), word);

	if (i >= 0)
		*out = (enum phase)i;
	return i >= 0;
}

bool kind_of(struct str word, enum kind *out)
{
	int i = index_of(KINDS, COUNT(KINDS), word);

	if (i >= 0)
		*out = (enum kind)i;
	return i >= 0;
}

bool unit_of(struct str word, enum unit *out)
{
	int i = index_of(UNITS, COUNT(UNITS), word);

	if (i >= 0)
		*out = (enum unit)i;
	return i >= 0;
}

bool origin_of(struct str word, enum origin *out)
{
	int i = index_of(ORIGINS, COUNT(ORIGINS), word);

	if (i >= 0)
		*out = (enum origin)i;
	return i >= 0;
}

bool finding_kind_of(struct str word, enum finding_kind *out)
{
	int i = index_of(FINDING_KINDS, COUNT(FINDING_KINDS), word);

	if (i >= 0)
		*out = (enum finding_kind)i;
	return i >= 0;
}

bool level_of(struct str word, enum level *out)
{
	int i = index_of(LEVELS, COUNT(LEVELS), word);

	if (i >= 0)
		*out = (enum level)i;
	return i >= 0;
}
