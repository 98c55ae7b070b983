/*
 * The tables of share/ → the lexicon. A mistake in a table is reported with
 * its file and line, and nothing is loaded: a vocabulary read by half would
 * give other facts without saying so.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/reason.h"
#include "base/utf8.h"
#include "lexicon/place.h"
#include "lexicon/table.h"

static const char *const CLASSES[] = {
	"noun",     "up",      "down",     "same",   "versus",
	"versus_end", "yoy",   "year",     "of_which", "reason",
	"purpose",  "share",   "done",     "none",   "zero",
	"each",     "respectively", "from", "to",    "approx",
	"filler",   "org",     "stock",    "mark",   "limit",
	"scope",    "noise",
};

const char *lexicon_class_name(enum term_class class)
{
	return CLASSES[class];
}

struct load {
	struct lexicon *l;
	struct map terms, units, sections; /* folded text → what it means */
	struct leftover *leftovers;
	size_t cap_leftovers;
	struct map sites[SITE_WORDS];
	struct share *share;
	struct messages *messages;
	const char *file;
	size_t line;
	bool own; /* the file is the user's: it goes before the others */
	bool failed;
};

static void mistake(struct load *o, const char *what, struct str word)
{
	struct str file = o->own ? str_of(o->file)
				 : share_name(o->share, o->file);
	struct str place = str_format(&o->l->arena, "%.*s:%zu", STR_ARG(file),
				      o->line);

	message_add(o->messages, "bad-table", place, "%s '%.*s'", what,
		    STR_ARG(word));
	o->failed = true;
}

bool lexicon_number(struct str field, int least, int most, int *out)
{
	int64_t number;

	if (!str_to_int64(field, &number) || number < least || number > most)
		return false;
	*out = (int)number;
	return true;
}

bool lexicon_year(struct str field, int *year)
{
	*year = 0;
	return !field.n || lexicon_number(field, -9999, 9999, year);
}

struct str lexicon_fold_text(struct arena *a, struct str s)
{
	/* a broken byte becomes three */
	char *folded = arena_alloc(a, 3 * s.n + 1);
	size_t at = 0, n = 0;

	while (at < s.n) {
		uint32_t cp = lexicon_fold(utf8_next(s, &at));

		if (cp)
			n += utf8_put(folded + n, cp);
	}
	return (struct str){folded, n};
}

static bool set_items(struct lexicon_term *t, struct str value)
{
	struct str one;

	while (str_split(&value, '|', &one)) {
		if (t->n_items == LEXICON_MAX_ITEMS)
			return false;
		t->items[t->n_items++] = one;
	}
	return true;
}

/* One `key=value` or flag of the column `sets`. */
static void set_attribute(struct load *o, struct lexicon_term *t,
			  struct str word)
{
	size_t eq = str_find(word, STR("="));
	struct str key = str_slice(word, 0, eq);
	struct str value = str_slice(word, eq == SIZE_MAX ? word.n : eq + 1,
				     word.n);
	int number;
	const struct {
		struct str key;
		struct str *at;
	} texts[] = {
		{STR("fund"), &t->fund},         {STR("function"), &t->function},
		{STR("economic"), &t->economic}, {STR("nature"), &t->nature},
		{STR("scope"), &t->scope},       {STR("why"), &t->why},
		{STR("note"), &t->note},
	};
	const struct {
		struct str key;
		bool *at;
	} flags[] = {
		{STR("total"), &t->total},
		{STR("generic"), &t->generic},
		{STR("stock"), &t->stock},
		{STR("weak"), &t->weak},
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (value.n && str_equal(key, texts[i].key)) {
			*texts[i].at = value;
			return;
		}
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		if (str_equal(word, flags[i].key)) {
			*flags[i].at = true;
			return;
		}
	if (str_equal(word, STR("count"))) {
		t->unit = UNIT_COUNT;
		return;
	}
	if (str_equal(key, STR("item")) && value.n && set_items(t, value))
		return;
	if (str_equal(key, STR("phase")) && phase_of(value, &t->phase))
		return;
	if (str_equal(key, STR("year")) && value.n &&
	    lexicon_year(value, &t->year))
		return;
	if (str_equal(key, STR("level")) &&
	    lexicon_number(value, 1, 3, &number)) {
		t->level = (uint8_t)number;
		return;
	}
	mistake(o, "unknown attribute", word);
}

/* 三公经费支出预算, 支出决算数: the words themselves name the phase. */
static void phase_from_text(struct lexicon_term *t)
{
	static const struct {
		struct str tail;
		enum phase phase;
	} TAILS[] = {
		{STR_INIT("预算"), PHASE_APPROVED},
		{STR_INIT("预算数"), PHASE_APPROVED},
		{STR_INIT("预算总额"), PHASE_APPROVED},
		{STR_INIT("决算"), PHASE_EXECUTED},
		{STR_INIT("决算数"), PHASE_EXECUTED},
	};

	if (t->class != TERM_NOUN || !t->n_items || t->phase)
		return;
	for (size_t i = 0; i < sizeof TAILS / sizeof *TAILS; i++)
		if (str_ends(t->text, TAILS[i].tail))
			t->phase = TAILS[i].phase;
}

static bool class_of(struct str word, enum term_class *out)
{
	for (size_t i = 0; i < sizeof CLASSES / sizeof *CLASSES; i++)
		if (str_equal(word, str_of(CLASSES[i]))) {
			*out = (enum term_class)i;
			return true;
		}
	return false;
}

/* The term of a text, new and of class noun if it was not there. */
static struct lexicon_term *term_at(struct load *o, struct str text, bool *new)
{
	void **place = map_put(&o->terms, text);
	struct lexicon_term *t;

