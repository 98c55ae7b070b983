/* The keys of every record type, in order, and where their values are kept. */
#include "record/fact_fields.h"
#include "record/finding_fields.h"
#include "record/mark_fields.h"
#include "record/residue_fields.h"

#define D(member) offsetof(struct bud_document, member)
static const struct field DOCUMENT[] = {
	{KEY("doc"), FIELD_STR, D(doc), 0},
	{KEY("source"), FIELD_MEMBER_SOURCE, 0, 0},
	{KEY("sha256"), FIELD_MEMBER_SHA256, 0, 0},
	{KEY("bytes"), FIELD_MEMBER_BYTES, 0, 0},
	{KEY("media"), FIELD_STR, D(media), 0},
	{KEY("charset"), FIELD_STR, D(charset), 0},
	{KEY("title"), FIELD_STR, D(title), 0},
	{KEY("entity"), FIELD_STR, D(entity), 0},
	{KEY("region"), FIELD_STR, D(region), 0},
	{KEY("entity_id"), FIELD_STR, D(entity_id), 0},
	{KEY("entity_kind"), FIELD_STR, D(entity_kind), 0},
	{KEY("year"), FIELD_YEAR, D(year), 0},
	{KEY("phase"), FIELD_PHASE, D(phase), 0},
	{KEY("amounts"), FIELD_INT, D(amounts), 0},
	{KEY("facts"), FIELD_INT, D(facts), 0},
	{KEY("residues"), FIELD_INT, D(residues), 0},
	{{NULL, 0}, "", FIELD_END, 0, 0},
};

static const struct field FACT[] = {
	FACT_FIELDS(FIELD_ROW)
	{{NULL, 0}, "", FIELD_END, 0, 0},
};

static const struct field RESIDUE[] = {
	RESIDUE_FIELDS(FIELD_ROW)
	{{NULL, 0}, "", FIELD_END, 0, 0},
};

static const struct field MARK[] = {
	MARK_FIELDS(FIELD_ROW)
	{{NULL, 0}, "", FIELD_END, 0, 0},
};

static const struct field FINDING[] = {
	FINDING_FIELDS(FIELD_ROW)
	{{NULL, 0}, "", FIELD_END, 0, 0},
};

#define V(member) offsetof(struct bud_verdict, member)
static const struct field VERDICT[] = {
	{KEY("doc"), FIELD_STR, V(doc), 0},
	{KEY("checks"), FIELD_INT, V(checks), 0},
	{KEY("passed"), FIELD_INT, V(passed), 0},
	{KEY("rounding"), FIELD_INT, V(rounding), 0},
	{KEY("failed"), FIELD_INT, V(failed), 0},
	{KEY("notes"), FIELD_INT, V(notes), 0},
	{KEY("open"), FIELD_INT, V(open), 0},
	{KEY("notApplicable"), FIELD_INT, V(not_applicable), 0},
	{{NULL, 0}, "", FIELD_END, 0, 0},
};

#define C(member) offsetof(struct bud_change, member)
static const struct field CHANGE[] = {
	{KEY("entity"), FIELD_STR, C(entity), 0},
	{KEY("region"), FIELD_STR, C(region), 0},
	{KEY("item"), FIELD_STR, C(item), 0},
	{KEY("fund"), FIELD_STR, C(fund), 0},
	{KEY("function"), FIELD_STR, C(function), 0},
	{KEY("economic"), FIELD_STR, C(economic), 0},
	{KEY("nature"), FIELD_STR, C(nature), 0},
	{KEY("unit"), FIELD_UNIT, C(unit), 0},
	{KEY("from_year"), FIELD_YEAR, C(from_year), 0},
	{KEY("from_phase"), FIELD_PHASE, C(from_phase), 0},
	{KEY("from_value"), FIELD_INT_IF, C(from_value), C(has_from)},
	{KEY("to_year"), FIELD_YEAR, C(to_year), 0},
	{KEY("to_phase"), FIELD_PHASE, C(to_phase), 0},
	{KEY("to_value"), FIELD_INT_IF, C(to_value), C(has_to)},
	{KEY("delta"), FIELD_INT_IF, C(delta), C(has_delta)},
	{KEY("growth"), FIELD_INT_IF, C(growth), C(has_growth)},
	{KEY("contribution"), FIELD_INT_IF, C(contribution), C(has_contribution)},
	{KEY("status"), FIELD_STR, C(status), 0},
	{KEY("rounding"), FIELD_BOOL, C(rounding), 0},
	{KEY("break"), FIELD_STR, C(breaks), 0},
	{KEY("chosen"), FIELD_STR, C(chosen), 0},
	{KEY("stated_delta"), FIELD_INT_IF, C(stated_delta), C(has_stated)},
	{KEY("agrees"), FIELD_BOOL_IF, C(agrees), C(has_stated)},
	{KEY("reason"), FIELD_STR, C(reason), 0},
	{KEY("docs"), FIELD_STRS, C(docs), C(n_docs)},
	{KEY("real_from_value"), FIELD_INT_IF, C(real_from_value), C(has_real)},
	{KEY("real_delta"), FIELD_INT_IF, C(real_delta), C(has_real)},
	{KEY("real_growth"), FIELD_INT_IF, C(real_growth), C(has_real_growth)},
	{KEY("per_from_value"), FIELD_INT_IF, C(per_from_value), C(has_per_from)},
	{KEY("per_to_value"), FIELD_INT_IF, C(per_to_value), C(has_per_to)},
	{KEY("per_growth"), FIELD_INT_IF, C(per_growth), C(has_per_growth)},
	{{NULL, 0}, "", FIELD_END, 0, 0},
};

#define T(member) offsetof(struct bud_trouble, member)
static const struct field TROUBLE[] = {
	{KEY("source"), FIELD_STR, T(source), 0},
	{KEY("doc"), FIELD_STR, T(doc), 0},
	{KEY("stage"), FIELD_STR, T(stage), 0},
	{KEY("code"), FIELD_STR, T(code), 0},
	{KEY("message"), FIELD_STR, T(message), 0},
	{{NULL, 0}, "", FIELD_END, 0, 0},
};

const struct field_table FIELD_TABLES[] = {
	{STR_INIT("document"), RECORD_DOCUMENT, 3, sizeof(struct bud_document),
	 0, DOCUMENT},
	{STR_INIT("fact"), RECORD_FACT, 6, sizeof(struct bud_fact),
	 F(span_start), FACT},
	{STR_INIT("residue"), RECORD_RESIDUE, 4, sizeof(struct bud_residue),
	 R(span_start), RESIDUE},
	{STR_INIT("finding"), RECORD_FINDING, 1, sizeof(struct bud_finding),
	 0, FINDING},
	{STR_INIT("verdict"), RECORD_VERDICT, 7, sizeof(struct bud_verdict),
	 0, VERDICT},
	{STR_INIT("change"), RECORD_CHANGE, 1, sizeof(struct bud_change),
	 0, CHANGE},
	{STR_INIT("trouble"), RECORD_TROUBLE, 0, sizeof(struct bud_trouble),
	 0, TROUBLE},
	{STR_INIT("mark"), RECORD_MARK, 0, sizeof(struct bud_mark),
	 M(span_start), MARK},
	{{NULL, 0}, RECORD_OTHER, 0, 0, 0, NULL},
};
