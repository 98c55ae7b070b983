#include <criterion/criterion.h>

#include "libexec/cellformat.h"

Test(cellformat, shows_what_a_spreadsheet_shows)
{
	static const struct {
		const char *value, *code, *shown;
	} rows[] = {
		{"1234.5600000000001", "0.00", "1234.56"},
		{"1234.565", "0.00", "1234.57"},
		{"-1234.565", "#,##0.00", "-1234.57"},
		{"999.995", "0.00", "1000.00"},
		{"0.004", "0.00", "0.00"},
		{"-0.004", "0.00", "0.00"},
		{"1.2402E7", "0.00", "12402000.00"},
		{"1.5E-3", "0.0000", "0.0015"},
		{"12", "0", "12"},
		{"12.5", "0", "13"},
		{"0.9846", "0.00%", "98.46%"},
		{"0.98", "0%", "98%"},
		{"0.30000000000000004", "General", "0.3"},
		{"14983000.299999999", "General", "14983000.3"},
		{"1000", "General", "1000"},
		{"0", "General", "0"},
		{"0", "#,##0.00;-#,##0.00;;@", ""},
		{"0", "0.00", "0.00"},
		{"3", "#,##0.00;-#,##0.00;;@", "3.00"},
		{"45292", "yyyy\"年\"m\"月\"d\"日\"", "2024-01-01"},
		{"44985", "yyyy-mm-dd", "2023-02-28"},
		{"45351", "yyyy-mm-dd", "2024-02-29"},
		{"1.5", "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
		 "1.50"},
		{"1.5", "[Red]0.0", "1.5"},
		{"收入", "0.00", "收入"},
		{"", "0.00", ""},
		{"1e999", "0.00", "1e999"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct cellformat f = cellformat_of(str_of(rows[i].code));
		struct buf out = {0};

		cellformat_put(&out, str_of(rows[i].value), &f);
		cr_expect(str_equal(buf_str(&out), str_of(rows[i].shown)),
			  "%s as %s gives '%.*s', not '%s'", rows[i].value,
			  rows[i].code, STR_ARG(buf_str(&out)),
			  rows[i].shown);
		buf_release(&out);
	}
}
