/*
 * Reads rule files, paragraph by paragraph. One mistake in a file is one
 * message with FILE:LINE:COLUMN; all of them are told, then loading fails.
 */
#include "check/rule.h"

#include <string.h>

#include "base/reason.h"
#include "base/utf8.h"
#include "record/codec.h"

struct loader {
	struct rules *rules;
	struct arena *arena;
	struct messages *messages;
	struct str name;
	struct str text; /* of the line */
	size_t line;
	struct rule *rule; /* being read, NULL between rules */
	struct formula *forms;
	struct str *complete, *except;
	size_t cap_forms, cap_complete, cap_except;
	bool failed;
};

/* The column of a place within its line, in characters from 1. */
static size_t column_of(struct str line, const char *place)
{
	struct str before = {line.p, (size_t)(place - line.p)};
	size_t column = 1;

	for (size_t i = 0; i < before.n; column++)
		utf8_next(before, &i);
	return column;
}

/* place: where in the line it is wrong. */
static void complain(struct loader *l, const char *place, const char *why,
		     struct str word)
{
	l->failed = true;
	message_add(l->messages, "bad-rule",
		    str_format(l->arena, "%.*s:%zu:%zu", STR_ARG(l->name),
			       l->line, column_of(l->text, place)),
		    word.n ? "%s: '%.*s'" : "%s", why, STR_ARG(word));
}

static void take_years(struct loader *l, struct str text)
{
	struct str from = text, to;
	int64_t a = 0, b = 0;
	size_t dash = str_find(text, STR("-"));

	to = text;
	if (dash != SIZE_MAX) {
		from = str_slice(text, 0, dash);
		to = str_slice(text, dash + 1, text.n);
	}
	if ((from.n && (!str_to_int64(from, &a) || a < 1900 || a > 2999)) ||
	    (to.n && (!str_to_int64(to, &b) || b < 1900 || b > 2999))) {
		complain(l, text.p, "years are 2019, 2019-, -2019 or 2019-2022",
			 text);
		return;
	}
	l->rule->from_year = (int)a;
	l->rule->to_year = (int)b;
}

static void take_form(struct loader *l, struct str text)
{
	struct rule *r = l->rule;
	struct formula f = {.last_selector = l->rules->n_selectors};
	const char *why;
	size_t at;

	if (check_parse_formula(l->arena, text, &f, &at, &why)) {
		complain(l, text.p + at - 1, why, (struct str){NULL, 0});
		return;
	}
	l->rules->n_selectors = f.last_selector;
	if (r->n_forms) {
		const struct formula *last = &l->forms[r->n_forms - 1];

		f.first_term = last->first_term + last->n_terms;
	}
	l->forms = arena_grow(l->arena, l->forms, &l->cap_forms,
			      r->n_forms + 1, sizeof *l->forms);
	l->forms[r->n_forms++] = f;
	r->forms = l->forms;
}

static void take_level(struct loader *l, struct str text, enum level *out)
{
	if (!level_of(text, out))
		complain(l, text.p, "a level is error, warning, note or none",
			 text);
}

static void take_flag(struct loader *l, struct str text, bool *out)
{
	*out = str_equal(text, STR("yes"));
	if (!*out && !str_equal(text, STR("no")))
		complain(l, text.p, "yes or no is meant", text);
}

static void take_across(struct loader *l, struct str text)
{
	bool years = false;

	if (str_equal(text, STR("units"))) {
		l->rule->across = ACROSS_UNITS;
		return;
	}
	take_flag(l, text, &years);
	l->rule->across = years ? ACROSS_YEARS : ACROSS_NOTHING;
}

/* "year 预算|决算" or "entity 局|委员会" */
static void take_headings(struct loader *l, struct str text)
{
	size_t blank = str_find(text, STR(" "));
	struct str what = str_slice(text, 0, blank);
	struct str words = blank == SIZE_MAX
				   ? STR("")
				   : str_trim(str_slice(text, blank, text.n));

	if (words.n && str_equal(what, STR("year")))
		l->rule->years_of = words;
	else if (words.n && str_equal(what, STR("entity")))
		l->rule->entities_of = words;
	else
		complain(l, text.p, "headings takes year or entity, and words",
			 text);
}

static bool has_check(const struct rule *r)
{
	return r->n_forms || r->words.n || r->section.n || r->years_of.n ||
	       r->entities_of.n || r->contents.n;
}

