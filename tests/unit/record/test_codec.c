#include <criterion/criterion.h>
#include <string.h>

#include "record/codec.h"
#include "record/value.h"

/* Writes the record that was read. */
static void write_back(struct buf *out, const struct record *r)
{
	switch (r->type) {
	case RECORD_DOCUMENT:
		record_write_document(out, &r->document);
		break;
	case RECORD_FACT:
		record_write_fact(out, &r->fact, NULL);
		break;
	case RECORD_RESIDUE:
		record_write_residue(out, &r->residue, NULL);
		break;
	case RECORD_FINDING:
		record_write_finding(out, &r->finding);
		break;
	case RECORD_VERDICT:
		record_write_verdict(out, &r->verdict);
		break;
	case RECORD_CHANGE:
		record_write_change(out, &r->change);
		break;
	case RECORD_TROUBLE:
		record_write_trouble(out, &r->trouble);
		break;
	case RECORD_MARK:
		record_write_mark(out, &r->mark, NULL);
		break;
	case RECORD_OTHER:
		break;
	}
}

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define DOC "\"doc\":\"0123456789abcdef\""

/* In three parts, one of them empty. */
static void cut(struct str s, struct str parts[3])
{
	parts[0] = str_slice(s, 0, s.n / 3);
	parts[1] = (struct str){NULL, 0};
	parts[2] = str_slice(s, s.n / 3, s.n);
}

/* What stands around FINDING_BETWEEN; how many parts that is. */
static size_t cut_between(struct str s, struct str parts[3])
{
	size_t at = str_find(s, STR(FINDING_BETWEEN));

	parts[0] = str_slice(s, 0, at < s.n ? at : s.n);
	if (at >= s.n)
		return s.n > 0;
	parts[1] = str_slice(s, at + strlen(FINDING_BETWEEN), s.n);
	return 2;
}

static void expect_plain_same(struct bud_finding f)
{
	struct str parts[FINDING_TEXTS][3];
	struct record_text texts[FINDING_TEXTS] = {
		{parts[0], 3, f.message.n},
		{parts[1], 3, f.message_zh.n},
		{parts[2], 0, f.evidence.n},
	};
	struct buf got = {0}, want = {0}, told = {0};

	cut(f.message, parts[FINDING_MESSAGE]);
	cut(f.message_zh, parts[FINDING_MESSAGE_ZH]);
	texts[FINDING_EVIDENCE].n =
		cut_between(f.evidence, parts[FINDING_EVIDENCE]);
	f.plain = true;
	record_write_finding(&got, &f);
	f.plain = false;
	record_write_finding(&want, &f);
	cr_assert(str_equal(buf_str(&got), buf_str(&want)), "%.*s\n%.*s",
		  STR_ARG(buf_str(&got)), STR_ARG(buf_str(&want)));
	if (!f.n_docs && !f.n_places) {
		f.message = f.message_zh = f.evidence =
			(struct str){NULL, 0};
		record_write_plain_finding(&told, &f, texts);
		cr_assert(str_equal(buf_str(&told), buf_str(&want)));
	}
	buf_release(&got);
	buf_release(&want);
	buf_release(&told);
}

