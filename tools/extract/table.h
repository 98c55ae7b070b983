/*
 * Tables → facts: what the files table_*.c share.
 *
 * A grid of cells becomes a matrix; its rows fall into segments, each with a
 * title, a head and a body. The title, the side (收入 | 支出), the column and
 * the row each have a meaning, read from their words; a cell's coordinates
 * are the sum of the four. What cannot be summed becomes a residue.
 *
 * Everything lives in the arena of the extract state.
 */
#ifndef BUD_EXTRACT_TABLE_H
#define BUD_EXTRACT_TABLE_H

#include "base/decimal.h"
#include "extract/chars.h"
#include "extract/outline.h"
#include "extract/state.h"
#include "lexicon/tables.h"

/* ---- cells: table_cell.c ---------------------------------------------- */

enum cell_kind {
	CELL_EMPTY,
	CELL_DASH,   /* -, —, /: no amount */
	CELL_NUMBER, /* wholly a number */
	CELL_TEXT,
};

struct table_cell {
	enum cell_kind kind;
	struct source_cell at;
	struct chars text; /* folded */
	/* numbers */
	struct decimal number; /* without its sign */
	bool negative, percent;
	bool plain;      /* digits alone: may be a code, a year, a count */
	unsigned digits; /* of a plain number, leading zeros included */
	const struct lexicon_unit *measure; /* 5辆, 3.2万元 */
};

struct matrix {
	struct arena *arena;
	const struct source_block *block;
	unsigned n_rows, n_cols;
	struct table_cell *cells; /* those of the block */
	size_t n_cells;
	uint32_t *at;  /* row × column → cell + 1; merged ones repeat */
	bool merged;   /* some cell spans several columns */
};

/* False where the grid has no cells. */
bool matrix_build(struct matrix *m, struct extract *x,
		  const struct source_block *b);

/* The cell that covers a place, NULL where there is none or it is empty. */
const struct table_cell *matrix_cell(const struct matrix *m, unsigned row,
				     unsigned col);

/* Whether the cell begins at this place, not above or left of it. */
bool matrix_is_origin(const struct table_cell *c, unsigned row, unsigned col);

bool cell_is_year(const struct table_cell *c);

/* The value of a number in smallest units; counts are rounded. */
bool table_cell_value(const struct table_cell *c, int64_t scale, int64_t *value,
		int64_t *quantum);

/* ---- words: table_words.c --------------------------------------------- */

struct meaning {
	struct str items[LEXICON_MAX_ITEMS]; /* more than one: both sides */
	size_t n_items;
	bool generic; /* the item is only 收入 or 支出 */
	bool mixed;   /* several items that have no sum */
	struct str fund, function, economic, nature;
	struct str why; /* has no coordinate */
	enum phase phase;
	int year;     /* 0 = not said */
	int vs_year;  /* behind 比: of the comparator */
	enum phase vs_phase;
	bool has_kind, versus;
	enum kind kind;
	bool count, percent;
	bool two_funds, two_natures; /* titles */
	const struct lexicon_unit *unit; /* （万元） */
	enum table_role role;
	enum table_classes classes;
	bool total, sum, part, current;
	const struct lexicon_term *class_term;
	const struct lexicon_term *class_within; /* 行政运行（审计事务） */
	size_t known;   /* words understood */
	size_t unknown; /* characters not understood, outside brackets */
};

/* Adds what the text says; later words overrule earlier ones. */
void meaning_read(struct meaning *m, const struct extract *x,
		  enum table_place place, const struct chars *c, size_t from,
		  size_t to);

/* The inner meaning overrules the outer: a head cell below another. */
void meaning_nest(struct meaning *outer, const struct meaning *inner);

/* 上年结转, 结转下年 and the like. */
bool meaning_is_balance(const struct meaning *m);

/* 0 收入, 支出; 1 a fund's or nature's; 2 总计; 3 balances and memo items. */
int item_rank(struct str item, bool generic);
bool item_is_memo(struct str item);
bool item_is_count(struct str item);

/* The class that a name stands for, among those of a kind, within a parent;
 * NULL where the document's year has none. */
const struct lexicon_code *class_by_name(const struct extract *x,
					 const struct lexicon_term *t,
					 enum table_classes classes,
					 struct str parent, bool *doubt);

/* ---- columns: table_column.c ------------------------------------------- */

/* Columns further apart than those of any real table are not compared: one with
 * 50 000 columns would take the square of that. */
enum { MOST_APART = 256 };

struct column {
	struct meaning means; /* the path of head cells, nested */
	struct meaning group; /* the upper cells of the path alone */
	/* the innermost class that the path names, and the one above it */
	const struct lexicon_term *class, *class_above;
	bool class_is_memo; /* 会议费: a memo item too */
	enum table_role role;
	bool head;            /* it has a head */
	bool again; /* no cell begins in it: those on its left are wide */
	int code_level;       /* 类 款 项: 1..3, 0 = a whole code */
	unsigned side;
	int twin; /* another column with the same coordinates, or -1 */
};

/* The cells of the rows of a head over each column, NULL for none. */
struct heads {
	unsigned from, n_rows, n_cols;
	const struct table_cell **over; /* n_rows × n_cols */
	bool *is_head; /* not a title, a unit or serial numbers in between */
};

/* Of rows [from, to), in the arena. */
void heads_read(struct heads *h, const struct extract *x,
		const struct matrix *m, unsigned from, unsigned to);
