/* A file may have a '!' in its name: what is there as it is named wins. */
#include "archive/original.h"

#include <sys/stat.h>

#include "base/stream.h"
#include "source/limits.h"

void original_release(struct original *o)
{
	arena_release(&o->arena);
	*o = (struct original){.n = 0};
}

/* Opens the archive, unless it is open; NULL or why not. */
static const char *open_container(struct original *o, struct str name)
{
	static const struct source_limits LIMITS = SOURCE_LIMITS_DEFAULT;
	struct source_error error;
	struct buf bytes = {0};
	const char *why = NULL;

	if (o->container.n && str_equal(o->container, name))
		return NULL;
	original_release(o);
	name = str_copy(&o->arena, name);
	if (reader_slurp(name.p, (size_t)LIMITS.bytes, &bytes, &why))
		why = why ? why : "reason-unknown";
	else if (source_unpack(&o->arena, &LIMITS,
			       str_copy(&o->arena, buf_str(&bytes)),
			       &o->members, &o->n, &error))
		why = error.id;
	else
		o->container = name;
	buf_release(&bytes);
	return why;
}

static const char *read_member(struct original *o, struct str container,
			       struct str member, struct buf *out)
{
	const char *why = open_container(o, container);

	for (size_t i = 0; !why && i < o->n; i++) {
		if (!str_equal(o->members[i].name, member))
			continue;
		buf_put_str(out, o->members[i].bytes);
		return NULL;
	}
	return why ? why : "detail-no-member";
}

static bool is_file(struct str path)
{
	struct arena a = {0};
	struct stat s;
	bool good = !stat(str_cstring(&a, path), &s) && !S_ISDIR(s.st_mode);

	arena_release(&a);
	return good;
}

const char *original_read(struct original *o, struct str name, struct buf *out)
{
	struct arena a = {0};
	const char *why = NULL;
	bool found = false;

	/* any of the marks may be the one behind the archive's own name */
	for (size_t at = 0; at < name.n && !found && !is_file(name); at++) {
		if (name.p[at] != '!' || !is_file(str_slice(name, 0, at)))
			continue;
		why = read_member(o, str_slice(name, 0, at),
				  str_slice(name, at + 1, name.n), out);
		found = !why;
	}
	if (!found && !why && reader_slurp(str_cstring(&a, name), 0, out, &why))
		why = why ? why : "reason-unknown";
	arena_release(&a);
	return why;
}
