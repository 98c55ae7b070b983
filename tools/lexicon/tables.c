/*
 * share/tables/ → three tries, one a place. A mistake in a file is reported
 * with its line, and nothing is loaded, as with the rest of the lexicon.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/reason.h"
#include "lexicon/table.h"

struct load {
	struct table_words *w;
	struct map words; /* of the place that is being read */
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
	struct str place = str_format(&o->w->arena, "%.*s:%zu", STR_ARG(file),
				      o->line);

	message_add(o->messages, "bad-table", place, "%s '%.*s'", what,
		    STR_ARG(word));
	o->failed = true;
}

static bool set_flag(struct table_word *t, struct str word)
{
	const struct {
		struct str key;
		bool *at;
	} flags[] = {
		{STR("count"), &t->count}, {STR("total"), &t->total},
		{STR("sum"), &t->sum},     {STR("part"), &t->part},
		{STR("whole"), &t->whole}, {STR("current"), &t->current},
	};

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		if (str_equal(word, flags[i].key)) {
			*flags[i].at = true;
			return true;
		}
	return false;
}

static bool set_text(struct table_word *t, struct str key, struct str value)
{
	const struct {
		struct str key;
		struct str *at;
	} texts[] = {
		{STR("fund"), &t->fund},         {STR("nature"), &t->nature},
		{STR("economic"), &t->economic}, {STR("why"), &t->why},
		{STR("function"), &t->function},
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (str_equal(key, texts[i].key)) {
			*texts[i].at = value;
			return true;
		}
	return false;
}

static bool set_role(struct table_word *t, struct str value)
{
	static const char *const ROLES[] = {"",       "name",   "code",
					    "org",    "project", "serial",
					    "year",   "note",    "value"};

	for (size_t i = 1; i < sizeof ROLES / sizeof *ROLES; i++)
		if (str_equal(value, str_of(ROLES[i]))) {
			t->role = (enum table_role)i;
			return true;
		}
	return false;
}

static bool set_classes(struct table_word *t, struct str value)
{
	static const char *const CLASSES[] = {"", "function", "economic",
					      "government"};

	for (size_t i = 1; i < sizeof CLASSES / sizeof *CLASSES; i++)
		if (str_equal(value, str_of(CLASSES[i]))) {
			t->classes = (enum table_classes)i;
			return true;
		}
	return false;
}

static bool set_items(struct table_word *t, struct str value)
{
	struct str one;

	while (str_split(&value, '|', &one)) {
		if (t->n_items == LEXICON_MAX_ITEMS)
			return false;
		t->items[t->n_items++] = one;
	}
	return true;
}

static bool set_attribute(struct table_word *t, struct str word)
{
	size_t eq = str_find(word, STR("="));
	struct str key = str_slice(word, 0, eq), value;

	if (eq == SIZE_MAX)
		return set_flag(t, word);
	value = str_slice(word, eq + 1, word.n);
	if (!value.n)
		return false;
	if (str_equal(key, STR("item")))
		return set_items(t, value);
	if (str_equal(key, STR("role")))
		return set_role(t, value);
	if (str_equal(key, STR("classes")))
		return set_classes(t, value);
	if (str_equal(key, STR("phase")))
		return phase_of(value, &t->phase);
	if (str_equal(key, STR("kind"))) {
		t->has_kind = true;
		return kind_of(value, &t->kind);
	}
	if (str_equal(key, STR("year")))
		return t->has_year = lexicon_year(value, &t->year);
	return set_text(t, key, value);
}

static void add_word(struct load *o, struct str *field)
{
	struct table_word *t = ARENA_NEW(&o->w->arena, struct table_word);
	struct str names = field[0], sets = field[1], one;

	while (str_split(&sets, ' ', &one))
		if (one.n && !set_attribute(t, one))
			mistake(o, "unknown attribute", one);
	while (str_split(&names, '|', &one)) {
		struct str text = lexicon_fold_text(&o->w->arena, one);
		void **at;

		if (!text.n) {
			mistake(o, "empty term", one);
			continue;
		}
		at = map_put(&o->words, text);
		if (*at && !o->own)
			mistake(o, "this term stands twice:", one);
		*at = t;
	}
}

const struct table_words *table_words_load(struct share *share,
					   struct messages *messages)
{
	static const char *const FILES[TABLE_PLACES] = {
		"tables/titles.tsv", "tables/heads.tsv", "tables/rows.tsv"};
	struct table_words *w = memory_realloc(NULL, sizeof *w);
	struct load o = {.w = w, .share = share, .messages = messages};

	*w = (struct table_words){0};
	for (int place = 0; place < TABLE_PLACES; place++) {
		struct str rest, field[3], name;
		const char *error;

		o.file = FILES[place];
		o.line = 0;
		o.own = false;
		if (!share_read(share, o.file, &rest, &error)) {
			reason_add(messages, "share-missing",
				   share_name(share, o.file), error);
			o.failed = true;
			continue;
		}
		while (share_row(&rest, &o.line, field, 3))
			add_word(&o, field);
		o.own = share_read_own(share, o.file, &rest, &name, &error);
		if (!o.own && error) {
			reason_add(messages, "share-missing", name, error);
			o.failed = true;
		}
		if (o.own) {
			o.file = str_cstring(&w->arena, name);
			o.line = 0;
			while (share_row(&rest, &o.line, field, 3))
				add_word(&o, field);
		}
		trie_build(&w->place[place], &w->arena, &o.words);
		map_clear(&o.words);
	}
	map_release(&o.words);
	if (o.failed) {
		table_words_release(w);
		return NULL;
	}
	return w;
}

void table_words_release(const struct table_words *words)
{
	struct table_words *w = (struct table_words *)(uintptr_t)words;

	if (!w)
		return;
	arena_release(&w->arena);
	free(w);
}

const struct table_word *table_words_match(const struct table_words *w,
					   enum table_place place,
					   const uint32_t *cps, size_t n,
					   size_t *length)
{
	return trie_match(&w->place[place], cps, n, length);
}

const struct table_words *lexicon_table_words(const struct lexicon *l)
{
	return l->tables;
}
