/* The places of cells, as facts_add() numbers them. */
#include <criterion/criterion.h>

#include "check/facts.h"

/* The fact of a cell. */
static const struct check_fact *add(struct check_facts *fs, const char *cell)
{
	struct bud_fact f = {.n = (int64_t)fs->n + 1, .span_start = -1};

	f.cell = str_of(cell);
	facts_add(fs, &f);
	return fs->list[fs->n - 1];
}

Test(facts, cells_are_places)
{
	static const struct {
		const char *cell;
		check_place table, row, column;
	} cells[] = {
		{"t3.r5.c2", 1, 6, 3},
		{"t3.r0.c10", 1, 1, 11},
		{"t12.r5.c2", 2, 6, 3},
		{"", 0, 0, 0},
		{"t3", 1, 0, 0},
		{"t3.r5", 1, 6, 0},
		{"t3.r5.c2.x", 1, 6, 3},
		{"t3.5.2", 1, 6, 3},
		{"t3.c5.r2", 1, 6, 3},
		{".r5.c2", 0, 6, 3},
		{"t3.r999999999.c2", 1, 1000000000, 3},
		{"Sheet!B4", 3, 5, 2},
		{"Sheet.r5.c2!AB7", 4, 8, 28},
	};
	struct arena a = {0};
	struct known known = {0};
	struct check_facts fs;

	known_begin(&known, ARENA_NEW(&a, struct rules));
	facts_init(&fs, &a, &known);
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		const struct check_fact *c = add(&fs, cells[i].cell);

		cr_expect_eq(c->table, cells[i].table, "%s", cells[i].cell);
		cr_expect_eq(c->row, cells[i].row, "%s", cells[i].cell);
		cr_expect_eq(c->column, cells[i].column, "%s", cells[i].cell);
	}
	facts_release(&fs);
	known_release(&known);
	arena_release(&a);
}

/* What is no number has a place of its own, beyond all numbers. */
Test(facts, other_names_have_places)
{
	static const char *const cells[] = {
		"t1.r05.c2", "t1.r1000000000.c2", "t1.rest.c2", "t1.r.c2",
		"t1.r5x.c2", "t1.r-5.c2",
	};
	struct arena a = {0};
	struct known known = {0};
	struct check_facts fs;

	known_begin(&known, ARENA_NEW(&a, struct rules));
	facts_init(&fs, &a, &known);
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		const struct check_fact *c = add(&fs, cells[i]);

		cr_expect_eq(add(&fs, cells[i])->row, c->row);
		cr_expect_gt(c->row, 1000000000, "%s", cells[i]);
		cr_expect_eq(c->column, 3, "%s", cells[i]);
		for (size_t k = 0; k < c->index; k++)
			cr_expect_neq(fs.list[k]->row, c->row, "%s", cells[i]);
	}
	facts_release(&fs);
	known_release(&known);
	arena_release(&a);
}

/* A fact of row r… and column c… of a table. */
static const struct check_fact *add_at(struct check_facts *fs, int table,
				       int row, int column)
{
	return add(fs, str_format(fs->arena, "t%d.r%d.c%d", table, row,
				  column).p);
}

/* However many they are, and in whatever order. */
Test(facts, residues_are_found_by_row_and_column)
{
	enum { LINES = 300, STEP = 77 };
	struct arena a = {0};
	struct known known = {0};
	struct check_facts fs;

	known_begin(&known, ARENA_NEW(&a, struct rules));
	facts_init(&fs, &a, &known);
	cr_expect(!facts_residue_in_row(&fs, add_at(&fs, 1, 8, 9)));
	/* even rows and odd columns have one */
	for (int i = 0; i < LINES; i++) {
		int line = i * STEP % LINES * 2;
		struct bud_residue r = {.n = 1000 + i};

		r.cell = str_format(&a, "t1.r%d.c%d", line, line + 1);
		facts_add_residue(&fs, &r);
	}
	for (int line = 0; line < LINES * 2 + 9; line++) {
		const struct check_fact *f = add_at(&fs, 1, line, line);
		const struct check_fact *other = add_at(&fs, 2, line, line);
		bool within = line < LINES * 2;

		cr_expect_eq(facts_residue_in_row(&fs, f),
			     within && line % 2 == 0, "%d", line);
		cr_expect_eq(facts_residue_in_column(&fs, f),
			     within && line % 2 == 1, "%d", line);
		cr_expect(!facts_residue_in_row(&fs, other), "%d", line);
		cr_expect(!facts_residue_in_column(&fs, other), "%d", line);
	}
	cr_expect_eq(fs.n_residues, 0, "none is of prose");
	facts_release(&fs);
	known_release(&known);
	arena_release(&a);
}
