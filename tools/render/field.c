/* One table a record type; values are found by offset. */
#include "render/field.h"

#include <stddef.h>

enum how {
	AS_STR,
	AS_INT,      /* int64_t, absent when 0 */
	AS_INT_IF,   /* absent unless the bool at .flag */
	AS_YEAR,
	AS_PHASE,
	AS_KIND,
	AS_UNIT,
	AS_ORIGIN,
	AS_FINDING,
	AS_LEVEL,
	AS_BOOL,
	AS_VALUE,    /* int64_t in the record's unit */
	AS_VALUE_IF,
	AS_PPM_IF,
	AS_NUMBERS,  /* const int64_t *, count at .flag */
	AS_STRS,
	AS_PLACES,   /* facts of a finding: n, or doc:n */
	AS_ENTITY,   /* the record's, else the document's */
	AS_OF_DOCUMENT, /* a text of the document */
	AS_SOURCE,   /* of the document */
	AS_LABEL,    /* all coordinates in words */
};

struct field {
	const char *id;
	enum how how;
	size_t offset, flag;
};

#define D(member) offsetof(struct bud_document, member)
#define F(member) offsetof(struct bud_fact, member)
static const struct field FACT[] = {
	{"doc", AS_STR, F(doc), 0},
	{"n", AS_INT, F(n), 0},
	{"source", AS_SOURCE, 0, 0},
	{"entity", AS_ENTITY, F(entity), 0},
	{"region", AS_OF_DOCUMENT, D(region), 0},
	{"entity_id", AS_OF_DOCUMENT, D(entity_id), 0},
	{"entity_kind", AS_OF_DOCUMENT, D(entity_kind), 0},
	{"year", AS_YEAR, F(at.year), 0},
	{"phase", AS_PHASE, F(at.phase), 0},
	{"item", AS_STR, F(at.item), 0},
	{"fund", AS_STR, F(at.fund), 0},
	{"function", AS_STR, F(at.function), 0},
	{"economic", AS_STR, F(at.economic), 0},
	{"nature", AS_STR, F(at.nature), 0},
	{"kind", AS_KIND, F(at.kind), 0},
	{"value", AS_VALUE, F(value), 0},
	{"unit", AS_UNIT, F(unit), 0},
	{"quantum", AS_INT, F(quantum), 0},
	{"approx", AS_BOOL, F(approx), 0},
	{"vs_year", AS_YEAR, F(vs_year), 0},
	{"vs_phase", AS_PHASE, F(vs_phase), 0},
	{"whole", AS_STR, F(whole), 0},
	{"scope", AS_STR, F(scope), 0},
	{"origin", AS_ORIGIN, F(origin), 0},
	{"from", AS_NUMBERS, F(from), F(n_from)},
	{"reason", AS_STR, F(reason), 0},
	{"doubt", AS_STR, F(doubt), 0},
	{"section", AS_STR, F(section), 0},
	{"page", AS_INT, F(page), 0},
	{"line", AS_INT, F(line), 0},
	{"cell", AS_STR, F(cell), 0},
	{"text", AS_STR, F(text), 0},
	{"label", AS_LABEL, 0, 0},
	{NULL, AS_STR, 0, 0},
};
static const char FACT_DEFAULTS[] =
	"doc,n,entity,year,phase,item,fund,function,economic,nature,kind,value,"
	"unit,quantum,vs_year,vs_phase,origin,page,line,cell,label,text";

#define C(member) offsetof(struct bud_change, member)
static const struct field CHANGE[] = {
	{"entity", AS_STR, C(entity), 0},
	{"region", AS_STR, C(region), 0},
	{"item", AS_STR, C(item), 0},
	{"fund", AS_STR, C(fund), 0},
	{"function", AS_STR, C(function), 0},
	{"economic", AS_STR, C(economic), 0},
	{"nature", AS_STR, C(nature), 0},
	{"unit", AS_UNIT, C(unit), 0},
	{"from_year", AS_YEAR, C(from_year), 0},
	{"from_phase", AS_PHASE, C(from_phase), 0},
	{"from_value", AS_VALUE_IF, C(from_value), C(has_from)},
	{"to_year", AS_YEAR, C(to_year), 0},
	{"to_phase", AS_PHASE, C(to_phase), 0},
	{"to_value", AS_VALUE_IF, C(to_value), C(has_to)},
	{"year", AS_YEAR, C(to_year), 0},
	{"phase", AS_PHASE, C(to_phase), 0},
	{"delta", AS_VALUE_IF, C(delta), C(has_delta)},
	{"growth", AS_PPM_IF, C(growth), C(has_growth)},
	{"contribution", AS_PPM_IF, C(contribution), C(has_contribution)},
	{"status", AS_STR, C(status), 0},
	{"rounding", AS_BOOL, C(rounding), 0},
	{"break", AS_STR, C(breaks), 0},
	{"chosen", AS_STR, C(chosen), 0},
	{"stated_delta", AS_VALUE_IF, C(stated_delta), C(has_stated)},
	{"agrees", AS_BOOL, C(agrees), 0},
	{"reason", AS_STR, C(reason), 0},
	{"docs", AS_STRS, C(docs), C(n_docs)},
	{"label", AS_LABEL, 0, 0},
	{NULL, AS_STR, 0, 0},
};
static const char CHANGE_DEFAULTS[] =
	"entity,item,fund,function,economic,nature,unit,from_year,from_phase,"
	"from_value,to_year,to_phase,to_value,delta,growth,contribution,status,"
	"break,stated_delta,label,reason";

