/*
 * Row labels: codes in one column or split over 类 款 项 (with what stands
 * above carried on), codes glued to names, outline numbers, 其中, sums,
 * balances with their parts below, units of the department, projects.
 *
 * A label that is not wholly understood names nothing: its amounts become
 * residues. A code stands for itself, whatever the name beside it.
 */
#include "extract/table.h"

#include <string.h>

static struct str copy_digits(struct arena *a, const struct chars *c,
			      size_t from, size_t to)
{
	char *p = arena_alloc(a, to - from + 1);

	for (size_t i = from; i < to; i++)
		p[i - from] = (char)c->cp[i];
	return (struct str){p, to - from};
}

/* Digits at the start of a label that may be a class code; their number. */
static size_t code_length(const struct chars *c)
{
	size_t n = 0;

	while (n < c->n && chars_is_digit(c->cp[n]))
		n++;
	if (n < c->n && (c->cp[n] == '.' || c->cp[n] == 0x5E74 ||
			 c->cp[n] == ','))
		return 0; /* 1. and 2023年 */
	return n;
}

static bool is_function(struct str code)
{
	return code.n && code.p[0] == '2' &&
	       (code.n == 3 || code.n == 5 || code.n == 7);
}

static bool is_economic(struct str code)
{
	return code.n && (code.p[0] == '3' || code.p[0] == '5') &&
	       (code.n == 3 || code.n == 5);
}

/* A code finer than the classification, of an economic class. */
static bool is_too_fine(struct str code)
{
	return code.n > 5 && (code.p[0] == '3' || code.p[0] == '5') &&
	       code.n <= 9;
}

static void take_code(struct row_label *out, struct side_state *s,
		      struct str code)
{
	if (is_function(code)) {
		out->means.function = code;
		out->class_row = true;
		s->functions = true;
		s->classes = CLASSES_FUNCTION;
		s->last_function = code;
	} else if (is_economic(code) && code.p[0] == '5') {
		s->classes = CLASSES_GOVERNMENT;
		out->government = code;
		out->class_row = true;
	} else if (is_economic(code)) {
		s->classes = CLASSES_ECONOMIC;
		out->means.economic = code;
		out->class_row = true;
	} else if (is_too_fine(code) && code.n == 7) {
		out->means.why = STR("no_item");
		out->class_row = true;
	}
}

/* Puts the parts of a code together: 301 | 2, or (201) | 08 | 01. */
static void take_part(struct side_state *s, unsigned level, struct str digits)
{
	size_t base = level == 1 ? 0 : 3 + 2 * (size_t)(level - 2);

	/* a code that is whole already, in whatever column */
	if (digits.n > 3 || (level > 1 && digits.n == 3)) {
		s->code_n = digits.n < sizeof s->code ? digits.n : 0;
		memcpy(s->code, digits.p, s->code_n);
		return;
	}
	if (level == 1) {
		s->code_n = digits.n;
		memcpy(s->code, digits.p, digits.n);
		return;
	}
	if (s->code_n < base) /* nothing above it to stand on */
		return;
	s->code_n = base;
	if (digits.n == 1)
		s->code[s->code_n++] = '0';
	if (digits.n <= 2) {
		memcpy(s->code + s->code_n, digits.p, digits.n);
		s->code_n += digits.n;
	}
}

/* 其中：, 其中, 加：, 减： */
static size_t skip_words(const struct chars *c, size_t i)
{
	static const char32_t *const WORDS[] = {U"其中", U"其", U"加:", U"减:",
					    U"包括"};
	static const size_t LENGTHS[] = {2, 0, 2, 2, 2};

	for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
		if (LENGTHS[k] && chars_at(c, i, WORDS[k])) {
			i += LENGTHS[k];
			break;
		}
	while (i < c->n && (c->cp[i] == ':' || c->cp[i] == '-' ||
			    c->cp[i] == 0x3001))
		i++;
	return i;
}

static struct row_mark strip(const struct chars *c)
{
	struct row_mark l = {0};
	size_t n;

