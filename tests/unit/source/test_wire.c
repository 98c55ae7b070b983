#include <criterion/criterion.h>
#include <string.h>
#include <zlib.h>

#include "source/read.h"
#include "source/text.h"
#include "source/wire.h"

static int read_wire(struct arena *a, struct source_document *d,
		     struct str bytes, struct source_error *e)
{
	struct source_limits limits = SOURCE_LIMITS_DEFAULT;

	limits.cells = 4;
	source_init(d, a);
	return wire_read(d, bytes, &limits, e);
}

Test(wire, gives_back_what_was_put)
{
	struct arena a = {0};
	struct source_document d, copy;
	struct source_error e;
	struct buf out = {0};

	source_init(&d, &a);
	d.media = "text/plain";
	d.charset = "UTF-8";
	source_read_text(&d, STR("一、表\n说明\\n：\n项目\t合计\n甲\t1.00\n"));
	wire_put_start(&out);
	wire_put_note(&out, "cage-none");
	wire_put_document(&out, &d);
	wire_put_end(&out);
	cr_assert(!read_wire(&a, &copy, buf_str(&out), &e));
	cr_expect(str_equal(buf_str(&copy.text), buf_str(&d.text)));
	cr_expect(copy.n_blocks == d.n_blocks && copy.n_tables == 1);
	cr_expect(!strcmp(copy.note, "cage-none"));
	cr_expect(!strcmp(copy.media, "text/plain"));
	for (size_t i = 0; i < d.n_blocks; i++)
		cr_expect(copy.blocks[i].line == d.blocks[i].line &&
			  copy.blocks[i].kind == d.blocks[i].kind &&
			  copy.blocks[i].level == d.blocks[i].level);
	cr_expect(copy.blocks[2].cells[3].line == 4);
	source_release(&d);
	source_release(&copy);
	arena_release(&a);
	buf_release(&out);
}

/* No record may hold U+0000. */
Test(wire, nul_becomes_a_blank)
{
	static const char BYTES[] = "bud-blocks 1\nP\t1\t2\t1\0002\n.\n";
	struct arena a = {0};
	struct source_document d;
	struct source_error e;

	cr_assert(!read_wire(&a, &d, (struct str){BYTES, sizeof BYTES - 1},
			     &e));
	cr_expect(str_equal(buf_str(&d.text), STR("1 2\n")));
	source_release(&d);
	arena_release(&a);
}

/* A reader that was taken over can send anything. */
Test(wire, trusts_nothing)
{
	static const struct {
		const char *bytes;
		const char *id; /* NULL: fine */
	} rows[] = {
		{"bud-blocks 1\n.\n", NULL},
		{"bud-blocks 1\nP\t1\t2\tx\n.\n", NULL},
		{"bud-blocks 1\nX\tdamaged\tXML\n", "damaged"},
		{"", "reader-failed"},
		{"bud-blocks 2\n.\n", "reader-failed"},
		{"bud-blocks 1\n", "reader-failed"},
		{"bud-blocks 1\nP\t1\t2\n.\n", "reader-failed"},
		{"bud-blocks 1\nP\t-1\t2\tx\n.\n", "reader-failed"},
		{"bud-blocks 1\nP\t1\t2\t\xff\n.\n", "reader-failed"},
		{"bud-blocks 1\nE\n.\n", "reader-failed"},
		{"bud-blocks 1\nC\t0\t0\t1\t1\t0\t0\tx\n.\n", "reader-failed"},
		{"bud-blocks 1\nG\t0\t0\t0\t0\t\n.\n", "reader-failed"},
		{"bud-blocks 1\nG\t0\t0\t0\t0\t\nC\t0\t0\t0\t1\t0\t0\tx\nE\n.\n",
		 "reader-failed"},
		{"bud-blocks 1\nG\t0\t0\t0\t0\t\nC\t1\t0\t1\t1\t0\t0\tx\n"
		 "C\t0\t0\t1\t1\t0\t0\tx\nE\n.\n", "reader-failed"},
		{"bud-blocks 1\nG\t0\t0\t0\t0\t\nC\t0\t99999\t1\t1\t0\t0\tx\n"
		 "E\n.\n", "reader-failed"},
		{"bud-blocks 1\nG\t0\t0\t0\t0\t\nC\t9\t0\t1\t1\t0\t0\tx\nE\n"
		 ".\n", "reader-failed"},
		{"bud-blocks 1\nH\t10\t0\t0\tx\n.\n", "reader-failed"},
		{"bud-blocks 1\nZ\t\n.\n", "reader-failed"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena a = {0};
		struct source_document d;
		struct source_error e = {0};
		int status = read_wire(&a, &d, str_of(rows[i].bytes), &e);

		cr_expect(status == (rows[i].id ? -1 : 0), "row %zu", i);
		if (rows[i].id && e.id)
			cr_expect(!strcmp(e.id, rows[i].id), "row %zu: %s", i,
				  e.id);
		source_release(&d);
		arena_release(&a);
	}
}

static struct str gzip(struct arena *a, struct str bytes)
{
	uLong room = compressBound(bytes.n) + 64;
	char *out = arena_alloc(a, room);
	z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes.p,
		      .avail_in = (uInt)bytes.n,
		      .next_out = (Bytef *)out,
		      .avail_out = (uInt)room};

	deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
	deflate(&z, Z_FINISH);
	deflateEnd(&z);
	return (struct str){out, room - z.avail_out};
}

