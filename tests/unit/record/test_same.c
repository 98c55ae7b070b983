/*
 * A property: the flat reader and jansson give the same verdict and the same
 * values, on records made at random from the tables of fields and on
 * mutations of them. The seed is fixed, so a failure comes again.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "../../fuzz/same.h"
#include "record/words.h"

struct random {
	uint64_t state;
};

static uint64_t next(struct random *r)
{
	r->state ^= r->state << 13;
	r->state ^= r->state >> 7;
	r->state ^= r->state << 17;
	return r->state;
}

static size_t below(struct random *r, size_t n)
{
	return (size_t)(next(r) >> 11) % n;
}

#define PICK(r, list) (list)[below((r), sizeof(list) / sizeof *(list))]

static void put_blank(struct random *r, struct buf *out)
{
	if (!below(r, 40))
		buf_putc(out, " \t\r\n"[below(r, 4)]);
}

static void put_text(struct random *r, struct buf *out)
{
	static const char *const parts[] = {
		"a", "b2", "收", "支出合计", "𠀀", "é", "0123456789", "",
		"\\n", "\\\"", "\\\\", "\\/", "\\b\\f\\r\\t", "\\u6536",
		"\\u00e9", "\\u001f", "\\ud840\\udc00", "\x7f", "�", ",", "]",
	};
	static const char *const bad[] = {
		"\\u0000", "\\ud840", "\\udc00", "\\ud840\\u0041", "\\x",
		"\\u12g4", "\xff", "\xc0\x80", "\xed\xa0\x80", "\xe6\x94",
		"\xf4\x90\x80\x80", "\xe0\x80\x80", "\x1f", "\n", "\\",
	};
	size_t n = below(r, 6);

	buf_putc(out, '"');
	for (size_t i = 0; i < n; i++)
		buf_puts(out, below(r, 200) ? PICK(r, parts) : PICK(r, bad));
	buf_putc(out, '"');
}

static void put_number(struct random *r, struct buf *out)
{
	static const char *const odd[] = {
		"0", "-0", "-", "01", "-01", "1.0", "1e3", "1E-2", "+1", "",
		"9223372036854775807", "9223372036854775808",
		"-9223372036854775808", "-9223372036854775809",
		"99999999999999999999", "0x1", "1a", "null", "true",
	};

	if (below(r, 30))
		buf_put_int(out, (int64_t)next(r) >> below(r, 64));
	else
		buf_puts(out, PICK(r, odd));
}

static void put_list(struct random *r, struct buf *out,
		     void (*put)(struct random *, struct buf *), size_t n)
{
	buf_putc(out, '[');
	for (size_t i = 0; i < n; i++) {
		put_blank(r, out);
		if (i)
			buf_putc(out, ',');
		put_blank(r, out);
		put(r, out);
	}
	put_blank(r, out);
	buf_putc(out, ']');
}

static void put_any(struct random *r, struct buf *out)
{
	static const char *const others[] = {
		"null", "true", "false", "{}", "[[]]", "{\"a\":[1,{}]}",
		"[1,\"a\"]", "[null]", "tru", "[1,]", "[", "",
	};

	switch (below(r, 5)) {
	case 0:
		put_text(r, out);
		break;
	case 1:
		put_number(r, out);
		break;
	case 2:
		put_list(r, out, put_text, below(r, 3));
		break;
	case 3:
		put_list(r, out, put_number, below(r, 3));
		break;
	default:
		buf_puts(out, PICK(r, others));
	}
}

static void put_word(struct random *r, const struct field *f, struct buf *out)
{
#define ROW(constant, word) word,
	static const char *const phases[] = {PHASE_WORDS(ROW)};
	static const char *const kinds[] = {KIND_WORDS(ROW)};
	static const char *const units[] = {UNIT_WORDS(ROW)};
	static const char *const origins[] = {ORIGIN_WORDS(ROW)};
	static const char *const findings[] = {FINDING_WORDS(ROW)};
	static const char *const levels[] = {LEVEL_WORDS(ROW)};
#undef ROW
	static const char *const others[] = {
		"pas", "failed", "opens", "errors", "notes", "", "grown", "fe",
		"levels", "completio", "tables", "approve", "proposed ",
	};

	buf_printf(out, "\"%s\"",
		   !below(r, 30)                ? PICK(r, others)
		   : f->type == FIELD_PHASE     ? PICK(r, phases)
		   : f->type == FIELD_KIND      ? PICK(r, kinds)
		   : f->type == FIELD_UNIT      ? PICK(r, units)
		   : f->type == FIELD_ORIGIN    ? PICK(r, origins)
		   : f->type == FIELD_FINDING   ? PICK(r, findings)
						: PICK(r, levels));
}

/* Mostly a value that the field can take. */
static void put_value(struct random *r, const struct field *f, struct buf *out)
{
	if (!below(r, 100)) {
		put_any(r, out);
		return;
	}
	switch (f->type) {
	case FIELD_STR:
	case FIELD_MEMBER_SOURCE:
	case FIELD_MEMBER_SHA256:
		put_text(r, out);
		break;
	case FIELD_YEAR:
		buf_put_int(out, (int64_t)below(r, 10010));
		break;
	case FIELD_BOOL:
	case FIELD_BOOL_IF:
		buf_puts(out, below(r, 2) ? "true" : "false");
		break;
	case FIELD_SPAN:
		put_list(r, out, put_number, 2);
		break;
	case FIELD_FACTS:
	case FIELD_INTS:
		put_list(r, out, put_number, below(r, 20));
		break;
	case FIELD_STRS:
		put_list(r, out, put_text, below(r, 12));
		break;
	case FIELD_PHASE:
	case FIELD_KIND:
	case FIELD_UNIT:
	case FIELD_ORIGIN:
	case FIELD_FINDING:
	case FIELD_LEVEL:
		put_word(r, f, out);
		break;
	default:
		put_number(r, out);
	}
}