	l.from = skip_words(c, 0);
	l.of_which = l.from > 0;
	n = outline_read_mark(c, l.from, &l.level);
	if (n && l.from + n < c->n)
		l.from += n;
	else
		l.level = 0;
	n = skip_words(c, l.from);
	l.of_which = l.of_which || n > l.from;
	l.from = n;
	return l;
}

static bool ends_like_unit(const struct chars *c)
{
	static const char32_t *const ENDS[] = {
		U"局",     U"委员会", U"办公室", U"中心", U"学院", U"学校", U"大学",
		U"医院",   U"街道办事处", U"管理站", U"总站", U"管理处", U"支队",
		U"总队",   U"大队",   U"研究所", U"研究院", U"监狱", U"厅",
		U"委",     U"馆",     U"所",     U"院",   U"本级", U"机关", U"处",
		U"站",     U"队",     U"协会",   U"联合会", U"人民政府", U"校", U"园",
		U"场",     U"办事处", U"法院",   U"检察院", U"部",
	};

	for (size_t k = 0; k < sizeof ENDS / sizeof *ENDS; k++) {
		size_t n = 0;

		while (ENDS[k][n])
			n++;
		if (c->n > n + 2 && chars_at(c, c->n - n, ENDS[k]))
			return true;
	}
	return false;
}

/* The class that a label names, where the table or the side has classes. */
static void take_class_name(struct row_label *out, struct side_state *s,
			    struct extract *x, const struct meaning *m,
			    enum table_classes classes)
{
	bool doubt = false;
	const struct lexicon_code *code, *within = NULL;

	if (m->class_within)
		within = class_by_name(x, m->class_within, classes,
				       (struct str){NULL, 0}, &doubt);
	code = class_by_name(x, m->class_term, classes,
			     within ? within->code : s->last_function, &doubt);

	if (!code)
		return;
	out->means.n_items = 0;
	out->means.why = (struct str){NULL, 0};
	out->means.fund = (struct str){NULL, 0};
	out->means.nature = (struct str){NULL, 0};
	take_code(out, s, code->code);
	if (code->code.n > 3)
		s->last_function = str_slice(code->code, 0, 3);
	if (doubt)
		out->doubt = str_format(x->arena,
					"class %.*s by its name alone",
					STR_ARG(code->code));
}

struct reading {
	struct row_label *out;
	struct side_state *s;
	const struct layout *l;
	struct extract *x;
	unsigned side;
	bool names; /* the side has names of rows beside those of projects */
	bool strange; /* a cell of the label was not understood */
};

/* Which classes the labels of a column name, where the table says so. */
static enum table_classes classes_of(const struct reading *r,
				     const struct column *col)
{
	if (col->means.classes)
		return col->means.classes;
	if (r->l->sides[r->side].means.classes)
		return r->l->sides[r->side].means.classes;
	/* 机关运行经费: what it was spent on */
	if (r->l->title.n_items == 1 && !r->l->title.mixed &&
	    !r->l->title.classes &&
	    str_equal(r->l->title.items[0], STR("operating_cost")))
		return CLASSES_ECONOMIC;
	return r->l->title.classes;
}

static bool has_class(const struct reading *r, const struct lexicon_term *t,
		      enum table_classes classes)
{
	bool doubt;

	return class_by_name(r->x, t, classes, (struct str){NULL, 0}, &doubt);
}

