/* ZIP → the files in it, one after the other (see tools/source/unpack.c). */
#include <locale.h>

#include "libexec/package.h"

/* What operating systems put beside the documents. */
static bool want(struct str name)
{
	return !str_starts(name, STR("__MACOSX")) &&
	       str_find(name, STR(".DS_Store")) == SIZE_MAX &&
	       str_find(name, STR("Thumbs.db")) == SIZE_MAX;
}

int main(int argc, char **argv)
{
	static const char *const DIRS[] = {NULL};
	static struct reader_program r;
	struct package p = {0};
	struct buf out = {0};

	reader_prepare();
	/* Without it libarchive gives no name that is not ASCII. */
	setlocale(LC_CTYPE, "C.UTF-8");
	reader_start(&r, argc, argv, DIRS);
	package_read(&r, &p, want);
	if ((long)p.n > r.limits.members)
		reader_fail(&r, "limit-members", STR(""));
	buf_puts(&out, "bud-files 1\n");
	for (size_t i = 0; i < p.n; i++) {
		struct str name = p.members[i].name;

		buf_printf(&out, "F %zu ", p.members[i].bytes.n);
		for (size_t k = 0; k < name.n; k++)
			buf_putc(&out,
				 (unsigned char)name.p[k] < ' ' ? '?'
								: name.p[k]);
		buf_putc(&out, '\n');
		buf_put_str(&out, p.members[i].bytes);
		buf_putc(&out, '\n');
	}
	buf_puts(&out, ".\n");
	reader_leave(&out);
}
