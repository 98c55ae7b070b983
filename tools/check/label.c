/* Names come from share/; a coordinate without a name shows its id. */
#include "check/label.h"

#include "base/decimal.h"
#include "base/map.h"

static const char *const PHRASES[] = {
	"check-unit",      "check-difference", "check-allowance",
	"check-short",     "check-missing",    "check-zero",
	"check-truncated", "check-doubt",      "check-approx",
};

enum { N_PHRASES = sizeof PHRASES / sizeof *PHRASES };

struct check_labels {
	struct str phrase[N_PHRASES][2];
};

struct check_labels *check_load_labels(struct arena *a, struct share *share)
{
	struct check_labels *l = ARENA_NEW(a, struct check_labels);

	for (size_t i = 0; i < N_PHRASES; i++) {
		l->phrase[i][LANG_EN] =
			message_text(share, LANG_EN, PHRASES[i]);
		l->phrase[i][LANG_ZH] =
			message_text(share, LANG_ZH, PHRASES[i]);
	}
	return l;
}

struct str label_phrase(const struct check_labels *labels, enum lang lang,
			const char *id)
{
	for (size_t i = 0; i < N_PHRASES; i++)
		if (str_equal(str_of(PHRASES[i]), str_of(id)))
			return labels->phrase[i][lang];
	return str_of(id);
}

void label_put_value(struct buf *out, int64_t value, int64_t quantum,
		     enum unit unit)
{
	int64_t scale = unit == UNIT_FEN   ? DECIMAL_FEN_WAN
			: unit == UNIT_PPM ? DECIMAL_PPM_PERCENT
					   : 1;
	int64_t worth = scale;
	unsigned decimals = 0;

	if (quantum < 1)
		quantum = scale > 100 ? scale / 100 : 1;
	while (worth > quantum) {
		worth /= 10;
		decimals++;
	}
	/* 0.01 at least, and no digit of the value lost */
	while (worth > 1 && value % worth) {
		worth /= 10;
		decimals++;
	}
	decimal_format(out, value, scale, decimals, true);
	if (unit == UNIT_PPM)
		buf_putc(out, '%');
}

static void put_part(struct buf *out, struct str word)
{
	if (!word.n)
		return;
	buf_putc(out, ' ');
	buf_put_str(out, word);
}

void label_put_fact(struct buf *out, const struct check_labels *labels,
		    enum lang lang, const struct bud_fact *f)
{
	(void)labels;
	(void)lang;
	if (f->at.year)
		buf_printf(out, "%d ", f->at.year);
	buf_put_str(out, f->at.item);
	put_part(out, f->at.fund);
	put_part(out, f->at.function);
	put_part(out, f->at.economic);
	put_part(out, f->at.nature);
	if (f->at.kind != KIND_LEVEL)
		put_part(out, kind_name(f->at.kind));
	put_part(out, phase_name(f->at.phase));
}