static void take_field(struct loader *l, struct str word, struct str text)
{
	struct rule *r = l->rule;

	if (str_equal(word, STR("en"))) {
		r->en = text;
	} else if (str_equal(word, STR("zh"))) {
		r->zh = text;
	} else if (str_equal(word, STR("basis"))) {
		r->basis = text;
	} else if (str_equal(word, STR("regions"))) {
		r->regions = text;
	} else if (str_equal(word, STR("text"))) {
		r->text = text;
	} else if (str_equal(word, STR("words"))) {
		r->words = text;
	} else if (str_equal(word, STR("lacks"))) {
		r->lacks = text;
	} else if (str_equal(word, STR("reason"))) {
		take_flag(l, text, &r->reason);
	} else if (str_equal(word, STR("section"))) {
		r->section = text;
	} else if (str_equal(word, STR("headings"))) {
		take_headings(l, text);
	} else if (str_equal(word, STR("contents"))) {
		r->contents = text;
	} else if (str_equal(word, STR("document"))) {
		if (!phase_of(text, &r->document))
			complain(l, text.p, "no such phase", text);
	} else if (str_equal(word, STR("kinds"))) {
		r->kinds = text;
	} else if (str_equal(word, STR("unless"))) {
		r->unless = text;
	} else if (str_equal(word, STR("level"))) {
		take_level(l, text, &r->level);
	} else if (str_equal(word, STR("zero"))) {
		take_level(l, text, &r->zero);
	} else if (str_equal(word, STR("years"))) {
		take_years(l, text);
	} else if (str_equal(word, STR("check"))) {
		take_form(l, text);
	} else if (str_equal(word, STR("derive"))) {
		take_flag(l, text, &r->derive);
	} else if (str_equal(word, STR("wide"))) {
		take_flag(l, text, &r->wide);
	} else if (str_equal(word, STR("across"))) {
		take_across(l, text);
	} else if (str_equal(word, STR("complete"))) {
		l->complete = arena_grow(l->arena, l->complete,
					 &l->cap_complete, r->n_complete + 1,
					 sizeof *l->complete);
		l->complete[r->n_complete++] = text;
		r->complete = l->complete;
	} else if (str_equal(word, STR("except"))) {
		l->except = arena_grow(l->arena, l->except, &l->cap_except,
				       r->n_except + 1, sizeof *l->except);
		l->except[r->n_except++] = text;
		r->except = l->except;
	} else {
		complain(l, word.p, "no such word in a rule", word);
	}
}

static void keep_rule(struct loader *l)
{
	struct rules *rs = l->rules;

	for (size_t i = 0; i < rs->n; i++)
		if (str_equal(rs->list[i]->id, l->rule->id)) {
			rs->list[i] = l->rule;
			return;
		}
	rs->list = arena_grow(l->arena, (void *)rs->list, &rs->cap, rs->n + 1,
			      sizeof *rs->list);
	rs->list[rs->n++] = l->rule;
}

static void end_rule(struct loader *l)
{
	if (!l->rule)
		return;
	if (!has_check(l->rule) && !l->failed)
		complain(l, l->text.p, "the rule has no check", l->rule->id);
	if (!l->rule->en.n && !l->failed)
		complain(l, l->text.p, "the rule has no en text", l->rule->id);
	if (!l->rule->zh.n)
		l->rule->zh = l->rule->en;
	l->rule->plain = record_is_plain(l->rule->id) &&
			 record_is_plain(l->rule->en) &&
			 record_is_plain(l->rule->zh);
	keep_rule(l);
	l->rule = NULL;
}

static void begin_rule(struct loader *l, struct str id)
{
	end_rule(l);
	if (!id.n)
		complain(l, id.p, "a rule needs an id", id);
	l->rule = ARENA_NEW(l->arena, struct rule);
	l->rule->id = id;
	l->rule->level = LEVEL_ERROR;
	l->rule->zero = LEVEL_NONE;
	l->rule->file = l->name;
	l->rule->line = l->line;
	l->forms = NULL;
	l->complete = l->except = NULL;
	l->cap_forms = l->cap_complete = l->cap_except = 0;
}

