/*
 * The first lines of a document name it: "重庆市XX局2023年部门预算情况说明", often
 * over two or three lines. Year and phase are those said first together with
 * 预算 or 决算; the entity is what stands before the year or before 部门预算, or
 * behind 部门： in the head of a table.
 */
#include "extract/identity.h"

#include "base/utf8.h"
#include "extract/chars.h"
#include "extract/outline.h"
#include "extract/title.h"

enum { TITLE_BLOCKS = 12 };

/* Words behind which no name goes on, by their first character. */
static const struct {
	char32_t first;
	const char32_t *words[7];
} ENDS[] = {
	{U'部', {U"部门预算", U"部门决算", U"部门(单位)", U"部门整体", U"部门2",
		 U"部门二"}},
	{U'单', {U"单位预算", U"单位决算", U"单位2", U"单位二"}},
	{U'预', {U"预算"}},
	{U'决', {U"决算"}},
	{U'三', {U"三公"}},
	{U'年', {U"年度"}},
	{U'本', {U"本级预算"}},
	{U'收', {U"收支"}},
	{U'财', {U"财政拨款"}},
	{U'情', {U"情况说明"}},
	{U'关', {U"关于"}},
};

/* The last character of a name of an organisation. */
bool identity_ends_name(uint32_t cp)
{
	switch (cp) {
	case U'局': case U'委': case U'办': case U'院': case U'厅': case U'部':
	case U'会': case U'所': case U'站': case U'校': case U'处': case U'心':
	case U'队': case U'馆': case U'园': case U'区': case U'社': case U'组':
	case U'室': case U'盟': case U'联': case U'府': case U'乡': case U'镇':
	case U'村': case U'库': case U'团': case U'台': case U'行': case U'司':
	case U'学': case U'场': case U'公': case U'墓': case U'线': case U'法':
	case U'关': case U'宫': case U')':
		return true;
	default:
		return false;
	}
}

static bool at_end_word(const struct chars *c, size_t i)
{
	for (size_t k = 0; k < sizeof ENDS / sizeof *ENDS; k++) {
		if (ENDS[k].first != c->cp[i])
			continue;
		for (const char32_t *const *w = ENDS[k].words; *w; w++)
			if (chars_at(c, i, *w))
				return true;
	}
	return false;
}

static bool is_year_at(const struct extract *x, const struct chars *c,
		       size_t i, int *year, size_t *length)
{
	struct token t = {0};
	size_t n;

	if (!(c->cp[i] >= '1' && c->cp[i] <= '2') && c->cp[i] != 0x4E8C)
		return false;
	for (size_t k = 0; k < 4; k++)
		if (i + k >= c->n)
			return false;
	/* 2026部门预算: the word 年 left out */
	if (c->cp[i] == '2' && c->cp[i + 1] == '0' &&
	    chars_is_digit(c->cp[i + 2]) && chars_is_digit(c->cp[i + 3]) &&
	    (chars_at(c, i + 4, U"部门") || chars_at(c, i + 4, U"单位"))) {
		*year = 2000 + (int)(c->cp[i + 2] - '0') * 10 +
			(int)(c->cp[i + 3] - '0');
		*length = 4;
		return true;
	}
	if (!chars_at(c, i + 4, U"年"))
		return false;
	n = numeral_read(x->arena, x->lexicon, c, i, &t);
	if (!n || t.kind != TOKEN_YEAR)
		return false;
	*year = t.year;
	*length = n;
	return true;
}

struct title {
	struct str entity;
	int year;
	enum phase phase;
	bool complete; /* the line speaks of a budget or a final account */
};

/* 部门整体支出绩效自评报告 tells what was done, of whatever budget. */
static bool is_report_at(const struct chars *c, size_t i)
{
	return chars_at(c, i, U"自评报告") || chars_at(c, i, U"评价报告") ||
	       chars_at(c, i, U"绩效报告") || chars_at(c, i, U"自评情况");
}

/* 上半年预算执行情况, but 预算执行情况及2024年预算. */
static bool says_executed(const struct chars *c)
{
	bool executed = false;

	for (size_t i = 0; i < c->n; i++)
		switch (c->cp[i]) {
		case U'自':
		case U'评':
		case U'绩':
			if (is_report_at(c, i))
				return true;
			break;
		case U'执':
			executed |= chars_at(c, i, U"执行情况");
			break;
		case U'预':
			executed &= !chars_at(c, i, U"预算");
			break;
		default:
			break;
		}
	return executed;
}