static enum table_classes classes_for(const struct reading *r,
				      const struct column *col,
				      const struct meaning *m)
{
	const struct meaning *side = &r->l->sides[r->side].means;
	bool expenditure =
		side->n_items
			? str_starts(side->items[0], STR("expenditure"))
			: r->l->title.n_items != 1 ||
				  !str_starts(r->l->title.items[0],
					      STR("revenue"));

	if (!m->class_term)
		return CLASSES_NONE;
	if (classes_of(r, col))
		return classes_of(r, col);
	/* a name with another meaning: 国有资本经营预算支出, but not in a
	 * list of functional classes */
	if ((m->n_items || m->why.n) &&
	    !(r->s->functions && expenditure && r->l->n_sides > 1 &&
	      m->class_term->n_functions))
		return CLASSES_NONE;
	if (r->l->n_sides > 1 && !expenditure)
		return CLASSES_NONE;
	/* as the rows above, or what has such a class */
	if (r->s->classes && has_class(r, m->class_term, r->s->classes))
		return r->s->classes;
	for (enum table_classes k = CLASSES_FUNCTION; k <= CLASSES_GOVERNMENT;
	     k++)
		if (has_class(r, m->class_term, k))
			return k;
	return CLASSES_NONE;
}

/* A code in brackets behind the name: 工资福利支出（301）. */
static struct str code_behind(struct arena *a, const struct chars *c)
{
	size_t end = c->n, from;

	if (!end || c->cp[end - 1] != ')')
		return (struct str){NULL, 0};
	for (from = --end; from && chars_is_digit(c->cp[from - 1]); from--)
		;
	if (end - from < 3 || !from || c->cp[from - 1] != '(')
		return (struct str){NULL, 0};
	return copy_digits(a, c, from, end);
}

/* A project that is named like a class, or like a memo item outside tables
 * of such: 培训费. */
static bool named_like(const struct layout *l, const struct meaning *m)
{
	return m->class_term ||
	       (m->n_items && item_is_memo(m->items[0]) &&
		!(l->title.n_items && item_is_memo(l->title.items[0])));
}

/* 224-01-06 安全监管, 208.05: the parts of a code with marks between them. */
static struct str marked_code(struct arena *a, const struct chars *c)
{
	char *p = arena_alloc(a, CODE_SIZE);
	size_t n = 0, i = 0;

	while (i < c->n && chars_is_digit(c->cp[i]) && n < 3)
		p[n++] = (char)c->cp[i++];
	while (n >= 3 && n < 7 && i + 2 < c->n &&
	       (c->cp[i] == '-' || c->cp[i] == '.') &&
	       chars_is_digit(c->cp[i + 1]) && chars_is_digit(c->cp[i + 2])) {
		p[n++] = (char)c->cp[i + 1];
		p[n++] = (char)c->cp[i + 2];
		i += 3;
	}
	if (n < 5 || (i < c->n && (chars_is_digit(c->cp[i]) || c->cp[i] == '-')))
		n = 0;
	return (struct str){p, n};
}

/* One label cell: its code, its words. */
static void read_cell(struct reading *r, const struct column *col,
		      const struct table_cell *c, struct row_mark *first)
{
	struct row_label *out = r->out;
	struct row_mark l = strip(&c->text);
	struct meaning m = {0};
	size_t digits = code_length(&c->text);
	enum table_classes classes;

	if (!out->any) {
		*first = l;
		out->start = c->at.start;
	}
	out->any = true;
	out->end = c->at.end;
	{
		struct str code = marked_code(r->x->arena, &c->text);

		if (!code.n)
			code = digits >= 3 ? copy_digits(r->x->arena, &c->text,
							 0, digits)
					   : code_behind(r->x->arena, &c->text);
		if (is_function(code) || is_economic(code) ||
		    is_too_fine(code)) {
			take_code(out, r->s, code);
			if (out->class_row) {
				out->known = true;
				return;
			}
		}
	}
	/* A- and B- before goods and works */
	if (c->text.n > 2 && c->text.cp[0] >= 'A' && c->text.cp[0] <= 'C' &&
	    c->text.cp[1] == '-')
		l.from = 2;
	meaning_read(&m, r->x, TABLE_ROW, &c->text, l.from, c->text.n);
	if (col->role == ROLE_PROJECT && !out->class_row &&
	    named_like(r->l, &m)) {
		out->project = true;
		return;
	}
	if (!m.known || m.unknown) {
		if (col->role == ROLE_PROJECT && r->names)
			out->project = true;
		if (out->class_row)
			return;
		out->org = out->org || (col->role == ROLE_ORG) ||
			   (col->role != ROLE_PROJECT &&
			    ends_like_unit(&c->text));
		out->project = out->project ||
			       (col->role == ROLE_PROJECT && !out->org);
		if (out->org && !out->entity.n)
			out->entity = str_slice(
				buf_str(&r->x->source->text), c->at.start,
				c->at.end);
		r->strange = r->strange || (!out->org && !out->project &&
					    c->text.n > 2);
		return;
	}
	/* the name of a class whose code stands in another column */
	if (out->class_row && m.class_term)
		return;
	classes = classes_for(r, col, &m);
	out->known = true;
	if (m.economic.n && (m.economic.p[0] == '5' ||
			     classes_of(r, col) != CLASSES_GOVERNMENT)) {
		take_code(out, r->s, m.economic);
		classes = CLASSES_NONE;
	}
	if (classes && !(classes == CLASSES_GOVERNMENT && out->means.economic.n))
		take_class_name(out, r->s, r->x, &m, classes);
	if (!out->class_row)
		meaning_nest(&out->means, &m);
	else
		out->means.known += m.known;
}

