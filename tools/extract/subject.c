/*
 * How the words of a phrase add up. Two words contradict when both set the
 * same coordinate to different things and neither refines the other.
 */
#include "extract/subject.h"

const struct subject subject_none;

static bool is_side(struct str item)
{
	return str_starts(item, STR("revenue")) ||
	       str_starts(item, STR("expenditure")) ||
	       str_starts(item, STR("carryover")) ||
	       str_equal(item, STR("reserves_used")) ||
	       str_equal(item, STR("surplus_allocation"));
}

bool subject_is_memo(const struct subject *s)
{
	return s->n_items && !is_side(s->items[0]);
}

static bool is_plain_side(struct str item)
{
	return str_equal(item, STR("revenue")) ||
	       str_equal(item, STR("expenditure"));
}

/* 一般公共预算 + 三公经费: the word refines, it does not contradict. */
static bool refines(struct str general, struct str special)
{
	return special.n > general.n && str_starts(special, general) &&
	       special.p[general.n] == '.';
}

static bool same_items(const struct subject *s, const struct lexicon_term *t)
{
	if (s->n_items != t->n_items)
		return false;
	for (size_t i = 0; i < s->n_items; i++)
		if (!str_equal(s->items[i], t->items[i]))
			return false;
	return true;
}

static void take_items(struct subject *s, const struct lexicon_term *t)
{
	s->n_items = t->n_items;
	s->items = t->items;
	s->generic = t->generic;
}

/* How the items of a word join those of the phrase, which are others; false:
 * they contradict. */
__attribute__((noinline)) static bool join_items(struct subject *s,
						 const struct lexicon_term *t)
{
	/* 事业收入 + 支出: money of that source, spent. */
	if (s->n_items == 1 && t->n_items == 1 && t->generic &&
	    is_plain_side(s->items[0]) && s->fund.n && !s->generic &&
	    str_equal(t->items[0], STR("expenditure"))) {
		take_items(s, t);
		s->generic = false;
		return true;
	}
	/* 三公经费 + 支出, 政府采购 + 预算: the special word stays. */
	if (t->generic || (t->n_items == 1 && is_plain_side(t->items[0]) &&
			   !t->nature.n && !t->fund.n))
		return !is_side(s->items[0]) ||
		       str_starts(s->items[0], t->items[0]) ||
		       (s->n_items == 1 && !is_plain_side(s->items[0]));
	if (s->n_items == 1 && !is_side(s->items[0]) && !t->fund.n &&
	    str_ends(t->items[0], STR("_total")))
		return true; /* 三公经费 + 总支出 */
	if (s->n_items == 1 && refines(t->items[0], s->items[0]))
		return true; /* 预留给小微企业 + 政府采购 */
	/* 面向中小企业采购 + 项目预算: the projects of it */
	if (s->n_items == 1 && !is_side(s->items[0]) &&
	    str_starts(t->text, STR("项目")) &&
	    str_equal(t->nature, STR("project")))
		return true;
	if (s->generic || (s->n_items == 1 && refines(s->items[0],
						      t->items[0]))) {
		take_items(s, t);
		return true;
	}
	/* 项目支出 + 结转和结余: a balance, by nature */
	if (s->n_items == 1 && t->n_items == 1 && s->nature.n &&
	    str_starts(t->items[0], STR("carryover"))) {
		take_items(s, t);
		return true;
	}
	/* 购置 + 执法执勤用车: a plan, whatever its use */
	if (s->n_items == 1 && t->n_items == 1 &&
	    str_equal(s->items[0], STR("three_public.vehicles.purchased")) &&
	    str_starts(t->items[0], STR("assets.vehicles")))
		return true;
	/* 政府采购 + 货物 and the like */
	return false;
}

/* 财政拨款 beside 一般公共预算: the narrower fund stays. */
static bool is_wider(struct str word, struct str at)
{
	return str_equal(word, STR("fiscal")) &&
	       (str_equal(at, STR("general")) ||
		str_equal(at, STR("government_fund")) ||
		str_equal(at, STR("state_capital")));
}