static enum phase phase_in(const struct chars *c)
{
	if (says_executed(c))
		return PHASE_EXECUTED;
	for (size_t i = 0; i < c->n; i++) {
		if (c->cp[i] != U'预' && c->cp[i] != U'决')
			continue;
		if (chars_at(c, i, U"预决算"))
			i += 3; /* the column of a web site */
		if (chars_at(c, i, U"决算"))
			return PHASE_EXECUTED;
		if (chars_at(c, i, U"预算草案"))
			return PHASE_PROPOSED;
		if (chars_at(c, i, U"预算"))
			return PHASE_APPROVED;
	}
	return PHASE_NONE;
}

/* Reads the name that begins at i: up to a year or an end word. */
static size_t name_end(const struct extract *x, const struct chars *c,
		       size_t i)
{
	int year;
	size_t n;

	while (i < c->n && !at_end_word(c, i) && !is_year_at(x, c, i, &year, &n))
		i++;
	return i;
}

/* Which year and phase a title speaks of; how many characters of a year it
 * begins with. */
static size_t read_time(const struct extract *x, const struct chars *c,
			struct title *out)
{
	size_t from = 0, n;

	*out = (struct title){.phase = phase_in(c)};
	for (size_t i = 0; i < c->n && !out->year; i++)
		if (is_year_at(x, c, i, &out->year, &n) && !i)
			from = n;
	out->complete = out->phase != PHASE_NONE;
	return from;
}

/* Whose it is; the name stands behind those characters. */
static void read_name(const struct extract *x, const struct chars *c,
		      size_t from, struct title *out)
{
	size_t to;

	if (!from)
		from = title_label(c);
	if (!from)
		from = title_number(c);
	if (chars_at(c, from, U"关于"))
		from += 2;
	to = name_end(x, c, from);
	if (to > from + 2 && to - from < 40 &&
	    (identity_ends_name(c->cp[to - 1]) || chars_at(c, to - 2, U"本级")))
		out->entity = str_without_blanks(
			x->arena, str_slice(buf_str(&x->source->text),
					    c->start[from],
					    chars_end(c, to - 1)));
}

/* Reads the bytes [start, end) of the text as a title. */
static void read_title(const struct extract *x, size_t start, size_t end,
		       struct title *out)
{
	struct chars c = chars_fold(
		x->arena, str_slice(buf_str(&x->source->text), start, end),
		start);

	read_name(x, &c, read_time(x, &c, out), out);
}

/* 部门：X or 单位名称：X in a line or cell. */
static struct str labelled_entity(const struct extract *x)
{
	static const char32_t *const LABELS[] = {
		U"预算主管部门:", U"主管部门:", U"编制单位:", U"部门名称:", U"单位名称:", U"预算部门:",
		U"填报单位:", U"部门:",     U"公开部门:", U"单位:",
		U"预算单位:",
	};
	struct str all = buf_str(&x->source->text), line;
	struct str rest = all;

	while (str_split(&rest, '\n', &line)) {
		struct chars c;

		if (line.n > 600 || str_find(line, STR("单位")) == SIZE_MAX)
			if (line.n > 600 ||
			    str_find(line, STR("部门")) == SIZE_MAX)
				continue;
		c = chars_fold(x->arena, line, (size_t)(line.p - all.p));
		for (size_t i = 0; i < c.n; i++) {
			for (size_t k = 0; k < sizeof LABELS / sizeof *LABELS;
			     k++) {
				size_t from, to;

				if (!chars_at(&c, i, LABELS[k]))
					continue;
				for (from = i; c.cp[from] != ':'; from++)
					;
				from++;
				for (to = from; to < c.n && !chars_gap(&c, to); to++)
					;
				if (from < c.n && to == from)
					to++;
				for (; to < c.n && !chars_gap(&c, to); to++)
					;
				if (to > from + 2 && to - from < 40 &&
				    identity_ends_name(c.cp[to - 1]))
					return str_without_blanks(
						x->arena,
						str_slice(all, c.start[from],
							  chars_end(&c, to - 1)));
			}
		}
	}
	return (struct str){NULL, 0};
}

/* How much a year that ends before i says of the document's own. */
static unsigned weight_of_year(const struct chars *c, size_t i)
{
	if (chars_at(c, i, U"度"))
		i++;
	if (chars_at(c, i, U"部门") || chars_at(c, i, U"单位"))
		i += 2;
	return chars_at(c, i, U"预算") || chars_at(c, i, U"决算") ? 8
	       : i && c->cp[i] == ')'			      ? 4
							      : 1;
}

