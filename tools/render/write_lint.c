/* Findings where editors and code hosts look for them: lint lines, SARIF. */
#include "base/program.h"
#include "render/escape.h"
#include "render/write.h"

static struct str message_of(const struct bud_finding *f, enum lang lang)
{
	return (lang == LANG_ZH && f->message_zh.n) || !f->message.n
		       ? f->message_zh
		       : f->message;
}

void write_lint(struct buf *out, const struct bud_finding *f,
		struct str source, const struct labels *l)
{
	if (f->kind != FINDING_FAIL)
		return;
	escape_plain(out, source);
	/* A page is no line: editors would jump to the wrong place. */
	if (f->line)
		buf_printf(out, ":%lld", (long long)f->line);
	buf_puts(out, ": ");
	buf_put_str(out, level_name(f->level));
	buf_puts(out, ": ");
	escape_plain(out, message_of(f, l->lang));
	if (!f->line && f->page)
		buf_printf(out, " (p. %lld)", (long long)f->page);
	buf_puts(out, " [");
	escape_plain(out, f->rule);
	buf_puts(out, "]\n");
}

/* ---- SARIF ------------------------------------------------------------ */

static const char SCHEMA[] =
	"https://json.schemastore.org/sarif-2.1.0.json";

void sarif_begin(struct sarif *s, struct buf *out)
{
	*s = (struct sarif){0};
	buf_printf(out,
		   "{\"$schema\":\"%s\",\"version\":\"2.1.0\",\"runs\":[{"
		   "\"columnKind\":\"unicodeCodePoints\",\"results\":[",
		   SCHEMA);
}

/* The place of a key in the order of first appearance. */
static uintptr_t index_of(struct sarif *s, struct map *m, struct str key)
{
	void **place = map_put(m, key);

	if (!*place) {
		m->entries[m->n - 1].key = str_copy(&s->arena, key);
		*place = (void *)(uintptr_t)m->n;
	}
	return (uintptr_t)*place - 1;
}

static void put_uri(struct buf *out, struct str path)
{
	struct buf uri = {0};

	escape_uri(&uri, path);
	record_write_string(out, buf_str(&uri));
	buf_release(&uri);
}

static void put_location(struct sarif *s, struct buf *out,
			 const struct bud_finding *f, struct str source)
{
	buf_puts(out, ",\"locations\":[{\"physicalLocation\":{"
		      "\"artifactLocation\":{\"uri\":");
	put_uri(out, source);
	buf_printf(out, ",\"index\":%zu}",
		   (size_t)index_of(s, &s->files, source));
	if (f->line) {
		buf_printf(out, ",\"region\":{\"startLine\":%lld",
			   (long long)f->line);
		if (f->evidence.n) {
			buf_puts(out, ",\"snippet\":{\"text\":");
			record_write_string(out, f->evidence);
			buf_putc(out, '}');
		}
		buf_putc(out, '}');
	}
	buf_puts(out, "}}]");
}

static void put_properties(struct buf *out, const struct bud_finding *f,
			   enum lang lang)
{
	struct str also = lang == LANG_ZH && f->also_zh.n ? f->also_zh : f->also;

	buf_puts(out, ",\"properties\":{\"docs\":[");
	if (!f->n_docs)
		record_write_string(out, f->doc);
	for (size_t i = 0; i < f->n_docs; i++) {
		if (i)
			buf_putc(out, ',');
		record_write_string(out, f->docs[i]);
	}
	buf_putc(out, ']');
	if (f->page)
		buf_printf(out, ",\"page\":%lld", (long long)f->page);
	if (f->has_values)
		buf_printf(out,
			   ",\"expected\":%lld,\"actual\":%lld,"
			   "\"difference\":%lld,\"tolerance\":%lld",
			   (long long)f->expected, (long long)f->actual,
			   (long long)f->difference, (long long)f->tolerance);
	if (f->rounding)
		buf_puts(out, ",\"rounding\":true");
	if (f->truncation)
		buf_puts(out, ",\"truncation\":true");
	if (also.n) {
		buf_puts(out, ",\"also\":");
		record_write_string(out, also);
	}
	buf_putc(out, '}');
}

void sarif_put(struct sarif *s, struct buf *out, const struct bud_finding *f,
	       struct str source, enum lang lang)
{
	struct str rule = f->rule.n ? f->rule : STR("unnamed");
	struct str message = message_of(f, lang);

	buf_puts(out, s->results++ ? ",\n{" : "\n{");
	buf_puts(out, "\"ruleId\":");
	record_write_string(out, rule);
	buf_printf(out, ",\"ruleIndex\":%zu",
		   (size_t)index_of(s, &s->rules, rule));
	buf_puts(out, ",\"kind\":");
	record_write_string(out, finding_kind_name(f->kind));
	/* SARIF 3.27.10: what did not fail has no level. */
	buf_puts(out, ",\"level\":");
	record_write_string(out, level_name(f->kind == FINDING_FAIL
						    ? f->level
						    : LEVEL_NONE));
	buf_puts(out, ",\"message\":{\"text\":");
	record_write_string(out, message.n ? message : rule);
	buf_putc(out, '}');
	put_location(s, out, f, source);
	put_properties(out, f, lang);
	buf_putc(out, '}');
}

void sarif_end(struct sarif *s, struct buf *out)
{
	buf_printf(out,
		   "\n],\"tool\":{\"driver\":{\"name\":\"bud\","
		   "\"version\":\"%s\",\"rules\":[",
		   BUD_VERSION);
	for (size_t i = 0; i < s->rules.n; i++) {
		buf_puts(out, i ? ",\n{\"id\":" : "\n{\"id\":");
		record_write_string(out, s->rules.entries[i].key);
		buf_putc(out, '}');
	}
	buf_puts(out, "]}},\"artifacts\":[");
	for (size_t i = 0; i < s->files.n; i++) {
		buf_puts(out, i ? ",\n{\"location\":{\"uri\":"
				: "\n{\"location\":{\"uri\":");
		put_uri(out, s->files.entries[i].key);
		buf_puts(out, "}}");
	}
	buf_puts(out, "]}]}\n");
}

void sarif_release(struct sarif *s)
{
	map_release(&s->rules);
	map_release(&s->files);
	arena_release(&s->arena);
}
