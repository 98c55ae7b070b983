/* The keys of every record type, in order, and where their values are kept. */
#include "record/field.h"

#define D(member) offsetof(struct bud_document, member)
static const struct field DOCUMENT[] = {
	{STR_INIT("doc"), FIELD_STR, D(doc), 0},
	{STR_INIT("source"), FIELD_MEMBER_SOURCE, 0, 0},
	{STR_INIT("sha256"), FIELD_MEMBER_SHA256, 0, 0},
	{STR_INIT("bytes"), FIELD_MEMBER_BYTES, 0, 0},
	{STR_INIT("media"), FIELD_STR, D(media), 0},
	{STR_INIT("charset"), FIELD_STR, D(charset), 0},
	{STR_INIT("title"), FIELD_STR, D(title), 0},
	{STR_INIT("entity"), FIELD_STR, D(entity), 0},
	{STR_INIT("region"), FIELD_STR, D(region), 0},
	{STR_INIT("entity_id"), FIELD_STR, D(entity_id), 0},
	{STR_INIT("entity_kind"), FIELD_STR, D(entity_kind), 0},
	{STR_INIT("year"), FIELD_YEAR, D(year), 0},
	{STR_INIT("phase"), FIELD_PHASE, D(phase), 0},
	{STR_INIT("amounts"), FIELD_INT, D(amounts), 0},
	{STR_INIT("facts"), FIELD_INT, D(facts), 0},
	{STR_INIT("residues"), FIELD_INT, D(residues), 0},
	{{NULL, 0}, FIELD_END, 0, 0},
};

#define F(member) offsetof(struct bud_fact, member)
static const struct field FACT[] = {
	{STR_INIT("doc"), FIELD_STR, F(doc), 0},
	{STR_INIT("n"), FIELD_INT, F(n), 0},
	{STR_INIT("entity"), FIELD_STR, F(entity), 0},
	{STR_INIT("year"), FIELD_YEAR, F(at.year), 0},
	{STR_INIT("phase"), FIELD_PHASE, F(at.phase), 0},
	{STR_INIT("item"), FIELD_STR, F(at.item), 0},
	{STR_INIT("fund"), FIELD_STR, F(at.fund), 0},
	{STR_INIT("function"), FIELD_STR, F(at.function), 0},
	{STR_INIT("economic"), FIELD_STR, F(at.economic), 0},
	{STR_INIT("nature"), FIELD_STR, F(at.nature), 0},
	{STR_INIT("kind"), FIELD_KIND, F(at.kind), 0},
	{STR_INIT("value"), FIELD_INT, F(value), 0},
	{STR_INIT("unit"), FIELD_UNIT, F(unit), 0},
	{STR_INIT("quantum"), FIELD_INT, F(quantum), 0},
	{STR_INIT("approx"), FIELD_BOOL, F(approx), 0},
	{STR_INIT("vs_year"), FIELD_YEAR, F(vs_year), 0},
	{STR_INIT("vs_phase"), FIELD_PHASE, F(vs_phase), 0},
	{STR_INIT("whole"), FIELD_STR, F(whole), 0},
	{STR_INIT("scope"), FIELD_STR, F(scope), 0},
	{STR_INIT("origin"), FIELD_ORIGIN, F(origin), 0},
	{STR_INIT("from"), FIELD_INTS, F(from), F(n_from)},
	{STR_INIT("reason"), FIELD_STR, F(reason), 0},
	{STR_INIT("doubt"), FIELD_STR, F(doubt), 0},
	{STR_INIT("section"), FIELD_STR, F(section), 0},
	{STR_INIT("member"), FIELD_INT_SET, F(member), 0},
	{STR_INIT("page"), FIELD_INT_SET, F(page), 0},
	{STR_INIT("line"), FIELD_INT_SET, F(line), 0},
	{STR_INIT("cell"), FIELD_STR, F(cell), 0},
	{STR_INIT("span"), FIELD_SPAN, F(span_start), F(span_end)},
	{STR_INIT("text"), FIELD_STR, F(text), 0},
	{{NULL, 0}, FIELD_END, 0, 0},
};