/*
 * For want of a title: the phase that the text says first, and the year that
 * it says most, above all before 预算 and 决算; the later of two, for tables
 * have last year beside this one.
 */
static void read_text(struct extract *x, struct title *out)
{
	enum { FIRST = 1990, YEARS = 110 };
	unsigned said[YEARS] = {0}, best = 0;
	int year;
	size_t n;

	for (size_t k = 0; k < x->source->n_blocks; k++) {
		const struct source_block *b = &x->source->blocks[k];
		struct chars c = chars_fold(x->arena,
					    source_text(x->source, b),
					    b->start);

		for (size_t i = 0; i < c.n && !out->year; i++)
			if (is_year_at(x, &c, i, &year, &n) &&
			    year >= FIRST && year < FIRST + YEARS)
				said[year - FIRST] += weight_of_year(&c, i + n);
		if (!out->phase)
			out->phase = phase_in(&c);
		if (out->year && out->phase)
			return;
	}
	for (int k = 0; k < YEARS && !out->year; k++)
		if (said[k] && said[k] >= said[best])
			best = (unsigned)k;
	if (!out->year && said[best])
		out->year = FIRST + (int)best;
}

/* 上海市普陀区: where, not who. */
static bool is_region(struct str name)
{
	static const char *const LAST[] = {"省", "市", "县", "区", "州"};

	for (size_t k = 0; k < sizeof LAST / sizeof *LAST; k++)
		if (str_ends(name, str_of(LAST[k])))
			return true;
	return !name.n;
}

/* The title line by line, for what the lines together did not say. */
static void read_lines(struct extract *x, struct title *all)
{
	for (size_t k = 0; k < x->source->n_blocks && k < TITLE_BLOCKS; k++) {
		const struct source_block *b = &x->source->blocks[k];
		struct chars c;
		struct title t;

		if (b->kind == BLOCK_GRID || b->end - b->start > 300)
			continue;
		c = chars_fold(x->arena, source_text(x->source, b), b->start);
		if (title_is_site(x, &c))
			continue;
		read_title(x, b->start, b->end, &t);
		if (!all->entity.n)
			all->entity = t.entity;
		if (!all->year && (t.complete || !all->complete))
			all->year = t.year;
		if (!all->phase)
			all->phase = t.phase;
		if (t.complete && !x->out->document.title.n &&
		    str_find(source_text(x->source, b), STR("。")) == SIZE_MAX)
			x->out->document.title =
				str_trim(source_text(x->source, b));
		all->complete |= t.complete;
		if (all->entity.n && all->year && all->phase)
			break;
	}
}

/* Half of the shorter name at the end of both: the same office, misspelt. */
static bool is_alike(struct str a, struct str b)
{
	size_t n = 0, least = a.n < b.n ? a.n : b.n;

	while (n < least && a.p[a.n - 1 - n] == b.p[b.n - 1 - n])
		n++;
	return n * 2 >= least;
}

struct str identity_of_heading(const struct extract *x, const struct chars *c,
			       bool *again)
{
	enum { LONGEST = 150 };
	struct str own = x->out->document.entity;
	struct title t;
	size_t from;

	*again = false;
	if (c->text.n > LONGEST)
		return (struct str){NULL, 0};
	from = read_time(x, c, &t);
	if (!t.complete || !t.year) /* nearly all */
		return (struct str){NULL, 0};
	read_name(x, c, from, &t);
	if (is_region(t.entity))
		return (struct str){NULL, 0};
	*again = !own.n || is_alike(t.entity, own) || str_find(t.entity, own) != SIZE_MAX ||
		 str_find(own, t.entity) != SIZE_MAX;
	return *again ? (struct str){NULL, 0} : t.entity;
}

void identity_read(struct extract *x, const struct extract_options *options)
{
	struct bud_document *d = &x->out->document;
	struct title all = {0};
	struct str labelled;
	struct title_place at = title_find(x);

	if (at.end)
		read_title(x, at.start, at.end, &all);
	if (all.complete)
		d->title = str_without_blanks(
			x->arena, str_slice(buf_str(&x->source->text),
					    at.start, at.end));
	if (!all.entity.n || !all.year || !all.phase)
		read_lines(x, &all);
	if (is_region(all.entity)) {
		labelled = labelled_entity(x);
		if (labelled.n)
			all.entity = labelled;
	}
	if (!all.year || !all.phase)
		read_text(x, &all);
	d->entity = options->entity.n ? options->entity : all.entity;
	d->year = options->year ? options->year : all.year;
	d->phase = options->phase ? options->phase : all.phase;
	x->year = d->year;
	x->phase = d->phase;
}
