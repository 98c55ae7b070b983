/* Look-ups, in tables that were read at start or built with the program. */
#include "lexicon/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "lexicon/place.h"
#include "lexicon/table.h"

const struct lexicon_term *lexicon_match(const struct lexicon *l,
					 const uint32_t *cps, size_t n,
					 size_t *length)
{
	return trie_match(&l->terms, cps, n, length);
}

const struct lexicon_unit *lexicon_match_unit(const struct lexicon *l,
					      const uint32_t *cps, size_t n,
					      size_t *length)
{
	return trie_match(&l->units, cps, n, length);
}

const struct lexicon_code *lexicon_find_code(const struct lexicon *l,
					     struct str code, bool functional)
{
	return map_get(functional ? &l->functions : &l->economics, code);
}

enum section_kind lexicon_section(const struct lexicon *l, const uint32_t *cps,
				  size_t n, bool *known)
{
	const struct section_word *best = NULL, *w;

	if (n > LEXICON_MAX_HEADING)
		n = LEXICON_MAX_HEADING;
	for (size_t i = 0; (w = trie_find(&l->sections, cps, n, &i)); i++)
		if (!best || w->order < best->order)
			best = w;
	*known = best;
	return best ? best->kind : SECTION_PLAIN;
}

struct str lexicon_counted(const struct lexicon_unit *measure, struct str item)
{
	const struct lexicon_count *c = measure ? measure->counts : NULL;

	while (c && !str_equal(c->item, item))
		c = c->next;
	return c ? c->counted : (struct str){NULL, 0};
}

uint32_t lexicon_fold_rare(uint32_t cp)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		cp -= 0xFEE0;
	switch (cp) {
	case ' ':
	case '\t':
	case '\n':
	case '\r':
	case 0xA0:
	case 0xAD:
	case 0x2002:
	case 0x2003:
	case 0x2009:
	case 0x200B:
	case 0x2060:
	case 0x3000:
	case 0xFEFF:
	case '"':
	case '\'':
	case 0x2018:
	case 0x2019:
	case 0x201C:
	case 0x201D:
	case 0x300C:
	case 0x300D:
	case 0x300E:
	case 0x300F:
		return 0;
	case 0x3014: /* 〔 */
	case '[':
	case 0x3010: /* 【 */
		return '(';
	case 0x3015:
	case ']':
	case 0x3011:
		return ')';
	case 0x2212: /* − */
	case 0x2013:
	case 0x2014:
	case 0x2010:
	case 0x2011:
		return '-';
	case 0x3002: /* 。 */
	case 0xFF61:
		return 0x3002;
	case 0xFE50:
		return ',';
	case 0x2E31:
	case 0x30FB:
	case 0xFF65:
	case 0xB7:
		return 0x3001; /* 、 */
	default:
		return cp < 0x20 || cp == 0x7F ? 0 : cp;
	}
}

void lexicon_release(const struct lexicon *lexicon)
{
	struct lexicon *l = (struct lexicon *)(uintptr_t)lexicon;

	if (!l || l->built_in)
		return;
	table_words_release(l->tables);
	places_release(l->places);
	map_release(&l->functions);
	map_release(&l->economics);
	arena_release(&l->arena);
	free(l);
}

struct search {
	struct str text;
	const struct leftover *words; /* the table */
	bool *found;                  /* for each of them */
};

/* The words of the chain whose end stands at a byte of the text. */
static void find_words(void *ctx, const void *chain, size_t at)
{
	const struct search *s = ctx;
	const char *p = s->text.p + at, before = at ? p[-1] : '\0';

	for (const struct leftover *w = chain; w; w = w->next) {
		if (w->before && w->word.p[w->before - 1] != before)
			continue; /* nearly always */
		if (at >= w->before &&
		    str_starts(str_slice(s->text, at - w->before, s->text.n),
			       w->word))
			s->found[w - s->words] = true;
	}
}

const struct str *lexicon_find_leftovers(const struct lexicon *l,
					 struct arena *a, struct str text,
					 size_t *n)
{
	struct search s = {text, l->leftovers,
			   ARENA_ARRAY(a, bool, l->n_leftovers)};
	struct str *out = ARENA_ARRAY(a, struct str, l->n_leftovers);

	trie_find_all(&l->leftover_marks, text, find_words, &s);
	*n = 0;
	for (size_t i = 0; i < l->n_leftovers; i++)
		if (s.found[i])
			out[(*n)++] = l->leftovers[i].word;
	return out;
}

size_t lexicon_match_site(const struct lexicon *l, enum site_words which,
			  const uint32_t *cps, size_t n)
{
	size_t length;

	return trie_match(&l->sites[which], cps, n, &length) ? length : 0;
}
