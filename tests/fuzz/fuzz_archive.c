/*
 * An archive one file of which is not what it was, or which has a journal: the
 * first byte says which, the rest takes its place. Whatever it is, all verbs
 * come back, and what lies beside the archive stays. With 64 in the first byte
 * the records are put into it once more; with 128 the bytes are a stream that is
 * put into one with nothing wrong.
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

enum { MOST = 16, PUT = 64, STREAM = 128 };

/* What a new archive consists of, as it was put; the bytes of a directory are
 * none. Behind the files the journal, of which there is none. */
static struct kept {
	char path[160];
	bool is_directory;
	struct buf bytes;
} made[MOST], *files[MOST + 1];
static struct kept journal;
static size_t n_made, n_files;

static void slurp(struct buf *out, const char *path)
{
	FILE *f = fopen(path, "rb");

	if (!f)
		abort();
	for (size_t n = 1; n; out->n += n) {
		buf_reserve(out, 4096);
		n = fread(out->p + out->n, 1, 4096, f);
	}
	fclose(f);
}

static int list(const char *path, const struct stat *st, int kind,
		struct FTW *at)
{
	struct kept *k = &made[n_made];

	(void)st;
	(void)at;
	if (n_made == MOST)
		abort();
	snprintf(k->path, sizeof k->path, "%s", path);
	k->is_directory = kind != FTW_F;
	if (!k->is_directory)
		slurp(&k->bytes, path);
	n_made++;
	return 0;
}

/* A directory comes before what is in it. */
static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct kept *)a)->path,
		      ((const struct kept *)b)->path);
}

static int remove_one(const char *path, const struct stat *st, int kind,
		      struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

static bool put_stream(const char *root, const uint8_t *data, size_t size)
{
	struct archive a;
	struct put p = {.archive = &a, .as_of = STR("2024-01-01")};
	bool done;

	if (archive_open(&a, root, ARCHIVE_WRITE, fuzz_messages()))
		return false;
	put_begin(&p);
	done = !put_file(&p, fuzz_file(data, size));
	done = !put_end(&p) && done;
	put_release(&p);
	archive_close(&a);
	return done;
}

static bool put_records(const char *root)
{
	return put_stream(root, (const uint8_t *)RECORDS, sizeof RECORDS - 1);
}

static void make(const char *root)
{
	if (!put_records(root))
		abort();
	nftw(root, list, 8, FTW_PHYS);
	qsort(made, n_made, sizeof *made, by_path);
	for (size_t i = 0; i < n_made; i++)
		if (!made[i].is_directory)
			files[n_files++] = &made[i];
	snprintf(journal.path, sizeof journal.path, "%s/journal", root);
	files[n_files] = &journal;
}

static void write_kept(const struct kept *k)
{
	fuzz_write(k->path, (const uint8_t *)k->bytes.p, k->bytes.n);
}

/* As it was put: to put it anew would be most of what an execution costs. */
static void make_again(const char *root)
{
	nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	for (size_t i = 0; i < n_made; i++)
		if (!made[i].is_directory)
			write_kept(&made[i]);
		else if (mkdir(made[i].path, 0700))
			abort();
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

/* One file of it is not what it was. */
static void try_damage(const char *root, unsigned how, const uint8_t *data,
		       size_t size)
{
	const struct kept *k = files[how % PUT % (n_files + 1)];
	bool put = how & PUT;

	fuzz_write(k->path, data, size);
	read_all(root);
	if (put) {
		put_records(root);
		read_all(root);
	}
	if (put || k == &journal)
		make_again(root);
	else
		write_kept(k);
}

static void try_stream(const char *root, const uint8_t *data, size_t size)
{
	put_stream(root, data, size);
	read_all(root);
	make_again(root);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char root[96], beside[96];

	if (!size)
		return 0;
	if (!*root) {
		snprintf(root, sizeof root, "%sarchive", fuzz_directory());
		snprintf(beside, sizeof beside, "%sx", fuzz_directory());
		make(root);
	}
	fuzz_write(beside, data, 1);
	if (*data & STREAM)
		try_stream(root, data + 1, size - 1);
	else
		try_damage(root, *data, data + 1, size - 1);
	if (access(beside, F_OK))
		abort();
	return 0;
}
