/*
 * vocabulary: prints the tables of share/, read by the loader of the programs,
 * as C, so that a program finds them ready and pays nothing at start.
 *
 * Every field of a structure is printed, in order and without its name: the
 * compiler then refuses what a new field would leave out.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/map.h"
#include "generate/literal.h"
#include "lexicon/table.h"

/* Objects by their address; the number of each is its place in an array. */
struct numbers {
	struct arena arena;
	struct map map;
};

static size_t number_of(struct numbers *n, const void *object, bool *new)
{
	struct str key = str_copy(&n->arena,
				  (struct str){(const char *)&object,
					       sizeof object});
	void **place = map_put(&n->map, key);

	*new = !*place;
	if (!*place)
		*place = (void *)(uintptr_t)n->map.n;
	return (size_t)(uintptr_t)*place - 1;
}

static void put_items(const struct str items[LEXICON_MAX_ITEMS])
{
	printf("{");
	for (int i = 0; i < LEXICON_MAX_ITEMS; i++)
		put_str(items[i]);
	printf("}, ");
}

static void put_nodes(const struct trie *t, const char *name)
{
	size_t slots = t->n_nodes ? (size_t)1 << (32 - t->shift) : 0;

	printf("static const struct trie_node %s_nodes[] = {\n", name);
	for (uint32_t i = 0; i < t->n_nodes; i++)
		printf("{%" PRIu32 ", %" PRIu32 ", %" PRIu32 ", %" PRIu32 "},\n",
		       t->nodes[i].cp, t->nodes[i].first,
		       t->nodes[i].payload, t->nodes[i].hash);
	printf("};\nstatic const uint32_t %s_firsts[] = {\n", name);
	for (size_t i = 0; i < slots; i++)
		printf("%" PRIu32 ",\n", t->firsts[i]);
	printf("};\n");
}

/* The words of a trie as pointers into an array. */
static void put_payloads(const struct trie *t, const char *name,
			 struct numbers *numbers, const char *array)
{
	bool new;

	put_nodes(t, name);
	printf("static const void *const %s_payloads[] = {\n", name);
	for (uint32_t i = 0; i < t->n_payloads; i++)
		printf("&%s[%zu],\n", array,
		       number_of(numbers, t->payloads[i], &new));
	printf("};\n");
}

static void put_trie(const struct trie *t, const char *name)
{
	printf("{%s_nodes, %s_payloads, %s_firsts, %" PRIu32 ", %" PRIu32
	       ", %" PRIu32 ", %" PRIu32 "},\n",
	       name, name, name, t->n_nodes, t->n_firsts, t->n_payloads,
	       t->shift);
}

static void put_code(struct numbers *codes, const struct lexicon_code *c)
{
	bool new;

	number_of(codes, c, &new);
	if (!new)
		return;
	printf("{");
	put_str(c->code);
	put_str(c->name);
	printf("%d, %d},\n", c->from_year, c->to_year);
}

static void put_codes(const struct lexicon *l, struct numbers *codes)
{
	printf("static const struct lexicon_code codes[] = {\n");
	for (uint32_t i = 0; i < l->terms.n_payloads; i++) {
		const struct lexicon_term *t = l->terms.payloads[i];

		for (size_t k = 0; k < t->n_functions; k++)
			put_code(codes, t->functions[k]);
		for (size_t k = 0; k < t->n_economics; k++)
			put_code(codes, t->economics[k]);
	}
	printf("};\n");
}

/* The codes a term may stand for, one list behind the other. */
static void put_lists(const struct lexicon *l, struct numbers *codes)
{
	bool new;

	printf("static const struct lexicon_code *const lists[] = {\n");
	for (uint32_t i = 0; i < l->terms.n_payloads; i++) {
		const struct lexicon_term *t = l->terms.payloads[i];

		for (size_t k = 0; k < t->n_functions; k++)
			printf("&codes[%zu],\n",
			       number_of(codes, t->functions[k], &new));
		for (size_t k = 0; k < t->n_economics; k++)
			printf("&codes[%zu],\n",
			       number_of(codes, t->economics[k], &new));
	}
	printf("0};\n");
}

static void put_term(const struct lexicon_term *t, size_t list)
{
	printf("{");
	put_str(t->text);
	put_str(t->note);
	printf("%d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %" PRIu32 ", %" PRIu32
	       ", ",
	       t->class, t->phase, t->unit, t->year, t->weak, t->total,
	       t->generic, t->stock, t->level, t->n_items, t->n_functions,
	       t->n_economics);
	put_items(t->items);
	put_str(t->why);
	put_str(t->fund);
	put_str(t->nature);
	put_str(t->function);
	put_str(t->economic);
	put_str(t->scope);
	printf("lists + %zu, lists + %zu, \"%s\", %zu},\n", list,
	       list + t->n_functions, t->file, t->line);
}

