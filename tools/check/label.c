/* Names come from share/; a coordinate without a name shows its id. */
#include "check/label.h"

#include "base/decimal.h"
#include "base/map.h"
#include "record/codec.h"

static const char *const IDS[PHRASES] = {
	[PHRASE_UNIT] = "check-unit",
	[PHRASE_DIFFERENCE] = "check-difference",
	[PHRASE_ALLOWANCE] = "check-allowance",
	[PHRASE_SHORT] = "check-short",
	[PHRASE_MISSING] = "check-missing",
	[PHRASE_ABSENT] = "check-absent",
	[PHRASE_PRESENT] = "check-present",
	[PHRASE_ZERO] = "check-zero",
	[PHRASE_TRUNCATED] = "check-truncated",
	[PHRASE_DOUBT] = "check-doubt",
	[PHRASE_APPROX] = "check-approx",
	[PHRASE_BLAME] = "check-blame",
	[PHRASE_BLAME_OTHERS] = "check-blame-others",
	[PHRASE_UNSURE] = "check-unsure",
};

enum label {
	LABEL_ITEM,
	LABEL_FUND,
	LABEL_NATURE,
	LABEL_PHASE,
	LABEL_KIND,
	LABEL_FUNCTION,
	LABEL_ECONOMIC,
	LABELS, /* an entity, which is its own name */
};

/* Files of names: id, Chinese, English. Earlier ones come first. Those of a
 * kind are read when the first of them is asked for. */
static const struct {
	const char *path;
	enum label kind; /* what is named */
} NAMES[] = {
	{"labels/items.tsv", LABEL_ITEM},     {"labels/funds.tsv", LABEL_FUND},
	{"labels/natures.tsv", LABEL_NATURE},   {"labels/phases.tsv", LABEL_PHASE},
	{"labels/kinds.tsv", LABEL_KIND},     {"labels/functions.tsv", LABEL_FUNCTION},
	{"labels/economic.tsv", LABEL_ECONOMIC},  {"codes/function.tsv", LABEL_FUNCTION},
	{"codes/economic.tsv", LABEL_ECONOMIC},
};

struct name {
	struct str text[2];
};

struct check_labels {
	struct arena *arena;
	struct share *share;
	struct str phrase[PHRASES][2];
	struct map names[LABELS]; /* id → struct name */
	bool loaded[LABELS];
	bool odd; /* a phrase does not stand for itself in JSON */
	struct known known;
	struct buf scratch;
	struct buf subject[2]; /* of put_fact(), by language */
};

static void load_names(struct check_labels *l, const char *path,
		       enum label kind)
{
	struct str rest, field[3];
	const char *error;
	size_t line = 0;

	if (!share_read(l->share, path, &rest, &error))
		return;
	while (share_row(&rest, &line, field, 3)) {
		void **place = map_put(&l->names[kind], field[0]);
		struct name *n;

		if (*place)
			continue;
		*place = n = ARENA_NEW(l->arena, struct name);
		n->text[LANG_ZH] = field[1];
		/* the code tables have years where the labels have English */
		n->text[LANG_EN] = path[0] == 'l' ? field[2] : field[0];
	}
}

static const struct name *find_name(struct check_labels *l, enum label kind,
				    struct str id)
{
	if (kind == LABELS)
		return NULL;
	for (size_t i = 0; !l->loaded[kind] && i < sizeof NAMES / sizeof *NAMES;
	     i++)
		if (NAMES[i].kind == kind)
			load_names(l, NAMES[i].path, kind);
	l->loaded[kind] = true;
	return map_get(&l->names[kind], id);
}

struct check_labels *check_load_labels(struct arena *a, struct share *share)
{
	struct check_labels *l = ARENA_NEW(a, struct check_labels);

	l->arena = a;
	l->share = share;
	return l;
}

void check_free_labels(struct check_labels *l)
{
	for (int kind = 0; l && kind < LABELS; kind++)
		map_release(&l->names[kind]);
	if (l) {
		known_release(&l->known);
		buf_release(&l->scratch);
		buf_release(&l->subject[0]);
		buf_release(&l->subject[1]);
	}
}

