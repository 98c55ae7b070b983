/* Indexes are held as whole millionths; only their ratio counts. */
#include "diff/real.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/memory.h"
#include "diff/cell.h"

enum { PPM = 1000000 };

static struct str unquote(struct str s)
{
	s = str_trim(s);
	if (s.n > 1 && s.p[0] == '"' && s.p[s.n - 1] == '"')
		s = str_slice(s, 1, s.n - 1);
	return s;
}

static bool parse_line(struct str line, int64_t *year, int64_t *index)
{
	struct str field;
	struct decimal d;
	int64_t quantum;

	if (!str_split(&line, ',', &field) ||
	    !str_to_int64(unquote(field), year) || *year < 1 ||
	    *year >= REAL_YEARS || !str_split(&line, ',', &field))
		return false;
	return decimal_parse(unquote(field), &d) &&
	       decimal_scale(d, PPM, index, &quantum) && *index > 0;
}

bool real_load(struct real *r, struct str name, struct str text,
	       struct messages *m)
{
	struct str line;
	int64_t year, index;
	struct buf at = {0};
	bool good = true;

	r->messages = m;
	r->index = memory_realloc(NULL, REAL_YEARS * sizeof *r->index);
	memset(r->index, 0, REAL_YEARS * sizeof *r->index);
	r->lacking = memory_realloc(NULL, REAL_YEARS);
	memset(r->lacking, 0, REAL_YEARS);
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_slice(text, 3, text.n);
	for (size_t n = 1; str_split(&text, '\n', &line); n++) {
		line = str_trim(line);
		if (!line.n || line.p[0] == '#')
			continue;
		if (parse_line(line, &year, &index)) {
			r->index[year] = index;
		} else if (n > 1) {
			buf_clear(&at);
			buf_printf(&at, "%.*s:%zu", STR_ARG(name), n);
			message_add(m, "bad-table", buf_str(&at), "'%.*s'",
				    STR_ARG(line));
			good = false;
		}
	}
	buf_release(&at);
	return good;
}

void real_release(struct real *r)
{
	free(r->index);
	free(r->lacking);
}

static int64_t index_of(const struct real *r, int year)
{
	if (!r->index[year] && !r->lacking[year]) {
		r->lacking[year] = 1;
		message_add(r->messages, "no-index", (struct str){NULL, 0},
			    "%d", year);
	}
	return r->index[year];
}

static void set_real(const struct real *r, struct bud_change *out)
{
	int64_t from, to;

	if (!out->has_from || !out->has_to || out->unit != UNIT_FEN ||
	    out->from_year == out->to_year)
		return;
	from = index_of(r, out->from_year);
	to = index_of(r, out->to_year);
	if (!from || !to ||
	    !decimal_muldiv(out->from_value, to, from,
			    &out->real_from_value) ||
	    __builtin_sub_overflow(out->to_value, out->real_from_value,
				   &out->real_delta))
		return;
	out->has_real = true;
	out->has_real_growth =
		out->real_from_value &&
		decimal_muldiv(out->real_delta, PPM, out->real_from_value,
			       &out->real_growth);
}

/* The count at a time, of its phase or else of the year's; 0 for none. */
static int64_t count_at(const struct ledger *l, struct str item,
			const struct slot *at)
{
	struct diff_key k = {.item = words_find(&l->table->words, item),
			     .unit = UNIT_COUNT};
	uint32_t account = ledger_find(l, table_find_key(l->table, &k));
	struct slot slot = *at;
	struct cell cells[MAX_SCOPES];

	slot.doc = ANY_DOC;
	if (cell_find(l, account, &slot, cells))
		return cells[0].value;
	for (int phase = PHASE_EXECUTED; phase >= 0; phase--) {
		slot.phase = (enum phase)phase;
		if (cell_find(l, account, &slot, cells))
			return cells[0].value;
	}
	return 0;
}

static int64_t divisor(const struct real *r, const struct ledger *l,
		       const struct slot *at)
{
	int64_t count;

	if (!str_equal(r->per, STR("staff")))
		return count_at(l, r->per, at);
	count = count_at(l, STR("staff.active"), at);
	return count ? count : count_at(l, STR("staff.quota"), at);
}

static void set_per(const struct real *r, const struct ledger *from,
		    const struct ledger *to, const struct pair *p,
		    struct bud_change *out)
{
	int64_t delta;

	if (out->unit != UNIT_FEN)
		return;
	if (out->has_from)
		out->has_per_from = decimal_muldiv(out->from_value, 1,
						   divisor(r, from, &p->from),
						   &out->per_from_value);
	if (out->has_to)
		out->has_per_to = decimal_muldiv(out->to_value, 1,
						 divisor(r, to, &p->to),
						 &out->per_to_value);
	out->has_per_growth =
		out->has_per_from && out->has_per_to && out->per_from_value &&
		!__builtin_sub_overflow(out->per_to_value,
					out->per_from_value, &delta) &&
		decimal_muldiv(delta, PPM, out->per_from_value,
			       &out->per_growth);
}

void real_set(const struct real *r, const struct ledger *from,
	      const struct ledger *to, const struct pair *p,
	      struct bud_change *out)
{
	if (r->index)
		set_real(r, out);
	if (r->per.n)
		set_per(r, from, to, p, out);
}