static inline const struct table_cell **heads_row(const struct heads *h,
						  unsigned row)
{
	return h->over + (size_t)row * h->n_cols;
}

void column_read(struct column *c, struct extract *x, const struct matrix *m,
		 const struct heads *h, unsigned col);

struct layout;

/* Gives the columns that name classes their codes. */
void columns_find_classes(struct layout *l, struct extract *x);

/* ---- heads: table_head.c ---------------------------------------------- */

struct side {
	unsigned first, end;  /* columns */
	struct meaning means; /* 收入, 支出 and the kind of classes */
	bool has_labels;
};

enum { MAX_SIDES = 8 };

/* What a head says of the columns, and what follows tables inherit. */
struct layout {
	struct meaning title;
	bool has_title;
	size_t titles; /* how many titles were read so far */
	const struct lexicon_unit *unit; /* NULL = not stated */
	struct column *columns;
	unsigned n_cols;
	struct side sides[MAX_SIDES];
	unsigned n_sides;
	bool has_balance; /* a column holds 上年结转 or the like */
	bool has_balance_out;
	bool has_government; /* 政府预算经济分类 beside the department's */
};

/* What kind of row: found by words alone. */
enum row_kind { ROW_BLANK, ROW_TITLE, ROW_UNIT, ROW_HEAD, ROW_SERIAL,
		ROW_NOTE, ROW_BODY };
enum row_kind row_kind_of(const struct extract *x, const struct matrix *m,
			  unsigned row, bool in_body);

/* Whether a head stands before the first amounts from this row on. */
bool rows_have_head(const struct extract *x, const struct matrix *m,
		    unsigned from);

/* Whether the cells of rows stand where a layout has labels and amounts. */
bool layout_fits(const struct layout *l, const struct matrix *m, unsigned from,
		 unsigned to);

/*
 * The layout for rows that have lost their label columns but for a few: a
 * line 合计 alone on a page. False where the amounts are not as many.
 */
bool layout_narrow(struct layout *l, const struct extract *x,
		   const struct matrix *m, unsigned from, unsigned to);

/* Whether a text names a table: ends in 表, or says 续表. */
bool text_is_title(const struct chars *c);

/* The unit line in a text; NULL if none. */
const struct lexicon_unit *text_unit(const struct extract *x,
				     const struct chars *c);

/* Fills columns and sides from head rows [from, to), the body to [to, end). */
void layout_read_head(struct layout *l, struct extract *x,
		      const struct matrix *m, unsigned from, unsigned to,
		      unsigned end);

/* ---- rows: table_row.c ------------------------------------------------- */

enum { MAX_PARENTS = 8, CODE_SIZE = 8 };

struct parent {
	int level; /* of the outline number; 0 = unnumbered */
	struct meaning means;
};

struct row_label {
	struct meaning means;
	bool any;         /* it has a label at all */
	bool class_row;   /* a code or a class name */
	bool known;       /* the words were understood */
	bool org, project;
	bool whole;       /* 合计, 总计 */
	struct str entity;
	struct str doubt;
	struct str government; /* 5xx beside a 3xx */
	struct str context; /* a sum in a list of both sides: of which */
	bool balance;     /* 上年结转, 结转下年 and the like */
	size_t start, end; /* bytes of the label */
};

/* What one side remembers from row to row, over pages too. */
struct side_state {
	struct parent parents[MAX_PARENTS];
	size_t n_parents;
	char code[CODE_SIZE * 2]; /* the last code put together from columns */
	size_t code_n;
	bool balance;     /* a row named a balance, or 本年收入合计 */
	bool functions;   /* a row named such a class */
	enum table_classes classes; /* of the last class that a row named */
	bool side_known, revenue; /* which side the last row was of */
	struct str last_function;
	struct str entity; /* the unit whose rows these are */
	struct row_label last; /* of the rows by year below it */
	struct {
		int year;
		enum phase phase;
	} times[2]; /* of the last rows by year, the latest first */
};

/* How a label begins. */
struct row_mark {
	size_t from;  /* of the words, behind marks */
	int level;    /* of the outline number, 0 = none */
	bool of_which;
};

/* Ends the reading of a row: what it inherits and what it leaves to the rows
 * below. strange: a cell of the label was not understood. */
void row_settle(struct row_label *out, struct side_state *s,
		const struct layout *l, const struct row_mark *first,
		bool strange);

void row_read_label(struct row_label *out, struct side_state *s,
		    const struct layout *l, unsigned side, struct extract *x,
		    const struct matrix *m, unsigned row);

/* ---- facts: table_fact.c ----------------------------------------------- */

struct table_memory {
	struct layout layout;
	struct side_state sides[MAX_SIDES];
	bool set;
	size_t table_of_title; /* layout.titles when first_fact was set */
	size_t first_fact;     /* of the facts under this title */
	const struct lexicon_unit *unit; /* the last one stated anywhere */
};

struct segment {
	struct extract *x;
	const struct matrix *m;
	struct table_memory *memory;
	unsigned from, to; /* body rows */
	struct {
		struct str fund; /* of all its columns of amounts */
		bool one_fund;
		bool counts; /* a column is of numbers of things */
	} sides[MAX_SIDES];
	/* filled as they are asked for; see table_value.c */
	int64_t guessed;        /* scale, 0 unknown */
	unsigned fine_row;      /* that fine_in_row is of, counted from 1 */
	unsigned fine_in_row;
	unsigned *fine_in_column; /* counted from 1; NULL, 0 unknown */
};

void segment_emit(struct segment *s);

#endif
