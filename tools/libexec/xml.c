#include "libexec/xml.h"

#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
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
