#include <criterion/criterion.h>

#include "check/unit.h"

static bool named(const char *department, const char *name)
{
	return unit_is_named(str_of(department), str_of(name));
}

Test(unit, a_unit_bears_its_departments_name)
{
	cr_assert(named("望江区水务局", "望江区水务局河道管理站"));
	cr_assert(named("望江区水务局", "望江区水务局本级"));
	cr_assert(named("望江区水务局", "望江区水务局（本级）"));
	cr_assert_not(named("望江区水务局", "望江区水务局"));
	cr_assert_not(named("望江区水务局", "望江区水利局河道管理站"));
	cr_assert_not(named("", "望江区水务局"));
}

Test(unit, names_that_only_begin_alike_are_no_units)
{
	cr_assert_not(named("望江区", "望江区水务局"));
	cr_assert_not(named("望江区人民政府", "望江区人民政府办公室"));
	cr_assert_not(named("中共望江区委", "中共望江区委宣传部"));
	cr_assert_not(named("望江大学", "望江大学附属医院"));
	cr_assert_not(named("望江市公安局", "望江市公安局城东分局"));
	cr_assert_not(named("望江区教育局", "望江区教育局（体育局）"));
}

Test(unit, the_own_office_is_told_by_its_ending)
{
	struct str bureau = STR("望江区水务局");

	cr_assert(unit_is_office(bureau, STR("望江区水务局机关")));
	cr_assert(unit_is_office(bureau, STR("望江区水务局（本级）")));
	cr_assert_not(unit_is_office(bureau, STR("望江区水务局机关服务中心")));
	cr_assert(unit_is_office(STR("望江镇"), STR("望江镇本级")));
	cr_assert(named("中共望江区委", "中共望江区委机关"));
}
