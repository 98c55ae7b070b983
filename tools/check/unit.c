/* Names are compared as they are written; see unit.h. */
#include "check/unit.h"

static bool is_one_of(struct str words, struct str name,
		      bool (*test)(struct str, struct str))
{
	struct str one;

	while (str_split(&words, '|', &one))
		if (test(name, one))
			return true;
	return false;
}

/* What the name of a unit has behind its department's, "" for none. */
static struct str rest_of(struct str department, struct str name)
{
	if (!department.n || !str_starts(name, department))
		return STR("");
	return str_trim(str_slice(name, department.n, name.n));
}

/* Whose name is the beginning of names that are not its units'. */
static bool has_namesakes(struct str department)
{
	return is_one_of(STR("中共|中国共产党"), department, str_starts) ||
	       is_one_of(STR("省|市|区|县|州|盟|旗|乡|镇|省委|市委|区委|县委|州委|旗委|"
			     "工委|党委|政府|代表大会"),
			 department, str_ends);
}

bool unit_is_office(struct str department, struct str name)
{
	return is_one_of(STR("本级|机关|本部|（本级）|（机关）|（本部）|(本级)|(机关)|"
			     "(本部)|机关本级|本级机关"),
			 rest_of(department, name), str_equal);
}

bool unit_is_named(struct str department, struct str name)
{
	struct str rest = rest_of(department, name);

	if (unit_is_office(department, name))
		return true;
	return rest.n && !has_namesakes(department) &&
	       !is_one_of(STR("附属|（|(|、|和|及|与"), rest, str_starts) &&
	       !is_one_of(STR("分局|分院|分会"), rest, str_ends);
}
