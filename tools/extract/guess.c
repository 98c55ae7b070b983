/*
 * Rows that a residue may be worth. The words right before its amount are held
 * against the names of the items: the longest common subsequence of their
 * characters, in relation to both lengths. It is a guess for people to check.
 */
#include "extract/guess.h"

#include "base/map.h"
#include "base/utf8.h"

enum { LEAST_CHARS = 3, MOST_CHARS = 16, LEAST_LIKE = 50 };

struct word {
	uint32_t cps[MOST_CHARS];
	size_t n;
};

static bool is_han(uint32_t cp)
{
	return cp >= 0x4E00 && cp <= 0x9FFF;
}

/* The first MOST_CHARS Chinese characters of a name; marks are left out. */
static struct word word_of(struct str s)
{
	struct word w = {.n = 0};

	for (size_t at = 0; at < s.n && w.n < MOST_CHARS;) {
		uint32_t cp = utf8_next(s, &at);

		if (is_han(cp))
			w.cps[w.n++] = cp;
	}
	return w;
}

/* How alike two names are, in percent. */
static size_t likeness(const struct word *a, const struct word *b)
{
	size_t row[MOST_CHARS + 1] = {0};

	for (size_t i = 0; i < a->n; i++) {
		size_t corner = 0;

		for (size_t k = 0; k < b->n; k++) {
			size_t above = row[k + 1];

			if (a->cps[i] == b->cps[k])
				row[k + 1] = corner + 1;
			else if (row[k] > above)
				row[k + 1] = row[k];
			corner = above;
		}
	}
	return a->n + b->n ? row[b->n] * 200 / (a->n + b->n) : 0;
}

/* The Chinese words that end where the amount begins. */
static struct str wording(struct str text)
{
	size_t from = 0, to = 0;

	for (size_t at = 0; at < text.n;) {
		size_t here = at;
		uint32_t cp = utf8_next(text, &at);

		if (cp == 0x5E74 && here && text.p[here - 1] <= '9') {
			from = to = at; /* 2024年 */
		} else if (is_han(cp)) {
			if (to != here)
				from = here;
			to = at;
		} else if (cp >= '0' && cp <= '9' && to == here && to > from &&
			   at < text.n) {
			return str_slice(text, from, to);
		}
	}
	return (struct str){NULL, 0};
}

/* 编制数, 人次, 机要通信用车: what is counted. */
static bool is_counted(struct str name)
{
	return str_ends(name, STR("数")) || str_ends(name, STR("次")) ||
	       str_ends(name, STR("车")) || str_ends(name, STR("车辆"));
}

/* The item whose name is most like the words; "" where none is. */
static struct str item_like(struct str items, const struct word *w,
			    enum unit unit)
{
	struct str field[2], best = {NULL, 0};
	size_t line = 0, most = LEAST_LIKE - 1;

	while (share_row(&items, &line, field, 2)) {
		struct word name = word_of(field[1]);
		size_t like = likeness(w, &name);

		if (like > most &&
		    is_counted(field[1]) == (unit == UNIT_COUNT)) {
			most = like;
			best = field[0];
		}
	}
	return best;
}

static bool is_open(struct str why)
{
	return str_equal(why, STR("no_item")) || str_equal(why, STR("unknown"));
}

void guess_rows(struct buf *out, struct share *share,
		const struct extract_result *result)
{
	struct map seen = {0};
	const char *error;
	struct str items;

	if (!share_read(share, "labels/items.tsv", &items, &error))
		return;
	for (size_t i = 0; i < result->n_residues; i++) {
		const struct bud_residue *r = &result->residues[i];
		struct str words = wording(r->text), item;
		struct word w = word_of(words);

		if (!is_open(r->why) || r->cell.n || w.n < LEAST_CHARS ||
		    map_get(&seen, words))
			continue;
		item = item_like(items, &w, r->unit);
		if (!item.n)
			continue;
		*map_put(&seen, words) = (void *)(uintptr_t)r;
		if (seen.n == 1)
			buf_puts(out, "rows for lexicon/terms.tsv, guessed: "
				      "check each\n");
		buf_printf(out, "%.*s\tnoun\titem=%.*s\t%.*s\n", STR_ARG(words),
			   STR_ARG(item), STR_ARG(r->text));
	}
	map_release(&seen);
}
