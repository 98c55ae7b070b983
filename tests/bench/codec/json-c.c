#include "codec.h"

#include <json-c/json.h>

bool codec_line(const char *line, size_t n, bool write, struct sums *s)
{
	static json_tokener *t;
	json_object *r, *value = NULL, *text = NULL;
	size_t written;

	if (!t) {
		t = json_tokener_new();
		json_tokener_set_flags(t, JSON_TOKENER_STRICT |
						  JSON_TOKENER_VALIDATE_UTF8);
	}
	json_tokener_reset(t);
	r = json_tokener_parse_ex(t, line, (int)n);
	if (!r)
		return false;
	if (json_object_object_get_ex(r, "value", &value))
		s->value += json_object_get_int64(value);
	if (json_object_object_get_ex(r, "text", &text))
		s->text += (size_t)json_object_get_string_len(text);
	if (write) {
		json_object_to_json_string_length(
			r, JSON_C_TO_STRING_PLAIN |
				   JSON_C_TO_STRING_NOSLASHESCAPE, &written);
		s->written += written;
	}
	json_object_put(r);
	return true;
}
