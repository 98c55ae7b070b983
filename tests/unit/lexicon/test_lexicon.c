/* The vocabulary: longest match, folding, mistakes in a table. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "lexicon/table.h"

static size_t fold(const char *text, uint32_t *out)
{
	struct str s = str_of(text);
	size_t at = 0, n = 0;

	while (at < s.n) {
		uint32_t cp = lexicon_fold(utf8_next(s, &at));

		if (cp)
			out[n++] = cp;
	}
	return n;
}

static const struct {
	const char *text, *term, *item;
} MATCHES[] = {
	{"收入总计，", "收入总计", "revenue_total"},
	{"“三公”经费预算", "三公经费预算", "three_public"},
	{"因公出国（境）费用", "因公出国(境)费用", "three_public.overseas"},
	{"社会保障和就业支出", "社会保障和就业支出", ""},
	{"毫无意义", NULL, NULL},
};

static const struct {
	const char *heading;
	bool known;
	enum section_kind kind;
} SECTIONS[] = {
	{"一、主要职责", true, SECTION_DUTIES},
	{"第四部分 名词解释", true, SECTION_DEFINITION},
	/* of several the one that comes first in the table */
	{"主要职责和名词解释", true, SECTION_DEFINITION},
	{"机构设置", true, SECTION_PLAIN},
	{"主要", false, SECTION_PLAIN},
	{"", false, SECTION_PLAIN},
};

/* The built-in one; the caller releases it and closes the share. */
static const struct lexicon *load(struct share *share)
{
	struct messages messages = {0};
	const struct lexicon *l;

	share_open(share, NULL);
	l = lexicon_load(share, &messages);
	cr_assert(l);
	return l;
}

Test(lexicon, sections_of_headings)
{
	struct share share;
	const struct lexicon *l;

	l = load(&share);
	for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS; i++) {
		uint32_t cps[64];
		size_t n = fold(SECTIONS[i].heading, cps);
		bool known;

		cr_expect_eq(lexicon_section(l, cps, n, &known),
			     SECTIONS[i].kind, "%s", SECTIONS[i].heading);
		cr_expect_eq(known, SECTIONS[i].known, "%s",
			     SECTIONS[i].heading);
	}
	lexicon_release(l);
	share_close(&share);
}

Test(lexicon, finds_what_a_template_left)
{
	struct share share;
	struct arena a = {0};
	const struct lexicon *l;
	const struct str *found;
	size_t n;

	l = load(&share);
	found = lexicon_find_leftovers(l, &a, STR("增加XX万元，增增加（减少）"), &n);
	cr_assert_eq(n, 2);
	cr_expect(str_equal(found[0], STR("增加（减少）")));
	cr_expect(str_equal(found[1], STR("XX")));
	/* words of one mark, at both ends, one behind the other */
	found = lexicon_find_leftovers(
		l, &a, STR("(部门名称)高于／低于增长（下降）（填写□□小于/大于"), &n);
	cr_assert_eq(n, 6);
	cr_expect(str_equal(found[0], STR("增长（下降）")));
	cr_expect(str_equal(found[1], STR("小于/大于")));
	cr_expect(str_equal(found[2], STR("高于／低于")));
	cr_expect(str_equal(found[3], STR("□□")));
	cr_expect(str_equal(found[4], STR("（填写")));
	cr_expect(str_equal(found[5], STR("(部门名称)")));
	found = lexicon_find_leftovers(l, &a, STR("增加（减"), &n);
	cr_expect_eq(n, 0);
	found = lexicon_find_leftovers(l, &a, STR("（减少）"), &n);
	cr_expect_eq(n, 0);
	found = lexicon_find_leftovers(l, &a, STR(""), &n);
	cr_expect_eq(n, 0);
	lexicon_release(l);
	share_close(&share);
	arena_release(&a);
}

Test(lexicon, matches)
{
	struct share share;
	const struct lexicon *l;

	l = load(&share);
	for (size_t i = 0; i < sizeof MATCHES / sizeof *MATCHES; i++) {
		uint32_t cps[64];
		size_t n = fold(MATCHES[i].text, cps), length = 0;
		const struct lexicon_term *t = lexicon_match(l, cps, n, &length);

		if (!MATCHES[i].term) {
			cr_expect(!t || t->class == TERM_NOISE, "'%s'",
				  MATCHES[i].text);
			continue;
		}
		cr_expect(t && str_equal(t->text, str_of(MATCHES[i].term)),
			  "'%s'", MATCHES[i].text);
		cr_expect(t && (t->n_items ? str_equal(t->items[0],
						       str_of(MATCHES[i].item))
					   : !*MATCHES[i].item),
			  "'%s'", MATCHES[i].text);
	}
	cr_expect(lexicon_find_code(l, STR("2010301"), true) != NULL);
	cr_expect(lexicon_find_code(l, STR("30215"), false) != NULL);
	cr_expect(lexicon_find_code(l, STR("2999999"), true) == NULL);
	lexicon_release(l);
	share_close(&share);
}

