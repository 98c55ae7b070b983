/* Blocks → facts → findings, with the built-in vocabulary and rules. */
#include <stdio.h>
#include <stdlib.h>

#include "check/stream.h"
#include "extract/extract.h"
#include "fuzz.h"
#include "parse/records.h"
#include "record/codec.h"

/* document.amounts: the distinct spans of stated facts, and the residues. */
static void expect_amounts(struct arena *a, const struct extract_result *r,
			   size_t text)
{
	bool *begins = ARENA_ARRAY(a, bool, text + 1);
	int64_t spans = 0;

	for (size_t i = 0; i < r->n_facts; i++) {
		const struct bud_fact *f = &r->facts[i];

		if (f->origin != ORIGIN_TEXT && f->origin != ORIGIN_TABLE)
			continue;
		if (f->span_start < 0 || f->span_end <= f->span_start ||
		    (size_t)f->span_end > text)
			abort();
		spans += !begins[f->span_start];
		begins[f->span_start] = true;
	}
	if (r->document.amounts != spans + (int64_t)r->n_residues)
		abort();
}

static void expect_readable(struct arena *a, struct str line)
{
	struct record r;
	const char *error;
	struct str detail;

	if (record_read(a, line, &r, &error, &detail) ||
	    r.type == RECORD_OTHER) {
		fprintf(stderr, "not readable: %.*s", STR_ARG(line));
		abort();
	}
}

/* What the stream wrote: each record, and first those that it was given. */
static void take_checked(void *ctx, struct buf *text)
{
	buf_put_str(ctx, buf_str(text));
	buf_clear(text);
}

/* The records through the checker, which may change where they stand. */
static void check(struct arena *a, struct buf *records)
{
	static struct rules rules;
	static struct arena loaded;
	static struct check_labels *labels;
	struct buf checked = {0};
	struct check_stream s = {.take = take_checked, .ctx = &checked,
				 .derive = true, .across = true,
				 .lines_stay = true};
	struct str given = str_copy(a, buf_str(records));
	struct str rest, line;

	if (!labels) {
		if (check_load_rules(&rules, &loaded, fuzz_messages()))
			abort();
		labels = check_load_labels(&loaded, fuzz_share());
	}
	s.rules = &rules;
	s.labels = labels;
	buf_reserve(records, RECORD_BEHIND);
	memset(records->p + records->n, 0, RECORD_BEHIND);
	rest = buf_str(records);
	for (size_t n = 1; str_split(&rest, '\n', &line) && line.n; n++)
		if (!stream_line(&s, line, "", n, fuzz_messages()))
			abort();
	stream_end(&s);
	rest = buf_str(&checked);
	if (!str_starts(rest, given))
		abort();
	while (str_split(&rest, '\n', &line))
		if (line.n)
			expect_readable(a, line);
	stream_release(&s);
	buf_release(&checked);
}

void fuzz_extract(const struct source_document *d)
{
	struct arena a = {0};
	struct extract_options options = {0};
	struct extract_result r;
	struct bud_member member = {STR("f"), STR("00"), 0};
	struct record_known known;
	struct buf records = {0};

	extract_document(&r, &a, fuzz_lexicon(), d, &options);
	r.document.doc = STR("0000000000000000");
	r.document.members = &member;
	r.document.n_members = 1;
	expect_amounts(&a, &r, d->text.n);
	record_know(&known, &a, buf_str(&d->text));
	record_write_document(&records, &r.document);
	buf_putc(&records, '\n');
	records_write(&records, &r, &known);
	check(&a, &records);
	buf_release(&records);
	arena_release(&a);
}