static void read_code(struct reading *r, const struct table_cell *c,
		      unsigned level, bool *part_seen)
{
	size_t n = code_length(&c->text);
	struct str digits;

	if (!n || n != c->text.n)
		return;
	digits = copy_digits(r->x->arena, &c->text, 0, n);
	if (!r->out->any)
		r->out->start = c->at.start;
	r->out->any = true;
	r->out->end = c->at.end;
	if (level) {
		take_part(r->s, level, digits);
		*part_seen = true;
		return;
	}
	take_code(r->out, r->s, digits);
	if (r->out->class_row)
		r->out->known = true;
}

/* Whether a code goes on in the next column: not where its head names another
 * classification, 部门预算支出经济分类科目编码 | 政府预算支出经济分类科目编码. */
static bool goes_on(const struct column *c, const struct column *next)
{
	return c->role == ROLE_CODE && next->role == ROLE_CODE &&
	       (!next->means.classes ||
		next->means.classes == c->means.classes);
}

/* The level of a code column: as its head says, or by its place in a run. */
static unsigned part_level(const struct layout *l, unsigned col)
{
	const struct column *c = &l->columns[col];
	unsigned n = 1, k = col, next = col + 1;

	if (c->code_level)
		return (unsigned)c->code_level;
	while (k > l->sides[c->side].first &&
	       goes_on(&l->columns[k - 1], &l->columns[k]) &&
	       !l->columns[k - 1].code_level)
		n += !l->columns[k--].again;
	if (n > 1)
		return n > 3 ? 0 : n;
	while (next < l->sides[c->side].end && l->columns[next].again)
		next++;
	return next < l->sides[c->side].end && goes_on(c, &l->columns[next])
		       ? 1
		       : 0;
}

static void end_code(struct reading *r, bool *part_seen)
{
	if (*part_seen && r->s->code_n) {
		struct str code = str_copy(
			r->x->arena,
			(struct str){r->s->code, r->s->code_n});

		take_code(r->out, r->s, code);
		r->out->known = r->out->known || r->out->class_row;
	}
	*part_seen = false;
}

/* 2023, 2023年预算数, 2023比2022, 增减: which year a row is of. */
static void read_year_cell(struct meaning *out, const struct extract *x,
			   const struct table_cell *c)
{
	if (cell_is_year(c)) {
		out->year = (int)c->number.digits;
		out->known = 1;
	} else if (c->kind == CELL_TEXT) {
		meaning_read(out, x, TABLE_ROW, &c->text, 0, c->text.n);
	}
	if (out->unknown)
		*out = (struct meaning){0};
	if (out->versus && out->vs_year && !out->has_kind) {
		out->has_kind = true;
		out->kind = KIND_CHANGE;
	}
	out->known += out->year != 0;
}