static const struct {
	const char *row, *message;
} MISTAKES[] = {
	{"某词\tnonsense\t\t例\n", "unknown class"},
	{"某词\tnoun\titem=\t例\n", "unknown attribute"},
	{"某词\tnoun\tcolour=red\t例\n", "unknown attribute"},
	{"某词\tyear\tyear=-10000\t例\n", "unknown attribute"},
	{"某词\tyear\tyear=4294967295\t例\n", "unknown attribute"},
	{"某词\tmark\tlevel=257\t例\n", "unknown attribute"},
	{"某词|某词\tnoun\titem=revenue\t例\n", "stands twice"},
};

static void keep(void *ctx, struct str text)
{
	struct buf *b = ctx;

	buf_put_str(b, text);
}

/* The row as the second line of a table of the user's. */
static void expect_mistake(const char *folder, const char *file,
			   const char *row, const char *message)
{
	char dir[] = "/tmp/bud-lexicon-XXXXXX", path[64], place[64];
	struct share share;
	struct buf said = {0};
	struct messages messages = {.share = &share, .sink = keep, .ctx = &said};
	FILE *f;

	cr_assert(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/%s", dir, folder);
	cr_assert(!mkdir(path, 0700));
	snprintf(path, sizeof path, "%s/%s/%s", dir, folder, file);
	f = fopen(path, "w");
	cr_assert(f);
	fprintf(f, "# a table\n%s", row);
	fclose(f);
	share_open(&share, dir);
	cr_expect(!lexicon_load(&share, &messages), "%s", row);
	snprintf(place, sizeof place, "%s:2:", file);
	cr_expect(str_find(buf_str(&said), str_of(message)) != SIZE_MAX &&
			  str_find(buf_str(&said), str_of(place)) != SIZE_MAX,
		  "%.*s", STR_ARG(buf_str(&said)));
	buf_release(&said);
	share_close(&share);
	unlink(path);
	snprintf(path, sizeof path, "%s/%s", dir, folder);
	rmdir(path);
	rmdir(dir);
}

Test(lexicon, mistakes_are_named)
{
	for (size_t i = 0; i < sizeof MISTAKES / sizeof *MISTAKES; i++)
		expect_mistake("lexicon", "terms.tsv", MISTAKES[i].row,
			       MISTAKES[i].message);
}

/* A year is a number of at most four digits, or the row is refused. */
Test(lexicon, years_that_are_none)
{
	static const char *const YEARS[] = {
		"-2147483648\t", "\t-2147483648", "10000\t", "\t4294969320",
		"\t9223372036854775807",
	};
	char row[64];

	for (size_t i = 0; i < sizeof YEARS / sizeof *YEARS; i++) {
		snprintf(row, sizeof row, "530000\t示例省\t示例\t%s\n",
			 YEARS[i]);
		expect_mistake("codes", "regions.tsv", row, "示例省");
	}
}

/* Two terms that were read from the same row. */
static bool is_same(const struct lexicon_term *a, const struct lexicon_term *b)
{
	bool same = str_equal(a->text, b->text) && a->class == b->class &&
		    a->weak == b->weak && a->n_items == b->n_items &&
		    str_equal(a->fund, b->fund) && a->phase == b->phase &&
		    str_equal(a->nature, b->nature) && a->unit == b->unit &&
		    a->year == b->year && a->line == b->line &&
		    !strcmp(a->file, b->file) &&
		    a->n_functions == b->n_functions &&
		    a->n_economics == b->n_economics;

	for (size_t i = 0; same && i < a->n_items; i++)
		same = str_equal(a->items[i], b->items[i]);
	for (size_t i = 0; same && i < a->n_functions; i++)
		same = str_equal(a->functions[i]->code, b->functions[i]->code);
	for (size_t i = 0; same && i < a->n_economics; i++)
		same = str_equal(a->economics[i]->code, b->economics[i]->code);
	return same;
}

/* A child of a node for each of many characters, of which some differ only
 * above the last sixteen bits. */
Test(lexicon, a_node_of_many_children)
{
	static const uint32_t FROM[] = {0x4E00, 0x14E00, 0x24E00};
	struct arena a = {0};
	struct map words = {0};
	struct trie t;

	for (uint32_t k = 0; k < 3000; k++) {
		char *word = arena_alloc(&a, 8);
		size_t n = utf8_put(word, 0x672C);

		n += utf8_put(word + n, FROM[k % 3] + k / 3);
		*map_put(&words, (struct str){word, n}) = word;
	}
	trie_build(&t, &a, &words);
	for (uint32_t cp = 0x4000; cp < 0x30000; cp++) {
		uint32_t cps[] = {0x672C, cp};
		size_t length = 0;
		bool is = (cp & 0xFFFF) - 0x4E00 < 1000;
		const char *word = trie_match(&t, cps, 2, &length);

		cr_assert_eq(is, word != NULL, "%x", cp);
		if (is) {
			size_t at = 3;

			cr_assert_eq(length, 2);
			cr_assert_eq(utf8_next((struct str){word, 8}, &at), cp);
		}
	}
	map_release(&words);
	arena_release(&a);
}

static void same_words(const struct trie *a, const struct trie *b)
{
	cr_assert_eq(a->n_nodes, b->n_nodes);
	cr_assert_eq(a->n_payloads, b->n_payloads);
	cr_expect(!memcmp(a->nodes, b->nodes, a->n_nodes * sizeof *a->nodes));
	cr_expect(!memcmp(a->firsts, b->firsts,
			  ((size_t)1 << (32 - a->shift)) * sizeof *a->firsts));
}

static bool same_counts(const struct lexicon_unit *x,
			const struct lexicon_unit *y)
{
	const struct lexicon_count *c = x->counts, *d = y->counts;

	for (; c && d && str_equal(c->item, d->item) &&
	       str_equal(c->counted, d->counted);
	     c = c->next, d = d->next)
		;
	return !c && !d;
}

Test(lexicon, a_measure_word_counts_what_its_matter_has)
{
	struct lexicon_unit pieces = {.text = STR_INIT("台")};
	struct share share;
	struct messages messages = {0};
	const struct lexicon *l;
	const struct lexicon_unit *u;
	uint32_t cps[] = {U'批', 0};
	size_t length;

	share_open(&share, NULL);
	l = lexicon_load(&share, &messages);
	u = lexicon_match_unit(l, cps, 1, &length);
	cr_assert(u);
	cr_expect(str_equal(
		lexicon_counted(u, STR("three_public.hospitality")),
		STR("three_public.hospitality.batches")));
	cr_expect(!lexicon_counted(u, STR("revenue")).n);
	cr_expect(!lexicon_counted(NULL, STR("revenue")).n);
	cr_expect(!lexicon_counted(&pieces, STR("revenue")).n);
	lexicon_release(l);
	share_close(&share);
}

Test(lexicon, what_is_built_in_is_what_would_be_read)
{
	struct share share = {.dir = "/nowhere"};
	struct messages messages = {.share = &share};
	const struct lexicon *l = lexicon_load(&share, &messages);
	const struct lexicon *b = &lexicon_built_in;

	cr_assert(l && l != b);
	same_words(&l->terms, &b->terms);
	same_words(&l->units, &b->units);
	same_words(&l->sections, &b->sections);
	for (int which = 0; which < SITE_WORDS; which++)
		same_words(&l->sites[which], &b->sites[which]);
	for (int place = 0; place < TABLE_PLACES; place++)
		same_words(&l->tables->place[place], &b->tables->place[place]);
	for (uint32_t i = 0; i < l->terms.n_payloads; i++)
		cr_expect(is_same(l->terms.payloads[i], b->terms.payloads[i]));
	for (uint32_t i = 0; i < l->units.n_payloads; i++)
		cr_expect(same_counts(l->units.payloads[i],
				      b->units.payloads[i]));
	cr_assert_eq(l->n_leftovers, b->n_leftovers);
	for (size_t i = 0; i < l->n_leftovers; i++) {
		const struct leftover *x = &l->leftovers[i], *y = &b->leftovers[i];

		cr_expect(str_equal(x->word, y->word));
		cr_expect_eq(x->before, y->before);
		cr_expect_eq(!x->next, !y->next);
		cr_expect(!x->next || x->next - x == y->next - y);
	}
	same_words(&l->leftover_marks, &b->leftover_marks);
	for (size_t i = 0; i < l->functions.n; i++) {
		struct str code = l->functions.entries[i].key;

		cr_expect(str_equal(lexicon_find_code(l, code, true)->name,
				    lexicon_find_code(b, code, true)->name));
	}
	cr_assert_eq(l->places->n_regions, b->places->n_regions);
	for (size_t i = 0; i < l->places->n_regions; i++)
		cr_expect(str_equal(l->places->regions[i].code,
				    b->places->regions[i].code));
	lexicon_release(l);
	share_close(&share);
}