/* Whether a fund or nature says no other thing than the one before it. */
static bool word_fits(struct str word, struct str at)
{
	return str_equal(word, at) || is_wider(word, at) ||
	       str_equal(at, STR("fiscal")) || refines(at, word) ||
	       refines(word, at);
}

static void take_word(struct str *at, struct str word)
{
	if (!at->n || (!is_wider(word, *at) && !refines(word, *at)))
		*at = word;
}

/* Codes of one length mostly differ at their end. */
static bool is_below(struct str code, struct str parent)
{
	return !parent.n || (code.n >= parent.n &&
			     code.p[parent.n - 1] == parent.p[parent.n - 1] &&
			     str_starts(code, parent));
}

static bool valid_in(const struct lexicon_code *c, int year)
{
	return !year || ((!c->from_year || c->from_year <= year) &&
			 (!c->to_year || c->to_year >= year));
}

/*
 * The one candidate of a name: of a length (0 = any) and below a parent; those
 * valid in the year and the higher class are preferred. NULL where several are
 * left.
 */
static const struct lexicon_code *choose(const struct lexicon_code *const *list,
					 size_t n, size_t length,
					 struct str parent, int year)
{
	const struct lexicon_code *found = NULL;
	size_t hits = 0;

	for (int pass = year ? 0 : 1; pass < 2 && !hits; pass++) {
		for (size_t i = 0; i < n; i++) {
			const struct lexicon_code *c = list[i];

			if ((length && c->code.n != length) ||
			    !is_below(c->code, parent) ||
			    (!pass && !valid_in(c, year)))
				continue;
			if (found && (str_equal(found->code, c->code) ||
				      found->code.n < c->code.n))
				continue;
			hits = found && found->code.n == c->code.n ? 2 : 1;
			found = c;
		}
	}
	return hits == 1 ? found : NULL;
}

/* What the table notes of a word. */
__attribute__((noinline)) static void take_note(struct subject *s,
						const struct lexicon_term *t)
{
	if (!s->nouns && (str_equal(t->note, STR("context")) ||
			  str_equal(t->note, STR("vague"))))
		s->vague = true;
	s->context = str_equal(t->note, STR("context")) ||
		     str_equal(t->note, STR("matter"));
	s->equipment |= str_equal(t->note, STR("equipment"));
	s->balance |= str_equal(t->note, STR("part"));
	s->allotted |= str_equal(t->note, STR("allotted"));
	s->procured |= str_equal(t->note, STR("procured"));
	s->either |= str_equal(t->note, STR("either"));
	s->held |= str_equal(t->note, STR("held"));
	s->vehicle |= str_equal(t->note, STR("vehicle")) ||
		      str_equal(t->note, STR("running"));
}

__attribute__((noinline)) static void take_class(struct subject *s,
						 const struct lexicon_term *t)
{
	/* 一般公共服务支出-审计事务-行政运行: a class and its parts */
	if (t->n_functions && s->class_term && s->class_term->n_functions) {
		const struct lexicon_code *c = choose(
			s->class_term->functions, s->class_term->n_functions, 0,
			s->function, 0);

		if (c)
			s->function = c->code;
	}
	s->class_term = t;
}

bool subject_add(struct subject *s, const struct lexicon_term *t)
{
	if (s->why.n && t->n_items) {
		if (t->generic)
			subject_count_noun(s); /* 资产处置收入 is no revenue */
		return t->generic;
	}
	if ((s->function.n && t->function.n) ||
	    (s->economic.n && t->economic.n) ||
	    (s->fund.n && t->fund.n && !word_fits(t->fund, s->fund)) ||
	    (s->nature.n && t->nature.n && !word_fits(t->nature, s->nature)))
		return false;
	if (t->n_items && (!s->n_items || (s->context && !same_items(s, t))))
		take_items(s, t);
	else if (t->n_items && !same_items(s, t) && !join_items(s, t))
		return false;
	if (t->fund.n)
		take_word(&s->fund, t->fund);
	if (t->nature.n)
		take_word(&s->nature, t->nature);
	if (t->function.n)
		s->function = t->function;
	if (t->economic.n)
		s->economic = t->economic;
	if (t->phase && (!s->phase || t->phase != PHASE_APPROVED))
		s->phase = t->phase;
	if (t->n_functions || t->n_economics)
		take_class(s, t);
	/* 公务用车其他支出: of what, nobody knows */
	if (s->count && (s->class_term || t->economic.n))
		s->why = STR("no_item");
	if (t->total || t->stock || t->unit == UNIT_COUNT) {
		s->total |= t->total;
		s->stock |= t->stock;
		s->count |= t->unit == UNIT_COUNT;
	}
	if (t->n_items)
		s->vague = false; /* but 增殖放流项目全年预算数: a phase says no
				   * more of what it is */
	s->context = false;
	if (t->note.n)
		take_note(s, t);
	if (t->why.n)
		s->why = t->why;
	subject_count_noun(s);
	return true;
}