/* That a finding needs no escape changes no byte, whichever fields it has. */
Test(codec, plain_findings_are_written_as_others)
{
	enum { MANY = 5000 };
	static int64_t facts[MANY];
	static char text[100000];
	static const struct str docs[] = {STR_INIT("d"), STR_INIT("e")};
	const struct str nothing = {NULL, 0};

	memset(text, 'x', sizeof text);
	for (size_t i = 0; i < MANY; i++)
		facts[i] = i % 2 ? INT64_MIN : (int64_t)i;
	for (unsigned bits = 0; bits < 1 << 14; bits++) {
#define HAS(bit, yes, no) (bits >> (bit) & 1 ? (yes) : (no))
		expect_plain_same((struct bud_finding){
			.doc = HAS(0, STR("d"), nothing),
			.id = STR("i"),
			.rule = STR("r"),
			.kind = (enum finding_kind)(bits % 4),
			.level = (enum level)(bits / 4 % 4),
			.rounding = HAS(1, true, false),
			.truncation = HAS(2, true, false),
			.message = HAS(3, STR("m"), nothing),
			.message_zh = HAS(4, STR("信"), nothing),
			.has_values = HAS(5, true, false),
			.expected = INT64_MIN,
			.actual = INT64_MAX,
			.difference = -(int64_t)bits,
			.facts = facts,
			.n_facts = HAS(6, bits % 3, 0),
			.places = docs,
			.n_places = HAS(7, 2, 0),
			.docs = docs,
			.n_docs = HAS(8, 2, 0),
			.evidence = HAS(9, STR("e | f"), nothing),
			.also = HAS(10, STR("also"), nothing),
			.also_zh = HAS(11, STR("及"), nothing),
			.page = HAS(12, 7, 0),
			.line = HAS(13, INT64_MIN, 0),
		});
	}
	/* long ones find room */
	for (size_t n = 1; n < sizeof text; n *= 10) {
		struct str s = {text, n};

		expect_plain_same((struct bud_finding){
			.doc = s, .id = s, .rule = s, .message = s,
			.message_zh = s, .evidence = s, .also = s,
			.also_zh = s, .facts = facts,
			.n_facts = n < MANY ? n : MANY});
	}
}

/* Every slice of a text is written as without knowing the text, in any order,
 * twice, and so is a copy of it. */
Test(codec, what_is_known_of_a_text_changes_no_byte)
{
	struct str text = STR("安排“三公”经费1.00万元，其\"中\"一项：\n\t因公出国（境）费0.50"
			      "万元；公务接待费0.50万元。\n说明\\完毕，其余各项与上年相同。");
	struct arena a = {0};
	struct record_known known;
	struct buf got = {0}, want = {0};

	record_know(&known, &a, text);
	cr_expect_eq(known.n_stops, 6);
	for (size_t step = 0; step < 2 * text.n; step++) {
		size_t from = step % 2 ? text.n - step / 2 : step / 2;

		for (size_t to = from; to <= text.n; to++) {
			struct bud_fact *f = ARENA_NEW(&a, struct bud_fact);

			f->text = str_slice(text, from, to);
			f->section = str_copy(&a, f->text);
			buf_clear(&want);
			record_write_fact(&want, f, NULL);
			for (int twice = 0; twice < 2; twice++) {
				size_t at = got.n;

				record_write_fact(&got, f, &known);
				cr_assert(str_equal(str_slice(buf_str(&got), at,
							      got.n),
						    buf_str(&want)),
					  "[%zu, %zu)", from, to);
			}
		}
	}
	buf_release(&got);
	buf_release(&want);
	arena_release(&a);
}

/* Records of other types and documents in between, a document that is longer
 * than what is kept of it, and none. */
Test(codec, what_is_known_of_a_head_changes_no_byte)
{
	static const struct str DOCS[] = {
		STR_INIT("0123456789abcdef"), STR_INIT("0123456789abcdee"),
		STR_INIT("\"\n"), STR_INIT(""),
		STR_INIT("0123456789abcdef0123456789abcdef0123456789abcdef"),
	};
	struct arena a = {0};
	struct record_known known;
	struct buf got = {0}, want = {0};

	record_know(&known, &a, STR("text"));
	for (size_t i = 0; i < 200; i++) {
		struct bud_fact *f = ARENA_NEW(&a, struct bud_fact);
		struct bud_residue r = {.doc = DOCS[i / 8 % 5], .n = 2};
		struct bud_mark m = {.doc = DOCS[i / 8 % 5], .line = 3};

		f->doc = DOCS[i / 8 % 5];
		f->n = 1;
		for (struct record_known *k = NULL;; k = &known) {
			struct buf *out = k ? &got : &want;

			record_write_fact(out, f, k);
			if (i % 3)
				record_write_residue(out, &r, k);
			if (i % 5)
				record_write_mark(out, &m, k);
			if (k)
				break;
		}
		cr_assert(str_equal(buf_str(&got), buf_str(&want)), "%zu", i);
	}
	buf_release(&got);
	buf_release(&want);
	arena_release(&a);
}

