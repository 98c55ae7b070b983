/*
 * Blanks within the document's words do not matter: they are wrapped lines.
 * The headings of a document are those that its facts stand under and those
 * that the parser marked.
 */
#include "check/words.h"

#include "base/map.h"
#include "check/finding.h"
#include "check/resolve.h"

enum {
	FULL_DISCLOSURE = 30, /* facts */
	SEVERAL = 3,          /* other names: a volume of several offices */
	SHORT_NAME = 4,       /* characters of three bytes */
};

struct headings {
	struct finding_place *list; /* those that name a year */
	size_t n, cap;
	/* the words of all and those of all marks, a line each: what a rule
	 * looks for spans no two */
	struct str all;
};

static bool find_word(struct str words, struct str text, struct str *found)
{
	while (str_split(&words, '|', found))
		if (found->n && str_find(text, *found) != SIZE_MAX)
			return true;
	return false;
}

/* ---- headings --------------------------------------------------------- */

/* The next year ("2024年") of a text from *at, 0 for none; *start is where it
 * stands. */
static int next_year(struct str text, size_t *at, size_t *start)
{
	for (size_t i = *at; i + 4 < text.n; i++) {
		int year = 0;

		if (text.p[i] != '2' || text.p[i + 1] != '0' ||
		    (i && text.p[i - 1] >= '0' && text.p[i - 1] <= '9'))
			continue;
		for (size_t k = 0; k < 4; k++)
			year = text.p[i + k] >= '0' && text.p[i + k] <= '9'
				       ? year * 10 + text.p[i + k] - '0'
				       : 9999;
		if (year > 2099 || !str_starts(str_slice(text, i + 4, text.n),
					       STR("年")))
			continue;
		*start = i;
		*at = i + 4;
		return year;
	}
	return 0;
}

/* What is collected of them. */
struct heading_room {
	struct headings *out;
	struct map seen; /* their words */
	struct buf all;
};

static void add_heading(struct check *c, struct heading_room *room,
			struct finding_place place)
{
	struct headings *h = room->out;
	size_t at = 0, start;
	void **old;

	place.text = str_without_blanks(c->arena, place.text);
	if (!place.text.n)
		return;
	old = map_put(&room->seen, place.text);
	if (*old)
		return;
	*old = h;
	buf_put_str(&room->all, place.text);
	buf_putc(&room->all, '\n');
	if (!next_year(place.text, &at, &start))
		return;
	h->list = arena_grow(c->arena, h->list, &h->cap, h->n + 1,
			     sizeof *h->list);
	h->list[h->n++] = place;
}

/* Those of "A / B" that the fact stands under; but for what is as in another
 * section, which is known. */
static void add_headings(struct check *c, struct heading_room *room,
			 const struct bud_fact *f, struct str other)
{
	static const struct str BETWEEN = STR_INIT(" / ");
	size_t from = 0;

	while (from < f->section.n) {
		struct str rest = str_slice(f->section, from, f->section.n);
		size_t slash = str_find(rest, BETWEEN);
		size_t end = slash == SIZE_MAX ? f->section.n : from + slash;
		size_t next = slash == SIZE_MAX ? end : end + BETWEEN.n;

		if (slash == SIZE_MAX ||
		    !str_starts(other, str_slice(f->section, 0, next)))
			add_heading(c, room,
				    (struct finding_place){
					    NULL,
					    str_slice(f->section, from, end),
					    f->page, f->line});
		from = next;
	}
}

/* The headings of the document, collected for the first rule that asks. */
static const struct headings *headings_of(struct check *c)
{
	struct heading_room room = {0};
	struct str last = {NULL, 0};

	if (c->headings)
		return c->headings;
	c->headings = room.out = ARENA_NEW(c->arena, struct headings);
	/* a mark stands where the heading does, a fact below it */
	for (size_t i = 0; i < c->n_marks; i++) {
		const struct bud_mark *m = &c->marks[i];

		if (str_equal(m->kind, STR("heading")))
			add_heading(c, &room,
				    (struct finding_place){NULL, m->text,
							   m->page, m->line});
	}
	for (size_t i = 0; i < c->facts.n; i++) {
		const struct bud_fact *f = &c->facts.list[i]->f;
		struct str rest = f->section;

		if (str_equal(rest, last))
			continue;
		add_headings(c, &room, f, last);
		last = rest;
	}
	/* a heading read as a paragraph is told in the contents */
	for (size_t i = 0; i < c->n_marks; i++) {
		buf_put_str(&room.all, c->marks[i].text);
		buf_putc(&room.all, '\n');
	}
	room.out->all = str_copy(c->arena, buf_str(&room.all));
	map_release(&room.seen);
	buf_release(&room.all);
	return room.out;
}

/* Whether the heading names years, but not the document's. */
static bool names_another_year(struct str text, int year)
{
	size_t at = 0, start;
	bool other = false;
	int found;

	while ((found = next_year(text, &at, &start)) != 0) {
		if (found == year)
			return false;
		other = true;
	}
	return other;
}

