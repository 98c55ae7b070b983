/*
 * Inside the record room: the words of the enumerations of facts and findings,
 * as lists that the compiler goes through. X(constant, word) is said of each.
 */
#ifndef BUD_RECORD_WORDS_H
#define BUD_RECORD_WORDS_H

#define PHASE_WORDS(X) \
	X(PHASE_PROPOSED, "proposed") \
	X(PHASE_APPROVED, "approved") \
	X(PHASE_ADJUSTED, "adjusted") \
	X(PHASE_EXECUTED, "executed")

#define KIND_WORDS(X) \
	X(KIND_LEVEL, "level") \
	X(KIND_CHANGE, "change") \
	X(KIND_GROWTH, "growth") \
	X(KIND_SHARE, "share") \
	X(KIND_COMPLETION, "completion")

#define UNIT_WORDS(X) \
	X(UNIT_FEN, "fen") \
	X(UNIT_PPM, "ppm") \
	X(UNIT_COUNT, "count")

#define ORIGIN_WORDS(X) \
	X(ORIGIN_TEXT, "text") \
	X(ORIGIN_TABLE, "table") \
	X(ORIGIN_STATEMENT, "statement") \
	X(ORIGIN_DERIVED, "derived")

#define FINDING_WORDS(X) \
	X(FINDING_PASS, "pass") \
	X(FINDING_FAIL, "fail") \
	X(FINDING_OPEN, "open") \
	X(FINDING_NOT_APPLICABLE, "notApplicable")

#define LEVEL_WORDS(X) \
	X(LEVEL_NONE, "none") \
	X(LEVEL_NOTE, "note") \
	X(LEVEL_WARNING, "warning") \
	X(LEVEL_ERROR, "error")

#endif