void subject_set_code(struct subject *s, struct str code)
{
	s->class_term = NULL;
	if (code.p[0] == '2')
		s->function = code;
	else
		s->economic = code;
	subject_spend(s);
	subject_count_noun(s);
}

void subject_mark(struct subject *s, int level)
{
	const struct lexicon_term *t = s->class_term;
	const struct lexicon_code *c;
	size_t length = (size_t)(2 * level + 1);
	struct str parent = s->function;

	if (!t)
		return;
	if (parent.n >= length)
		parent = str_slice(parent, 0, length - 2);
	c = choose(t->functions, t->n_functions, length, parent, 0);
	/* A chain whose 款 is wrong but whose 项 is the only one in the 类. */
	if (!c && parent.n == 5)
		c = choose(t->functions, t->n_functions, length,
			   str_slice(parent, 0, 3), 0);
	if (!c)
		return;
	s->function = c->code;
	s->class_term = NULL;
	s->why = (struct str){NULL, 0}; /* 文物（款） is a class, no asset */
	subject_spend(s);
}

void subject_mark_unknown(struct subject *s, const struct lexicon *l, int level)
{
	char digits[7];
	const struct lexicon_code *c;

	if (level != 3 || s->function.n != 5 || s->class_term)
		return;
	for (size_t i = 0; i < 5; i++)
		digits[i] = s->function.p[i];
	digits[5] = digits[6] = '9';
	c = lexicon_find_code(l, (struct str){digits, 7}, true);
	if (c)
		s->function = c->code;
}

void subject_decide_class(struct subject *s, struct str parent, bool economic,
			  int year)
{
	const struct lexicon_term *t = s->class_term;
	const struct lexicon_code *c = NULL;

	if (!t)
		return;
	s->class_term = NULL;
	/* 公务接待费 is an item of its own, unless in a list of economic
	 * classes; 国有资本经营预算 is a fund unless （类） stands behind it. */
	if ((t->n_items && !economic) || t->fund.n)
		return;
	/* 资本性支出 as a whole is 310, not a class far down in another one */
	if (!economic && !s->function.n && !parent.n) {
		const struct lexicon_code *f = choose(
			t->functions, t->n_functions, 0, parent, year);

		c = choose(t->economics, t->n_economics, 0, STR("3"), year);
		economic = c && c->code.n == 3 && (!f || f->code.n > 3);
		c = NULL;
	}
	if (economic || !t->n_functions) {
		c = choose(t->economics, t->n_economics, 0, STR("3"), year);
		if (c && !s->economic.n)
			s->economic = c->code;
	}
	if (!c) {
		if (s->function.n)
			parent = s->function;
		/* 其他…支出-其他…支出: the part has the name of its whole */
		if (s->function.n == 5)
			c = choose(t->functions, t->n_functions, 7, parent,
				   year);
		while (!c) {
			c = choose(t->functions, t->n_functions, 0, parent,
				   year);
			if (c && parent.n == c->code.n && s->function.n)
				break; /* the code itself stood beside it */
			if (!parent.n)
				break;
			parent = str_slice(parent, 0,
					   parent.n > 3 ? parent.n - 2 : 0);
		}
		if (c && s->function.n < c->code.n)
			s->function = c->code;
		if (s->function.n)
			c = c ? c : t->functions[0];
	}
	if (!c) {
		s->why = STR("no_item");
		return;
	}
	subject_spend(s);
}