/* Facts that have much in common with the one before, and now and then less. */
Test(codec, what_is_known_of_the_fact_before_changes_no_byte)
{
	static const struct str WORDS[] = {
		STR_INIT(""), STR_INIT("一、收入"), STR_INIT("一、\"支出\""),
		STR_INIT("0123456789abcdef0123456789abcdef0123456789abcdef"),
	};
	uint32_t random = 1;
	struct arena a = {0};
	struct record_known known;
	struct buf got = {0}, want = {0};
	struct bud_fact *before = NULL;

	record_know(&known, &a, STR("text"));
	for (int i = 0; i < 5000; i++) {
		struct bud_fact *f = ARENA_NEW(&a, struct bud_fact);
		uint32_t pick = (random = random * 1103515245 + 12345) >> 16;
		struct str word = WORDS[pick / 16 % 4];

		if (before)
			*f = *before;
		switch (pick % 12) {
		case 0: f->entity = word; break;
		case 1: f->at.year = 2020 + (int)(pick / 16 % 4); break;
		case 2: f->at.phase = pick / 16 % 5; break;
		case 3: f->section = word; break;
		case 4: f->section = str_copy(&a, word); break;
		case 5: f->member = pick / 16 % 2; break;
		case 6: f->page = pick / 16 % 3; break;
		case 7: f->line = pick / 16 % 100; break;
		case 8: f->cell = word; break;
		case 9: f->reason = word; break;
		default: f->value = pick; break;
		}
		record_write_fact(&want, f, NULL);
		record_write_fact(&got, f, &known);
		cr_assert(str_equal(buf_str(&got), buf_str(&want)), "%d", i);
		buf_putc(&want, '\n');
		buf_putc(&got, '\n');
		before = f;
	}
	buf_release(&got);
	buf_release(&want);
	arena_release(&a);
}

/* The writer makes room for the longest of all but strings and lists. */
Test(codec, no_record_has_more_than_the_writer_makes_room_for)
{
	for (const struct field_table *t = FIELD_TABLES; t->name.n; t++) {
		size_t n = 0;

		for (const struct field *f = t->fields; f->type; f++, n++)
			cr_expect_leq(f->key.n + 4, FIELD_LEAD, "%s", f->key.p);
		cr_expect_leq(n, FIELD_MOST, "%s", t->name.p);
	}
}

/* The reader of flat records asks them for no more than these. */
Test(codec, tables_tell_what_is_needed_and_where_a_span_is)
{
	for (const struct field_table *t = FIELD_TABLES; t->name.n; t++) {
		size_t needed = 0, span = 0;

		for (const struct field *f = t->fields; f->type; f++) {
			needed += field_is_needed(f->type);
			if (f->type == FIELD_SPAN)
				span = f->offset;
		}
		cr_expect_eq(needed, t->needed, "%s", t->name.p);
		cr_expect_eq(span, t->span, "%s", t->name.p);
	}
}

/* Each string comes where the buffer is full, and more follows. */
Test(codec, room_is_made_for_strings_of_any_length)
{
	struct buf out = {0}, text = {0};
	struct arena a = {0};

	for (size_t n = 0; n < 5000; n += 7) {
		struct bud_change c = {
			.has_from = true, .from_value = INT64_MIN,
			.has_to = true, .to_value = INT64_MIN,
			.has_delta = true, .delta = INT64_MIN,
			.reason = buf_str(&text), .entity = buf_str(&text)};
		struct str detail;
		const char *error;
		struct record r;

		buf_release(&out); /* so that every size is full once */
		record_write_change(&out, &c);
		cr_assert_eq(record_read(&a, buf_str(&out), &r, &error, &detail), 0);
		cr_assert(str_equal(r.change.reason, c.reason));
		cr_assert_eq(r.change.delta, c.delta);
		for (size_t k = 0; k < 7; k++)
			buf_putc(&text, (n + k) % 50 ? 'x' : '\n');
		arena_reset(&a);
	}
	buf_release(&out);
	buf_release(&text);
	arena_release(&a);
}

