/*
 * An archive one file of which is not what it was, or which has a journal: the
 * first byte says which, the rest takes its place. Whatever it is, all verbs
 * come back, and what lies beside the archive stays.
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/put.h"
#include "archive/report.h"
#include "archive/verify.h"
#include "fuzz.h"
#include "mutate_text.h"

static const char RECORDS[] =
	"{\"type\":\"document\",\"doc\":\"10e9ba1747799d4b\",\"source\":\"a\","
	"\"sha256\":\"10e9ba1747799d4b0000000000000000"
	"00000000000000000000000000000000\",\"bytes\":1,\"entity\":\"甲局\","
	"\"year\":2023,\"phase\":\"approved\",\"amounts\":1,\"facts\":1,"
	"\"residues\":0}\n"
	"{\"type\":\"fact\",\"doc\":\"10e9ba1747799d4b\",\"n\":1,\"year\":2023,"
	"\"phase\":\"approved\",\"item\":\"revenue\",\"kind\":\"level\","
	"\"value\":100,\"unit\":\"fen\",\"quantum\":1,\"origin\":\"text\"}\n";

static char files[16 + 1][160];
static size_t n_files;

static int list(const char *path, const struct stat *st, int kind,
		struct FTW *at)
{
	(void)st;
	(void)at;
	if (kind == FTW_F && n_files < 16)
		snprintf(files[n_files++], sizeof *files, "%s", path);
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int remove_one(const char *path, const struct stat *st, int kind,
		      struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

static void put_records(const char *root)
{
	struct archive a;
	struct put p = {.archive = &a, .as_of = STR("2024-01-01")};

	if (archive_open(&a, root, ARCHIVE_WRITE, fuzz_messages()))
		abort();
	put_begin(&p);
	if (put_file(&p, fuzz_file((const uint8_t *)RECORDS,
				   sizeof RECORDS - 1)) ||
	    put_end(&p))
		abort();
	put_release(&p);
	archive_close(&a);
}

static void read_all(const char *root)
{
	struct archive a;
	struct selection all = {0}, one = {0};
	struct str entity = STR("甲局");
	struct verify v = {0};
	struct writer out;
	int64_t damaged = 0;

	one.entities = &entity;
	one.n_entities = 1;
	one.latest = true;
	if (archive_open(&a, root, ARCHIVE_READ, fuzz_messages()))
		return;
	writer_open(&out, "/dev/null");
	report_list(&a, &all, &out);
	report_log(&a, &all, &out);
	report_stat(&a, &all, &out);
	report_records(&a, &all, &out, &damaged);
	report_records(&a, &one, &out, &damaged);
	verify_run(&a, false, &v);
	writer_close(&out);
	archive_close(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char root[96], beside[96];

	if (!size)
		return 0;
	snprintf(root, sizeof root, "%sarchive", fuzz_directory());
	snprintf(beside, sizeof beside, "%sx", fuzz_directory());
	fuzz_write(beside, data, 1);
	put_records(root);
	n_files = 0;
	nftw(root, list, 8, FTW_PHYS);
	qsort(files, n_files, sizeof *files, by_name);
	snprintf(files[n_files], sizeof *files, "%s/journal", root);
	fuzz_write(files[*data % (n_files + 1)], data + 1, size - 1);
	read_all(root);
	nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	if (access(beside, F_OK))
		abort();
	return 0;
}