Test(unpack, opens_gzip_within_limits)
{
	struct source_limits limits = SOURCE_LIMITS_DEFAULT;
	struct source_member *members;
	struct source_error e;
	struct arena a = {0};
	struct str zeros = {arena_alloc(&a, 8 << 20), 8 << 20};
	struct str packed = gzip(&a, STR("一、收入\n"));
	size_t n;

	cr_expect(!source_unpack(&a, &limits, STR("一"), &members, &n, &e));
	cr_expect(n == 0);
	cr_assert(!source_unpack(&a, &limits, packed, &members, &n, &e));
	cr_assert(n == 1);
	cr_expect(str_equal(members[0].bytes, STR("一、收入\n")));
	/* gzip in gzip */
	cr_assert(!source_unpack(&a, &limits, gzip(&a, packed), &members, &n,
				 &e));
	cr_expect(n == 1);
	/* Cut short, and a bomb. */
	cr_expect(source_unpack(&a, &limits, str_slice(packed, 0, packed.n / 2),
				&members, &n, &e) == -1 &&
		  !strcmp(e.id, "damaged"));
	cr_expect(source_unpack(&a, &limits, gzip(&a, zeros), &members, &n,
				&e) == -1 &&
		  !strcmp(e.id, "limit-ratio"));
	limits.bytes = 1 << 20;
	limits.ratio = 100000;
	cr_expect(source_unpack(&a, &limits, gzip(&a, zeros), &members, &n,
				&e) == -1 &&
		  !strcmp(e.id, "too-large"));
	arena_release(&a);
}

Test(read, says_what_is_missing)
{
	struct source_document d;
	struct source_error e = {0};
	struct arena a = {0};

	setenv("BUD_LIBEXEC", "/nonexistent", 1);
	source_init(&d, &a);
	cr_expect(source_read(&d, STR("%PDF-1.4"), &e) == -1);
	cr_expect(!strcmp(e.id, "reader-missing"));
	cr_expect(source_read(&d, STR("\x89PNG"), &e) == -1);
	cr_expect(!strcmp(e.id, "no-text-layer"));
	cr_expect(source_read(&d, STR(" \n"), &e) == -1);
	cr_expect(!strcmp(e.id, "empty-document"));
	d.limits.bytes = 3;
	cr_expect(source_read(&d, STR("1234"), &e) == -1);
	cr_expect(!strcmp(e.id, "too-large"));
	source_release(&d);
	arena_release(&a);
}
