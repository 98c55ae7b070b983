/* The built-in files come from scripts/embed as a sorted array. */
#include "base/share.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/reason.h"
#include "base/stream.h"
#include "base/utf8.h"

struct share_embedded {
	const char *path;
	const char *start, *end;
};

extern const struct share_embedded share_embedded[];
extern const size_t share_embedded_count;

void share_open(struct share *s, const char *dir)
{
	*s = (struct share){.dir = dir ? dir : getenv("BUD_SHARE")};
	if (s->dir && !*s->dir)
		s->dir = NULL;
}

void share_close(struct share *s)
{
	arena_release(&s->arena);
}

void share_find_own(struct share *s)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	struct str dir;

	if (config && config[0] == '/')
		dir = str_format(&s->arena, "%s/bud", config);
	else if (home && home[0] == '/')
		dir = str_format(&s->arena, "%s/.config/bud", home);
	else
		return;
	if (!access(dir.p, R_OK | X_OK))
		s->own = dir.p;
}

/* The bytes of a file that a user may have edited. */
static bool read_edited(struct share *s, const char *name, struct str *bytes,
			const char **error)
{
	struct buf b = {0};
	bool done = !reader_slurp(name, 0, &b, error);

	if (done && utf8_find_invalid(buf_str(&b)) != SIZE_MAX) {
		*error = "reason-not-utf8";
		done = false;
	}
	if (done)
		*bytes = str_copy(&s->arena, buf_str(&b));
	buf_release(&b);
	return done;
}

bool share_read_own(struct share *s, const char *path, struct str *bytes,
		    struct str *name, const char **error)
{
	*error = NULL;
	if (!s->own)
		return false;
	*name = str_format(&s->arena, "%s/%s", s->own, path);
	if (access(name->p, F_OK) && errno == ENOENT)
		return false;
	return read_edited(s, name->p, bytes, error);
}

struct str share_name(struct share *s, const char *path)
{
	return s->dir ? str_format(&s->arena, "%s/%s", s->dir, path)
		      : str_of(path);
}

bool share_read(struct share *s, const char *path, struct str *bytes,
		const char **error)
{
	struct str name = s->dir ? share_name(s, path) : STR("");

	/* Only a file that is not there falls back to the built-in one. */
	if (s->dir && (!access(name.p, F_OK) || errno != ENOENT))
		return read_edited(s, name.p, bytes, error);
	*error = reason_of(ENOENT);
	for (size_t i = 0; i < share_embedded_count; i++) {
		const struct share_embedded *e = &share_embedded[i];

		if (!strcmp(e->path, path)) {
			*bytes = (struct str){e->start,
					      (size_t)(e->end - e->start)};
			return true;
		}
	}
	return false;
}

static int compare(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

size_t share_list(struct share *s, const char *prefix, struct str **paths)
{
	size_t n = 0, cap = 0, kept = 0;
	struct str *list = NULL;
	DIR *d = s->dir ? opendir(share_name(s, prefix).p) : NULL;
	const struct dirent *e;

	for (size_t i = 0; i < share_embedded_count; i++) {
		const char *path = share_embedded[i].path;

		if (strncmp(path, prefix, strlen(prefix)))
			continue;
		list = arena_grow(&s->arena, list, &cap, n + 1, sizeof *list);
		list[n++] = str_of(path);
	}
	while (d && (e = readdir(d))) {
		if (e->d_name[0] == '.')
			continue;
		list = arena_grow(&s->arena, list, &cap, n + 1, sizeof *list);
		list[n++] = str_format(&s->arena, "%s%s", prefix, e->d_name);
	}
	if (d)
		closedir(d);
	if (n)
		qsort(list, n, sizeof *list, compare);
	for (size_t i = 0; i < n; i++)
		if (!kept || !str_equal(list[kept - 1], list[i]))
			list[kept++] = list[i];
	*paths = list;
	return kept;
}

bool share_row(struct str *rest, size_t *line, struct str *fields, size_t max)
{
	struct str row;

	while (str_split(rest, '\n', &row)) {
		size_t n = 0;

		++*line;
		if (str_ends(row, STR("\r")))
			row.n--;
		if (!row.n || row.p[0] == '#')
			continue;
		while (n < max && str_split(&row, '\t', &fields[n]))
			n++;
		for (; n < max; n++)
			fields[n] = (struct str){NULL, 0};
		return true;
	}
	return false;
}