Test(codec, what_is_read_is_written_byte_for_byte)
{
	static const struct {
		enum record_type type;
		const char *line;
	} rows[] = {
		{RECORD_DOCUMENT,
		 "{\"type\":\"document\"," DOC ",\"source\":\"a.txt\","
		 "\"sha256\":\"" SHA "\",\"bytes\":5323,"
		 "\"media\":\"text/plain\",\"charset\":\"UTF-8\","
		 "\"title\":\"预算\",\"entity\":\"某局\",\"region\":\"500154\","
		 "\"year\":2023,\"phase\":\"approved\",\"amounts\":3,"
		 "\"facts\":4,\"residues\":0}"},
		{RECORD_DOCUMENT,
		 "{\"type\":\"document\"," DOC ",\"source\":[\"a\",\"b\"],"
		 "\"sha256\":[\"" SHA "\",\"" SHA "\"],\"bytes\":[0,1],"
		 "\"amounts\":0,\"facts\":0,\"residues\":0}"},
		{RECORD_FACT,
		 "{\"type\":\"fact\"," DOC ",\"n\":7,\"entity\":\"乙\","
		 "\"year\":2023,\"phase\":\"executed\",\"item\":\"expenditure\","
		 "\"fund\":\"general\",\"function\":\"2080501\","
		 "\"economic\":\"30101\",\"nature\":\"basic.staff\","
		 "\"kind\":\"change\",\"value\":-9223372036854775808,"
		 "\"unit\":\"fen\",\"quantum\":10000,\"approx\":true,"
		 "\"vs_year\":2022,\"vs_phase\":\"adjusted\","
		 "\"whole\":\"expenditure\",\"scope\":\"fiscal\","
		 "\"origin\":\"table\",\"from\":[1,2,3],\"reason\":\"r\","
		 "\"doubt\":\"d\",\"section\":\"s\",\"page\":1,\"line\":2,"
		 "\"cell\":\"t1.r2.c3\",\"span\":[0,5],\"text\":\"t\"}"},
		{RECORD_FACT,
		 "{\"type\":\"fact\"," DOC ",\"n\":1,\"item\":\"revenue\","
		 "\"kind\":\"level\",\"value\":0,\"unit\":\"count\","
		 "\"quantum\":0,\"origin\":\"statement\"}"},
		{RECORD_FACT,
		 "{\"type\":\"fact\"," DOC ",\"n\":1,\"phase\":\"proposed\","
		 "\"item\":\"revenue\",\"kind\":\"growth\","
		 "\"value\":9223372036854775807,\"unit\":\"ppm\",\"quantum\":1,"
		 "\"origin\":\"derived\",\"from\":[9]}"},
		{RECORD_RESIDUE,
		 "{\"type\":\"residue\"," DOC ",\"n\":2,\"value\":1,"
		 "\"unit\":\"fen\",\"quantum\":1,\"section\":\"s\",\"page\":4,"
		 "\"line\":5,\"cell\":\"c\",\"span\":[3,9],\"text\":\"t\","
		 "\"why\":\"name\"}"},
		{RECORD_FINDING,
		 "{\"type\":\"finding\",\"id\":\"Y01-1\",\"rule\":\"Y01\","
		 "\"kind\":\"fail\",\"level\":\"warning\","
		 "\"message\":\"a\",\"message_zh\":\"b\","
		 "\"facts\":[\"0123456789abcdef:1\",\"fedcba9876543210:2\"],"
		 "\"docs\":[\"0123456789abcdef\",\"fedcba9876543210\"]}"},
		{RECORD_FINDING,
		 "{\"type\":\"finding\"," DOC ",\"id\":\"i\",\"rule\":\"r\","
		 "\"kind\":\"notApplicable\",\"level\":\"none\","
		 "\"rounding\":true,\"truncation\":true,\"message\":\"m\","
		 "\"message_zh\":\"信\",\"expected\":0,\"actual\":-1,"
		 "\"difference\":1,\"tolerance\":0,\"facts\":[4],"
		 "\"evidence\":\"e\",\"page\":1,\"line\":1}"},
		{RECORD_FINDING,
		 "{\"type\":\"finding\"," DOC ",\"id\":\"i\",\"rule\":\"r\","
		 "\"kind\":\"fail\",\"level\":\"error\",\"message\":\"m\"}"},
		{RECORD_VERDICT,
		 "{\"type\":\"verdict\"," DOC ",\"checks\":6,\"passed\":5,"
		 "\"rounding\":4,\"failed\":3,\"notes\":2,\"open\":1,"
		 "\"notApplicable\":0}"},
		{RECORD_CHANGE,
		 "{\"type\":\"change\",\"entity\":\"e\",\"region\":\"500154\","
		 "\"item\":\"i\",\"fund\":\"f\",\"function\":\"201\","
		 "\"economic\":\"301\",\"nature\":\"n\",\"unit\":\"fen\","
		 "\"from_year\":2022,\"from_phase\":\"approved\","
		 "\"from_value\":0,\"to_year\":2023,\"to_phase\":\"approved\","
		 "\"to_value\":0,\"delta\":0,\"growth\":0,\"contribution\":0,"
		 "\"status\":\"changed\",\"rounding\":true,\"break\":\"b\","
		 "\"chosen\":\"c\",\"stated_delta\":0,\"agrees\":false,"
		 "\"reason\":\"r\",\"docs\":[\"a\",\"b\"]}"},
		{RECORD_CHANGE,
		 "{\"type\":\"change\",\"item\":\"i\",\"unit\":\"count\","
		 "\"status\":\"added\"}"},
		{RECORD_TROUBLE,
		 "{\"type\":\"trouble\",\"source\":\"s\"," DOC ","
		 "\"stage\":\"read\",\"code\":\"c\",\"message\":\"m\"}"},
		{RECORD_TROUBLE, "{\"type\":\"trouble\"}"},
		{RECORD_MARK,
		 "{\"type\":\"mark\"," DOC ",\"kind\":\"leftover\","
		 "\"word\":\"XX\",\"missing\":true,\"member\":2,\"page\":3,"
		 "\"line\":4,\"span\":[5,7],\"text\":\"t\"}"},
		/* escapes: those that JSON asks for, and no others */
		{RECORD_TROUBLE,
		 "{\"type\":\"trouble\",\"message\":\"\\\"\\\\\\n\\r\\t/"
		 "\\u0001\\u001f\\u007f收𠀀\"}"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena a = {0};
		struct buf out = {0};
		struct record r;
		const char *error = "";
		struct str detail = {0};

		cr_assert_eq(record_read(&a, str_of(rows[i].line), &r, &error,
					 &detail),
			     0, "row %zu: %s: %.*s", i, error, STR_ARG(detail));
		cr_expect_eq(r.type, rows[i].type, "row %zu", i);
		write_back(&out, &r);
		cr_expect_str_eq(buf_cstring(&out), rows[i].line, "row %zu:\n%s",
				 i, out.p);
		buf_release(&out);
		arena_release(&a);
	}
}

Test(codec, order_of_keys_blanks_and_unknown_keys_do_not_matter)
{
	static const char line[] =
		" { \"why\" : \"name\", \"later\" : {\"a\":[1,null]}, "
		"\"text\":\"\\u6536\\/\", \"span\":[1,2], \"quantum\":1,"
		"\"unit\":\"fen\",\"value\":5,\"n\":3, \"type\" : \"residue\" } ";
	struct arena a = {0};
	struct record r;
	const char *error;
	struct str detail;

	cr_assert_eq(record_read(&a, str_of(line), &r, &error, &detail), 0);
	cr_expect_eq(r.type, RECORD_RESIDUE);
	cr_expect_eq(r.residue.n, 3);
	cr_expect_eq(r.residue.span_end, 2);
	cr_expect(str_equal(r.residue.text, STR("收/")));
	cr_expect(str_equal(r.residue.why, STR("name")));
	cr_expect_eq(r.residue.doc.n, 0);
	arena_release(&a);
}

Test(codec, an_absent_span_is_negative)
{
	struct arena a = {0};
	struct record r;
	const char *error;
	struct str detail;

	cr_assert_eq(record_read(&a,
				 STR("{\"type\":\"fact\",\"n\":1,\"kind\":"
				     "\"level\",\"value\":0,\"unit\":\"fen\","
				     "\"quantum\":0,\"origin\":\"text\"}"),
				 &r, &error, &detail),
		     0);
	cr_expect_eq(r.fact.span_start, -1);
	cr_expect_eq(r.fact.at.phase, PHASE_NONE);
	cr_expect_eq(r.fact.at.year, 0);
	arena_release(&a);
}

Test(codec, types_of_a_later_version_are_other)
{
	static const char *const lines[] = {
		"{\"type\":\"remark\",\"of\":1}",
		"{\"type\":\"\"}",
		"{\"type\":\"Fact\"}",
	};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct arena a = {0};
		struct record r;
		const char *error;
		struct str detail;

		cr_expect_eq(record_read(&a, str_of(lines[i]), &r, &error,
					 &detail),
			     0, "%s", lines[i]);
		cr_expect_eq(r.type, RECORD_OTHER);
		arena_release(&a);
	}
}

