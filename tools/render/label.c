/* One map for all files; its keys are "FILE/ID". The long lists of codes are
 * read when the first code is named. */
#include "render/label.h"

#include <limits.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/reason.h"

struct label_store {
	struct arena arena;
	struct share *share;
	struct map names; /* "funds/general" → struct label */
	struct buf key;
	bool codes; /* are read */
};

struct label {
	struct str zh, en, short_zh, short_en;
	int rank;
	int from, to; /* years, 0 = open */
	struct label *next; /* the same code in other years */
};

static const struct {
	const char *path, *file;
} LABELS[] = {
	{"labels/items.tsv", "items"},       {"labels/funds.tsv", "funds"},
	{"labels/natures.tsv", "natures"},   {"labels/phases.tsv", "phases"},
	{"labels/kinds.tsv", "kinds"},       {"labels/words.tsv", "words"},
	{"labels/functions.tsv", "functions"},
	{"labels/economic.tsv", "economic"},
};

/* Not every build has them; without them codes are shown as they are. */
static const struct {
	const char *path, *file;
} CODES[] = {
	{"codes/function.tsv", "function-codes"},
	{"codes/economic.tsv", "economic-codes"},
};

/* The key of an id; the next one takes its place. */
static struct str key_of(struct label_store *s, const char *file, struct str id)
{
	buf_clear(&s->key);
	buf_puts(&s->key, file);
	buf_putc(&s->key, '/');
	buf_put_str(&s->key, id);
	return buf_str(&s->key);
}

static void **place(struct label_store *s, const char *file, struct str id)
{
	return map_put(&s->names, str_copy(&s->arena, key_of(s, file, id)));
}

static int load_labels(struct label_store *l, struct messages *m,
		       const char *path, const char *file)
{
	struct str rest, f[5];
	const char *error;
	size_t line = 0;

	if (!share_read(l->share, path, &rest, &error)) {
		reason_add(m, "share-missing", share_name(l->share, path),
			   error);
		return -1;
	}
	while (share_row(&rest, &line, f, 5)) {
		struct label *k = ARENA_NEW(&l->arena, struct label);

		if (!f[0].n || !f[1].n || !f[2].n) {
			message_add(m, "bad-table",
				    str_format(&l->arena, "%.*s:%zu",
					       STR_ARG(share_name(l->share, path)),
					       line),
				    NULL);
			return 1;
		}
		*k = (struct label){.zh = f[1], .en = f[2], .short_zh = f[3],
				    .short_en = f[4], .rank = (int)line};
		*place(l, file, f[0]) = k;
	}
	return 0;
}

static int year_of(struct str s)
{
	int64_t year;

	if (!str_to_int64(s, &year) || year < 0 || year > 9999)
		return 0;
	return (int)year;
}

/* Columns: code, name, first and last year. */
static void load_codes(struct label_store *l, const char *path,
		       const char *file)
{
	struct str rest, f[4];
	const char *error;
	size_t line = 0;

	if (!share_read(l->share, path, &rest, &error))
		return;
	while (share_row(&rest, &line, f, 4)) {
		struct label *k = ARENA_NEW(&l->arena, struct label);
		void **first = place(l, file, f[0]);

		*k = (struct label){.zh = f[1], .from = year_of(f[2]),
				    .to = year_of(f[3]), .rank = (int)line,
				    .next = *first};
		*first = k;
	}
}

/* Columns: Chinese name, English. Wanted where English is spoken. */
static void load_classes(struct label_store *l)
{
	struct str rest, f[2];
	const char *error;
	size_t line = 0;

	if (!share_read(l->share, "labels/classes.tsv", &rest, &error))
		return;
	while (share_row(&rest, &line, f, 2)) {
		struct label *k = ARENA_NEW(&l->arena, struct label);

		*k = (struct label){.zh = f[0], .en = f[1]};
		*place(l, "classes", f[0]) = k;
	}
}

int labels_load(struct labels *l, struct share *share, struct messages *m,
		enum lang lang)
{
	int failed = 0;

	*l = (struct labels){lang, memory_realloc(NULL, sizeof *l->store)};
	*l->store = (struct label_store){.share = share};
	for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS && !failed; i++)
		failed = load_labels(l->store, m, LABELS[i].path,
				     LABELS[i].file);
	return failed;
}

void labels_release(struct labels *l)
{
	if (!l->store)
		return;
	map_release(&l->store->names);
	buf_release(&l->store->key);
	arena_release(&l->store->arena);
	free(l->store);
	l->store = NULL;
}

