/*
 * Words → meaning. A text is walked from left to right; at each place the
 * longest word of the table vocabulary or of the lexicon is taken. What
 * stands in brackets is read too, but need not be understood.
 */
#include "extract/table.h"

bool item_is_memo(struct str item)
{
	static const struct str BUDGET[] = {
		STR_INIT("revenue"),      STR_INIT("revenue_total"),
		STR_INIT("expenditure"),  STR_INIT("expenditure_total"),
		STR_INIT("carryover_in"), STR_INIT("carryover_out"),
		STR_INIT("reserves_used"), STR_INIT("surplus_allocation"),
	};

	for (size_t i = 0; i < sizeof BUDGET / sizeof *BUDGET; i++)
		if (str_equal(item, BUDGET[i]))
			return false;
	return item.n > 0;
}

bool item_is_count(struct str item)
{
	static const struct str COUNTS[] = {
		STR_INIT("three_public.overseas.groups"),
		STR_INIT("three_public.overseas.persons"),
		STR_INIT("three_public.vehicles.purchased"),
		STR_INIT("three_public.vehicles.fleet"),
		STR_INIT("three_public.hospitality.batches"),
		STR_INIT("three_public.hospitality.persons"),
		STR_INIT("performance.projects"),
		STR_INIT("assets.equipment_500k"),
		STR_INIT("assets.equipment_1m"),
		STR_INIT("assets.buildings_area"),
		STR_INIT("units"),
	};

	for (size_t i = 0; i < sizeof COUNTS / sizeof *COUNTS; i++)
		if (str_equal(item, COUNTS[i]))
			return true;
	return str_starts(item, STR("assets.vehicles")) ||
	       str_starts(item, STR("staff."));
}

int item_rank(struct str item, bool generic)
{
	if (!item.n)
		return -1;
	if (str_equal(item, STR("revenue")) ||
	    str_equal(item, STR("expenditure")))
		return generic ? 0 : 1;
	if (str_ends(item, STR("_total")))
		return 2;
	return 3;
}

/* A new item beside those there: a part of a thing overrules it, 收入 alone
 * overrules nothing that says more. */
static void take_items(struct meaning *m, const struct str *items, size_t n,
		       bool generic, enum table_place place)
{
	int old = m->n_items ? item_rank(m->items[0], m->generic) : -1;
	int new = item_rank(items[0], generic);

	if (new < old && !(old <= 1 && new <= 1 && !generic))
		return;
	/* the first of several memo items of a title is not all of them */
	if (place == TABLE_TITLE && old == 3 && new == 3 &&
	    item_is_memo(m->items[0]) && item_is_memo(items[0]) &&
	    !str_starts(items[0], m->items[0])) {
		m->mixed = true;
		return;
	}
	for (size_t i = 0; i < n; i++)
		m->items[i] = items[i];
	m->n_items = n;
	m->generic = generic;
}

static void take_year(struct meaning *m, int year)
{
	if (m->versus)
		m->vs_year = year;
	else
		m->year = year;
}

static void take_phase(struct meaning *m, enum phase phase)
{
	if (m->versus)
		m->vs_phase = phase;
	else
		m->phase = phase;
}

static void take_text(struct str *at, struct str value)
{
	if (value.n)
		*at = value;
}

/* A title that names two funds or natures stands for neither alone. */
static void take_either(struct str *at, struct str value,
			enum table_place place, bool *both)
{
	if (!value.n)
		return;
	if (place == TABLE_TITLE && at->n && !str_starts(value, *at) &&
	    !str_starts(*at, value) && !str_equal(*at, STR("fiscal")))
		*both = true;
	*at = *both ? (struct str){NULL, 0} : value;
}

