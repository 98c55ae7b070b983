#include "codec.h"

#include "record/codec.h"

bool codec_line(const char *line, size_t n, bool write, struct sums *s)
{
	static struct arena a;
	static struct buf out;
	struct record r;
	const char *error;
	struct str detail;

	arena_reset(&a);
	if (record_read(&a, (struct str){line, n}, &r, &error, &detail))
		return false;
	s->value += r.fact.value;
	s->text += r.fact.text.n;
	if (write) {
		buf_clear(&out);
		record_write_fact(&out, &r.fact, NULL);
		s->written += out.n;
	}
	return true;
}
