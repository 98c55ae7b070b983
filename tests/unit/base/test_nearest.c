/* What a mistyped word was meant for. */
#include <criterion/criterion.h>

#include "base/nearest.h"

Test(nearest, words)
{
	static const char WORDS[] = "facts changes findings,ranking profile md";
	static const struct {
		const char *word, *meant;
	} rows[] = {
		{"fact", "facts"},       {"facst", "facts"},
		{"finding", "findings"}, {"chnages", "changes"},
		{"profiles", "profile"}, {"mb", "md"},
		{"rnaknig", "ranking"},  {"facts", "facts"},
		/* too far to guess */
		{"table", ""},           {"xyz", ""},
		{"", ""},                {"f", ""},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str meant =
			nearest_word(str_of(rows[i].word), str_of(WORDS));

		cr_expect(str_equal(meant, str_of(rows[i].meant)),
			  "%s: '%.*s'", rows[i].word, STR_ARG(meant));
	}
}