static void take_word(struct meaning *m, const struct extract *x,
		      enum table_place place, const struct table_word *w)
{
	if (w->n_items)
		take_items(m, w->items, w->n_items, false, place);
	if (w->fund.n || w->n_items || w->nature.n)
		m->why = (struct str){NULL, 0};
	take_either(&m->fund, w->fund, place, &m->two_funds);
	take_text(&m->function, w->function);
	take_text(&m->economic, w->economic);
	take_either(&m->nature, w->nature, place, &m->two_natures);
	take_text(&m->why, w->why);
	if (w->phase)
		take_phase(m, w->phase);
	if (w->has_year && x->year)
		take_year(m, x->year + w->year);
	if (w->has_kind) {
		m->has_kind = true;
		m->kind = w->kind;
	}
	if (w->role)
		m->role = w->role;
	if (w->classes)
		m->classes = w->classes;
	m->count = m->count || w->count;
	m->total = w->total || (m->total && !w->part);
	m->part = w->part || (m->part && !w->total);
	m->sum = m->sum || w->sum;
	m->current = m->current || w->current;
	m->known++;
}

static void take_noun(struct meaning *m, enum table_place place,
		      const struct lexicon_term *t)
{
	/* 预算单位, 车辆 in a title are not what the table measures */
	if (place == TABLE_TITLE && t->unit == UNIT_COUNT)
		return;
	if (t->n_items)
		take_items(m, t->items, t->n_items, t->generic, place);
	if (t->fund.n || (t->n_items && !t->generic))
		m->why = (struct str){NULL, 0};
	take_either(&m->fund, t->fund, place, &m->two_funds);
	take_text(&m->function, t->function);
	if (place == TABLE_HEAD) /* in rows it may be a project's name */
		take_text(&m->economic, t->economic);
	take_either(&m->nature, t->nature, place, &m->two_natures);
	take_text(&m->why, t->why);
	if (t->phase)
		take_phase(m, t->phase);
	if (t->unit == UNIT_COUNT)
		m->count = true;
	if (t->total)
		m->total = true;
	if (t->n_functions || t->n_economics)
		m->class_term = t;
	m->known++;
}

static void take_term(struct meaning *m, const struct extract *x,
		      enum table_place place, const struct lexicon_term *t)
{
	switch (t->class) {
	case TERM_NOUN:
		take_noun(m, place, t);
		break;
	case TERM_YEAR:
		if (x->year)
			take_year(m, x->year + t->year);
		break;
	case TERM_VERSUS:
		if (place != TABLE_TITLE)
			m->versus = true;
		break;
	case TERM_YOY:
		if (x->year)
			m->vs_year = x->year - 1;
		break;
	case TERM_UP:
	case TERM_DOWN:
		if (place == TABLE_HEAD && !m->has_kind) {
			m->has_kind = true;
			m->kind = KIND_CHANGE;
		}
		break;
	case TERM_SHARE:
	case TERM_DONE:
		if (place == TABLE_HEAD) {
			m->has_kind = true;
			m->kind = t->class == TERM_SHARE ? KIND_SHARE
							 : KIND_COMPLETION;
			m->versus = true;
		}
		break;
	default:
		break;
	}
}

/* 2023年, 2023年度, 2023 before a word: the year, and its length. */
static size_t read_year(const struct chars *c, size_t i, size_t to, int *year)
{
	int value = 0;

	if (to - i < 4 || (i && chars_is_digit(c->cp[i - 1])) ||
	    (i + 4 < to && (chars_is_digit(c->cp[i + 4]) || c->cp[i + 4] == '.')))
		return 0;
	for (size_t k = 0; k < 4; k++) {
		if (!chars_is_digit(c->cp[i + k]))
			return 0;
		value = value * 10 + (int)(c->cp[i + k] - '0');
	}
	if (value < 1990 || value > 2060)
		return 0;
	*year = value;
	if (i + 4 < to && c->cp[i + 4] == 0x5E74) /* 年 */
		return i + 5 < to && c->cp[i + 5] == 0x5EA6 ? 6 : 5;
	return 4;
}

static bool is_mark(uint32_t cp)
{
	return cp == '(' || cp == ')' || cp == ':' || cp == 0x3001 ||
	       cp == ',' || cp == '.' || cp == ';' || cp == 0x3002 ||
	       cp == '-' || cp == '/' || cp == 0x300A || cp == 0x300B ||
	       cp == '<' || cp == '>' || cp == '_' || cp == '+';
}