static void put_key(struct random *r, const char *key, struct buf *out)
{
	put_blank(r, out);
	buf_putc(out, ',');
	put_blank(r, out);
	if (below(r, 300))
		buf_printf(out, "\"%s\"", key);
	else if (below(r, 2))
		put_text(r, out);
	else /* the same key, escaped */
		buf_printf(out, "\"\\u%04x%s\"", (unsigned char)key[0], key + 1);
	put_blank(r, out);
	buf_putc(out, ':');
	put_blank(r, out);
}

static void put_record(struct random *r, struct buf *out)
{
	static const char *const later[] = {"later", "x", "type", "doc", "收"};
	const struct field_table *t = &FIELD_TABLES[below(r, 8)];
	size_t keep = 1 + below(r, 8);

	buf_puts(out, below(r, 200) ? "{" : " {");
	put_blank(r, out);
	buf_printf(out, "\"type\":\"%s\"", below(r, 100) ? t->name.p : "remark");
	for (const struct field *f = t->fields; f->type; f++) {
		const struct field *g = f;

		if (!below(r, 100))
			g = t->fields; /* again, or in another order */
		else if (field_is_needed(f->type) ? !below(r, 200) : !below(r, keep))
			continue;
		put_key(r, g->key.p, out);
		put_value(r, g, out);
	}
	while (!below(r, 8)) {
		put_key(r, PICK(r, later), out);
		put_any(r, out);
	}
	put_blank(r, out);
	buf_putc(out, '}');
	put_blank(r, out);
}

/* A byte changed, a slice taken out or doubled. */
static void mutate(struct random *r, struct buf *line)
{
	static const char BYTES[] = "\"\\{}[],:0-9.eE \t\x1f\x7f\x80\xe6\xff/u";
	size_t from = below(r, line->n), n = 1 + below(r, 8);
	char slice[8];

	if (n > line->n - from)
		n = line->n - from;
	switch (below(r, 4)) {
	case 0:
		line->p[from] = BYTES[below(r, sizeof BYTES)];
		break;
	case 1:
		line->p[from] = (char)(line->p[from] ^ 1 << below(r, 8));
		break;
	case 2:
		memmove(line->p + from, line->p + from + n,
			line->n - from - n);
		line->n -= n;
		break;
	default:
		memcpy(slice, line->p + from, n);
		buf_put(line, slice, n);
		memmove(line->p + from + n, line->p + from,
			line->n - n - from);
		memcpy(line->p + from, slice, n);
	}
}

static size_t count_of(const struct field *f)
{
	size_t n = 0;

	while (f[n].type)
		n++;
	return n;
}

Test(same, tables_fit_the_bits_of_the_flat_reader)
{
	for (const struct field_table *t = FIELD_TABLES; t->name.n; t++)
		cr_expect_lt(count_of(t->fields), 64, "%s", t->name.p);
}

Test(same, both_readers_agree_on_every_line)
{
	enum { RECORDS = 60000, MUTATIONS = 4 };
	struct random r = {UINT64_C(0x9E3779B97F4A7C15)};
	size_t counts[4] = {0};
	struct buf line = {0};

	for (size_t i = 0; i < RECORDS; i++) {
		buf_clear(&line);
		put_record(&r, &line);
		for (size_t k = 0; k <= MUTATIONS && line.n; k++) {
			enum same_result result = same_check(buf_str(&line));

			counts[result]++;
			cr_assert_neq(result, SAME_DIFFERENT, "%.*s",
				      STR_ARG(buf_str(&line)));
			mutate(&r, &line);
		}
	}
	/* each side of the property was seen often */
	cr_expect_gt(counts[SAME_FLAT], RECORDS / 2);
	cr_expect_gt(counts[SAME_TREE], RECORDS / 50);
	cr_expect_gt(counts[SAME_WRONG], RECORDS);
	buf_release(&line);
}

Test(same, what_is_written_is_read_without_jansson)
{
	static const char *const lines[] = {
		"{\"type\":\"fact\",\"n\":1,\"year\":2023,\"item\":\"revenue\","
		"\"kind\":\"level\",\"value\":-1,\"unit\":\"fen\","
		"\"quantum\":0,\"origin\":\"text\",\"from\":[1,2],"
		"\"span\":[0,5],\"text\":\"\\\"收\\\"\"}",
		"{\"type\":\"trouble\",\"source\":\"a\\\\b\",\"later\":[1]}",
		"{\"type\": \"change\", \"unit\": \"fen\", \"docs\": [\"a\"]}",
		("{\"type\":\"document\",\"source\":[\"a\",\"b\"],"
		 "\"amounts\":0,\"facts\":0,\"residues\":0}"),
	};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		cr_expect_eq(same_check(str_of(lines[i])), SAME_FLAT, "%s",
			     lines[i]);
}
