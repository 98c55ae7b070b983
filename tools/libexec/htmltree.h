/*
 * A page as libxml2's tree, with the attributes that bud-read-html asks for
 * and no others.
 */
#ifndef BUD_LIBEXEC_HTMLTREE_H
#define BUD_LIBEXEC_HTMLTREE_H

#include <libxml/HTMLparser.h>

#include "base/str.h"

/* NULL where there is nothing to be read; freed by xmlFreeDoc(). The text is
 * UTF-8. */
htmlDocPtr html_read_tree(struct str text);

#endif
