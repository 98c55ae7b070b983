/*
 * Text → tokens: the words of the lexicon, numerals with their measure words,
 * years and dates, class codes, punctuation, and runs of unknown characters.
 *
 * Blanks and quotation marks are skipped, full-width forms are folded, so
 * that the text of a PDF ("2023 年预算 34.00 万元") reads like any other.
 * Tokens live in the arena; offsets are bytes in the text that was scanned
 * plus the base given.
 */
#ifndef BUD_EXTRACT_SCAN_H
#define BUD_EXTRACT_SCAN_H

#include "lexicon/lexicon.h"

enum token_kind {
	TOKEN_TERM,
	TOKEN_AMOUNT, /* a numeral with a measure word */
	TOKEN_NUMBER, /* a numeral without, that is no code, year or date */
	TOKEN_YEAR,   /* 2023年, 2023年度 */
	TOKEN_DATE,   /* 2022年12月31日, 2022年12月 */
	TOKEN_CODE,   /* 2010301 */
	TOKEN_PUNCT,
	TOKEN_ITEM_MARK, /* 1． (2) ③ （三） at the start of a clause */
	TOKEN_OTHER,
};

/* 64 bytes: there are many, and what is larger is slow to clear. */
struct token {
	enum token_kind kind : 8;
	enum unit unit : 8;
	uint8_t level;       /* TOKEN_ITEM_MARK: of the outline, see outline.h */
	bool approx : 1;     /* 余, 多 inside, or 左右 behind */
	bool bare_zero : 1;  /* a zero without decimals */
	bool threshold : 1;  /* 以上, 以下 behind: part of a name */
	bool malformed : 1;  /* 1,541.50.00 */
	bool damaged : 1;    /* 1.234,56, and what no 64 bits hold: an amount
			      * whose value is not known (then the largest
			      * there is) */
	bool negative : 1;   /* written with a sign */
	int16_t year;        /* years and dates */
	uint32_t punct;      /* TOKEN_PUNCT: folded; 0x3002 is the full stop */
	uint32_t chars;      /* folded code points */
	size_t start, end;   /* bytes */
	const struct lexicon_term *term;
	const struct lexicon_unit *measure; /* TOKEN_AMOUNT */
	union {
		struct { /* amounts and numbers: quantum 0 for counts;
			  * numbers are scaled by 10000 as percentages are */
			int64_t value, quantum;
		};
		struct str code; /* TOKEN_CODE: ASCII digits in the arena */
	};
};

struct chars;

struct token_list {
	struct token *t;
	size_t n, cap;
	bool numbers; /* it has a TOKEN_NUMBER */
	struct chars *chars; /* own: the text as it is scanned */
};

/* base is added to every offset. */
struct token_list scan_text(struct arena *a, const struct lexicon *l,
			    struct str text, size_t base);

/* The same; the tokens of list, which is {0} at first, and its room are used
 * again. */
void scan_again(struct token_list *list, struct arena *a,
		const struct lexicon *l, struct str text, size_t base);

/*
 * Behind a mark （类） or （款） at i: the index of the next mark, when the words
 * between are no single name of a class; else i. They are then one name that
 * the classification does not hold.
 */
size_t scan_unknown_class(const struct token_list *list, size_t i);

#endif
