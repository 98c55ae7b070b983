/*
 * libxml2 in a reader. Where memory is exhausted the reader says so and ends:
 * the library by itself may give a tree that is cut short, or parse for ever.
 */
#ifndef BUD_LIBEXEC_XML_H
#define BUD_LIBEXEC_XML_H

/* Before all else that is done with libxml2, and before the cage. */
void xml_start(void);

#endif
