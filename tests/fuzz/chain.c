/* Blocks → facts → findings, with the built-in vocabulary and rules. */
#include <stdio.h>
#include <stdlib.h>

#include "check/check.h"
#include "extract/extract.h"
#include "fuzz.h"
#include "record/codec.h"

/* What stands in lines from *at on, which moves to their end. */
static void expect_readable(struct arena *a, const struct buf *lines,
			    size_t *at)
{
	struct str line = str_slice(buf_str(lines), *at, lines->n);
	struct record r;
	const char *error;
	struct str detail;

	if (record_read(a, line, &r, &error, &detail) ||
	    r.type == RECORD_OTHER) {
		fprintf(stderr, "not readable: %.*s", STR_ARG(line));
		abort();
	}
	*at = lines->n;
}

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

static void check(struct arena *a, const struct extract_result *r,
		  struct buf *lines)
{
	static struct rules rules;
	static struct arena loaded;
	static struct check_labels *labels;
	struct check c = {0};
	size_t at = lines->n;

	if (!labels) {
		if (check_load_rules(&rules, &loaded, fuzz_messages()))
			abort();
		labels = check_load_labels(&loaded, fuzz_share());
	}
	check_begin(&c, a, &rules, labels);
	c.document = r->document;
	for (size_t i = 0; i < r->n_facts; i++)
		check_take_fact(&c, &r->facts[i]);
	for (size_t i = 0; i < r->n_residues; i++)
		check_take_residue(&c, &r->residues[i]);
	check_run(&c);
	check_derive(&c);
	for (size_t i = 0; i < c.n_findings; i++) {
		record_write_finding(lines, check_finding(&c, i, a));
		expect_readable(a, lines, &at);
	}
	for (size_t i = 0; i < c.n_derived; i++) {
		record_write_fact(lines, &c.derived[i], NULL);
		expect_readable(a, lines, &at);
	}
	check_release(&c);
}

void fuzz_extract(const struct source_document *d)
{
	struct arena a = {0};
	struct extract_options options = {0};
	struct extract_result r;
	struct bud_member member = {STR("f"), STR("00"), 0};
	struct record_known known;
	struct buf lines = {0};
	size_t at = 0;

	extract_document(&r, &a, fuzz_lexicon(), d, &options);
	r.document.doc = STR("0000000000000000");
	r.document.members = &member;
	r.document.n_members = 1;
	expect_amounts(&a, &r, d->text.n);
	record_know(&known, &a, buf_str(&d->text));
	record_write_document(&lines, &r.document);
	expect_readable(&a, &lines, &at);
	for (size_t i = 0; i < r.n_facts; i++) {
		r.facts[i].doc = r.document.doc;
		record_write_fact(&lines, &r.facts[i], &known);
		expect_readable(&a, &lines, &at);
	}
	for (size_t i = 0; i < r.n_residues; i++) {
		r.residues[i].doc = r.document.doc;
		record_write_residue(&lines, &r.residues[i], &known);
		expect_readable(&a, &lines, &at);
	}
	check(&a, &r, &lines);
	buf_release(&lines);
	arena_release(&a);
}
