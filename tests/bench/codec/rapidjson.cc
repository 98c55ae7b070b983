#include "codec.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

bool codec_line(const char *line, size_t n, bool write, struct sums *s)
{
	static rapidjson::MemoryPoolAllocator<> pool;
	rapidjson::Document r(&pool);

	pool.Clear();
	r.Parse<rapidjson::kParseValidateEncodingFlag>(line, n);
	if (r.HasParseError())
		return false;
	auto value = r.FindMember("value"), text = r.FindMember("text");
	if (value != r.MemberEnd())
		s->value += value->value.GetInt64();
	if (text != r.MemberEnd())
		s->text += text->value.GetStringLength();
	if (write) {
		static rapidjson::StringBuffer out;
		out.Clear();
		rapidjson::Writer<rapidjson::StringBuffer> w(out);
		r.Accept(w);
		s->written += out.GetSize();
	}
	return true;
}
