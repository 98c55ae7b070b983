/* Names come from share/; a coordinate without a name shows its id. */
#include "check/label.h"

#include <string.h>

#include "base/decimal.h"
#include "base/map.h"

static const char *const PHRASES[] = {
	"check-unit",      "check-difference", "check-allowance",
	"check-short",     "check-missing",    "check-zero",
	"check-truncated", "check-doubt",      "check-approx",
	"check-blame",     "check-blame-others", "check-unsure",
};

enum { N_PHRASES = sizeof PHRASES / sizeof *PHRASES };

/* Files of names: id, Chinese, English. Earlier ones come first. */
static const struct {
	const char *path;
	char kind; /* what is named, the first byte of the key */
} NAMES[] = {
	{"labels/items.tsv", 'i'},     {"labels/funds.tsv", 'f'},
	{"labels/natures.tsv", 'n'},   {"labels/phases.tsv", 'p'},
	{"labels/kinds.tsv", 'k'},     {"labels/functions.tsv", 'c'},
	{"labels/economic.tsv", 'e'},  {"codes/function.tsv", 'c'},
	{"codes/economic.tsv", 'e'},
};

struct name {
	struct str text[2];
};

struct check_labels {
	struct str phrase[N_PHRASES][2];
	struct map names; /* kind and id → struct name */
};

static void load_names(struct check_labels *l, struct arena *a,
		       struct share *share, const char *path, char kind)
{
	struct str rest, field[3];
	const char *error;
	size_t line = 0;

	if (!share_read(share, path, &rest, &error))
		return;
	while (share_row(&rest, &line, field, 3)) {
		struct str key = str_format(a, "%c%.*s", kind,
					    STR_ARG(field[0]));
		void **place = map_put(&l->names, key);
		struct name *n;

		if (*place)
			continue;
		*place = n = ARENA_NEW(a, struct name);
		n->text[LANG_ZH] = field[1];
		/* the code tables have years where the labels have English */
		n->text[LANG_EN] = path[0] == 'l' ? field[2] : field[0];
	}
}

struct check_labels *check_load_labels(struct arena *a, struct share *share)
{
	struct check_labels *l = ARENA_NEW(a, struct check_labels);

	for (size_t i = 0; i < N_PHRASES; i++) {
		l->phrase[i][LANG_EN] =
			message_text(share, LANG_EN, PHRASES[i]);
		l->phrase[i][LANG_ZH] =
			message_text(share, LANG_ZH, PHRASES[i]);
	}
	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
		load_names(l, a, share, NAMES[i].path, NAMES[i].kind);
	return l;
}

void check_free_labels(struct check_labels *l)
{
	if (l)
		map_release(&l->names);
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

struct subject {
	const struct check_labels *labels;
	enum lang lang;
	struct buf *out;
	bool begun;
};

static void put_part(struct subject *s, char kind, struct str id)
{
	char key[80];
	const struct name *n = NULL;

	if (!id.n)
		return;
	if (s->begun)
		buf_puts(s->out, s->lang == LANG_ZH ? " " : ", ");
	s->begun = true;
	if (id.n + 1 < sizeof key) {
		key[0] = kind;
		memcpy(key + 1, id.p, id.n);
		n = map_get(&s->labels->names, (struct str){key, id.n + 1});
	}
	if ((kind == 'c' || kind == 'e') && n &&
	    !str_equal(n->text[s->lang], id)) {
		buf_put_str(s->out, id);
		buf_putc(s->out, ' ');
	}
	buf_put_str(s->out, n && n->text[s->lang].n ? n->text[s->lang] : id);
}

void label_put_fact(struct buf *out, const struct check_labels *labels,
		    enum lang lang, const struct bud_fact *f)
{
	struct subject s = {labels, lang, out, false};

	put_part(&s, 'o', f->entity);
	if (s.begun)
		buf_putc(out, ' ');
	s.begun = false;
	if (f->at.year)
		buf_printf(out, lang == LANG_ZH ? "%d年" : "%d ", f->at.year);
	put_part(&s, 'p', phase_name(f->at.phase));
	put_part(&s, 'i', f->at.item);
	put_part(&s, 'f', f->at.fund);
	put_part(&s, 'c', f->at.function);
	put_part(&s, 'e', f->at.economic);
	put_part(&s, 'n', f->at.nature);
	if (f->at.kind != KIND_LEVEL)
		put_part(&s, 'k', kind_name(f->at.kind));
}
