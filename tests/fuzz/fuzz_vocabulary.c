/*
 * A table of share/ that a user edited: the first byte says which, the rest
 * takes its place.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "extract/scan.h"
#include "fuzz.h"

static const char *const FILES[] = {
	"lexicon/terms.tsv", "lexicon/counts.tsv", "lexicon/sections.tsv",
	"lexicon/units.tsv", "codes/economic.tsv", "codes/function.tsv",
	"tables/heads.tsv", "tables/rows.tsv", "tables/titles.tsv", "lexicon/sites.tsv",
};

enum { N_FILES = sizeof FILES / sizeof *FILES };

static void make_directories(const char *root)
{
	static const char *const NAMES[] = {"lexicon", "codes", "tables"};
	char path[128];

	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
		snprintf(path, sizeof path, "%s%s", root, NAMES[i]);
		mkdir(path, 0700);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *root = fuzz_directory();
	struct share share;
	const struct lexicon *l;
	struct arena a = {0};
	char path[128];

	if (!size)
		return 0;
	make_directories(root);
	snprintf(path, sizeof path, "%s%s", root, FILES[*data % N_FILES]);
	fuzz_write(path, data + 1, size - 1);
	share_open(&share, root);
	l = lexicon_load(&share, fuzz_messages());
	if (l)
		scan_text(&a, l, STR("2023年预算数577.79万元，比上年增长2.7%"), 0);
	lexicon_release(l);
	share_close(&share);
	remove(path);
	arena_release(&a);
	return 0;
}