	*new = !*place;
	if (!*new)
		return *place;
	t = ARENA_NEW(&o->l->arena, struct lexicon_term);
	t->text = text;
	t->file = o->file;
	t->line = o->line;
	*place = t;
	return t;
}

static void add_term(struct load *o, struct str *field)
{
	struct str sets = field[2], word, names = field[0], name;

	while (str_split(&names, '|', &name)) {
		struct lexicon_term *t;
		struct str text = lexicon_fold_text(&o->l->arena, name);
		bool new;

		if (!text.n) {
			mistake(o, "empty term", name);
			return;
		}
		t = term_at(o, text, &new);
		if (!new && !o->own) {
			mistake(o, "this term stands twice:", name);
			return;
		}
		*t = (struct lexicon_term){.text = t->text,
					   .file = o->file,
					   .line = o->line};
		if (!class_of(field[1], &t->class)) {
			mistake(o, "unknown class", field[1]);
			return;
		}
		t->unit = UNIT_FEN;
		sets = field[2];
		while (str_split(&sets, ' ', &word))
			if (word.n)
				set_attribute(o, t, word);
		phase_from_text(t);
	}
}

static void add_unit(struct load *o, struct str *field)
{
	struct lexicon_unit *u = ARENA_NEW(&o->l->arena, struct lexicon_unit);

	u->text = lexicon_fold_text(&o->l->arena, field[0]);
	if (!u->text.n || !unit_of(field[1], &u->unit) ||
	    !str_to_int64(field[2], &u->scale) || u->scale <= 0) {
		mistake(o, "a unit needs: word, fen|ppm|count, scale;", field[0]);
		return;
	}
	u->no_fact = str_equal(field[3], STR("no_fact"));
	*map_put(&o->units, u->text) = u;
}

static void add_section(struct load *o, struct str *field)
{
	static const char *const KINDS[] = {"plain", "definition", "duties",
					    "target", "contents"};
	struct str text = lexicon_fold_text(&o->l->arena, field[0]), start;
	struct section_word *w = ARENA_NEW(&o->l->arena, struct section_word);

	if (!text.n) {
		mistake(o, "empty term", field[0]);
		return;
	}
	/* a word that begins with one of a row above never decides */
	for (start = text; start.n; start.n--)
		if (map_get(&o->sections, start))
			return;
	for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++) {
		if (!str_equal(field[1], str_of(KINDS[k])))
			continue;
		w->kind = (enum section_kind)k;
		w->order = (uint32_t)o->sections.n;
		*map_put(&o->sections, text) = w;
		return;
	}
	mistake(o, "unknown kind of section", field[1]);
}

