/*
 * What the fuzz targets share. A target takes bytes and must come back,
 * whatever they are; a broken promise is an abort. libFuzzer calls it with
 * bytes that it makes (make fuzz), standalone.c with those of files (make
 * test).
 */
#ifndef BUD_FUZZ_FUZZ_H
#define BUD_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "base/message.h"
#include "base/share.h"
#include "base/str.h"
#include "source/block.h"

struct lexicon;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The built-in files, opened once and never closed. */
struct share *fuzz_share(void);
const struct lexicon *fuzz_lexicon(void);

/* Takes messages and forgets them. */
struct messages *fuzz_messages(void);

/*
 * The bytes as a file that functions which open names can read. The name is
 * valid until the next call.
 */
const char *fuzz_file(const uint8_t *data, size_t size);

/* A new directory ending in '/', in $TMPDIR, else in memory where there is such;
 * it is kept for the life of the process. */
const char *fuzz_directory(void);
void fuzz_write(const char *path, const uint8_t *data, size_t size);

/* Aborts unless the blocks lie in the text in order, and it is UTF-8. */
void fuzz_expect_document(const struct source_document *d);

/*
 * Blocks → facts → records → findings: aborts unless each amount is accounted
 * for, the checker takes each record and passes it on as it came, and what it
 * adds can be read, too.
 */
void fuzz_extract(const struct source_document *d);

#endif
