/* The nouns of a phrase, and whether the words before them matter. */
#include "extract/chars.h"
#include "extract/emit.h"
#include "extract/identity.h"
#include "extract/walk.h"

static bool is_time_char(const struct chars *c, size_t i)
{
	static const char32_t *const WORDS[] = {U"年", U"度", U"本", U"全", U"当"};

	for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
		if (chars_at(c, i, WORDS[k]))
			return true;
	return c->cp[i] >= '0' && c->cp[i] <= '9';
}

/* How often the beginning of a document speaks of a name. */
static size_t count_of(const struct narrative *n, struct str name)
{
	enum { BEGINNING = 1 << 16 };
	struct str all = buf_str(&n->x->source->text);
	size_t count = 0, at;

	all = str_slice(all, 0, all.n < BEGINNING ? all.n : BEGINNING);
	while ((at = str_find(all, name)) != SIZE_MAX) {
		count++;
		all = str_slice(all, at + name.n, all.n);
	}
	return count;
}

/*
 * 西安市社会科学院公用经费 in the budget of 西安市科学技术局: a name of the same
 * place that is not a shorter form of the document's. Where the document's is
 * hardly spoken of, the title was misread.
 */
static bool names_another(const struct narrative *n, const struct chars *c,
			  size_t end)
{
	struct str all = buf_str(&n->x->source->text);
	struct str own = n->x->entity.n ? n->x->entity
					: n->x->out->document.entity;
	struct chars e = chars_fold(n->x->arena, own, 0);
	size_t i = 0, from;

	while (i < end && is_time_char(c, i))
		i++;
	from = i;
	if (end < from + 3 || e.n < 3 || c->cp[from] != e.cp[0] ||
	    c->cp[from + 1] != e.cp[1])
		return false;
	for (size_t k = 0; k < e.n && i < end; k++)
		i += c->cp[i] == e.cp[k];
	return i < end &&
	       (count_of(n, own) > 2 ||
		count_of(n, own) >=
			count_of(n, str_slice(all, c->start[from],
					      chars_end(c, end - 1))));
}

/* 福州市民政局（本级）收入预算: the words before name who speaks. */
__attribute__((noinline)) static bool
is_organisation_before(const struct narrative *n, const struct token *t)
{
	struct str all = buf_str(&n->x->source->text);
	struct chars c =
		chars_slice(n->list.chars, n->np.words_start, t->start);
	size_t i = c.n;

	while (i && (is_time_char(&c, i - 1) ||
		     (i > 1 && (chars_at(&c, i - 2, U"部门") ||
				chars_at(&c, i - 2, U"单位") ||
				chars_at(&c, i - 2, U"预算") ||
				chars_at(&c, i - 2, U"决算")))))
		i -= is_time_char(&c, i - 1) ? 1 : 2;
	if (!i)
		return true; /* a year alone */
	/* 县文联2020年…: part of the name of who speaks */
	if (str_find(n->x->out->document.entity,
		     str_slice(all, c.start[0], chars_end(&c, i - 1))) != SIZE_MAX)
		return true;
	if (c.cp[i - 1] == ')') {
		while (i && c.cp[i - 1] != '(')
			i--;
		if (i)
			i--;
	}
	return i && identity_ends_name(c.cp[i - 1]) &&
	       !names_another(n, &c, i);
}

/* Words that the table notes to do something else than name. */
__attribute__((noinline)) static bool take_noted(struct narrative *n,
						 const struct token *t)
{
	/* 维持日常运行: of no vehicle */
	if (str_equal(t->term->note, STR("running")) &&
	    !resolve_speaks_of(n, STR("three_public.vehicles"))) {
		walk_take_other(n, t);
		return true;
	}
	n->overall |= str_equal(t->term->note, STR("overall"));
	if (str_equal(t->term->note, STR("balance"))) {
		n->balances_included = true;
		return true;
	}
	return false;
}

/* Words that do something else than name; true: that was all. */
static bool take_other_noun(struct narrative *n, const struct token *t)
{
	if (n->relation == RELATION_SHARE || n->relation == RELATION_DONE) {
		subject_add(&n->whole, t->term);
		n->has_whole = true;
		return true;
	}
	/* 决算数小于预算数…: the comparator stands behind the verb */
	if ((n->relation == RELATION_UP || n->relation == RELATION_DOWN) &&
	    t->term->phase && n->than) {
		n->versus = (struct versus){.set = true,
					    .phase = t->term->phase};
		return true;
	}
	return t->term->note.n && take_noted(n, t);
}

/* Words before the noun that are no part of its name. */
static void drop_words_before(struct narrative *n, const struct token *t)
{
	struct subject *s = &n->np.subject;

	/* 基本工资、津贴补贴等人员经费: examples of what is named */
	if (n->i && t[-1].kind == TOKEN_TERM && n->n_alts &&
	    str_equal(t[-1].term->text, STR("等")) && t->term->nature.n) {
		n->n_alts = 0;
		subject_begin(s);
		n->np.dirty = n->np.tail = false;
	}
	/* 用于保障机关正常运转的日常支出: the words before are its name */
	if (str_equal(t->term->note, STR("clean"))) {
		if (n->mode == MODE_PURPOSE)
			n->mode = MODE_PLAIN;
		subject_begin(s);
		n->np.dirty = n->np.tail = false;
	}
	if (subject_is_empty(s) || subject_is_time(s)) {
		n->np.start = t->start;
		n->np.dirty = n->np.dirty && !is_organisation_before(n, t);
	}
}

/* The noun contradicts those before it. */
__attribute__((noinline)) static void begin_anew(struct narrative *n,
						 const struct token *t)
{
	struct subject *s = &n->np.subject;
	/* 财政拨款支出中，气象服务…: what stood before narrows, or is
	 * over; a new phrase begins */
	struct subject was = *s;

	subject_begin(s);
	s->phase = was.phase;
	if (!was.n_items || was.generic)
		s->fund = was.fund;
	n->np.start = t->start;
	/* 新增一个二级预算单位专项业务经费: another's */
	n->np.dirty = was.count || was.why.n;
	subject_add(s, t->term);
	/* 货物采购授予中小企业合同金额: neither of the two */
	if (subject_is_memo(&was) && subject_is_memo(s) &&
	    !was.count && !was.context)
		s->why = STR("no_item");
	/* …；主要原因是更新应急保障用车；…: no topic of what follows */
	if (!subject_is_empty(&was) && was.n_items && !was.count &&
	    n->mode != MODE_REASON)
		n->topic = was;
}

void walk_take_noun(struct narrative *n, const struct token *t)
{
	struct subject *s = &n->np.subject;

	if (take_other_noun(n, t))
		return;
	drop_words_before(n, t);
	if (!subject_add(s, t->term))
		begin_anew(n, t);
	if (str_equal(t->term->note, STR("equipment")))
		s->threshold = n->threshold;
	if (t->term->phase)
		n->np.phase = t->term->phase;
	/* 社会福利的彩票公益金支出: not the class */
	n->np.tail = n->np.tail && t->term->generic && s->class_term;
	n->np.filler = true;
}