static void put_terms(const struct lexicon *l)
{
	struct numbers numbers = {0};
	size_t list = 0;
	bool new;

	printf("static const struct lexicon_term terms[] = {\n");
	for (uint32_t i = 0; i < l->terms.n_payloads; i++) {
		const struct lexicon_term *t = l->terms.payloads[i];

		number_of(&numbers, t, &new);
		put_term(t, list);
		list += t->n_functions + t->n_economics;
	}
	printf("};\n");
	put_payloads(&l->terms, "term", &numbers, "terms");
	map_release(&numbers.map);
	arena_release(&numbers.arena);
}

static size_t n_counts(const struct lexicon_unit *u)
{
	size_t n = 0;

	for (const struct lexicon_count *c = u->counts; c; c = c->next)
		n++;
	return n;
}

/* Those of each unit in a row. */
static void put_counts(const struct lexicon *l)
{
	size_t n = 0;

	printf("static const struct lexicon_count counts[] = {\n");
	for (uint32_t i = 0; i < l->units.n_payloads; i++) {
		const struct lexicon_unit *u = l->units.payloads[i];

		for (const struct lexicon_count *c = u->counts; c; c = c->next) {
			printf("{");
			put_str(c->item);
			put_str(c->counted);
			n++;
			if (c->next)
				printf("&counts[%zu]},\n", n);
			else
				printf("NULL},\n");
		}
	}
	printf("};\n");
}

static void put_units(const struct lexicon *l)
{
	struct numbers numbers = {0};
	size_t counts = 0;
	bool new;

	put_counts(l);
	printf("static const struct lexicon_unit units[] = {\n");
	for (uint32_t i = 0; i < l->units.n_payloads; i++) {
		const struct lexicon_unit *u = l->units.payloads[i];

		number_of(&numbers, u, &new);
		printf("{");
		put_str(u->text);
		printf("%d, %" PRId64 ", %d, ", u->unit, u->scale, u->no_fact);
		if (u->counts)
			printf("&counts[%zu]},\n", counts);
		else
			printf("NULL},\n");
		counts += n_counts(u);
	}
	printf("};\n");
	put_payloads(&l->units, "unit", &numbers, "units");
	map_release(&numbers.map);
	arena_release(&numbers.arena);
}

static void put_sections(const struct lexicon *l)
{
	struct numbers numbers = {0};
	bool new;

	printf("static const struct section_word sections[] = {\n");
	for (uint32_t i = 0; i < l->sections.n_payloads; i++) {
		const struct section_word *w = l->sections.payloads[i];

		number_of(&numbers, w, &new);
		printf("{%d, %" PRIu32 "},\n", w->kind, w->order);
	}
	printf("};\n");
	put_payloads(&l->sections, "section", &numbers, "sections");
	map_release(&numbers.map);
	arena_release(&numbers.arena);
}

static void put_table_word(const struct table_word *w)
{
	printf("{");
	put_items(w->items);
	printf("%zu, ", w->n_items);
	put_str(w->fund);
	put_str(w->nature);
	put_str(w->economic);
	put_str(w->function);
	put_str(w->why);
	printf("%d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %d},\n",
	       w->phase, w->has_kind, w->kind, w->has_year, w->year, w->role,
	       w->classes, w->count, w->total, w->sum, w->part, w->current,
	       w->whole);
}

static void put_table_words(const struct table_words *w)
{
	static const char *const NAMES[] = {"title", "head", "row"};
	struct numbers numbers = {0};
	bool new;

	printf("static const struct table_word words[] = {\n");
	for (int p = 0; p < TABLE_PLACES; p++)
		for (uint32_t i = 0; i < w->place[p].n_payloads; i++) {
			number_of(&numbers, w->place[p].payloads[i], &new);
			if (new)
				put_table_word(w->place[p].payloads[i]);
		}
	printf("};\n");
	for (int p = 0; p < TABLE_PLACES; p++)
		put_payloads(&w->place[p], NAMES[p], &numbers, "words");
	printf("static const struct table_words tables = {{0}, {\n");
	for (int p = 0; p < TABLE_PLACES; p++)
		put_trie(&w->place[p], NAMES[p]);
	printf("}};\n");
	map_release(&numbers.map);
	arena_release(&numbers.arena);
}

