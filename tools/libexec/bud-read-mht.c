/*
 * MHT, a page saved with all that belongs to it (RFC 2557) → its HTML parts,
 * one after the other, as bud-read-zip gives files; their name is their
 * character set, where the part says one.
 *
 * GMime takes the message apart. The page is the part that "start" names, or
 * else the first of HTML; the other parts of HTML are given too where it has
 * frames, for a workbook that was saved so has its sheets in them.
 */
#include <gmime/gmime.h>
#include <string.h>
#include <strings.h>

#include "libexec/reader.h"

struct part {
	struct str bytes, charset;
	const char *id; /* of the content, or NULL */
};

struct mht {
	struct reader_program *r;
	struct part *parts;
	size_t n, cap;
	const char *start; /* the id of the page, or NULL */
};

static bool is_html(GMimeObject *o)
{
	GMimeContentType *type = g_mime_object_get_content_type(o);

	return g_mime_content_type_is_type(type, "text", "html") ||
	       g_mime_content_type_is_type(type, "application", "xhtml+xml");
}

/* Freed with the process. */
static struct str content_of(GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *out = g_mime_stream_mem_new();
	GByteArray *bytes;

	if (!content)
		return (struct str){NULL, 0};
	g_mime_data_wrapper_write_to_stream(content, out);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out));
	return (struct str){(const char *)bytes->data, bytes->len};
}

static void take_part(struct mht *m, GMimeObject *o)
{
	const char *set = g_mime_object_get_content_type_parameter(o, "charset");
	struct reader_program *r = m->r;

	if (!is_html(o))
		return;
	if ((long)m->n >= r->limits.members)
		reader_fail(r, "limit-members", STR(""));
	m->parts = arena_grow(&r->arena, m->parts, &m->cap, m->n + 1,
			      sizeof *m->parts);
	m->parts[m->n++] = (struct part){
		.bytes = content_of(GMIME_PART(o)),
		.charset = set ? str_of(set) : STR(""),
		.id = g_mime_object_get_content_id(o)};
}

static void walk(struct mht *m, GMimeObject *o, long depth)
{
	if (depth > m->r->limits.depth)
		reader_fail(m->r, "limit-depth", STR(""));
	if (GMIME_IS_PART(o))
		take_part(m, o);
	if (!GMIME_IS_MULTIPART(o))
		return;
	if (!depth)
		m->start = g_mime_object_get_content_type_parameter(o, "start");
	for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(o)); i++)
		walk(m, g_mime_multipart_get_part(GMIME_MULTIPART(o), i),
		     depth + 1);
}

/* <root> as "start" writes it, root as GMime gives it. */
static bool is_named(const struct part *p, const char *start)
{
	size_t n = start ? strlen(start) : 0;

	if (n > 2 && start[0] == '<' && start[n - 1] == '>') {
		start++;
		n -= 2;
	}
	return n && p->id && strlen(p->id) == n && !memcmp(p->id, start, n);
}

static bool has_frames(struct str html)
{
	static const char *const TAGS[] = {"<frame", "<iframe"};

	for (size_t i = 0; i < html.n; i++)
		for (size_t k = 0; html.p[i] == '<' && k < 2; k++)
			if (html.n - i > strlen(TAGS[k]) &&
			    !strncasecmp(html.p + i, TAGS[k],
					 strlen(TAGS[k])))
				return true;
	return false;
}

static void put_part(struct buf *out, const struct part *p)
{
	buf_printf(out, "F %zu ", p->bytes.n);
	for (size_t k = 0; k < p->charset.n; k++)
		if ((unsigned char)p->charset.p[k] > ' ')
			buf_putc(out, p->charset.p[k]);
	buf_putc(out, '\n');
	buf_put_str(out, p->bytes);
	buf_putc(out, '\n');
}

static void put_all(const struct mht *m, struct buf *out)
{
	size_t page = 0;

	for (size_t i = m->n; i-- > 0;)
		if (is_named(&m->parts[i], m->start))
			page = i;
	buf_puts(out, "bud-files 1\n");
	put_part(out, &m->parts[page]);
	for (size_t i = 0; i < m->n && has_frames(m->parts[page].bytes); i++)
		if (i != page)
			put_part(out, &m->parts[i]);
	buf_puts(out, ".\n");
}

int main(int argc, char **argv)
{
	static const char *const DIRS[] = {NULL};
	static struct reader_program r;
	struct mht mht = {.r = &r};
	struct buf out = {0};
	GMimeMessage *message;

	reader_prepare();
	g_mime_init(); /* asks iconv, which the cage will not let it */
	reader_start(&r, argc, argv, DIRS);
	message = g_mime_parser_construct_message(
		g_mime_parser_new_with_stream(
			g_mime_stream_mem_new_with_buffer(r.input.p,
							  r.input.n)),
		NULL);
	if (message)
		walk(&mht, g_mime_message_get_mime_part(message), 0);
	if (!mht.n)
		reader_fail(&r, message ? "empty-document" : "damaged",
			    STR(""));
	put_all(&mht, &out);
	reader_leave(&out);
}
