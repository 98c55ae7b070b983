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

/* The label that was put together last: the next one mostly begins as it does. */
enum { LABEL_STEPS = 9 };
struct latest {
	struct latest_step {
		check_word word;
		bool odd;      /* of what stands up to here, see below */
		size_t end[2]; /* of that in the texts */
	} steps[LABEL_STEPS];
	size_t n; /* steps that may be kept */
	struct buf text[2];
};

struct check_labels {
	struct arena *arena;
	struct share *share;
	struct str phrase[PHRASES][2];
	struct map names[LABELS]; /* id → struct name */
	bool loaded[LABELS];
	bool odd; /* a phrase does not stand for itself in JSON */
	struct known known;
	struct latest latest;
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
		buf_release(&l->latest.text[LANG_EN]);
		buf_release(&l->latest.text[LANG_ZH]);
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

char *label_numbers(struct check_labels *l, size_t room)
{
	buf_reserve(&l->numbers, room);
	return l->numbers.p;
}

__attribute__((noinline)) static const struct str *
read_phrase(struct check_labels *labels, enum phrase p)
{
	struct str *phrase = labels->phrase[p];

	for (enum lang lang = LANG_EN; lang <= LANG_ZH; lang++) {
		phrase[lang] = message_text(labels->share, lang, IDS[p]);
		labels->odd = labels->odd || !record_is_plain(phrase[lang]);
	}
	return phrase;
}

const struct str *label_phrase(struct check_labels *labels, enum phrase p)
{
	const struct str *phrase = labels->phrase[p];

	return phrase->p ? phrase : read_phrase(labels, p);
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

/* What a label is made of, in the order of coordinates. */
static const struct {
	enum dim dim;
	enum label kind; /* LABELS: the entity, or the year */
} STEPS[LABEL_STEPS] = {
	{DIM_ENTITY, LABELS},           {DIM_YEAR, LABELS},
	{DIM_PHASE, LABEL_PHASE},       {DIM_ITEM, LABEL_ITEM},
	{DIM_FUND, LABEL_FUND},         {DIM_FUNCTION, LABEL_FUNCTION},
	{DIM_ECONOMIC, LABEL_ECONOMIC}, {DIM_NATURE, LABEL_NATURE},
	{DIM_KIND, LABEL_KIND},
};
enum { STEP_ENTITY, STEP_YEAR, STEP_PARTS };

static void put_both(struct latest *t, struct str en, struct str zh)
{
	buf_put_str(&t->text[LANG_EN], en);
	buf_put_str(&t->text[LANG_ZH], zh);
}

static void put_entity(struct latest *t, struct str entity)
{
	put_both(t, STR(" ("), STR("（"));
	if (entity.n) {
		put_both(t, entity, entity);
		put_both(t, STR(" "), STR(" "));
	}
	t->steps[STEP_ENTITY].odd = !record_is_plain(entity);
}

static void put_year(struct latest *t, struct str year)
{
	if (year.n) {
		put_both(t, year, year);
		put_both(t, STR(" "), STR("年"));
	}
}

/* What a word is called, behind a gap unless it is the first part. */
static void put_part(struct check_labels *l, size_t step, check_word w)
{
	struct latest *t = &l->latest;
	const struct part *part;
	bool first = t->text[0].n == t->steps[STEP_YEAR].end[0];

	if (!w || (STEPS[step].dim == DIM_KIND && w == WORD_LEVEL))
		return;
	part = part_of(l, STEPS[step].kind, w);
	t->steps[step].odd = t->steps[step].odd || part->odd;
	for (size_t lang = 0; lang < 2; lang++) {
		struct str text = part->text[lang];

		buf_put_str(&t->text[lang],
			    first ? str_slice(text, GAP[lang].n, text.n)
				  : text);
	}
}

/* Puts the label together, but for its end, in what is left of the latest. */
static void put_steps(struct check_labels *l, const struct check_fact *f,
		      bool kept)
{
	struct latest *t = &l->latest;
	size_t i = 0;

	if (!l->known.names) /* it was forgotten, and words have new numbers */
		t->n = 0;
	while (kept && i < t->n && t->steps[i].word == f->at[STEPS[i].dim])
		i++;
	for (size_t lang = 0; lang < 2; lang++)
		t->text[lang].n = i ? t->steps[i - 1].end[lang] : 0;
	t->n = kept ? LABEL_STEPS : 0; /* else words do not tell it */
	for (; i < LABEL_STEPS; i++) {
		struct latest_step *s = &t->steps[i];

		s->word = f->at[STEPS[i].dim];
		s->odd = i && s[-1].odd;
		if (i >= STEP_PARTS)
			put_part(l, i, s->word);
		else if (i == STEP_YEAR)
			put_year(t, known_text(&l->known, s->word));
		else
			put_entity(t, f->f.entity);
		s->end[LANG_EN] = t->text[LANG_EN].n;
		s->end[LANG_ZH] = t->text[LANG_ZH].n;
	}
}

/* The label that was put together, with its end. */
static struct str take_text(struct arena *a, const struct latest *t,
			    enum lang lang)
{
	struct str end = lang == LANG_ZH ? STR("）：") : STR("): ");
	struct str text = buf_str(&t->text[lang]);
	char *p = arena_alloc_raw(a, text.n + end.n);

	memcpy(p, text.p, text.n);
	memcpy(p + text.n, end.p, end.n);
	return (struct str){p, text.n + end.n};
}

/* Coordinates tell all of a label but for the name of a namesake. */
static inline bool is_kept(const struct check_labels *l,
			   const struct check_fact *f)
{
	return !str_equal(known_text(&l->known, f->at[DIM_ENTITY]), STR("="));
}

bool label_is_plain(const struct check_labels *labels,
		    const struct check_fact *f)
{
	return is_kept(labels, f) && !f->chain->own->odd && !labels->odd;
}

/* No call of label_subject() that finds one has to make room for this. */
__attribute__((noinline)) static const struct str *
make_subject(struct arena *a, struct check_labels *labels,
	     const struct check_fact *f, bool kept)
{
	struct known_point *own = f->chain->own;
	struct str *subject = kept ? own->subject : labels->subject;

	put_steps(labels, f, kept);
	if (kept) {
		a = &labels->known.arena;
		own->odd = labels->latest.steps[LABEL_STEPS - 1].odd;
	}
	subject[LANG_EN] = take_text(a, &labels->latest, LANG_EN);
	subject[LANG_ZH] = take_text(a, &labels->latest, LANG_ZH);
	return subject;
}

const struct str *label_subject(struct arena *a, struct check_labels *labels,
				const struct check_fact *f)
{
	bool kept = is_kept(labels, f);
	const struct str *known = f->chain->own->subject;

	return kept && known->p ? known : make_subject(a, labels, f, kept);
}
