/* Files that a reader program sends: a hostile one may send anything. */
#include <criterion/criterion.h>

#include "source/files.h"

static enum files_step step(struct str list, struct str *name,
			    struct str *bytes)
{
	cr_assert(files_begin(&list));
	return files_next(&list, name, bytes);
}

Test(files, gives_names_and_bytes)
{
	struct str list = STR("bud-files 1\nF 4 a b.txt\nab\nc\nF 0 \n\n.\n");
	struct str name, bytes;

	cr_assert(files_begin(&list));
	cr_assert_eq(files_next(&list, &name, &bytes), FILES_ONE);
	cr_assert(str_equal(name, STR("a b.txt")));
	cr_assert(str_equal(bytes, STR("ab\nc")));
	cr_assert_eq(files_next(&list, &name, &bytes), FILES_ONE);
	cr_assert_not_null(name.p);
	cr_assert_eq(name.n, 0);
	cr_assert_eq(bytes.n, 0);
	cr_assert_eq(files_next(&list, &name, &bytes), FILES_END);
}

Test(files, refuses_what_is_no_file)
{
	struct str name, bytes;

	cr_assert_eq(step(STR("bud-files 1\nF\na\n.\n"), &name, &bytes),
		     FILES_BROKEN);
	cr_assert_eq(step(STR("bud-files 1\nF x a\na\n.\n"), &name, &bytes),
		     FILES_BROKEN);
	cr_assert_eq(step(STR("bud-files 1\nF -1 a\na\n.\n"), &name, &bytes),
		     FILES_BROKEN);
	cr_assert_eq(step(STR("bud-files 1\nF 9 a\na\n.\n"), &name, &bytes),
		     FILES_BROKEN);
	cr_assert_eq(step(STR("bud-files 1\nF 1\na\n.\n"), &name, &bytes),
		     FILES_BROKEN);
}