#define R(member) offsetof(struct bud_residue, member)
static const struct field RESIDUE[] = {
	{STR_INIT("doc"), FIELD_STR, R(doc), 0},
	{STR_INIT("n"), FIELD_INT, R(n), 0},
	{STR_INIT("value"), FIELD_INT, R(value), 0},
	{STR_INIT("unit"), FIELD_UNIT, R(unit), 0},
	{STR_INIT("quantum"), FIELD_INT, R(quantum), 0},
	{STR_INIT("section"), FIELD_STR, R(section), 0},
	{STR_INIT("member"), FIELD_INT_SET, R(member), 0},
	{STR_INIT("page"), FIELD_INT_SET, R(page), 0},
	{STR_INIT("line"), FIELD_INT_SET, R(line), 0},
	{STR_INIT("cell"), FIELD_STR, R(cell), 0},
	{STR_INIT("span"), FIELD_SPAN, R(span_start), R(span_end)},
	{STR_INIT("text"), FIELD_STR, R(text), 0},
	{STR_INIT("why"), FIELD_STR, R(why), 0},
	{{NULL, 0}, FIELD_END, 0, 0},
};

#define M(member) offsetof(struct bud_mark, member)
static const struct field MARK[] = {
	{STR_INIT("doc"), FIELD_STR, M(doc), 0},
	{STR_INIT("kind"), FIELD_STR, M(kind), 0},
	{STR_INIT("word"), FIELD_STR, M(word), 0},
	{STR_INIT("missing"), FIELD_BOOL, M(missing), 0},
	{STR_INIT("member"), FIELD_INT_SET, M(member), 0},
	{STR_INIT("page"), FIELD_INT_SET, M(page), 0},
	{STR_INIT("line"), FIELD_INT_SET, M(line), 0},
	{STR_INIT("span"), FIELD_SPAN, M(span_start), M(span_end)},
	{STR_INIT("text"), FIELD_STR, M(text), 0},
	{{NULL, 0}, FIELD_END, 0, 0},
};

#define N(member) offsetof(struct bud_finding, member)
static const struct field FINDING[] = {
	{STR_INIT("doc"), FIELD_STR, N(doc), 0},
	{STR_INIT("id"), FIELD_STR, N(id), 0},
	{STR_INIT("rule"), FIELD_STR, N(rule), 0},
	{STR_INIT("kind"), FIELD_FINDING, N(kind), 0},
	{STR_INIT("level"), FIELD_LEVEL, N(level), 0},
	{STR_INIT("rounding"), FIELD_BOOL, N(rounding), 0},
	{STR_INIT("truncation"), FIELD_BOOL, N(truncation), 0},
	{STR_INIT("message"), FIELD_STR, N(message), 0},
	{STR_INIT("message_zh"), FIELD_STR, N(message_zh), 0},
	{STR_INIT("expected"), FIELD_INT_IF, N(expected), N(has_values)},
	{STR_INIT("actual"), FIELD_INT_IF, N(actual), N(has_values)},
	{STR_INIT("difference"), FIELD_INT_IF, N(difference), N(has_values)},
	{STR_INIT("tolerance"), FIELD_INT_IF, N(tolerance), N(has_values)},
	{STR_INIT("facts"), FIELD_FACTS, 0, 0},
	{STR_INIT("evidence"), FIELD_STR, N(evidence), 0},
	{STR_INIT("docs"), FIELD_STRS, N(docs), N(n_docs)},
	{STR_INIT("page"), FIELD_INT_SET, N(page), 0},
	{STR_INIT("line"), FIELD_INT_SET, N(line), 0},
	{{NULL, 0}, FIELD_END, 0, 0},
};

#define V(member) offsetof(struct bud_verdict, member)
static const struct field VERDICT[] = {
	{STR_INIT("doc"), FIELD_STR, V(doc), 0},
	{STR_INIT("checks"), FIELD_INT, V(checks), 0},
	{STR_INIT("passed"), FIELD_INT, V(passed), 0},
	{STR_INIT("rounding"), FIELD_INT, V(rounding), 0},
	{STR_INIT("failed"), FIELD_INT, V(failed), 0},
	{STR_INIT("notes"), FIELD_INT, V(notes), 0},
	{STR_INIT("open"), FIELD_INT, V(open), 0},
	{STR_INIT("notApplicable"), FIELD_INT, V(not_applicable), 0},
	{{NULL, 0}, FIELD_END, 0, 0},
};