static void take_year_cell(struct row_label *out, const struct meaning *year)
{
	struct meaning *m = &out->means;

	m->year = year->year;
	m->phase = year->phase;
	m->vs_year = year->vs_year;
	m->vs_phase = year->vs_phase;
	m->has_kind = year->has_kind;
	m->kind = year->kind;
	out->known = out->known || !out->any;
	out->any = true;
}

/* 2022年决算数, 2023年预算数, 增减额: a change between the two rows above. */
static void compare_times(struct meaning *m, struct side_state *s,
			  const struct extract *x)
{
	int year = m->year ? m->year : x->year;
	bool swap = s->times[1].year > s->times[0].year ||
		    (s->times[1].year == s->times[0].year &&
		     s->times[1].phase > s->times[0].phase);

	if (!m->has_kind) {
		if (!m->year && !m->phase)
			return;
		s->times[1] = s->times[0];
		s->times[0].year = year;
		s->times[0].phase = m->phase ? m->phase : x->phase;
	} else if (!m->vs_year && !m->vs_phase && s->times[1].year) {
		m->year = s->times[swap].year;
		m->phase = s->times[swap].phase;
		m->vs_year = s->times[!swap].year;
		m->vs_phase = s->times[!swap].phase;
	}
}

/* 2080201 in a column of codes of units, with 行政运行 behind it. */
static bool is_class_code(const struct table_cell *c)
{
	return c->kind == CELL_NUMBER && c->plain && c->text.cp[0] == '2' &&
	       (c->digits == 3 || c->digits == 5 || c->digits == 7);
}

static bool names_class(const struct extract *x, const struct table_cell *c)
{
	struct meaning m = {0};

	if (!c || c->kind != CELL_TEXT)
		return false;
	meaning_read(&m, x, TABLE_ROW, &c->text, 0, c->text.n);
	return !m.unknown && m.class_term && m.class_term->n_functions;
}

void row_read_label(struct row_label *out, struct side_state *s,
		    const struct layout *l, unsigned side, struct extract *x,
		    const struct matrix *m, unsigned row)
{
	struct reading r = {.out = out, .s = s, .l = l, .x = x, .side = side};
	struct row_mark first = {0};
	struct meaning year = {0};
	bool part_seen = false;

	*out = (struct row_label){0};
	for (unsigned col = l->sides[side].first; col < l->sides[side].end;
	     col++)
		r.names = r.names || l->columns[col].role == ROLE_NAME;
	for (unsigned col = l->sides[side].first; col < l->sides[side].end;
	     col++) {
		const struct column *c = &l->columns[col];
		const struct table_cell *cell = matrix_cell(m, row, col);
		unsigned level = 0;

		if (c->role == ROLE_CODE)
			level = part_level(l, col);
		if (c->role != ROLE_CODE || level == 1)
			end_code(&r, &part_seen);
		if (!cell || cell->kind == CELL_DASH)
			continue;
		if (c->role == ROLE_CODE && cell->kind == CELL_NUMBER)
			read_code(&r, cell, level, &part_seen);
		else if (c->role == ROLE_SERIAL && is_class_code(cell) &&
			 col + 1 < l->sides[side].end &&
			 names_class(x, matrix_cell(m, row, col + 1)))
			read_code(&r, cell, 0, &part_seen);
		else if (c->role == ROLE_YEAR)
			read_year_cell(&year, x, cell);
		else if (cell->kind == CELL_TEXT &&
			 (c->role == ROLE_NAME || c->role == ROLE_CODE ||
			  c->role == ROLE_ORG || c->role == ROLE_PROJECT))
			read_cell(&r, c, cell, &first);
		else if (c->role == ROLE_NAME && cell->kind == CELL_NUMBER &&
			 cell->plain)
			read_code(&r, cell, 0, &part_seen);
	}
	end_code(&r, &part_seen);
	if (!out->any && year.known) {
		*out = s->last; /* 行政运行 | 2023, and 2022 below it */
	} else {
		row_settle(out, s, l, &first, r.strange);
		s->last = *out;
	}
	if (year.known)
		take_year_cell(out, &year);
	compare_times(&out->means, s, x);
}
