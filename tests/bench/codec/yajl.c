#include "codec.h"

#include <string.h>
#include <yajl/yajl_gen.h>
#include <yajl/yajl_parse.h>

struct walk {
	yajl_gen out; /* NULL: not written */
	struct sums *s;
	bool value, text; /* the key just read */
};

static int take_key(void *ctx, const unsigned char *p, size_t n)
{
	struct walk *w = ctx;

	w->value = n == 5 && !memcmp(p, "value", 5);
	w->text = n == 4 && !memcmp(p, "text", 4);
	return !w->out || !yajl_gen_string(w->out, p, n);
}

static int take_string(void *ctx, const unsigned char *p, size_t n)
{
	struct walk *w = ctx;

	if (w->text)
		w->s->text += n;
	return !w->out || !yajl_gen_string(w->out, p, n);
}

static int take_integer(void *ctx, long long v)
{
	struct walk *w = ctx;

	if (w->value)
		w->s->value += v;
	return !w->out || !yajl_gen_integer(w->out, v);
}

static int take_bool(void *ctx, int v)
{
	struct walk *w = ctx;

	return !w->out || !yajl_gen_bool(w->out, v);
}

static int open_map(void *ctx)
{
	struct walk *w = ctx;

	return !w->out || !yajl_gen_map_open(w->out);
}

static int close_map(void *ctx)
{
	struct walk *w = ctx;

	return !w->out || !yajl_gen_map_close(w->out);
}

static int open_array(void *ctx)
{
	struct walk *w = ctx;

	return !w->out || !yajl_gen_array_open(w->out);
}

static int close_array(void *ctx)
{
	struct walk *w = ctx;

	return !w->out || !yajl_gen_array_close(w->out);
}

bool codec_line(const char *line, size_t n, bool write, struct sums *s)
{
	static const yajl_callbacks CALLS = {
		.yajl_boolean = take_bool,     .yajl_integer = take_integer,
		.yajl_string = take_string,    .yajl_start_map = open_map,
		.yajl_map_key = take_key,      .yajl_end_map = close_map,
		.yajl_start_array = open_array, .yajl_end_array = close_array,
	};
	struct walk w = {write ? yajl_gen_alloc(NULL) : NULL, s, false, false};
	yajl_handle h = yajl_alloc(&CALLS, NULL, &w);
	bool good = yajl_parse(h, (const unsigned char *)line, n) ==
			    yajl_status_ok &&
		    yajl_complete_parse(h) == yajl_status_ok;
	const unsigned char *p;
	size_t written;

	if (w.out && !yajl_gen_get_buf(w.out, &p, &written))
		s->written += written;
	if (w.out)
		yajl_gen_free(w.out);
	yajl_free(h);
	return good;
}