/* The first character of the word that is not Chinese, as a bracket or a slash,
 * is its rarest: the word from there on. One that has none is looked for by its
 * first. */
static struct str from_rare_character(struct str word)
{
	size_t at = 0, from = 0;

	while (at < word.n) {
		uint32_t cp;

		from = at;
		cp = utf8_next(word, &at);
		if (cp < 0x3400 || cp >= 0xA000)
			return str_slice(word, from, word.n);
	}
	return word;
}

static void add_leftover(struct load *o, struct str *field)
{
	struct lexicon *l = o->l;

	for (size_t i = 0; i < l->n_leftovers; i++)
		if (str_equal(o->leftovers[i].word, field[0]))
			return;
	o->leftovers = arena_grow(&l->arena, o->leftovers, &o->cap_leftovers,
				  l->n_leftovers + 1, sizeof *o->leftovers);
	o->leftovers[l->n_leftovers++].word = field[0];
	l->leftovers = o->leftovers;
}

static void add_site(struct load *o, struct str *field)
{
	static const char *const HOW[SITE_WORDS] = {"begin", "column"};
	struct str *word = ARENA_NEW(&o->l->arena, struct str);

	*word = lexicon_fold_text(&o->l->arena, field[1]);
	if (!word->n) {
		mistake(o, "empty term", field[0]);
		return;
	}
	for (size_t k = 0; k < SITE_WORDS; k++)
		if (str_equal(field[0], str_of(HOW[k]))) {
			*map_put(&o->sites[k], *word) = word;
			return;
		}
	mistake(o, "a word of sites needs: begin|column, word;", field[0]);
}

/* The row that comes last wins. */
static void add_counted(struct load *o, struct str *field)
{
	struct arena *a = &o->l->arena;
	struct str measure, words = field[1];

	while (str_split(&words, '|', &measure)) {
		struct lexicon_unit *u =
			map_get(&o->units, lexicon_fold_text(a, measure));
		struct lexicon_count *c;

		if (!u)
			continue; /* no amount has it */
		c = ARENA_NEW(a, struct lexicon_count);
		*c = (struct lexicon_count){field[0], field[2], u->counts};
		u->counts = c;
	}
}

static void name_code(struct load *o, struct str name,
		      const struct lexicon_code *code, bool functional,
		      bool weak)
{
	struct str text = lexicon_fold_text(&o->l->arena, name);
	struct lexicon_term *t;
	const struct lexicon_code **list;
	uint32_t *n;
	size_t cap;
	bool new;

	t = term_at(o, text, &new);
	if (new) {
		t->class = TERM_NOUN;
		t->unit = UNIT_FEN;
		t->weak = weak;
	} else if (!weak) {
		t->weak = false;
	}
	n = functional ? &t->n_functions : &t->n_economics;
	list = (void *)(uintptr_t)(functional ? t->functions : t->economics);
	/* Capacities are the powers of two from 8, as arena_grow() makes them. */
	cap = *n;
	if (*n == 0 || (*n >= 8 && (*n & (*n - 1)) == 0))
		list = arena_grow(&o->l->arena, list, &cap, *n + 1,
				  sizeof *list);
	list[(*n)++] = code;
	*(functional ? &t->functions : &t->economics) = list;
}

/*
 * 农业生产发展 and 农业生产发展支出 are classes of their own, but both are said
 * with 支出 behind: then either may be meant.
 */
static void share_name_with_stem(struct load *o, const struct lexicon_code *c)
{
	static const struct str TAIL = STR_INIT("支出");
	struct str text = lexicon_fold_text(&o->l->arena, c->name), stem;
	const struct lexicon_term *t;

	if (!str_ends(text, TAIL)) {
		stem = str_format(&o->l->arena, "%.*s支出", STR_ARG(text));
		t = map_get(&o->terms, stem);
		if (t && t->n_functions)
			name_code(o, stem, c, true, false);
		return;
	}
	stem = str_slice(text, 0, text.n - TAIL.n);
	t = map_get(&o->terms, stem);
	for (size_t i = 0; t && i < t->n_functions; i++)
		if (t->functions[i]->code.n == 7)
			name_code(o, text, t->functions[i], true, false);
}