#define N(member) offsetof(struct bud_finding, member)
static const struct field FINDING[] = {
	{"doc", AS_STR, N(doc), 0},
	{"source", AS_SOURCE, 0, 0},
	{"entity", AS_ENTITY, SIZE_MAX, 0},
	{"id", AS_STR, N(id), 0},
	{"rule", AS_STR, N(rule), 0},
	{"kind", AS_FINDING, N(kind), 0},
	{"level", AS_LEVEL, N(level), 0},
	{"rounding", AS_BOOL, N(rounding), 0},
	{"truncation", AS_BOOL, N(truncation), 0},
	{"message", AS_STR, N(message), 0},
	{"message_zh", AS_STR, N(message_zh), 0},
	{"expected", AS_INT_IF, N(expected), N(has_values)},
	{"actual", AS_INT_IF, N(actual), N(has_values)},
	{"difference", AS_INT_IF, N(difference), N(has_values)},
	{"tolerance", AS_INT_IF, N(tolerance), N(has_values)},
	{"facts", AS_PLACES, 0, 0},
	{"docs", AS_STRS, N(docs), N(n_docs)},
	{"evidence", AS_STR, N(evidence), 0},
	{"also", AS_STR, N(also), 0},
	{"also_zh", AS_STR, N(also_zh), 0},
	{"page", AS_INT, N(page), 0},
	{"line", AS_INT, N(line), 0},
	{NULL, AS_STR, 0, 0},
};
static const char FINDING_DEFAULTS[] =
	"doc,docs,source,rule,kind,level,rounding,truncation,message,"
	"message_zh,expected,actual,difference,tolerance,facts,page,line,evidence";

static const struct field *table_of(enum record_type type)
{
	switch (type) {
	case RECORD_FACT:
		return FACT;
	case RECORD_CHANGE:
		return CHANGE;
	case RECORD_FINDING:
		return FINDING;
	default:
		return NULL;
	}
}

const struct field *field_find(enum record_type type, struct str id)
{
	const struct field *f = table_of(type);

	for (; f && f->id; f++)
		if (str_equal(str_of(f->id), id))
			return f;
	return NULL;
}

struct str field_id(const struct field *f)
{
	return str_of(f->id);
}

struct str field_defaults(enum record_type type)
{
	switch (type) {
	case RECORD_FACT:
		return str_of(FACT_DEFAULTS);
	case RECORD_CHANGE:
		return str_of(CHANGE_DEFAULTS);
	default:
		return str_of(FINDING_DEFAULTS);
	}
}

const char *field_type(const struct field *f)
{
	switch (f->how) {
	case AS_INT:
	case AS_INT_IF:
	case AS_YEAR:
		return "integer";
	case AS_VALUE:
	case AS_VALUE_IF:
	case AS_PPM_IF:
		return "number";
	case AS_BOOL:
		return "boolean";
	default:
		return "string";
	}
}

#define AT(type) ((const type *)(const void *)((const char *)base + f->offset))
#define FLAG(type) ((const type *)(const void *)((const char *)base + f->flag))

static struct cell whole(int64_t v)
{
	return cell_value(UNIT_COUNT, v);
}

static struct cell join_numbers(struct arena *a, const int64_t *v, size_t n)
{
	struct buf b = {0};
	struct cell c;

	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_putc(&b, ' ');
		buf_put_int(&b, v[i]);
	}
	c = cell_text(str_copy(a, buf_str(&b)));
	buf_release(&b);
	return c;
}

static struct cell join_strs(struct arena *a, const struct str *v, size_t n)
{
	struct buf b = {0};
	struct cell c;

	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_putc(&b, ' ');
		buf_put_str(&b, v[i]);
	}
	c = cell_text(str_copy(a, buf_str(&b)));
	buf_release(&b);
	return c;
}

static struct cell label_of(const struct record *r,
			    const struct field_context *c)
{
	struct coordinates at = r->fact.at;
	struct buf b = {0};
	struct cell label;

	if (r->type == RECORD_CHANGE)
		at = (struct coordinates){.year = r->change.to_year,
					  .item = r->change.item,
					  .fund = r->change.fund,
					  .function = r->change.function,
					  .economic = r->change.economic,
					  .nature = r->change.nature};
	label_row(c->labels, &b, &at, NULL);
	label = cell_text(str_copy(c->scratch, buf_str(&b)));
	buf_release(&b);
	return label;
}

