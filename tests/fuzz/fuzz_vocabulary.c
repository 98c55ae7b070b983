/*
 * A table of share/ that a user edited: the first byte says which, the rest
 * takes its place. The others are short, so that an execution costs what the
 * table costs, not what the vocabulary does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "extract/scan.h"
#include "fuzz.h"
#include "mutate_text.h"

static const char *const FILES[] = {
	"lexicon/terms.tsv",     "lexicon/counts.tsv",
	"lexicon/sections.tsv",  "lexicon/units.tsv",
	"codes/economic.tsv",    "codes/function.tsv",
	"tables/heads.tsv",      "tables/rows.tsv",
	"tables/titles.tsv",     "lexicon/sites.tsv",
	"lexicon/leftovers.tsv", "lexicon/organisations.tsv",
	"codes/regions.tsv",
};

enum { N_FILES = sizeof FILES / sizeof *FILES, ROWS = 40 };

static const char *path_of(size_t file)
{
	static char path[128];

	snprintf(path, sizeof path, "%s%s", fuzz_directory(), FILES[file]);
	return path;
}

/* The first rows of the table that bud comes with. */
static void put_short(size_t file)
{
	struct str bytes, rest, line;
	const char *error;

	if (!share_read(fuzz_share(), FILES[file], &bytes, &error))
		abort();
	rest = bytes;
	for (size_t i = 0; i < ROWS && str_split(&rest, '\n', &line); i++)
		;
	fuzz_write(path_of(file), (const uint8_t *)bytes.p, bytes.n - rest.n);
}

static void put_all(void)
{
	static const char *const NAMES[] = {"lexicon", "codes", "tables"};
	char path[128];

	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
		snprintf(path, sizeof path, "%s%s", fuzz_directory(), NAMES[i]);
		mkdir(path, 0700);
	}
	for (size_t i = 0; i < N_FILES; i++)
		put_short(i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool there;
	struct share share;
	const struct lexicon *l;
	struct arena a = {0};

	if (!size)
		return 0;
	if (!there)
		put_all();
	there = true;
	fuzz_write(path_of(*data % N_FILES), data + 1, size - 1);
	share_open(&share, fuzz_directory());
	l = lexicon_load(&share, fuzz_messages());
	if (l) {
		scan_text(&a, l, STR("2023年预算数577.79万元，比上年增长2.7%"), 0);
		lexicon_release(l);
	}
	share_close(&share);
	put_short(*data % N_FILES);
	arena_release(&a);
	return 0;
}