static void put_places(const struct places *p)
{
	printf("static const struct region regions[] = {\n");
	for (size_t i = 0; i < p->n_regions; i++) {
		printf("{");
		put_str(p->regions[i].code);
		put_str(p->regions[i].name);
		put_str(p->regions[i].brief);
		put_str(p->regions[i].now);
		printf("%d, %d},\n", p->regions[i].from, p->regions[i].to);
	}
	printf("};\nstatic const struct organisation organisations[] = {\n");
	for (size_t i = 0; i < p->n_organisations; i++) {
		printf("{");
		put_str(p->organisations[i].word);
		put_str(p->organisations[i].kind);
		printf("%d},\n", p->organisations[i].position);
	}
	printf("};\nstatic const struct places places = {{0}, regions, "
	       "organisations, %zu, %zu, {%zu, %zu, %zu}};\n",
	       p->n_regions, p->n_organisations, p->ends[AT_START],
	       p->ends[WITHIN], p->ends[AT_END]);
}

static void put_map(const struct map *m, const char *name,
		    struct numbers *codes)
{
	bool new;

	printf("static const struct map_entry %s_entries[] = {\n", name);
	for (size_t i = 0; i < m->n; i++) {
		printf("{");
		put_str(m->entries[i].key);
		printf("(void *)&codes[%zu], %" PRIu64 "u},\n",
		       number_of(codes, m->entries[i].value, &new),
		       m->entries[i].hash);
	}
	printf("};\nstatic const uint32_t %s_slots[] = {\n", name);
	for (size_t i = 0; i < m->n_slots; i++)
		printf("%" PRIu32 ",\n", m->slots[i]);
	printf("};\n");
}

static void put_map_header(const struct map *m, const char *name)
{
	printf("{(struct map_entry *)%s_entries, %zu, %zu, "
	       "(uint32_t *)%s_slots, %zu},\n",
	       name, m->n, m->cap, name, m->n_slots);
}

static void put_leftovers(const struct lexicon *l)
{
	struct numbers numbers = {0};
	bool new;

	printf("static const struct leftover leftovers[] = {\n");
	for (size_t i = 0; i < l->n_leftovers; i++) {
		const struct leftover *w = &l->leftovers[i];

		number_of(&numbers, w, &new);
		printf("{");
		put_str(w->word);
		printf("%zu, ", w->before);
		if (w->next)
			printf("&leftovers[%td]},\n", w->next - l->leftovers);
		else
			printf("NULL},\n");
	}
	printf("};\n");
	put_payloads(&l->leftover_marks, "leftover", &numbers, "leftovers");
	map_release(&numbers.map);
	arena_release(&numbers.arena);
}

static const char *const SITES[SITE_WORDS] = {"begin", "column"};

static void put_sites(const struct lexicon *l)
{
	for (size_t k = 0; k < SITE_WORDS; k++) {
		struct numbers numbers = {0};
		const struct trie *t = &l->sites[k];
		char array[32];
		bool new;

		snprintf(array, sizeof array, "%s_words", SITES[k]);
		printf("static const struct str %s[] = {\n", array);
		for (uint32_t i = 0; i < t->n_payloads; i++) {
			number_of(&numbers, t->payloads[i], &new);
			put_str(*(const struct str *)t->payloads[i]);
			printf("\n");
		}
		printf("};\n");
		put_payloads(t, SITES[k], &numbers, array);
		map_release(&numbers.map);
		arena_release(&numbers.arena);
	}
}

static void put_lexicon(const struct lexicon *l)
{
	struct numbers codes = {0};

	printf("#include \"lexicon/table.h\"\n");
	put_codes(l, &codes);
	put_lists(l, &codes);
	put_terms(l);
	put_units(l);
	put_sections(l);
	put_table_words(l->tables);
	put_places(l->places);
	put_map(&l->functions, "functions", &codes);
	put_map(&l->economics, "economics", &codes);
	put_leftovers(l);
	put_sites(l);
	printf("const struct lexicon lexicon_built_in = {{0}, true,\n");
	put_trie(&l->terms, "term");
	put_trie(&l->units, "unit");
	put_trie(&l->sections, "section");
	printf("leftovers, %zu, ", l->n_leftovers);
	put_trie(&l->leftover_marks, "leftover");
	printf("{");
	for (size_t k = 0; k < SITE_WORDS; k++)
		put_trie(&l->sites[k], SITES[k]);
	printf("},\n");
	put_map_header(&l->functions, "functions");
	put_map_header(&l->economics, "economics");
	printf("&tables, &places};\n");
	map_release(&codes.map);
	arena_release(&codes.arena);
}

static void say(void *ctx, struct str text)
{
	(void)ctx;
	fprintf(stderr, "vocabulary: %.*s\n", STR_ARG(text));
}

int main(void)
{
	struct share share;
	struct messages messages = {.share = &share, .sink = say};
	const struct lexicon *l;

	share_open(&share, "");
	l = lexicon_read(&share, &messages);
	if (l)
		put_lexicon(l);
	lexicon_release(l);
	share_close(&share);
	return !l || fflush(stdout) || ferror(stdout);
}