static void add_code(struct load *o, struct str *field, bool functional)
{
	static const struct str tail = STR_INIT("支出");
	struct lexicon_code *c = ARENA_NEW(&o->l->arena, struct lexicon_code);
	void **place;

	c->code = field[0];
	c->name = field[1];
	if (!lexicon_year(field[2], &c->from_year) ||
	    !lexicon_year(field[3], &c->to_year) || !c->name.n ||
	    c->code.n < 3 || c->code.n > 7) {
		mistake(o, "a class needs: code, name, first, last year;",
			field[0]);
		return;
	}
	place = map_put(functional ? &o->l->functions : &o->l->economics,
			c->code);
	/* A code that was given anew: the one in force today is the name. */
	if (!*place || ((struct lexicon_code *)*place)->to_year)
		*place = c;
	name_code(o, c->name, c, functional,
		  str_equal(field[4], STR("weak")));
	if (functional && c->code.n == 7)
		share_name_with_stem(o, c);
	/* 一般公共服务（类）支出: the name without its last word. */
	if (functional && c->code.n < 7 && str_ends(c->name, tail))
		name_code(o, str_slice(c->name, 0, c->name.n - tail.n), c,
			  true, true);
}

static void load_table(struct load *o, const char *file,
		       void (*add)(struct load *, struct str *))
{
	struct str rest, field[5], name;
	const char *error;

	o->file = file;
	o->line = 0;
	o->own = false;
	if (!share_read(o->share, file, &rest, &error)) {
		reason_add(o->messages, "share-missing",
			   share_name(o->share, file), error);
		o->failed = true;
		return;
	}
	while (share_row(&rest, &o->line, field, 5))
		add(o, field);
	if (!share_read_own(o->share, file, &rest, &name, &error)) {
		if (error)
			reason_add(o->messages, "share-missing", name, error);
		o->failed = o->failed || error;
		return;
	}
	o->file = str_cstring(&o->l->arena, name);
	o->line = 0;
	o->own = true;
	while (share_row(&rest, &o->line, field, 5))
		add(o, field);
}

static void add_function(struct load *o, struct str *field)
{
	add_code(o, field, true);
}

static void add_economic(struct load *o, struct str *field)
{
	add_code(o, field, false);
}

static void build_leftovers(struct load *o)
{
	struct lexicon *l = o->l;
	struct map marks = {0};

	for (size_t i = l->n_leftovers; i-- > 0;) {
		struct leftover *w = &o->leftovers[i];
		struct str mark = from_rare_character(w->word);
		void **first = map_put(&marks, mark);

		w->before = (size_t)(mark.p - w->word.p);
		w->next = *first;
		*first = w;
	}
	trie_build(&l->leftover_marks, &l->arena, &marks);
	map_release(&marks);
}

struct lexicon *lexicon_read(struct share *share, struct messages *messages)
{
	struct lexicon *l = memory_realloc(NULL, sizeof *l);
	struct load o = {.l = l, .share = share, .messages = messages};

	*l = (struct lexicon){0};
	load_table(&o, "lexicon/terms.tsv", add_term);
	load_table(&o, "lexicon/units.tsv", add_unit);
	load_table(&o, "lexicon/sections.tsv", add_section);
	load_table(&o, "lexicon/leftovers.tsv", add_leftover);
	load_table(&o, "lexicon/sites.tsv", add_site);
	load_table(&o, "lexicon/counts.tsv", add_counted);
	load_table(&o, "codes/function.tsv", add_function);
	load_table(&o, "codes/economic.tsv", add_economic);
	l->tables = table_words_load(share, messages);
	l->places = places_load(share, messages);
	trie_build(&l->terms, &l->arena, &o.terms);
	trie_build(&l->units, &l->arena, &o.units);
	trie_build(&l->sections, &l->arena, &o.sections);
	map_release(&o.terms);
	map_release(&o.units);
	map_release(&o.sections);
	for (size_t k = 0; k < SITE_WORDS; k++) {
		trie_build(&l->sites[k], &l->arena, &o.sites[k]);
		map_release(&o.sites[k]);
	}
	build_leftovers(&o);
	if (o.failed || !l->tables || !l->places) {
		lexicon_release(l);
		return NULL;
	}
	return l;
}