static void run_years(struct check *c, const struct rule *rule,
		      const struct headings *h)
{
	size_t own = 0, other = 0;
	struct str found;

	for (size_t i = 0; i < h->n; i++) {
		if (!find_word(rule->years_of, h->list[i].text, &found))
			continue;
		if (names_another_year(h->list[i].text, c->document.year))
			other++;
		else
			own++;
	}
	/* where most headings say so, the year of the document was misread */
	for (size_t i = 0; i < h->n && other && c->document.year &&
			   other <= own; i++)
		if (names_another_year(h->list[i].text, c->document.year) &&
		    find_word(rule->years_of, h->list[i].text, &found))
			finding_add_words(c, rule, &h->list[i],
					  h->list[i].text);
}

/* Behind the last of 第一部分, 一、, （一） and 1. */
static struct str without_number(struct str text)
{
	static const struct str ENDS[] = {STR_INIT("、"), STR_INIT("）"),
					  STR_INIT("．"), STR_INIT("部分")};

	for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
		size_t at = str_find(text, ENDS[i]);

		if (at != SIZE_MAX)
			text = str_slice(text, at + ENDS[i].n, text.n);
	}
	return text;
}

/* The name before the year of a heading, without number; empty for none. */
static struct str name_of(const struct rule *rule, struct str text)
{
	size_t at = 0, start = 0;
	struct str rest = rule->entities_of, one;

	if (!next_year(text, &at, &start))
		return STR("");
	text = without_number(str_slice(text, 0, start));
	while (text.n >= SHORT_NAME * 3 && str_split(&rest, '|', &one))
		if (one.n && str_ends(text, one))
			return text;
	return STR("");
}

static bool is_of(struct str name, struct str entity)
{
	return str_find(name, entity) != SIZE_MAX ||
	       str_find(entity, name) != SIZE_MAX;
}

static void run_entities(struct check *c, const struct rule *rule,
			 const struct headings *h)
{
	struct str entity = str_without_blanks(c->arena, c->document.entity);
	struct map names = {0};
	size_t n;

	for (size_t i = 0; i < h->n && entity.n; i++) {
		struct str name = name_of(rule, h->list[i].text);

		if (name.n && !is_of(name, entity))
			*map_put(&names, name) = &names;
	}
	n = names.n;
	map_release(&names);
	for (size_t i = 0; i < h->n && n && n < SEVERAL; i++) {
		struct str name = name_of(rule, h->list[i].text);

		if (name.n && !is_of(name, entity))
			finding_add_words(c, rule, &h->list[i],
					  h->list[i].text);
	}
}

/* ---- words ------------------------------------------------------------ */

/* The texts of all facts without blanks, a line each; those that stand twice
 * in a row once. Nearly always it has none of the words. */
static struct str all_texts(struct check *c)
{
	struct buf all = {0};
	struct str last = {NULL, 0};

	for (size_t i = 0; i < c->facts.n; i++) {
		struct str text = c->facts.list[i]->f.text;

		if (i && str_equal(text, last))
			continue;
		last = text;
		buf_reserve(&all, text.n + 1);
		for (size_t k = 0; k < text.n; k++)
			if ((unsigned char)text.p[k] > ' ')
				all.p[all.n++] = text.p[k];
		all.p[all.n++] = '\n';
	}
	last = str_copy(c->arena, buf_str(&all));
	buf_release(&all);
	return last;
}

static void run_leftovers(struct check *c, const struct rule *rule)
{
	int64_t line = -1, page = -1;
	struct str found;

	for (size_t i = 0; i < c->n_marks; i++) {
		const struct bud_mark *m = &c->marks[i];
		struct finding_place place = {NULL, m->text, m->page, m->line};

		if (str_equal(m->kind, STR("leftover")) &&
		    find_word(rule->words, m->word, &found))
			finding_add_words(c, rule, &place, m->word);
	}
	if (c->n_marks)
		return;
	if (!c->texts.p)
		c->texts = all_texts(c);
	if (!find_word(rule->words, c->texts, &found))
		return;
	for (size_t i = 0; i < c->facts.n; i++) {
		const struct check_fact *fact = c->facts.list[i];
		const struct bud_fact *f = &fact->f;
		struct finding_place place = {fact, f->text, f->page, f->line};

		if (f->line == line && f->page == page)
			continue;
		if (!find_word(rule->words,
			       str_without_blanks(c->arena, f->text), &found))
			continue;
		line = f->line;
		page = f->page;
		finding_add_words(c, rule, &place, found);
	}
}

/* By point, whether the rule is held against it. */
static const bool *asked_points(struct check *c, const struct held_class *held,
				size_t n)
{
	bool *asked = ARENA_ARRAY(c->arena, bool, c->facts.n_points);

	for (size_t i = 0; i < n; i++)
		for (size_t p = 0; p < held[i].class->n; p++)
			asked[held[i].class->points[p]] = true;
	return asked;
}

/* Whether the fact is stated in the text, of one of the rule's terms. */
static bool asks(const struct check *c, const struct rule *rule,
		 const bool *asked, const struct check_fact *fact)
{
	return fact->f.origin == ORIGIN_TEXT &&
	       asked[fact->point] &&
	       resolve_fact(&c->facts, rule, fact);
}

