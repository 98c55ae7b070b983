/* Half of a tree is attributes, and most of those are never looked at. */
#include "libexec/htmltree.h"

#include <libxml/SAX2.h>
#include <string.h>

/* The parser owns the attributes that it gives; their names are in lower case,
 * and none comes twice. */
static void start_element(void *ctx, const xmlChar *name,
			  const xmlChar **attributes)
{
	static const char *const ASKED[] = {"style", "href", "hidden",
					    "colspan", "rowspan"};
	enum { N_ASKED = sizeof ASKED / sizeof *ASKED };
	const xmlChar *kept[2 * N_ASKED + 1] = {NULL};
	size_t n = 0;

	for (size_t i = 0; attributes && attributes[i]; i += 2)
		for (size_t k = 0; k < N_ASKED && n < 2 * N_ASKED; k++)
			if (!strcmp((const char *)attributes[i], ASKED[k])) {
				kept[n++] = attributes[i];
				kept[n++] = attributes[i + 1];
			}
	xmlSAX2StartElement(ctx, name, kept);
}

htmlDocPtr html_read_tree(struct str text)
{
	htmlParserCtxtPtr parser = htmlNewParserCtxt();
	htmlDocPtr tree;

	if (!parser)
		return NULL;
	parser->sax->startElement = start_element;
	tree = htmlCtxtReadMemory(
		parser, text.p, (int)text.n, NULL, "UTF-8",
		HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
			HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
			HTML_PARSE_COMPACT | (int)XML_PARSE_HUGE |
			(int)XML_PARSE_BIG_LINES);
	htmlFreeParserCtxt(parser);
	return tree;
}
