/*
 * The reader of PDF. An object of number twenty million makes Poppler fill a
 * gigabyte with its table of objects, and abort at the limit of the process:
 * that limit is not there, so such an input is passed over.
 */
#include "fuzz.h"
#include "mutate_text.h"

int read_any(const uint8_t *data, size_t size);

#define LLVMFuzzerTestOneInput read_any
#include "reader.h"
#undef LLVMFuzzerTestOneInput

#define main reader_main
#include "libexec/bud-read-pdf.c"

enum { MOST_OBJECTS = 1000000 };

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static size_t blanks(const uint8_t *data, size_t size, size_t at)
{
	while (at < size && data[at] && strchr(" \t\r\n\f", data[at]))
		at++;
	return at;
}

/* Behind a number: a second one, and "obj", or the end of the line as at the
 * head of a part of xref. */
static bool is_of_object(const uint8_t *data, size_t size, size_t at)
{
	size_t second = at = blanks(data, size, at);

	while (at < size && is_digit(data[at]))
		at++;
	if (at == second || at == size)
		return false;
	if (data[at] == '\n' || data[at] == '\r')
		return true;
	at = blanks(data, size, at);
	return size - at >= 3 && !memcmp(data + at, "obj", 3);
}

static bool has_far_object(const uint8_t *data, size_t size)
{
	for (size_t i = 0, n; i < size; i = n + 1) {
		uint64_t number = 0;

		for (n = i; n < size && is_digit(data[n]); n++)
			if (number <= MOST_OBJECTS)
				number = number * 10 + data[n] - '0';
		if (number > MOST_OBJECTS && is_of_object(data, size, n))
			return true;
	}
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return has_far_object(data, size) ? 0 : read_any(data, size);
}
