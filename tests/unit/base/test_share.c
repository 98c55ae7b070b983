/*
 * The built-in files, the directory that stands in for them, and that both
 * are the same: one source of truth. Runs at the root of the repository.
 */
#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/share.h"
#include "base/stream.h"

static struct share builtin;
static size_t n_files;

/* Files that the programs never read are not built in. */
static bool is_embedded(const char *path)
{
	static const char *const apart[] = {
		"share/examples/", "share/man/", "share/pictures/",
		"share/recipes/", "share/schema/",
	};

	for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
		if (!strncmp(path, apart[i], strlen(apart[i])))
			return false;
	return true;
}

static int compare_file(const char *path, const struct stat *st, int type,
			struct FTW *ftw)
{
	struct buf file = {0};
	struct str bytes;
	const char *error = NULL;

	(void)st;
	(void)ftw;
	if (type != FTW_F || !is_embedded(path))
		return 0;
	n_files++;
	cr_assert_eq(reader_slurp(path, 0, &file, &error), 0, "%s", path);
	if (share_read(&builtin, path + strlen("share/"), &bytes, &error))
		cr_expect(str_equal(bytes, buf_str(&file)), "%s differs",
			  path);
	else
		cr_expect_fail("%s is not built in", path);
	buf_release(&file);
	return 0;
}

Test(share, built_in_files_are_those_of_the_directory)
{
	struct str *paths;

	unsetenv("BUD_SHARE");
	share_open(&builtin, NULL);
	cr_assert_eq(access("share/messages.tsv", R_OK), 0,
		     "run at the root of the repository");
	cr_assert_eq(nftw("share", compare_file, 8, FTW_PHYS), 0);
	cr_expect_eq(share_list(&builtin, "", &paths), n_files);
	for (size_t i = 1; i < n_files; i++)
		cr_expect_lt(str_compare(paths[i - 1], paths[i]), 0);
	share_close(&builtin);
}

Test(share, walks_the_rows_of_a_table)
{
	struct str rest = STR("# comment\n\na\tb\tc\td\n\tx\r\nlast");
	struct str f[3];
	size_t line = 0;

	cr_assert(share_row(&rest, &line, f, 3));
	cr_expect_eq(line, 3);
	cr_expect(str_equal(f[0], STR("a")));
	cr_expect(str_equal(f[2], STR("c")));
	cr_assert(share_row(&rest, &line, f, 3));
	cr_expect_eq(line, 4);
	cr_expect(str_equal(f[0], STR("")));
	cr_expect(str_equal(f[1], STR("x")));
	cr_expect_eq(f[2].n, 0);
	cr_assert(share_row(&rest, &line, f, 3));
	cr_expect_eq(line, 5);
	cr_expect(str_equal(f[0], STR("last")));
	cr_expect_not(share_row(&rest, &line, f, 3));
}

static char dir[] = "/tmp/bud-share-XXXXXX";
static char name[256];

static void put(const char *path, const char *text)
{
	FILE *f;

	snprintf(name, sizeof name, "%s/%s", dir, path);
	f = fopen(name, "w");
	cr_assert_not_null(f);
	fputs(text, f);
	fclose(f);
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

Test(share, a_directory_replaces_file_by_file)
{
	struct share s;
	struct str bytes, *paths;
	const char *error;
	size_t n, seen = 0;

	cr_assert_not_null(mkdtemp(dir));
	snprintf(name, sizeof name, "%s/lexicon", dir);
	cr_assert_eq(mkdir(name, 0700), 0);
	put("messages.tsv", "mine\n");
	put("lexicon/added.tsv", "added\n");
	share_open(&s, dir);
	cr_expect(share_read(&s, "messages.tsv", &bytes, &error));
	cr_expect(str_equal(bytes, STR("mine\n")));
	cr_expect(share_read(&s, "lexicon/added.tsv", &bytes, &error));
	cr_expect(share_read(&s, "lexicon/units.tsv", &bytes, &error));
	cr_expect_gt(bytes.n, 100);
	cr_expect_not(share_read(&s, "lexicon/absent.tsv", &bytes, &error));
	cr_expect_str_eq(error, "reason-missing");
	n = share_list(&s, "lexicon/", &paths);
	for (size_t i = 0; i < n; i++)
		seen += str_equal(paths[i], STR("lexicon/added.tsv")) ||
			str_equal(paths[i], STR("lexicon/units.tsv"));
	cr_expect_eq(seen, 2);
	share_close(&s);
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

Test(share, a_file_that_cannot_be_read_is_not_replaced_by_the_built_in_one)
{
	static const unsigned char damaged[] = {
		0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff, 0xff};
	struct share s;
	struct str bytes;
	const char *error = NULL;
	FILE *f;

	cr_assert_not_null(mkdtemp(dir));
	snprintf(name, sizeof name, "%s/messages.tsv", dir);
	f = fopen(name, "wb");
	cr_assert_not_null(f);
	fwrite(damaged, 1, sizeof damaged, f);
	fclose(f);
	share_open(&s, dir);
	/* A failed open before: its reason must not be taken for this one. */
	access("/no/such/file", R_OK);
	cr_expect_not(share_read(&s, "messages.tsv", &bytes, &error));
	cr_expect_not_null(error);
	share_close(&s);
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

Test(share, the_environment_names_a_directory)
{
	struct share s;

	setenv("BUD_SHARE", "/some/where", 1);
	share_open(&s, NULL);
	cr_expect_str_eq(s.dir, "/some/where");
	share_open(&s, "/else");
	cr_expect_str_eq(s.dir, "/else");
	setenv("BUD_SHARE", "", 1);
	share_open(&s, NULL);
	cr_expect_null(s.dir);
	share_close(&s);
}
