#include "codec.h"

#include <simdjson.h>

bool codec_line(const char *line, size_t n, bool write, struct sums *s)
{
	static simdjson::dom::parser parser;
	simdjson::dom::element r;
	int64_t value;
	std::string_view text;

	if (parser.parse(line, n, false).get(r))
		return false;
	if (!r["value"].get(value))
		s->value += value;
	if (!r["text"].get(text))
		s->text += text.size();
	if (write)
		s->written += simdjson::minify(r).size();
	return true;
}
