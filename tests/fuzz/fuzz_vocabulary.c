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

enum { N_FILES = sizeof FILES / sizeof *FILES, ROWS = 16 };

static const char *path_of(size_t file)
{
	static char path[128];

	snprintf(path, sizeof path, "%s%s", fuzz_directory(), FILES[file]);
	return path;
}

static bool is_row(struct str line)
{
	return line.n && line.p[0] != '#';
}

/* Some rows of each table that bud comes with, from all of it. */
static struct buf tables[N_FILES];

static void put_short(size_t file)
{
	fuzz_write(path_of(file), (const uint8_t *)tables[file].p,
		   tables[file].n);
}

static void make_short(size_t file)
{
	struct str bytes, rest, line;
	const char *error;
	size_t rows = 0, n = 0;

	if (!share_read(fuzz_share(), FILES[file], &bytes, &error))
		abort();
	for (rest = bytes; str_split(&rest, '\n', &line);)
		rows += is_row(line);
	for (rest = bytes; str_split(&rest, '\n', &line);) {
		if (!is_row(line) || n++ * ROWS % rows >= ROWS)
			continue;
		buf_put_str(&tables[file], line);
		buf_putc(&tables[file], '\n');
	}
}

static void put_all(void)
{
	static const char *const NAMES[] = {"lexicon", "codes", "tables"};
	char path[128];

	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
		snprintf(path, sizeof path, "%s%s", fuzz_directory(), NAMES[i]);
		mkdir(path, 0700);
	}
	for (size_t i = 0; i < N_FILES; i++) {
		make_short(i);
		put_short(i);
	}
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
