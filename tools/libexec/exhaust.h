/*
 * The end of memory in a reader. Libraries bear it badly: libarchive runs into
 * a null pointer, glib and poppler abort. So where little is asked for and not
 * to be had, the handler of arena_on_exhaustion() is told there and then. A
 * large request may be refused: a library has ways out of that.
 *
 * This replaces malloc(), calloc() and realloc() of the whole program, but not
 * under a sanitizer, which has its own.
 */
#ifndef BUD_LIBEXEC_EXHAUST_H
#define BUD_LIBEXEC_EXHAUST_H

/* From now on; before, allocations fail as usual. */
void exhaust_start(void);

#endif