#define FACT_WITH(rest) \
	"{\"type\":\"fact\",\"n\":1,\"kind\":\"level\",\"value\":0," \
	"\"unit\":\"fen\",\"quantum\":0,\"origin\":\"text\"," rest "}"

Test(codec, what_is_no_record_is_refused_with_a_reason)
{
	static const struct {
		const char *line, *error, *detail; /* NULL: jansson's words */
	} rows[] = {
		{"", "not-json", NULL},
		{"   ", "not-json", NULL},
		{"null", "not-json", NULL},
		{"1", "not-json", NULL},
		{"[]", "not-json", "not an object"},
		{"{", "not-json", NULL},
		{"{\"type\":\"fact\"", "not-json", NULL},
		{"{\"type\":\"fact\"}x", "not-json", NULL},
		{"{\"type\":\"a\"}{\"type\":\"b\"}", "not-json", NULL},
		{"{'type':'fact'}", "not-json", NULL},
		{"{\"type\":\"trouble\",\"type\":\"fact\"}", "not-json", NULL},
		{"{\"type\":\"trouble\",\"code\":\"a\",\"code\":\"b\"}",
		 "not-json", NULL},
		{"{\"type\":\"trouble\",\"code\":\"\\u0000\"}", "not-json",
		 NULL},
		{"{\"type\":\"trouble\",\"code\":\"\\ud800\"}", "not-json",
		 NULL},
		{"{\"type\":\"trouble\",\"code\":\"\xff\"}", "not-json", NULL},
		{"{\"type\":\"trouble\",\"code\":\"\xe6\x94\"}", "not-json",
		 NULL},
		{"{\"type\":\"trouble\",\"code\":\"\n\"}", "not-json", NULL},
		{"\xef\xbb\xbf{\"type\":\"trouble\"}", "not-json", NULL},
		{"{}", "bad-record", "'type' is missing"},
		{"{\"type\":1}", "bad-record", "'type' is missing"},
		{"{\"type\":\"trouble\",\"code\":1}", "bad-record",
		 "'code' has a wrong value"},
		{"{\"type\":\"trouble\",\"code\":null}", "bad-record",
		 "'code' has a wrong value"},
		{"{\"type\":\"verdict\",\"checks\":1}", "bad-record",
		 "'passed' is missing"},
		{"{\"type\":\"verdict\",\"checks\":1.0}", "bad-record",
		 "'checks' has a wrong value"},
		{"{\"type\":\"verdict\",\"checks\":\"1\"}", "bad-record",
		 "'checks' has a wrong value"},
		{"{\"type\":\"verdict\",\"checks\":9223372036854775808}",
		 "not-json", NULL},
		{"{\"type\":\"fact\"}", "bad-record", "'n' is missing"},
		{"{\"type\":\"fact\",\"n\":1}", "bad-record",
		 "'kind' is missing"},
		{"{\"type\":\"finding\",\"level\":\"error\"}", "bad-record",
		 "'kind' is missing"},
		{FACT_WITH("\"year\":\"2023\""), "bad-record",
		 "'year' has a wrong value"},
		{FACT_WITH("\"year\":-1"), "bad-record",
		 "'year' has a wrong value"},
		{FACT_WITH("\"year\":10000"), "bad-record",
		 "'year' has a wrong value"},
		{FACT_WITH("\"phase\":\"final\""), "bad-record",
		 "'phase' has a wrong value"},
		{FACT_WITH("\"approx\":1"), "bad-record",
		 "'approx' has a wrong value"},
		{FACT_WITH("\"span\":[1]"), "bad-record",
		 "'span' has a wrong value"},
		{FACT_WITH("\"span\":[1,2,3]"), "bad-record",
		 "'span' has a wrong value"},
		{FACT_WITH("\"span\":[\"1\",2]"), "bad-record",
		 "'span' has a wrong value"},
		{FACT_WITH("\"from\":3"), "bad-record",
		 "'from' has a wrong value"},
		{FACT_WITH("\"from\":[1,\"2\"]"), "bad-record",
		 "'from' has a wrong value"},
		{"{\"type\":\"document\",\"source\":[\"a\",\"b\"],"
		 "\"sha256\":\"c\"}",
		 "bad-record", "'sha256' has a wrong value"},
		{"{\"type\":\"document\",\"source\":[\"a\",1]}", "bad-record",
		 "'source' has a wrong value"},
		{"{\"type\":\"change\",\"unit\":\"fen\",\"docs\":\"a\"}",
		 "bad-record", "'docs' has a wrong value"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena a = {0};
		struct record r;
		const char *error = "";
		struct str detail = {0};

		cr_expect_eq(record_read(&a, str_of(rows[i].line), &r, &error,
					 &detail),
			     -1, "row %zu: %s", i, rows[i].line);
		cr_expect_str_eq(error, rows[i].error, "row %zu: %s", i,
				 rows[i].line);
		cr_expect_eq(r.type, RECORD_OTHER, "row %zu", i);
		if (rows[i].detail)
			cr_expect(str_equal(detail, str_of(rows[i].detail)),
				  "row %zu: '%.*s'", i, STR_ARG(detail));
		else
			cr_expect_gt(detail.n, 0, "row %zu", i);
		arena_release(&a);
	}
}

Test(codec, deep_nesting_is_refused_not_a_crash)
{
	struct buf deep = {0};
	struct arena a = {0};
	struct record r;
	const char *error;
	struct str detail;

	buf_puts(&deep, "{\"type\":");
	for (int i = 0; i < 1000000; i++)
		buf_putc(&deep, '[');
	cr_expect_eq(record_read(&a, buf_str(&deep), &r, &error, &detail), -1);
	buf_release(&deep);
	arena_release(&a);
}

Test(codec, what_is_read_outlives_the_line)
{
	char line[] = "{\"type\":\"trouble\",\"source\":\"s\",\"code\":\"c\"}";
	struct arena a = {0};
	struct record r;
	const char *error;
	struct str detail;

	cr_assert_eq(record_read(&a, str_of(line), &r, &error, &detail), 0);
	memset(line, 'x', sizeof line);
	cr_expect(str_equal(r.trouble.source, STR("s")));
	cr_expect(str_equal(r.trouble.code, STR("c")));
	arena_release(&a);
}

Test(codec, strings_are_written_as_valid_json)
{
	static const struct {
		struct str s;
		const char *want;
	} rows[] = {
		{STR_INIT(""), "\"\""},
		{STR_INIT("收"), "\"收\""},
		{STR_INIT("a\"b\\c"), "\"a\\\"b\\\\c\""},
		{STR_INIT("\0"), "\"\\u0000\""},
		{STR_INIT("\b\f\x1b"), "\"\\u0008\\u000c\\u001b\""},
		{STR_INIT("\xff"), "\"\xef\xbf\xbd\""},
		{STR_INIT("a\xe6\x94"), "\"a\xef\xbf\xbd\xef\xbf\xbd\""},
		{STR_INIT("\xed\xa0\x80"),
		 "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
		{STR_INIT("\xef\xbf\xbd"), "\"\xef\xbf\xbd\""},
		{STR_INIT("\xc0\xaf/\n"), "\"\xef\xbf\xbd\xef\xbf\xbd/\\n\""},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out = {0};

		record_write_string(&out, rows[i].s);
		cr_expect_str_eq(buf_cstring(&out), rows[i].want, "row %zu", i);
		buf_release(&out);
	}
}
