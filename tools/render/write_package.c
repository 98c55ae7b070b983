/*
 * A Fiscal Data Package: data.csv and datapackage.json, whose columnTypes are
 * those of the os-types taxonomy. It holds levels of money alone, each place
 * once (the most trusted), so that sums over it mean something; in yuan.
 */
#include "render/escape.h"
#include "render/write.h"

enum column {
	ID, YEAR, ENTITY, REGION, DIRECTION, PHASE, PHASE_LABEL, ITEM,
	ITEM_LABEL, FUND, FUND_LABEL, FUNCTION, FUNCTION_LABEL, ECONOMIC,
	ECONOMIC_LABEL, NATURE, NATURE_LABEL, CURRENCY, VALUE, SOURCE, TEXT,
	N_COLUMNS,
};

static const struct {
	const char *name, *type, *column_type;
} COLUMNS[N_COLUMNS] = {
	[ID] = {"id", "string", "budget-line-id"},
	[YEAR] = {"year", "integer", "date:fiscal-year"},
	[ENTITY] = {"entity", "string", "administrator:generic:name"},
	[REGION] = {"region", "string", "geo-source:target:code"},
	[DIRECTION] = {"direction", "string", "direction"},
	[PHASE] = {"phase", "string", "phase:id"},
	[PHASE_LABEL] = {"phase_label", "string", "phase:label"},
	[ITEM] = {"item", "string", "value-kind:code"},
	[ITEM_LABEL] = {"item_label", "string", "value-kind:label"},
	[FUND] = {"fund", "string", "fin-source:generic:code"},
	[FUND_LABEL] = {"fund_label", "string", "fin-source:generic:label"},
	[FUNCTION] = {"function", "string",
		      "functional-classification:generic:code"},
	[FUNCTION_LABEL] = {"function_label", "string",
			    "functional-classification:generic:label"},
	[ECONOMIC] = {"economic", "string",
		      "economic-classification:generic:code"},
	[ECONOMIC_LABEL] = {"economic_label", "string",
			    "economic-classification:generic:label"},
	[NATURE] = {"nature", "string", "expenditure-type:code"},
	[NATURE_LABEL] = {"nature_label", "string", "expenditure-type:label"},
	[CURRENCY] = {"currency", "string", "value-currency:code"},
	[VALUE] = {"value", "number", "value"},
	[SOURCE] = {"source", "string", "unknown:string"},
	[TEXT] = {"text", "string", "unknown:string"},
};

/* Memo items are of neither direction. */
static struct str direction_of(struct str item)
{
	static const struct {
		struct str item, direction;
	} SIDES[] = {
		{STR_INIT("revenue"), STR_INIT("revenue")},
		{STR_INIT("revenue_total"), STR_INIT("revenue")},
		{STR_INIT("carryover_in"), STR_INIT("revenue")},
		{STR_INIT("reserves_used"), STR_INIT("revenue")},
		{STR_INIT("expenditure"), STR_INIT("expenditure")},
		{STR_INIT("expenditure_total"), STR_INIT("expenditure")},
		{STR_INIT("carryover_out"), STR_INIT("expenditure")},
		{STR_INIT("surplus_allocation"), STR_INIT("expenditure")},
	};

	for (size_t i = 0; i < sizeof SIDES / sizeof *SIDES; i++)
		if (str_equal(item, SIDES[i].item))
			return SIDES[i].direction;
	return (struct str){NULL, 0};
}

static struct str name_of(const struct labels *l, const char *file,
			  struct str id)
{
	return id.n ? label_name(l, file, id) : id;
}

static void fill(const struct view *v, const struct bud_fact *f,
		 struct str *row)
{
	const struct model_document *d = model_document(v->model, f->doc);
	const struct coordinates *at = &f->at;
	const struct labels *l = v->labels;
	struct cell value = cell_value(UNIT_FEN, f->value);
	struct buf b = {0};