struct known *label_known(struct check_labels *l)
{
	return &l->known;
}

struct buf *label_scratch(struct check_labels *l)
{
	buf_clear(&l->scratch);
	return &l->scratch;
}

struct str label_phrase(struct check_labels *labels, enum lang lang,
			enum phrase p)
{
	struct str *phrase = &labels->phrase[p][lang];

	if (!phrase->p) {
		*phrase = message_text(labels->share, lang, IDS[p]);
		labels->odd = labels->odd || !record_is_plain(*phrase);
	}
	return *phrase;
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

/* What is written, in both languages at once. */
struct subject {
	struct check_labels *labels;
	bool begun;
};

static void put_name(struct buf *out, struct str gap, struct str code,
		     struct str name)
{
	buf_put_str(out, gap);
	if (code.n) {
		buf_put_str(out, code);
		buf_putc(out, ' ');
	}
	buf_put_str(out, name);
}

static void put_part(struct subject *s, enum label kind, struct str id)
{
	static const struct str GAP[] = {[LANG_EN] = STR_INIT(", "),
					 [LANG_ZH] = STR_INIT(" ")};
	bool coded = kind == LABEL_FUNCTION || kind == LABEL_ECONOMIC;
	const struct str nothing = {NULL, 0};
	const struct name *n;

	if (!id.n)
		return;
	n = find_name(s->labels, kind, id);
	for (size_t lang = 0; lang < 2; lang++) {
		struct str name = n ? n->text[lang] : id;

		put_name(&s->labels->subject[lang],
			 s->begun ? GAP[lang] : nothing,
			 coded && !str_equal(name, id) ? id : nothing,
			 name.n ? name : id);
	}
	s->begun = true;
}

static void put_fact(struct check_labels *labels, const struct bud_fact *f)
{
	struct subject s = {labels, false};
	struct buf *en = &labels->subject[LANG_EN];
	struct buf *zh = &labels->subject[LANG_ZH];

	buf_clear(en);
	buf_clear(zh);
	put_part(&s, LABELS, f->entity);
	if (s.begun) {
		buf_putc(en, ' ');
		buf_putc(zh, ' ');
	}
	s.begun = false;
	if (f->at.year) {
		buf_put_int(en, f->at.year);
		buf_putc(en, ' ');
		buf_put_int(zh, f->at.year);
		buf_puts(zh, "年");
	}
	put_part(&s, LABEL_PHASE, phase_name(f->at.phase));
	put_part(&s, LABEL_ITEM, f->at.item);
	put_part(&s, LABEL_FUND, f->at.fund);
	put_part(&s, LABEL_FUNCTION, f->at.function);
	put_part(&s, LABEL_ECONOMIC, f->at.economic);
	put_part(&s, LABEL_NATURE, f->at.nature);
	if (f->at.kind != KIND_LEVEL)
		put_part(&s, LABEL_KIND, kind_name(f->at.kind));
}

/* Coordinates tell all of a label but for the name of a namesake. */
static bool is_kept(const struct check_fact *f)
{
	return !facts_is_namesake(&f->f) && !str_equal(f->f.entity, STR("="));
}

bool label_is_plain(const struct check_labels *labels,
		    const struct check_fact *f)
{
	return is_kept(f) && !f->chain->odd && !labels->odd;
}

struct str label_fact(struct arena *a, struct check_labels *labels,
		      enum lang lang, const struct check_fact *f)
{
	struct str *known = f->chain->subject;

	if (known->p && is_kept(f))
		return known[lang];
	put_fact(labels, &f->f);
	if (!is_kept(f))
		return str_copy(a, buf_str(&labels->subject[lang]));
	for (size_t i = 0; i < 2; i++) {
		known[i] = str_copy(&labels->known.arena,
				    buf_str(&labels->subject[i]));
		f->chain->odd = f->chain->odd || !record_is_plain(known[i]);
	}
	return known[lang];
}