#define C(member) offsetof(struct bud_change, member)
static const struct field CHANGE[] = {
	{STR_INIT("entity"), FIELD_STR, C(entity), 0},
	{STR_INIT("region"), FIELD_STR, C(region), 0},
	{STR_INIT("item"), FIELD_STR, C(item), 0},
	{STR_INIT("fund"), FIELD_STR, C(fund), 0},
	{STR_INIT("function"), FIELD_STR, C(function), 0},
	{STR_INIT("economic"), FIELD_STR, C(economic), 0},
	{STR_INIT("nature"), FIELD_STR, C(nature), 0},
	{STR_INIT("unit"), FIELD_UNIT, C(unit), 0},
	{STR_INIT("from_year"), FIELD_YEAR, C(from_year), 0},
	{STR_INIT("from_phase"), FIELD_PHASE, C(from_phase), 0},
	{STR_INIT("from_value"), FIELD_INT_IF, C(from_value), C(has_from)},
	{STR_INIT("to_year"), FIELD_YEAR, C(to_year), 0},
	{STR_INIT("to_phase"), FIELD_PHASE, C(to_phase), 0},
	{STR_INIT("to_value"), FIELD_INT_IF, C(to_value), C(has_to)},
	{STR_INIT("delta"), FIELD_INT_IF, C(delta), C(has_delta)},
	{STR_INIT("growth"), FIELD_INT_IF, C(growth), C(has_growth)},
	{STR_INIT("contribution"), FIELD_INT_IF, C(contribution), C(has_contribution)},
	{STR_INIT("status"), FIELD_STR, C(status), 0},
	{STR_INIT("rounding"), FIELD_BOOL, C(rounding), 0},
	{STR_INIT("break"), FIELD_STR, C(breaks), 0},
	{STR_INIT("chosen"), FIELD_STR, C(chosen), 0},
	{STR_INIT("stated_delta"), FIELD_INT_IF, C(stated_delta), C(has_stated)},
	{STR_INIT("agrees"), FIELD_BOOL_IF, C(agrees), C(has_stated)},
	{STR_INIT("reason"), FIELD_STR, C(reason), 0},
	{STR_INIT("docs"), FIELD_STRS, C(docs), C(n_docs)},
	{STR_INIT("real_from_value"), FIELD_INT_IF, C(real_from_value), C(has_real)},
	{STR_INIT("real_delta"), FIELD_INT_IF, C(real_delta), C(has_real)},
	{STR_INIT("real_growth"), FIELD_INT_IF, C(real_growth), C(has_real_growth)},
	{STR_INIT("per_from_value"), FIELD_INT_IF, C(per_from_value), C(has_per_from)},
	{STR_INIT("per_to_value"), FIELD_INT_IF, C(per_to_value), C(has_per_to)},
	{STR_INIT("per_growth"), FIELD_INT_IF, C(per_growth), C(has_per_growth)},
	{{NULL, 0}, FIELD_END, 0, 0},
};

#define T(member) offsetof(struct bud_trouble, member)
static const struct field TROUBLE[] = {
	{STR_INIT("source"), FIELD_STR, T(source), 0},
	{STR_INIT("doc"), FIELD_STR, T(doc), 0},
	{STR_INIT("stage"), FIELD_STR, T(stage), 0},
	{STR_INIT("code"), FIELD_STR, T(code), 0},
	{STR_INIT("message"), FIELD_STR, T(message), 0},
	{{NULL, 0}, FIELD_END, 0, 0},
};

const struct field_table FIELD_TABLES[] = {
	{"document", RECORD_DOCUMENT, DOCUMENT},
	{"fact", RECORD_FACT, FACT},
	{"residue", RECORD_RESIDUE, RESIDUE},
	{"finding", RECORD_FINDING, FINDING},
	{"verdict", RECORD_VERDICT, VERDICT},
	{"change", RECORD_CHANGE, CHANGE},
	{"trouble", RECORD_TROUBLE, TROUBLE},
	{"mark", RECORD_MARK, MARK},
	{NULL, RECORD_OTHER, NULL},
};
