/* The limits by name, for the options of bud-parse and for its readers. */
#include "source/limits.h"

#include <stddef.h>

static const struct {
	const char *name;
	size_t offset;
} FIELDS[] = {
	{"bytes", offsetof(struct source_limits, bytes)},
	{"memory", offsetof(struct source_limits, memory)},
	{"seconds", offsetof(struct source_limits, seconds)},
	{"pages", offsetof(struct source_limits, pages)},
	{"cells", offsetof(struct source_limits, cells)},
	{"depth", offsetof(struct source_limits, depth)},
	{"ratio", offsetof(struct source_limits, ratio)},
	{"members", offsetof(struct source_limits, members)},
};

enum { N_FIELDS = sizeof FIELDS / sizeof *FIELDS };

static bool set_one(struct source_limits *l, struct str setting)
{
	struct str name;
	int64_t value;

	if (!str_split(&setting, '=', &name) ||
	    !str_to_int64(setting, &value) || value < 1 ||
	    value > INT64_C(1) << 40)
		return false;
	for (size_t i = 0; i < N_FIELDS; i++)
		if (str_equal(name, str_of(FIELDS[i].name))) {
			*(long *)((char *)l + FIELDS[i].offset) = (long)value;
			return true;
		}
	return false;
}

bool limits_set(struct source_limits *l, struct str settings)
{
	struct str one;

	while (str_split(&settings, ',', &one))
		if (!set_one(l, one))
			return false;
	return true;
}

struct str limits_text(struct arena *a, const struct source_limits *l)
{
	struct buf b = {0};
	struct str copy;

	for (size_t i = 0; i < N_FIELDS; i++)
		buf_printf(&b, "%s%s=%ld", i ? "," : "", FIELDS[i].name,
			   *(const long *)((const char *)l +
					   FIELDS[i].offset));
	copy = str_copy(a, buf_str(&b));
	buf_release(&b);
	return copy;
}
