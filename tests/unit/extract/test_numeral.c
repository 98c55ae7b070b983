/* Numerals and what only looks like one, as the scanner reads them. */
#include <criterion/criterion.h>

#include "extract/scan.h"

static struct share share;
static const struct lexicon *lexicon;
static struct arena arena;

static void set_up(void)
{
	struct messages messages = {0};

	share_open(&share, NULL);
	lexicon = lexicon_load(&share, &messages);
	cr_assert(lexicon);
}

static void tear_down(void)
{
	arena_release(&arena);
	lexicon_release(lexicon);
	share_close(&share);
}

#define MOST INT64_C(1000000000000000000)

static const struct numeral {
	const char *text;
	enum token_kind kind; /* of the first token */
	long long value, quantum;
	enum unit unit;
	bool approx, threshold;
} NUMERALS[] = {
	{"577.79万元", TOKEN_AMOUNT, 577790000, 10000, UNIT_FEN, 0, 0},
	{"１，２３４．５万元", TOKEN_AMOUNT, 1234500000, 100000, UNIT_FEN, 0, 0},
	{"1,541.50.00万元", TOKEN_AMOUNT, 1541500000, 10000, UNIT_FEN, 0, 0},
	{"2 785.46 万元", TOKEN_AMOUNT, 2785460000, 10000, UNIT_FEN, 0, 0},
	{"-0.10万元", TOKEN_AMOUNT, -100000, 10000, UNIT_FEN, 0, 0},
	{"1.26亿元", TOKEN_AMOUNT, 12600000000, 100000000, UNIT_FEN, 0, 0},
	{"9,400千元", TOKEN_AMOUNT, 940000000, 100000, UNIT_FEN, 0, 0},
	{"0.39万，", TOKEN_AMOUNT, 390000, 10000, UNIT_FEN, 0, 0},
	{"三千元", TOKEN_AMOUNT, 300000, 100, UNIT_FEN, 0, 0},
	{"五十六万元", TOKEN_AMOUNT, 56000000, 1000000, UNIT_FEN, 0, 0},
	{"一百二十人", TOKEN_AMOUNT, 120, 0, UNIT_COUNT, 0, 0},
	{"百分之六点六七", TOKEN_AMOUNT, 66700, 100, UNIT_PPM, 0, 0},
	{"13.95％", TOKEN_AMOUNT, 139500, 100, UNIT_PPM, 0, 0},
	{"1.2倍", TOKEN_AMOUNT, 1200000, 100000, UNIT_PPM, 0, 0},
	{"300余万元", TOKEN_AMOUNT, 300000000, 1000000, UNIT_FEN, 1, 0},
	{"5万余元", TOKEN_AMOUNT, 5000000, 1000000, UNIT_FEN, 1, 0},
	{"50万元（含）以上", TOKEN_AMOUNT, 50000000, 1000000, UNIT_FEN, 0, 1},
	{"14台（套）", TOKEN_AMOUNT, 14, 0, UNIT_COUNT, 0, 0},
	{"31,206.8平方米", TOKEN_AMOUNT, 31207, 0, UNIT_COUNT, 0, 0},
	{"2023年度", TOKEN_YEAR, 0, 0, UNIT_FEN, 0, 0},
	{"二〇二三年", TOKEN_YEAR, 0, 0, UNIT_FEN, 0, 0},
	{"2022年12月31日", TOKEN_DATE, 0, 0, UNIT_FEN, 0, 0},
	{"2025年期末", TOKEN_DATE, 0, 0, UNIT_FEN, 0, 0},
	{"2025年年终", TOKEN_DATE, 0, 0, UNIT_FEN, 0, 0},
	{"2025年底", TOKEN_DATE, 0, 0, UNIT_FEN, 0, 0},
	{"2010301）", TOKEN_CODE, 0, 0, UNIT_FEN, 0, 0},
	{"第12条", TOKEN_OTHER, 0, 0, UNIT_FEN, 0, 0},
	{"14号", TOKEN_OTHER, 0, 0, UNIT_FEN, 0, 0},
	{"3个月", TOKEN_OTHER, 0, 0, UNIT_FEN, 0, 0},
	{"0876-3310088", TOKEN_OTHER, 0, 0, UNIT_FEN, 0, 0},
	{"6222021234567890123", TOKEN_OTHER, 0, 0, UNIT_FEN, 0, 0},
	/* damaged: as much as an amount can be */
	{"12345678901234567890万元", TOKEN_AMOUNT, MOST, 1000000, UNIT_FEN, 0,
	 0},
	{"123456789012345678元", TOKEN_AMOUNT, MOST, 100, UNIT_FEN, 0, 0},
	{"92233720368547758元", TOKEN_AMOUNT, MOST, 100, UNIT_FEN, 0, 0},
	{"0.1234567890123456789012万元", TOKEN_AMOUNT, 123457, 1, UNIT_FEN, 0,
	 0},
	{"123456789012345.67元", TOKEN_AMOUNT, 12345678901234567, 1, UNIT_FEN, 0,
	 0},
	{"1234567890123456.78元", TOKEN_AMOUNT, 123456789012345678, 1, UNIT_FEN,
	 0, 0},
	{".5万元", TOKEN_AMOUNT, 500000, 100000, UNIT_FEN, 0, 0},
};

Test(numeral, table, .init = set_up, .fini = tear_down)
{
	for (size_t i = 0; i < sizeof NUMERALS / sizeof *NUMERALS; i++) {
		const struct numeral *want = &NUMERALS[i];
		struct token_list got =
			scan_text(&arena, lexicon, str_of(want->text), 0);
		const struct token *t = got.t;

		cr_expect(got.n > 0, "'%s'", want->text);
		cr_expect(t->kind == want->kind, "'%s': kind %d", want->text,
			  t->kind);
		if (want->kind != TOKEN_AMOUNT || t->kind != TOKEN_AMOUNT)
			continue;
		cr_expect(t->value == want->value, "'%s': value %lld",
			  want->text, (long long)t->value);
		cr_expect(t->quantum == want->quantum, "'%s': quantum %lld",
			  want->text, (long long)t->quantum);
		cr_expect(t->unit == want->unit && t->approx == want->approx &&
				  t->threshold == want->threshold,
			  "'%s'", want->text);
	}
}

/* Amounts whose value nobody can tell: the last token of each text. */
static const struct {
	const char *text;
	bool damaged;
} TAILS[] = {
	{"1.234,56万元", true}, {"1,23,4.5万元", true}, {"1e5万元", true},
	{"99999999999999999999%", true}, {"1,234.56万元", false},
	{"5万元，6万元", false}, {"共5.万元", false}, {"1.2.3万元", false}, {"2021,2022年5人", false},
};

Test(numeral, damaged, .init = set_up, .fini = tear_down)
{
	for (size_t i = 0; i < sizeof TAILS / sizeof *TAILS; i++) {
		struct token_list got =
			scan_text(&arena, lexicon, str_of(TAILS[i].text), 0);

		cr_assert(got.n > 0);
		cr_expect(got.t[got.n - 1].kind == TOKEN_AMOUNT &&
				  got.t[got.n - 1].damaged == TAILS[i].damaged,
			  "'%s'", TAILS[i].text);
	}
}