static struct cell of_document(const struct field *f, const void *base,
			       const struct bud_document *d)
{
	if (f->how == AS_ENTITY && f->offset != SIZE_MAX && AT(struct str)->n)
		return cell_text(*AT(struct str));
	if (!d)
		return (struct cell){.kind = CELL_EMPTY};
	if (f->how == AS_ENTITY)
		return cell_text(d->entity);
	if (f->how == AS_OF_DOCUMENT) {
		base = d;
		return cell_text(*AT(struct str));
	}
	return cell_text(d->n_members ? d->members[0].source : d->doc);
}

static struct cell in_words(const struct field *f, const void *base)
{
	switch (f->how) {
	case AS_PHASE:
		return cell_text(phase_name(*AT(enum phase)));
	case AS_KIND:
		return cell_text(kind_name(*AT(enum kind)));
	case AS_UNIT:
		return cell_text(unit_name(*AT(enum unit)));
	case AS_ORIGIN:
		return cell_text(origin_name(*AT(enum origin)));
	case AS_FINDING:
		return cell_text(finding_kind_name(*AT(enum finding_kind)));
	case AS_LEVEL:
		return cell_text(level_name(*AT(enum level)));
	default:
		return cell_text(*AT(bool) ? STR("true")
					   : (struct str){NULL, 0});
	}
}

struct cell field_value(const struct field *f, const struct record *r,
			const struct field_context *c)
{
	static const struct cell NONE = {.kind = CELL_EMPTY};
	const void *base = &r->fact; /* all members of the union begin here */
	enum unit unit = r->type == RECORD_FACT ? r->fact.unit : r->change.unit;

	switch (f->how) {
	case AS_STR:
		return cell_text(*AT(struct str));
	case AS_INT:
		return *AT(int64_t) ? whole(*AT(int64_t)) : NONE;
	case AS_INT_IF:
		return *FLAG(bool) ? whole(*AT(int64_t)) : NONE;
	case AS_YEAR:
		return *AT(int) ? whole(*AT(int)) : NONE;
	case AS_VALUE:
		return cell_value(unit, *AT(int64_t));
	case AS_VALUE_IF:
		return *FLAG(bool) ? cell_value(unit, *AT(int64_t)) : NONE;
	case AS_PPM_IF:
		return *FLAG(bool) ? cell_value(UNIT_PPM, *AT(int64_t)) : NONE;
	case AS_NUMBERS:
		return join_numbers(c->scratch, *AT(int64_t *),
				    *FLAG(size_t));
	case AS_STRS:
		return join_strs(c->scratch, *AT(struct str *),
				 *FLAG(size_t));
	case AS_PLACES:
		return r->finding.n_places
			       ? join_strs(c->scratch, r->finding.places,
					   r->finding.n_places)
			       : join_numbers(c->scratch, r->finding.facts,
					      r->finding.n_facts);
	case AS_ENTITY:
	case AS_OF_DOCUMENT:
	case AS_SOURCE:
		return of_document(f, base, c->document);
	case AS_LABEL:
		return label_of(r, c);
	default:
		return in_words(f, base);
	}
}

void field_names(struct buf *out)
{
	static const struct field *const LISTS[] = {FACT, CHANGE, FINDING};

	for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++)
		for (const struct field *f = LISTS[i]; f->id; f++)
			buf_printf(out, "%s ", f->id);
}

bool condition_parse(struct str s, struct condition *out)
{
	size_t at = str_find(s, STR("="));

	if (at == SIZE_MAX || !at)
		return false;
	*out = (struct condition){.value = str_slice(s, at + 1, s.n),
				  .negated = s.p[at - 1] == '!'};
	out->key = str_slice(s, 0, at - out->negated);
	if (str_ends(out->value, STR("*"))) {
		out->prefix = true;
		out->value.n--;
	}
	return field_find(RECORD_FACT, out->key) ||
	       field_find(RECORD_CHANGE, out->key) ||
	       field_find(RECORD_FINDING, out->key);
}

static bool holds(const struct condition *c, const struct field *f,
		  const struct record *r, const struct field_context *ctx)
{
	struct cell v = field_value(f, r, ctx);
	struct buf b = {0};
	bool same;

	if (v.kind == CELL_TEXT)
		buf_put_str(&b, v.text);
	else if (v.kind != CELL_EMPTY)
		buf_put_int(&b, v.number);
	same = c->prefix ? str_starts(buf_str(&b), c->value)
			 : str_equal(buf_str(&b), c->value);
	buf_release(&b);
	return same != c->negated;
}

bool condition_hold(const struct condition *c, size_t n,
		    const struct record *r, const struct field_context *ctx)
{
	for (size_t i = 0; i < n; i++) {
		const struct field *f = field_find(r->type, c[i].key);

		if (!f || !holds(&c[i], f, r, ctx))
			return false;
	}
	return true;
}
