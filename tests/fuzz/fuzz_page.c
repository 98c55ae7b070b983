/*
 * What a PDF says about its pages, without the PDF: characters with their
 * boxes, and lines that are drawn → lines and tables → blocks. Eight bytes say
 * one thing: what, d, then a, b, c of 16 bits, the low byte first.
 */
#include "base/utf8.h"
#include "fuzz.h"
#include "mutate.h"
#include "source/page.h"

enum { STEP = 8, MOST_PAGES = 50, LONGEST_RUN = 16, WORD_MAX = 64, EM = 105 };

enum what {
	CHARACTER,  /* of code point c, d tenths wide, behind the one before */
	LINE,       /* the next one stands at a, b tenths below */
	PLACE,      /* the next one stands at a, b */
	HORIZONTAL, /* rule from a to c at b */
	VERTICAL,   /* rule at a from b to c */
	BOX,        /* rule of d tenths on all sides */
	WIDE,       /* a character beyond the BMP */
	PAGE,
	WHATS,
};

struct layout {
	struct arena *arena;
	struct page_flow flow;
	struct page page;
	int x, y;
};

static void add_character(struct layout *l, uint32_t cp, int width)
{
	struct page_char c = {.cp = cp,
			      .x0 = l->x,
			      .y0 = l->y,
			      .x1 = l->x + width,
			      .y1 = l->y + (width ? width : 105)};

	page_add_char(l->arena, &l->page, c);
	l->x = c.x1;
}

/* What bud-read-pdf makes of a page. */
static void end_page(struct layout *l)
{
	unsigned number = l->page.number;

	if (!page_may_hold_table(&l->page))
		l->page.n_rules = 0;
	page_append(l->arena, &l->flow, &l->page);
	l->page = (struct page){.number = number + 1};
	l->x = l->y = 0;
}

static void add_rule(struct layout *l, int x0, int y0, int x1, int y1)
{
	page_add_rule(l->arena, &l->page, x0, y0, x1, y1);
}

static int signed16(const uint8_t *p)
{
	return (int16_t)(p[0] | p[1] << 8);
}

static void take(struct layout *l, const uint8_t *p)
{
	int d = p[1], a = signed16(p + 2), b = signed16(p + 4);
	int c = signed16(p + 6);
	uint32_t cp = (uint32_t)(p[6] | p[7] << 8);

	switch ((enum what)(*p % WHATS)) {
	case CHARACTER:
		/* Halves of a pair are no characters. */
		add_character(l, cp >= 0xd800 && cp < 0xe000 ? 0xfffd : cp, d);
		break;
	case LINE:
		l->x = a;
		l->y += b;
		break;
	case PLACE:
		l->x = a;
		l->y = b;
		break;
	case HORIZONTAL:
		add_rule(l, a, b, c, b);
		break;
	case VERTICAL:
		add_rule(l, a, b, a, c);
		break;
	case BOX:
		add_rule(l, a, b, a + c, b);
		add_rule(l, a, b + d, a + c, b + d);
		add_rule(l, a, b, a, b + d);
		add_rule(l, a + c, b, a + c, b + d);
		break;
	case WIDE:
		add_character(l, 0x10000 | cp, d);
		break;
	case PAGE:
		if (l->page.number < MOST_PAGES)
			end_page(l);
		break;
	case WHATS:
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct layout l = {.arena = &a, .page = {.number = 1}};
	struct source_document d;

	source_init(&d, &a);
	for (size_t i = 0; i + STEP <= size; i += STEP)
		take(&l, data + i);
	end_page(&l);
	flow_write(&d, l.flow.lines, l.flow.n, page_flow_em(&l.flow));
	fuzz_expect_document(&d);
	source_release(&d);
	arena_release(&a);
	return 0;
}

/* A word of the dictionary, as characters one behind the other. */
static void put_word(struct buf *out)
{
	uint8_t bytes[WORD_MAX];
	struct str word = {(const char *)bytes,
			   LLVMFuzzerMutate(bytes, 0, WORD_MAX)};

	if (utf8_find_invalid(word) != SIZE_MAX)
		return;
	for (size_t at = 0; at < word.n;) {
		uint32_t cp = utf8_next(word, &at);
		char step[STEP] = {CHARACTER, EM};

		step[6] = (char)(cp & 0xff);
		step[7] = (char)(cp >> 8 & 0xff);
		buf_put_str(out, (struct str){step, STEP});
	}
}

/* Whole steps are copied, dropped, put in the place of others, or changed. */
static void mutate_change(struct buf *out, struct str s, uint64_t *state)
{
	size_t steps = s.n / STEP, n = 1 + mutate_below(state, LONGEST_RUN);
	size_t from = STEP * mutate_below(state, steps);
	size_t to = STEP * mutate_below(state, steps);
	struct str run = str_slice(s, from, from + n * STEP);
	struct str place = str_slice(s, to, to + n * STEP), first = place;
	uint8_t step[STEP] = {0};

	first.n = first.n < STEP ? first.n : STEP;
	switch (mutate_below(state, 6)) {
	case 0:
		place.n = 0;
		mutate_replace(out, s, place, run);
		break;
	case 1:
		mutate_replace(out, s, place, (struct str){NULL, 0});
		break;
	case 2:
		mutate_replace(out, s, place, run);
		break;
	case 3:
		buf_put_str(out, str_slice(s, 0, to));
		put_word(out);
		buf_put_str(out, str_slice(s, to, s.n));
		break;
	case 4: /* a little further, or wider */
		memcpy(step, first.p, first.n);
		step[2 + 2 * mutate_below(state, 3)] ^=
			(uint8_t)(1 + mutate_below(state, 255));
		mutate_replace(out, s, first, (struct str){(char *)step, first.n});
		break;
	default:
		memcpy(step, first.p, first.n);
		LLVMFuzzerMutate(step, STEP, STEP);
		mutate_replace(out, s, first, (struct str){(char *)step, first.n});
	}
}