static const struct label *find(const struct labels *l, const char *file,
				struct str id)
{
	return map_get(&l->store->names, key_of(l->store, file, id));
}

static void read_codes(const struct labels *l)
{
	if (l->store->codes)
		return;
	l->store->codes = true;
	for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++)
		load_codes(l->store, CODES[i].path, CODES[i].file);
	if (l->lang == LANG_EN)
		load_classes(l->store);
}

struct str label_name(const struct labels *l, const char *file, struct str id)
{
	const struct label *k = id.n ? find(l, file, id) : NULL;

	if (!k)
		return id;
	return l->lang == LANG_ZH ? k->zh : k->en;
}

struct str label_word(const struct labels *l, const char *id)
{
	return label_name(l, "words", str_of(id));
}

/* As the list of the year has it, else of any year; empty for none. */
static struct str listed_name(const struct labels *l, const char *file,
			      struct str code, int year)
{
	const struct label *first;

	read_codes(l);
	first = find(l, file, code);
	for (const struct label *c = first; c; c = c->next)
		if ((!c->from || year >= c->from) && (!c->to || year <= c->to))
			return c->zh;
	return first ? first->zh : (struct str){NULL, 0};
}

static struct str name_code(const struct labels *l, const char *labels_file,
			    const char *codes_file, struct str code, int year)
{
	const struct label *k = find(l, labels_file, code);
	struct str listed;

	if (l->lang == LANG_EN && k)
		return k->en;
	listed = listed_name(l, codes_file, code, year);
	if (!listed.n)
		return k ? k->zh : code;
	return l->lang == LANG_EN ? label_name(l, "classes", listed) : listed;
}

struct str label_function(const struct labels *l, struct str code, int year)
{
	return name_code(l, "functions", "function-codes", code, year);
}

struct str label_economic(const struct labels *l, struct str code, int year)
{
	return name_code(l, "economic", "economic-codes", code, year);
}

int label_rank(const struct labels *l, const char *file, struct str id)
{
	const struct label *k = id.n ? find(l, file, id) : NULL;

	return k ? k->rank : INT_MAX;
}

static void put_part(struct buf *out, size_t start, struct str name)
{
	if (!name.n)
		return;
	if (out->n > start)
		buf_puts(out, " · ");
	buf_put_str(out, name);
}

static struct str item_name(const struct labels *l,
			    const struct coordinates *at)
{
	const struct label *k = find(l, "items", at->item);
	bool alone = !at->fund.n && !at->function.n && !at->economic.n &&
		     !at->nature.n;

	if (!k)
		return at->item;
	if (l->lang == LANG_ZH)
		return alone || !k->short_zh.n ? k->zh : k->short_zh;
	return alone || !k->short_en.n ? k->en : k->short_en;
}

/* Some funds are a revenue by name: 事业收入. Then the item goes unsaid. */
static struct str revenue_name(const struct labels *l,
			       const struct coordinates *at)
{
	const struct label *k = NULL;

	if (str_equal(at->item, STR("revenue")) && at->fund.n)
		k = find(l, "funds", at->fund);
	if (!k)
		return (struct str){NULL, 0};
	return l->lang == LANG_ZH ? k->short_zh : k->short_en;
}

/* "2010302 一般行政管理事务": many classes share a name. */
static void put_class(struct buf *out, size_t start, struct str code,
		      struct str name)
{
	put_part(out, start, code);
	if (!str_equal(code, name)) {
		buf_putc(out, ' ');
		buf_put_str(out, name);
	}
}

void label_row(const struct labels *l, struct buf *out,
	       const struct coordinates *at, const struct coordinates *above)
{
	static const struct coordinates NOTHING;
	const struct coordinates *a = above ? above : &NOTHING;
	struct str revenue = revenue_name(l, at);
	size_t start = out->n;

	if (!str_equal(at->fund, a->fund))
		put_part(out, start,
			 revenue.n ? revenue
				   : label_name(l, "funds", at->fund));
	if (!str_equal(at->item, a->item) && !revenue.n)
		put_part(out, start, item_name(l, at));
	if (at->function.n && !str_equal(at->function, a->function))
		put_class(out, start, at->function,
			  label_function(l, at->function, at->year));
	if (at->economic.n && !str_equal(at->economic, a->economic))
		put_class(out, start, at->economic,
			  label_economic(l, at->economic, at->year));
	if (!str_equal(at->nature, a->nature))
		put_part(out, start, label_name(l, "natures", at->nature));
}
