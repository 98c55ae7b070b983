#include "codec.h"

#include <cjson/cJSON.h>
#include <string.h>

bool codec_line(const char *line, size_t n, bool write, struct sums *s)
{
	cJSON *r = cJSON_ParseWithLength(line, n), *value, *text;

	if (!r)
		return false;
	value = cJSON_GetObjectItemCaseSensitive(r, "value");
	text = cJSON_GetObjectItemCaseSensitive(r, "text");
	if (value) /* it keeps numbers as double */
		s->value += (long long)value->valuedouble;
	if (text)
		s->text += strlen(text->valuestring);
	if (write) {
		char *p = cJSON_PrintUnformatted(r);

		s->written += strlen(p);
		cJSON_free(p);
	}
	cJSON_Delete(r);
	return true;
}
