#include <criterion/criterion.h>

#include "record/fact.h"

/* Every word of an enumeration stands for its value and back. */
#define EXPECT_WORDS(type, last, name, of) \
	for (enum type v = 0; v <= (last); v++) { \
		enum type back = (last) + 1; \
		cr_expect(of(name(v), &back), #type " %d", (int)v); \
		cr_expect_eq(back, v, #type " %d", (int)v); \
		cr_expect_not(of(STR("?"), &back)); \
		cr_expect_eq(back, v); \
	}

Test(fact, words_go_there_and_back)
{
	EXPECT_WORDS(phase, PHASE_EXECUTED, phase_name, phase_of)
	EXPECT_WORDS(kind, KIND_COMPLETION, kind_name, kind_of)
	EXPECT_WORDS(unit, UNIT_COUNT, unit_name, unit_of)
	EXPECT_WORDS(origin, ORIGIN_DERIVED, origin_name, origin_of)
	EXPECT_WORDS(finding_kind, FINDING_NOT_APPLICABLE, finding_kind_name,
		     finding_kind_of)
	EXPECT_WORDS(level, LEVEL_ERROR, level_name, level_of)
}

Test(fact, words_are_those_of_the_records)
{
	cr_expect(str_equal(phase_name(PHASE_NONE), STR("")));
	cr_expect(str_equal(phase_name(PHASE_APPROVED), STR("approved")));
	cr_expect(str_equal(kind_name(KIND_COMPLETION), STR("completion")));
	cr_expect(str_equal(unit_name(UNIT_PPM), STR("ppm")));
	cr_expect(str_equal(origin_name(ORIGIN_STATEMENT), STR("statement")));
	cr_expect(str_equal(finding_kind_name(FINDING_NOT_APPLICABLE),
			    STR("notApplicable")));
	cr_expect(str_equal(level_name(LEVEL_WARNING), STR("warning")));
}