static void run_lacks(struct check *c, const struct rule *rule,
		      const bool *asked)
{
	struct str found;

	for (size_t i = 0; i < c->facts.n; i++) {
		const struct check_fact *fact = c->facts.list[i];
		const struct bud_fact *f = &fact->f;
		struct finding_place place = {fact, f->text, f->page, f->line};

		if (asks(c, rule, asked, fact) &&
		    !find_word(rule->lacks, f->text, &found))
			finding_add_words(c, rule, &place, f->text);
	}
}

/* Whether a reason stands with the amount, in its line or its section, or
 * with another amount of the same thing or of a part of it. */
static bool has_reason(const struct check_facts *fs,
		       const struct check_fact *of)
{
	for (size_t i = 0; i < fs->n; i++) {
		const struct check_fact *o = fs->list[i];

		if (!o->f.reason.n)
			continue;
		if ((o->at[DIM_ITEM] == of->at[DIM_ITEM] &&
		     o->at[DIM_FUND] == of->at[DIM_FUND]) ||
		    check_below(DIM_ITEM, o->f.at.item, of->f.at.item) ||
		    (!o->table && facts_distance(of, o) < 2))
			return true;
	}
	return false;
}

/* Amounts of more than nothing that no reason is told for, each thing once. */
static void run_reason(struct check *c, const struct rule *rule,
		       const bool *asked)
{
	const struct bud_fact *last = NULL;
	struct map told = {0};

	for (size_t i = 0; i < c->facts.n; i++) {
		const struct check_fact *fact = c->facts.list[i];
		const struct bud_fact *f = &fact->f;
		struct finding_place place = {fact, f->text, f->page, f->line};
		void **known;

		if (!f->value || !asks(c, rule, asked, fact))
			continue;
		known = map_put(&told, f->at.item);
		if (*known || has_reason(&c->facts, fact))
			continue;
		*known = c;
		/* one amount of both sides of the account */
		if (!last || last->line != f->line || last->page != f->page ||
		    !str_equal(last->text, f->text))
			finding_add_words(c, rule, &place, f->text);
		last = f;
	}
	map_release(&told);
}

/* Tables that the contents promise; none where all tables are elsewhere. */
static void run_contents(struct check *c, const struct rule *rule)
{
	bool tables = false;
	struct str found;

	for (size_t i = 0; i < c->facts.n && !tables; i++)
		tables = c->facts.list[i]->table != 0;
	for (size_t i = 0; i < c->n_marks && tables; i++) {
		const struct bud_mark *m = &c->marks[i];
		struct finding_place place = {NULL, m->text, m->page, m->line};

		if (str_equal(m->kind, STR("contents")) && m->missing &&
		    find_word(rule->contents, m->text, &found))
			finding_add_words(c, rule, &place, m->text);
	}
}

static bool has_fact(const struct check_facts *fs, const struct rule *rule,
		     const struct check_chain *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (resolve_fact(fs, rule, fs->list[c->list[i]]))
			return true;
	return false;
}

/* Whether a "require" formula is stated. */
static bool is_stated(const struct check_facts *fs, const struct rule *rule,
		      size_t form, const struct held_class *held, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct check_class *class = held[i].class;

		if (!(held[i].forms & class_form(form)))
			continue;
		for (size_t p = 0; p < class->n; p++) {
			const struct check_chain *c =
				fs->points[class->points[p]];

			if ((form < 63 ||
			     resolve_point(fs, rule, &rule->forms[form],
					   fs->list[c->list[0]])) &&
			    has_fact(fs, rule, c))
				return true;
		}
	}
	return false;
}

/* What the "require" formulas or a heading must tell; one suffices. */
static void run_required(struct check *c, const struct rule *rule,
			 const struct held_class *held, size_t n)
{
	bool asked = rule->section.n != 0;
	struct str found;

	if (c->facts.n < FULL_DISCLOSURE)
		return;
	for (size_t k = 0; k < rule->n_forms; k++) {
		if (rule->forms[k].relation != RELATION_REQUIRE)
			continue;
		asked = true;
		if (is_stated(&c->facts, rule, k, held, n))
			return;
	}
	if (asked && !find_word(rule->section, headings_of(c)->all, &found))
		finding_add_words(c, rule, NULL, (struct str){NULL, 0});
}

void words_run(struct check *c, const struct rule *rule,
	       const struct held_class *held, size_t n)
{
	if (rule->from_year && c->document.year < rule->from_year)
		return;
	if (rule->to_year && c->document.year > rule->to_year)
		return;
	if (rule->words.n)
		run_leftovers(c, rule);
	if (rule->years_of.n)
		run_years(c, rule, headings_of(c));
	if (rule->entities_of.n)
		run_entities(c, rule, headings_of(c));
	if (rule->contents.n)
		run_contents(c, rule);
	if (rule->lacks.n)
		run_lacks(c, rule, asked_points(c, held, n));
	else if (rule->reason)
		run_reason(c, rule, asked_points(c, held, n));
	else
		run_required(c, rule, held, n);
}