	cell_format_exact(&b, &value, MONEY_YUAN);
	row[VALUE] = str_copy(v->arena, buf_str(&b));
	buf_release(&b);
	row[ID] = str_format(v->arena, "%.*s:%lld", STR_ARG(f->doc),
			     (long long)f->n);
	row[YEAR] = at->year ? str_format(v->arena, "%d", at->year)
			     : (struct str){NULL, 0};
	row[ENTITY] = model_entity(v->model, f);
	row[REGION] = d ? d->record.region : (struct str){NULL, 0};
	row[DIRECTION] = direction_of(at->item);
	row[PHASE] = phase_name(at->phase);
	row[PHASE_LABEL] = name_of(l, "phases", row[PHASE]);
	row[ITEM] = at->item;
	row[ITEM_LABEL] = name_of(l, "items", at->item);
	row[FUND] = at->fund;
	row[FUND_LABEL] = name_of(l, "funds", at->fund);
	row[FUNCTION] = at->function;
	row[FUNCTION_LABEL] = at->function.n
				      ? label_function(l, at->function,
						       at->year)
				      : at->function;
	row[ECONOMIC] = at->economic;
	row[ECONOMIC_LABEL] = at->economic.n
				      ? label_economic(l, at->economic,
						       at->year)
				      : at->economic;
	row[NATURE] = at->nature;
	row[NATURE_LABEL] = name_of(l, "natures", at->nature);
	row[CURRENCY] = STR("CNY");
	row[SOURCE] = d ? model_source(d) : f->doc;
	row[TEXT] = f->text;
}

void write_package_data(struct buf *out, const struct view *v)
{
	struct str row[N_COLUMNS];

	for (size_t i = 0; i < N_COLUMNS; i++)
		buf_printf(out, "%s%s", i ? "," : "", COLUMNS[i].name);
	buf_putc(out, '\n');
	for (size_t i = 0; i < v->model->n_facts; i++) {
		const struct bud_fact *f = v->model->facts[i];

		if (f->at.kind != KIND_LEVEL || f->unit != UNIT_FEN ||
		    f != model_level(v->model, model_entity(v->model, f),
				     &f->at))
			continue;
		fill(v, f, row);
		for (size_t c = 0; c < N_COLUMNS; c++) {
			if (c)
				buf_putc(out, ',');
			escape_csv(out, row[c],
				   v->options->safe_csv && c != VALUE);
		}
		buf_putc(out, '\n');
	}
}

static void put_sources(struct buf *out, const struct view *v)
{
	for (size_t i = 0; i < v->model->n_documents; i++) {
		const struct bud_document *d = &v->model->documents[i]->record;

		buf_puts(out, i ? ",\n    {\"title\": " : "\n    {\"title\": ");
		record_write_string(out, d->title.n ? d->title : d->doc);
		if (d->n_members) {
			struct buf uri = {0};

			escape_uri(&uri, d->members[0].source);
			buf_puts(out, ", \"path\": ");
			record_write_string(out, buf_str(&uri));
			buf_release(&uri);
		}
		buf_putc(out, '}');
	}
}

void write_package_description(struct buf *out, const struct view *v)
{
	buf_puts(out, "{\n  \"profile\": \"tabular-data-package\",\n"
		      "  \"name\": \"bud\",\n  \"title\": ");
	record_write_string(out, label_word(v->labels, "page-title"));
	buf_puts(out, ",\n  \"countryCode\": \"CN\",\n  \"sources\": [");
	put_sources(out, v);
	buf_puts(out, "\n  ],\n  \"resources\": [{\n"
		      "    \"name\": \"data\",\n    \"path\": \"data.csv\",\n"
		      "    \"profile\": \"tabular-data-resource\",\n"
		      "    \"format\": \"csv\",\n"
		      "    \"mediatype\": \"text/csv\",\n"
		      "    \"encoding\": \"utf-8\",\n    \"schema\": {\n"
		      "      \"primaryKey\": [\"id\"],\n"
		      "      \"fields\": [");
	for (size_t i = 0; i < N_COLUMNS; i++)
		buf_printf(out,
			   "%s\n        {\"name\": \"%s\", \"type\": \"%s\", "
			   "\"columnType\": \"%s\"}",
			   i ? "," : "", COLUMNS[i].name, COLUMNS[i].type,
			   COLUMNS[i].column_type);
	buf_puts(out, "\n      ]\n    }\n  }]\n}\n");
}
