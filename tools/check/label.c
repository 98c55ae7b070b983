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
	struct buf scratch, numbers;
	struct str subject[2]; /* of coordinates that do not tell it */
};

/* What stands for words in labels, by kind and by the number of a word; kept
 * with the words. */
struct known_names {
	struct part {
		struct str text[2]; /* behind the gap; p NULL: not asked yet */
		bool odd;           /* it does not stand for itself in JSON */
	} *list[LABELS + 1];
	size_t n[LABELS + 1];
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
		buf_release(&l->numbers);
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

struct buf *label_numbers(struct check_labels *l)
{
	buf_clear(&l->numbers);
	return &l->numbers;
}

const struct str *label_phrase(struct check_labels *labels, enum phrase p)
{
	struct str *phrase = labels->phrase[p];

	if (phrase->p)
		return phrase;
	for (enum lang lang = LANG_EN; lang <= LANG_ZH; lang++) {
		phrase[lang] = message_text(labels->share, lang, IDS[p]);
		labels->odd = labels->odd || !record_is_plain(phrase[lang]);
	}
	return phrase;
}

/* The last three digits of a number. */
static char *put_three(char *p, uint32_t v)
{
	*p++ = (char)('0' + v / 100);
	*p++ = (char)('0' + v / 10 % 10);
	*p++ = (char)('0' + v % 10);
	return p;
}

/* A whole number in groups of three digits. */
static char *put_grouped(char *p, uint64_t v)
{
	if (v >= 1000) {
		p = put_grouped(p, v / 1000);
		*p++ = ',';
		return put_three(p, (uint32_t)(v % 1000));
	}
	if (v >= 100)
		return put_three(p, (uint32_t)v);
	if (v >= 10)
		*p++ = (char)('0' + v / 10);
	*p++ = (char)('0' + v % 10);
	return p;
}

/* How many decimals of at most so many a quantum needs; two where there is
 * none. */
static unsigned decimals_of(int64_t quantum, unsigned most)
{
	unsigned decimals = most;

	if (quantum < 1)
		return most > 2 ? 2 : most;
	for (int64_t place = 10; decimals && quantum >= place; place *= 10)
		decimals--;
	return decimals;
}

char *label_write_value(char *p, int64_t value, int64_t quantum,
			enum unit unit)
{
	unsigned most = unit == UNIT_FEN ? 6 : unit == UNIT_PPM ? 4 : 0;
	unsigned least = decimals_of(quantum, most);
	uint64_t v = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	uint64_t whole = most == 6   ? v / DECIMAL_FEN_WAN
			 : most == 4 ? v / DECIMAL_PPM_PERCENT
				     : v;
	uint32_t rest = (uint32_t)(most == 6   ? v % DECIMAL_FEN_WAN
				   : most == 4 ? v % DECIMAL_PPM_PERCENT
					       : 0);

	if (value < 0)
		*p++ = '-';
	p = put_grouped(p, whole);
	/* no digit of the value is lost */
	if (most >= least + 4 && rest % 10000 == 0) {
		most -= 4;
		rest /= 10000;
	}
	for (; most > least && rest % 10 == 0; most--)
		rest /= 10;
	if (most) {
		*p++ = '.';
		for (unsigned i = most; i--; rest /= 10)
			p[i] = (char)('0' + rest % 10);
		p += most;
	}
	if (unit == UNIT_PPM)
		*p++ = '%';
	return p;
}

void label_put_value(struct buf *out, int64_t value, int64_t quantum,
		     enum unit unit)
{
	buf_reserve(out, LABEL_MOST_VALUE);
	out->n = (size_t)(label_write_value(out->p + out->n, value, quantum,
					    unit) -
			  out->p);
}

static const struct str GAP[] = {[LANG_EN] = STR_INIT(", "),
				 [LANG_ZH] = STR_INIT(" ")};

/* What a word is called, with its code where the name does not tell it. */
static void name_part(struct check_labels *l, enum label kind, struct str id,
		      struct part *out)
{
	bool coded = kind == LABEL_FUNCTION || kind == LABEL_ECONOMIC;
	const struct name *n = find_name(l, kind, id);

