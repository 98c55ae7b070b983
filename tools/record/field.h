/*
 * Inside the record room: the table of fields that drives both directions, so
 * that reader and writer cannot drift apart.
 */
#ifndef BUD_RECORD_FIELD_H
#define BUD_RECORD_FIELD_H

#include <stddef.h>

#include "record/codec.h"

enum field_type {
	FIELD_END,
	FIELD_STR,      /* struct str, absent when empty */
	FIELD_INT_SET,  /* int64_t, absent when 0 */
	FIELD_INT_IF,   /* int64_t, absent unless the bool at .flag is set */
	FIELD_YEAR,     /* int, absent when 0 */
	FIELD_BOOL,     /* absent when false */
	FIELD_BOOL_IF,  /* absent unless the bool at .flag is set */
	/* words of an enumeration, from here to FIELD_FINDING */
	FIELD_PHASE,    /* absent for PHASE_NONE */
	FIELD_LEVEL,
	/* what no record is without, from here to FIELD_INT */
	FIELD_KIND,
	FIELD_UNIT,
	FIELD_ORIGIN,
	FIELD_FINDING,  /* enum finding_kind */
	FIELD_INT,      /* int64_t, always written */
	/* neither */
	FIELD_SPAN,     /* two int64_t, absent when the first is negative */
	FIELD_INTS,     /* const int64_t * at .offset, size_t at .flag */
	FIELD_STRS,     /* const struct str * at .offset, size_t at .flag */
	FIELD_FACTS,    /* of a finding: numbers, or "doc:n" of several docs */
	FIELD_MEMBER_SOURCE, /* members: scalar for one, array for more */
	FIELD_MEMBER_SHA256,
	FIELD_MEMBER_BYTES,
};

enum {
	FIELD_LEAD = 24,  /* bytes: more than the longest */
	FIELD_MOST = 63, /* fields of a record */
};

struct field {
	struct str key;        /* a literal, which ends in NUL */
	char lead[FIELD_LEAD]; /* what stands before the value: ,"key": */
	enum field_type type;
	size_t offset, flag;
};

/* One of a table, and one of those that are written as X(key, type, offset,
 * flag). */
#define KEY(name) STR_INIT(name), ",\"" name "\":"
#define FIELD_ROW(key, type, at, flag) {KEY(key), type, at, flag},

/* The fields end with FIELD_END, in the order of the record's keys. */
struct field_table {
	struct str name; /* the record's "type", empty ends the list */
	enum record_type type;
	unsigned needed; /* how many fields a record cannot do without */
	size_t size; /* of its structure */
	size_t span; /* where its FIELD_SPAN begins, 0 for none */
	const struct field *fields;
};

/* In the order of enum record_type, from RECORD_DOCUMENT on. */
extern const struct field_table FIELD_TABLES[];

/* A member of a record by its offset, to be changed or to be read. */
#define AT(base, off, type) ((type *)(void *)((char *)(base) + (off)))
#define IN(base, off, type) \
	((const type *)(const void *)((const char *)(base) + (off)))

#endif
