/* The vocabulary: longest match, folding, mistakes in a table. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "lexicon/lexicon.h"

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

Test(lexicon, matches)
{
	struct messages messages = {0};
	struct share share;
	struct lexicon *l;

	share_open(&share, NULL);
	l = lexicon_load(&share, &messages);
	cr_assert(l);
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
	{"某词|某词\tnoun\titem=revenue\t例\n", "stands twice"},
};

static void keep(void *ctx, struct str text)
{
	struct buf *b = ctx;

	buf_put_str(b, text);
}

Test(lexicon, mistakes_are_named)
{
	char dir[] = "/tmp/bud-lexicon-XXXXXX", path[64];

	cr_assert(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/lexicon", dir);
	cr_assert(!mkdir(path, 0700));
	snprintf(path, sizeof path, "%s/lexicon/terms.tsv", dir);
	for (size_t i = 0; i < sizeof MISTAKES / sizeof *MISTAKES; i++) {
		struct share share;
		struct buf said = {0};
		struct messages messages = {
			.share = &share, .sink = keep, .ctx = &said};
		FILE *f = fopen(path, "w");

		cr_assert(f);
		fputs("# a table\n", f);
		fputs(MISTAKES[i].row, f);
		fclose(f);
		share_open(&share, dir);
		cr_expect(!lexicon_load(&share, &messages));
		cr_expect(str_find(buf_str(&said),
				   str_of(MISTAKES[i].message)) != SIZE_MAX &&
				  str_find(buf_str(&said),
					   STR("terms.tsv:2:")) != SIZE_MAX,
			  "%.*s", STR_ARG(buf_str(&said)));
		buf_release(&said);
		share_close(&share);
	}
	unlink(path);
	snprintf(path, sizeof path, "%s/lexicon", dir);
	rmdir(path);
	rmdir(dir);
}
