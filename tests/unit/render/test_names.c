/* Whatever the vocabulary lets bud-parse say has a name in both languages. */
#include <criterion/criterion.h>
#include <limits.h>

#include "render/label.h"

static const struct {
	struct str key;
	const char *file;
} FILES[] = {
	{STR_INIT("item="), "items"},
	{STR_INIT("fund="), "funds"},
	{STR_INIT("nature="), "natures"},
};

/* A setting is KEY=ID or, for a word of both sides, KEY=ID|ID. */
static bool has_name(const struct labels *l, struct str setting)
{
	for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
		struct str id;

		if (!str_starts(setting, FILES[i].key))
			continue;
		setting = str_slice(setting, FILES[i].key.n, setting.n);
		while (str_split(&setting, '|', &id))
			if (label_rank(l, FILES[i].file, id) == INT_MAX)
				return false;
	}
	return true;
}

Test(names, cover_the_vocabulary)
{
	struct share share;
	struct messages m = {0};
	struct str rest, field[3];
	const char *error;
	size_t line = 0, seen = 0;
	struct labels l;

	share_open(&share, NULL);
	cr_assert_eq(labels_load(&l, &share, &m, LANG_ZH), 0);
	cr_assert(share_read(&share, "lexicon/terms.tsv", &rest, &error));
	while (share_row(&rest, &line, field, 3)) {
		struct str setting;

		while (str_split(&field[2], ' ', &setting)) {
			cr_expect(has_name(&l, setting),
				  "lexicon/terms.tsv:%zu: %.*s has no name",
				  line, STR_ARG(setting));
			seen++;
		}
	}
	cr_expect_gt(seen, 50);
	labels_release(&l);
	share_close(&share);
}