/* The longest word at i of either vocabulary; gives its length. */
static size_t read_word(struct meaning *m, const struct extract *x,
			enum table_place place, const struct chars *c,
			size_t i, size_t to, bool whole)
{
	size_t n_word = 0, n_term = 0;
	const struct table_word *w =
		table_words_match(lexicon_table_words(x->lexicon), place,
				  c->cp + i, to - i, &n_word);
	const struct lexicon_term *t =
		lexicon_match(x->lexicon, c->cp + i, to - i, &n_term);

	if (w && w->whole && !(whole && n_word == to - i))
		w = NULL;
	if (w && (!t || n_word >= n_term)) {
		/* a class name may stand in rows of another table too */
		if (t && n_term == n_word && (t->n_functions || t->n_economics))
			m->class_term = t;
		take_word(m, x, place, w);
		return n_word;
	}
	if (!t)
		return 0;
	take_term(m, x, place, t);
	return n_term;
}

static size_t read_unit(struct meaning *m, const struct extract *x,
			const struct chars *c, size_t i, size_t to)
{
	size_t n = 0;
	const struct lexicon_unit *u =
		lexicon_match_unit(x->lexicon, c->cp + i, to - i, &n);

	if (!u || !i || (c->cp[i - 1] != '(' && c->cp[i - 1] != ':') ||
	    (i + n < to && c->cp[i + n] != ')' && !is_mark(c->cp[i + n])))
		return 0;
	m->unit = u;
	if (u->unit == UNIT_COUNT)
		m->count = true;
	return n;
}

void meaning_read(struct meaning *m, const struct extract *x,
		  enum table_place place, const struct chars *c, size_t from,
		  size_t to)
{
	int depth = 0, year = 0;
	size_t n;

	for (size_t i = from; i < to; i += n) {
		uint32_t cp = c->cp[i];

		n = place == TABLE_TITLE ? 0 : read_unit(m, x, c, i, to);
		if (!n) {
			const struct lexicon_term *outside =
				depth ? m->class_term : NULL;

			n = read_word(m, x, place, c, i, to, i == from);
			if (outside && m->class_term != outside) {
				m->class_within = m->class_term;
				m->class_term = outside;
			}
		}
		if (n)
			continue;
		n = read_year(c, i, to, &year);
		if (n) {
			take_year(m, year);
			continue;
		}
		n = 1;
		if (cp == '(')
			depth++;
		else if (cp == ')' && depth)
			depth--;
		else if (cp == '%')
			m->percent = true;
		else if (!is_mark(cp) && !depth)
			m->unknown++;
	}
}

bool meaning_is_balance(const struct meaning *m)
{
	return m->n_items && (str_starts(m->items[0], STR("carryover")) ||
			      str_equal(m->items[0], STR("reserves_used")) ||
			      str_equal(m->items[0],
					STR("surplus_allocation")));
}

/* 年初结转和结余 > 项目支出结转和结余, 本年收入 > 基本支出: a part of what
 * stands above, whatever its own words. */
static bool is_part_of(const struct meaning *inner, const struct meaning *outer)
{
	if (!inner->n_items || !outer->n_items || !inner->nature.n)
		return false;
	return meaning_is_balance(outer)
		       ? meaning_is_balance(inner) ||
				 item_rank(inner->items[0], false) == 1
		       : item_rank(outer->items[0], outer->generic) == 1 &&
				 str_equal(outer->items[0], STR("revenue"));
}

