#include "codec.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

bool codec_line(const char *line, size_t n, bool write, struct sums *s)
{
	json_t *r = json_loadb(line, n, JSON_REJECT_DUPLICATES, NULL);

	if (!r)
		return false;
	s->value += json_integer_value(json_object_get(r, "value"));
	s->text += json_string_length(json_object_get(r, "text"));
	if (write) {
		char *p = json_dumps(r, JSON_COMPACT);

		s->written += strlen(p);
		free(p);
	}
	json_decref(r);
	return true;
}
