#include "libexec/xml.h"

#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "libexec/reader.h"

static void *resize(void *old, size_t n)
{
	return memory_realloc(old, n ? n : 1);
}

static void *allocate(size_t n)
{
	return resize(NULL, n);
}

static char *copy(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(allocate(n), s, n);
}

void xml_start(void)
{
	reader_prepare();
	xmlMemSetup(free, allocate, resize, copy);
	xmlInitParser();
}

struct stream {
	const struct xml_handlers *handlers;
	void *context;
	xmlParserCtxtPtr parser;
	bool has_type;
};

/* Libxml2 gives five pointers for an attribute. */
enum { A_NAME, A_PREFIX, A_SPACE, A_VALUE, A_END, A_ALL };

static void begin(void *stream, const xmlChar *name, const xmlChar *prefix,
		  const xmlChar *space, int n_spaces, const xmlChar **spaces,
		  int n_attributes, int n_defaulted, const xmlChar **attributes)
{
	struct stream *s = stream;
	struct xml_tag tag = {(const char *)name, attributes, n_attributes};

	(void)prefix;
	(void)space;
	(void)n_spaces;
	(void)spaces;
	(void)n_defaulted;
	s->handlers->begin(s->context, &tag);
}

static void end(void *stream, const xmlChar *name, const xmlChar *prefix,
		const xmlChar *space)
{
	struct stream *s = stream;

	(void)prefix;
	(void)space;
	s->handlers->end(s->context, (const char *)name);
}

static void text(void *stream, const xmlChar *bytes, int n)
{
	struct stream *s = stream;

	s->handlers->text(s->context,
			  (struct str){(const char *)bytes, (size_t)n});
}

static void refuse(void *stream, const xmlChar *name, const xmlChar *external,
		   const xmlChar *system)
{
	struct stream *s = stream;

	(void)name;
	(void)external;
	(void)system;
	s->has_type = true;
	xmlStopParser(s->parser);
}

bool xml_read_stream(struct str bytes, const struct xml_handlers *handlers,
		     void *context)
{
	struct stream s = {handlers, context, xmlNewParserCtxt(), false};
	bool whole;

	if (!s.parser || bytes.n > INT_MAX)
		return false;
	*s.parser->sax = (xmlSAXHandler){.initialized = XML_SAX2_MAGIC,
					 .internalSubset = refuse,
					 .startElementNs = begin,
					 .endElementNs = end,
					 .characters = text,
					 .ignorableWhitespace = text,
					 .cdataBlock = text};
	s.parser->userData = &s;
	xmlCtxtReadMemory(s.parser, bytes.p, (int)bytes.n, NULL, NULL,
			  XML_PARSE_NONET | XML_PARSE_NOERROR |
				  XML_PARSE_NOWARNING);
	whole = s.parser->wellFormed && !s.has_type;
	xmlFreeParserCtxt(s.parser);
	return whole;
}

bool xml_tag_is(const struct xml_tag *tag, const char *name)
{
	return !strcmp(tag->name, name);
}

struct str xml_tag_value(const struct xml_tag *tag, const char *name)
{
	const unsigned char **a = tag->attributes;

	for (int i = 0; i < tag->n_attributes; i++, a += A_ALL)
		if (!a[A_PREFIX] && !strcmp((const char *)a[A_NAME], name))
			return (struct str){(const char *)a[A_VALUE],
					    (size_t)(a[A_END] - a[A_VALUE])};
	return (struct str){NULL, 0};
}