	out->odd = !record_is_plain(id);
	for (size_t lang = 0; lang < 2; lang++) {
		struct str name = n ? n->text[lang] : id;
		struct buf *b = label_scratch(l);

		buf_put_str(b, GAP[lang]);
		if (coded && !str_equal(name, id)) {
			buf_put_str(b, id);
			buf_putc(b, ' ');
		}
		buf_put_str(b, name.n ? name : id);
		out->text[lang] = str_copy(&l->known.arena, buf_str(b));
		out->odd = out->odd || !record_is_plain(name);
	}
}

static const struct part *part_of(struct check_labels *l, enum label kind,
				  check_word w)
{
	struct known *k = &l->known;
	struct part *p;

	if (!k->names)
		k->names = ARENA_NEW(&k->arena, struct known_names);
	k->names->list[kind] = arena_grow(&k->arena, k->names->list[kind],
					  &k->names->n[kind], w + 1,
					  sizeof *p);
	p = &k->names->list[kind][w];
	if (!p->text[0].p)
		name_part(l, kind, known_text(k, w), p);
	return p;
}

/* A label in both languages: what begins it, then its parts. */
struct subject {
	struct str entity, year;
	const struct part *list[DIMS];
	size_t n;
	bool odd;
};

static void find_parts(struct check_labels *l, const check_word at[DIMS],
		       struct subject *s)
{
	static const struct {
		enum dim dim;
		enum label kind;
	} PARTS[] = {
		{DIM_PHASE, LABEL_PHASE},       {DIM_ITEM, LABEL_ITEM},
		{DIM_FUND, LABEL_FUND},         {DIM_FUNCTION, LABEL_FUNCTION},
		{DIM_ECONOMIC, LABEL_ECONOMIC}, {DIM_NATURE, LABEL_NATURE},
		{DIM_KIND, LABEL_KIND},
	};

	for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
		check_word w = at[PARTS[i].dim];
		const struct part *part;

		if (!w || (PARTS[i].dim == DIM_KIND && w == WORD_LEVEL))
			continue;
		part = part_of(l, PARTS[i].kind, w);
		s->odd = s->odd || part->odd;
		s->list[s->n++] = part;
	}
}

static char *put(char *p, struct str s)
{
	memcpy(p, s.p, s.n);
	return p + s.n;
}

/* Writes the label in a language; returns its end. */
static char *put_subject(char *p, const struct subject *s, enum lang lang)
{
	bool zh = lang == LANG_ZH;

	p = put(p, zh ? STR("（") : STR(" ("));
	if (s->entity.n) {
		p = put(p, s->entity);
		*p++ = ' ';
	}
	if (s->year.n) {
		p = put(p, s->year);
		p = put(p, zh ? STR("年") : STR(" "));
	}
	for (size_t i = 0; i < s->n; i++) {
		struct str text = s->list[i]->text[lang];

		p = put(p, i ? text : str_slice(text, GAP[lang].n, text.n));
	}
	return put(p, zh ? STR("）：") : STR("): "));
}

static struct str join(struct arena *a, const struct subject *s, enum lang lang)
{
	enum { AROUND = 16 }; /* brackets and the like */
	size_t n = s->entity.n + s->year.n + AROUND;
	char *text;

	for (size_t i = 0; i < s->n; i++)
		n += s->list[i]->text[lang].n;
	text = arena_alloc_raw(a, n);
	return (struct str){text, (size_t)(put_subject(text, s, lang) - text)};
}

/* Coordinates tell all of a label but for the name of a namesake. */
static bool is_kept(const struct check_fact *f)
{
	return !facts_is_namesake(&f->f) && !str_equal(f->f.entity, STR("="));
}

bool label_is_plain(const struct check_labels *labels,
		    const struct check_fact *f)
{
	return is_kept(f) && !f->chain->own->odd && !labels->odd;
}

/* Nearly all of it follows from coordinates. */
static void find_subject(struct check_labels *labels,
			 const struct check_fact *f, struct subject *out)
{
	*out = (struct subject){
		.entity = f->f.entity,
		.year = known_text(&labels->known, f->at[DIM_YEAR]),
	};
	out->odd = !record_is_plain(out->entity);
	find_parts(labels, f->at, out);
}

const struct str *label_subject(struct arena *a, struct check_labels *labels,
				const struct check_fact *f)
{
	bool kept = is_kept(f);
	struct str *known = kept ? f->chain->own->subject : labels->subject;
	struct subject s;

	if (kept && known->p)
		return known;
	find_subject(labels, f, &s);
	if (kept) {
		a = &labels->known.arena;
		f->chain->own->odd = s.odd;
	}
	known[LANG_EN] = join(a, &s, LANG_EN);
	known[LANG_ZH] = join(a, &s, LANG_ZH);
	return known;
}