static void take_line(struct loader *l, struct str line)
{
	struct str body = str_trim(line), word, text;
	size_t blank = 0;

	if (!body.n) {
		end_rule(l);
		return;
	}
	if (body.p[0] == '#')
		return;
	while (blank < body.n && body.p[blank] != ' ' && body.p[blank] != '\t')
		blank++;
	word = str_slice(body, 0, blank);
	text = str_trim(str_slice(body, blank, body.n));
	if (!text.n)
		text = str_slice(body, body.n, body.n);
	if (str_equal(word, STR("rule")))
		begin_rule(l, text);
	else if (!l->rule)
		complain(l, word.p,
			 "a paragraph begins with 'rule ID'", word);
	else
		take_field(l, word, text);
}

int check_add_rules(struct rules *rules, struct arena *a, struct str name,
		    struct str text, struct messages *messages)
{
	struct loader l = {.rules = rules, .arena = a, .messages = messages,
			   .name = name};
	size_t bad = utf8_find_invalid(text), zero = str_find(text, STR("\0"));
	struct str line;

	/* No record could hold U+0000. */
	if (zero < bad)
		bad = zero;
	if (bad != SIZE_MAX) {
		for (size_t i = 0; i < bad; i++)
			l.line += text.p[i] == '\n';
		l.line++;
		complain(&l, l.text.p, "is no UTF-8 text", (struct str){NULL, 0});
		return -1;
	}
	while (str_split(&text, '\n', &line)) {
		l.line++;
		l.text = line;
		take_line(&l, line);
	}
	end_rule(&l);
	return l.failed ? -1 : 0;
}

int check_read_rules(struct rules *rules, struct arena *a,
		     struct messages *messages)
{
	struct str *paths;
	size_t n = share_list(messages->share, "rules/", &paths);
	int status = 0;

	for (size_t i = 0; i < n; i++) {
		struct str text;
		const char *error;

		if (!str_ends(paths[i], STR(".rules")))
			continue;
		if (!share_read(messages->share, paths[i].p, &text, &error)) {
			reason_add(messages, "share-missing", paths[i], error);
			status = -1;
		} else if (check_add_rules(rules, a, paths[i], text,
					   messages)) {
			status = -1;
		}
	}
	return status;
}

static void put_line(struct buf *out, const char *word, struct str text)
{
	if (!text.n)
		return;
	buf_printf(out, "\t%-9s", word);
	buf_put_str(out, text);
	buf_putc(out, '\n');
}

static void put_headings(struct buf *out, const char *what, struct str words)
{
	if (words.n)
		buf_printf(out, "\t%-9s%s %.*s\n", "headings", what,
			   STR_ARG(words));
}

void check_list_rules(const struct rules *rules, struct buf *out)
{
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = rules->list[i];

		buf_printf(out, "# %.*s:%zu\nrule %.*s\n", STR_ARG(r->file),
			   r->line, STR_ARG(r->id));
		put_line(out, "level", level_name(r->level));
		if (r->zero != LEVEL_NONE)
			put_line(out, "zero", level_name(r->zero));
		put_line(out, "en", r->en);
		put_line(out, "zh", r->zh);
		put_line(out, "basis", r->basis);
		if (r->from_year || r->to_year) {
			buf_puts(out, "\tyears    ");
			if (r->from_year)
				buf_put_int(out, r->from_year);
			buf_putc(out, '-');
			if (r->to_year)
				buf_put_int(out, r->to_year);
			buf_putc(out, '\n');
		}
		put_line(out, "regions", r->regions);
		put_line(out, "document", phase_name(r->document));
		put_line(out, "kinds", r->kinds);
		put_line(out, "text", r->text);
		put_line(out, "words", r->words);
		put_line(out, "lacks", r->lacks);
		if (r->reason)
			put_line(out, "reason", STR("yes"));
		put_line(out, "section", r->section);
		put_headings(out, "year", r->years_of);
		put_headings(out, "entity", r->entities_of);
		put_line(out, "contents", r->contents);
		put_line(out, "unless", r->unless);
		if (r->wide)
			put_line(out, "wide", STR("yes"));
		if (r->across)
			put_line(out, "across",
				 r->across == ACROSS_UNITS ? STR("units")
							   : STR("yes"));
		if (r->derive)
			put_line(out, "derive", STR("yes"));
		for (size_t k = 0; k < r->n_except; k++)
			put_line(out, "except", r->except[k]);
		for (size_t k = 0; k < r->n_complete; k++)
			put_line(out, "complete", r->complete[k]);
		for (size_t k = 0; k < r->n_forms; k++)
			put_line(out, "check", r->forms[k].text);
		buf_putc(out, '\n');
	}
}