void meaning_nest(struct meaning *outer, const struct meaning *inner)
{
	if (inner->n_items && !is_part_of(inner, outer))
		take_items(outer, inner->items, inner->n_items, inner->generic,
			   TABLE_HEAD);
	if (inner->fund.n || (inner->n_items && !inner->generic) ||
	    inner->nature.n)
		outer->why = (struct str){NULL, 0};
	take_text(&outer->fund, inner->fund);
	take_text(&outer->function, inner->function);
	take_text(&outer->economic, inner->economic);
	take_text(&outer->nature, inner->nature);
	take_text(&outer->why, inner->why);
	if (inner->phase)
		outer->phase = inner->phase;
	if (inner->year)
		outer->year = inner->year;
	if (inner->vs_year)
		outer->vs_year = inner->vs_year;
	if (inner->vs_phase)
		outer->vs_phase = inner->vs_phase;
	if (inner->has_kind) {
		outer->has_kind = true;
		outer->kind = inner->kind;
	}
	if (inner->unit)
		outer->unit = inner->unit;
	if (inner->role)
		outer->role = inner->role;
	if (inner->classes)
		outer->classes = inner->classes;
	outer->count = outer->count || inner->count;
	outer->percent = outer->percent || inner->percent;
	outer->total = inner->total;
	outer->part = inner->part;
	outer->sum = inner->sum;
	outer->current = outer->current || inner->current;
	outer->versus = outer->versus || inner->versus;
	if (inner->class_term)
		outer->class_term = inner->class_term;
	outer->known += inner->known;
	outer->unknown += inner->unknown;
}

static bool valid_in(const struct lexicon_code *c, int year)
{
	return !year || ((!c->from_year || c->from_year <= year) &&
			 (!c->to_year || year <= c->to_year));
}

static bool of_kind(const struct lexicon_code *c, enum table_classes classes)
{
	char first = c->code.p[0];

	switch (classes) {
	case CLASSES_ECONOMIC:
		return first == '3';
	case CLASSES_GOVERNMENT:
		return first == '5';
	default:
		return true;
	}
}

/* The government's classes of agencies say 机关 where tables leave it out. */
static const struct lexicon_term *agency_term(const struct extract *x,
					      const struct lexicon_term *t)
{
	struct str name = str_format(x->arena, "机关%.*s", STR_ARG(t->text));
	struct chars c = chars_fold(x->arena, name, 0);
	const struct lexicon_term *agency;
	size_t n = 0;

	agency = lexicon_match(x->lexicon, c.cp, c.n, &n);
	return agency && n == c.n && agency->n_economics ? agency : NULL;
}

static const struct lexicon_code *best_class(const struct lexicon_term *t,
					     enum table_classes classes,
					     struct str parent, int year,
					     bool *doubt)
{
	bool function = classes == CLASSES_FUNCTION;
	const struct lexicon_code *const *list =
		function ? t->functions : t->economics;
	size_t n = function ? t->n_functions : t->n_economics;
	const struct lexicon_code *best = NULL;
	bool best_in = false;
	size_t rivals = 0;

	/* within the parent first, then the shortest code, then the current */
	for (size_t i = 0; i < n; i++) {
		const struct lexicon_code *c = list[i];
		bool in = parent.n && c->code.n > parent.n &&
			  str_starts(c->code, parent);

		if (!of_kind(c, classes) || !valid_in(c, year))
			continue;
		if (!best || (in && !best_in) ||
		    (in == best_in && c->code.n < best->code.n)) {
			rivals = 0;
			best = c;
			best_in = in;
		} else if (in == best_in && c->code.n == best->code.n &&
			   !str_equal(c->code, best->code)) {
			rivals++;
		}
	}
	*doubt = rivals > 0;
	return best;
}

const struct lexicon_code *class_by_name(const struct extract *x,
					 const struct lexicon_term *t,
					 enum table_classes classes,
					 struct str parent, bool *doubt)
{
	const struct lexicon_code *best =
		best_class(t, classes, parent, x->year, doubt);
	const struct lexicon_term *agency;

	if (classes != CLASSES_GOVERNMENT || (best && best->code.n == 3) ||
	    (best && parent.n && str_starts(best->code, parent)))
		return best;
	agency = agency_term(x, t);
	return agency ? best_class(agency, classes, parent, x->year, doubt)
		      : best;
}
