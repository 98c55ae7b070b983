/*
 * Row formats go out as they come; without --view they wait in a temporary
 * file, because change records, which come last, win over the facts before
 * them. Page formats fill a model and are written at the end.
 */
#include "render/render.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/nearest.h"
#include "base/reason.h"
#include "render/html.h"
#include "render/view.h"
#include "render/write.h"

enum { CHUNK = 1 << 16 };

struct render {
	const struct render_options *options;
	struct share *share;
	struct messages *messages;
	struct labels labels;
	struct writer out;
	struct buf pending;
	bool failed, usage;
	/* row formats */
	struct arena line, document_arena;
	struct bud_document document;
	struct arena names;
	struct map sources; /* doc → name of its file, for lint and SARIF */
	bool has_rows;
	struct rows rows;
	struct arena rows_arena;
	FILE *spool; /* NULL: straight to out */
	struct sarif sarif;
	/* page formats */
	struct model model;
};

static const struct {
	struct str word, ending;
	enum render_format format;
} FORMATS[] = {
	{STR_INIT("table"), STR_INIT(".txt"), FORMAT_TABLE},
	{STR_INIT("md"), STR_INIT(".md"), FORMAT_MARKDOWN},
	{STR_INIT("csv"), STR_INIT(".csv"), FORMAT_CSV},
	{STR_INIT("tsv"), STR_INIT(".tsv"), FORMAT_TSV},
	{STR_INIT("html"), STR_INIT(".html"), FORMAT_HTML},
	{STR_INIT("svg"), STR_INIT(".svg"), FORMAT_SVG},
	{STR_INIT("lint"), STR_INIT(".lint"), FORMAT_LINT},
	{STR_INIT("json"), STR_INIT(".json"), FORMAT_JSON},
	{STR_INIT("sarif"), STR_INIT(".sarif"), FORMAT_SARIF},
	{STR_INIT("package"), STR_INIT("/"), FORMAT_PACKAGE},
};

bool render_format_of(struct str word, enum render_format *out)
{
	for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++)
		if (str_equal(word, FORMATS[i].word)) {
			*out = FORMATS[i].format;
			return true;
		}
	return false;
}

bool render_format_of_file(struct str name, enum render_format *out)
{
	if (str_ends(name, STR(".gz")))
		name.n -= 3;
	if (str_ends(name, STR(".sarif.json"))) {
		*out = FORMAT_SARIF;
		return true;
	}
	for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++)
		if (str_ends(name, FORMATS[i].ending)) {
			*out = FORMATS[i].format;
			return true;
		}
	return false;
}

static const struct {
	struct str word;
	const char *en, *zh;
} VIEWS[] = {
	[VIEW_AUTO] = {STR_INIT("auto"),
		       "changes where there are any, else facts or a profile",
		       "有变动时为 changes，否则为 facts 或 profile"},
	[VIEW_FACTS] = {STR_INIT("facts"),
			"what is stated, a row an item, a column a year",
			"所述数据：每行一个项目，每列一个年度"},
	[VIEW_CHANGES] = {STR_INIT("changes"),
			  "from year to year, with the stated reasons",
			  "逐年变动及文件所述原因"},
	[VIEW_FINDINGS] = {STR_INIT("findings"),
			   "what the rules found, mistakes first",
			   "按规则核对的结果，错误在前"},
	[VIEW_RANKING] = {STR_INIT("ranking"),
			  "departments side by side, largest first",
			  "各部门对照，由大到小"},
	[VIEW_PROFILE] = {STR_INIT("profile"),
			  "all of one department, or a comparison of several",
			  "一个部门的全貌，或多个部门的对照"},
};

bool render_view_of(struct str word, enum render_view *out)
{
	for (size_t i = 0; i < sizeof VIEWS / sizeof *VIEWS; i++)
		if (str_equal(word, VIEWS[i].word)) {
			*out = (enum render_view)i;
			return true;
		}
	return false;
}

void render_list_views(struct buf *out, enum lang lang)
{
	for (size_t i = 0; i < sizeof VIEWS / sizeof *VIEWS; i++)
		buf_printf(out, "%.*s\t%s\n", STR_ARG(VIEWS[i].word),
			   lang == LANG_ZH ? VIEWS[i].zh : VIEWS[i].en);
}

static void no_column(struct render *r, struct str bad)
{
	struct buf names = {0};
	struct str meant;

	message_add(r->messages, "no-column", STR(""), "'%.*s'", STR_ARG(bad));
	field_names(&names);
	meant = nearest_word(bad, buf_str(&names));
	if (meant.n)
		message_add(r->messages, "usage-did-you-mean", STR(""), "%.*s",
			    STR_ARG(meant));
	buf_release(&names);
	r->usage = r->failed = true;
}

static bool is_rows(const struct render *r)
{
	enum render_format f = r->options->format;

	return (f == FORMAT_CSV || f == FORMAT_TSV || f == FORMAT_JSON) &&
	       r->options->view != VIEW_RANKING;
}

static bool is_streamed(const struct render *r)
{
	return is_rows(r) || r->options->format == FORMAT_LINT ||
	       r->options->format == FORMAT_SARIF;
}

/* ---- output ----------------------------------------------------------- */

static void fail_write(struct render *r, const char *why)
{
	if (!r->failed)
		reason_add(r->messages, "write-failed",
			   str_of(r->options->output), why);
	r->failed = true;
}

static void flush(struct render *r)
{
	size_t n = r->pending.n;

	if (r->spool) {
		if (fwrite(r->pending.p, 1, n, r->spool) != n)
			fail_write(r, reason_of(errno));
	} else {
		writer_put(&r->out, buf_str(&r->pending));
	}
	buf_clear(&r->pending);
}

static void copy_spool(struct render *r)
{
	FILE *from = r->spool;
	char chunk[4096];
	size_t n;

	flush(r);
	if (fflush(from) || fseek(from, 0, SEEK_SET))
		fail_write(r, reason_of(errno));
	while ((n = fread(chunk, 1, sizeof chunk, from)))
		writer_put(&r->out, (struct str){chunk, n});
	if (ferror(from))
		fail_write(r, reason_of(errno));
}

/* ---- rows ------------------------------------------------------------- */

static enum record_type type_of_view(enum render_view view)
{
	switch (view) {
	case VIEW_CHANGES:
		return RECORD_CHANGE;
	case VIEW_FINDINGS:
		return RECORD_FINDING;
	default:
		return RECORD_FACT;
	}
}

static bool begin_rows(struct render *r, enum record_type type)
{
	struct str bad;

	arena_reset(&r->rows_arena);
	if (!rows_init(&r->rows, &r->rows_arena, type, r->options, &bad)) {
		no_column(r, bad);
		return false;
	}
	rows_head(&r->rows, &r->pending);
	r->has_rows = true;
	return true;
}

/* The first record tells what the rows are; a change later on takes over. */
static bool settle_rows(struct render *r, enum record_type type)
{
	enum render_view view = r->options->view;

	if (r->usage)
		return false;
	if (!r->has_rows) {
		if (view != VIEW_AUTO && view != VIEW_PROFILE)
			return begin_rows(r, type_of_view(view));
		if (type != RECORD_CHANGE) {
			r->spool = tmpfile();
			if (!r->spool)
				fail_write(r, reason_of(errno));
		}
		return begin_rows(r, type);
	}
	if (r->spool && type == RECORD_CHANGE) {
		fclose(r->spool);
		r->spool = NULL;
		buf_clear(&r->pending);
		return begin_rows(r, type);
	}
	return true;
}

static void take_row(struct render *r, const struct record *record,
		     const struct field_context *c)
{
	if (!settle_rows(r, record->type) || record->type != r->rows.type)
		return;
	rows_put(&r->rows, &r->pending, record, c);
}

/* ---- records ---------------------------------------------------------- */

static bool is_selectable(const struct record *r)
{
	return r->type == RECORD_FACT || r->type == RECORD_CHANGE ||
	       r->type == RECORD_FINDING;
}

static struct str doc_of(const struct record *r)
{
	if (r->type == RECORD_FACT)
		return r->fact.doc;
	if (r->type == RECORD_FINDING)
		return r->finding.doc;
	return (struct str){NULL, 0};
}

/* The document is kept, in its arena, until the next one comes. */
static void keep_document(struct render *r, const struct bud_document *d)
{
	struct arena old = r->document_arena;

	r->document = *d;
	r->document_arena = r->line;
	r->line = old;
	/* A finding over several documents names them at the very end. */
	if (!is_rows(r) && d->n_members) {
		struct str *name = ARENA_NEW(&r->names, struct str);

		*name = str_copy(&r->names, d->members[0].source);
		*map_put(&r->sources, str_copy(&r->names, d->doc)) = name;
	}
}

static void take_finding(struct render *r, const struct bud_finding *f)
{
	struct str doc = f->n_docs ? f->docs[0] : f->doc;
	const struct str *name = map_get(&r->sources, doc);
	struct str source = name ? *name : doc;

	if (r->options->format == FORMAT_LINT)
		write_lint(&r->pending, f, source, &r->labels);
	else
		sarif_put(&r->sarif, &r->pending, f, source, r->labels.lang);
}

static void take_streamed(struct render *r, const struct record *record)
{
	struct field_context c = {.labels = &r->labels, .scratch = &r->line};

	if (record->type == RECORD_DOCUMENT)
		keep_document(r, &record->document);
	if (r->document.doc.n && str_equal(r->document.doc, doc_of(record)))
		c.document = &r->document;
	if (is_selectable(record) &&
	    condition_hold(r->options->where, r->options->n_where, record,
			   &c)) {
		if (is_rows(r))
			take_row(r, record, &c);
		else if (record->type == RECORD_FINDING)
			take_finding(r, &record->finding);
	}
	if (r->pending.n >= CHUNK)
		flush(r);
	arena_reset(&r->line);
}

struct arena *render_arena(struct render *r)
{
	return is_streamed(r) ? &r->line : &r->model.arena;
}

void render_take(struct render *r, const struct record *record)
{
	struct field_context c = {.labels = &r->labels,
				  .scratch = &r->model.arena};
	const struct model_document *d;

	if (is_streamed(r)) {
		take_streamed(r, record);
		return;
	}
	if (is_selectable(record)) {
		d = model_document(&r->model, doc_of(record));
		c.document = d ? &d->record : NULL;
		if (!condition_hold(r->options->where, r->options->n_where,
				    record, &c))
			return;
	}
	model_add(&r->model, record);
}

struct render *render_open(const struct render_options *o,
			   struct share *share, struct messages *m,
			   bool *usage)
{
	struct render *r = memory_realloc(NULL, sizeof *r);
	int failed;

	*r = (struct render){.options = o, .share = share, .messages = m};
	failed = labels_load(&r->labels, share, m, o->lang);
	if (failed) {
		*usage = failed > 0;
		labels_release(&r->labels);
		free(r);
		return NULL;
	}
	if (o->format != FORMAT_PACKAGE && writer_open(&r->out, o->output))
		fail_write(r, r->out.error);
	if (o->format == FORMAT_SARIF)
		sarif_begin(&r->sarif, &r->pending);
	return r;
}

/* ---- the end ---------------------------------------------------------- */

static void put_file(struct render *r, struct arena *a, const char *name,
		     struct str bytes)
{
	struct str path = str_format(a, "%s/%s", r->options->output, name);
	struct writer w;

	if (writer_open(&w, path.p)) {
		fail_write(r, w.error);
		return;
	}
	writer_put(&w, bytes);
	if (writer_close(&w))
		fail_write(r, w.error);
}

static void write_package(struct render *r)
{
	struct arena a = {0};
	struct view v = {.arena = &a, .model = &r->model, .labels = &r->labels,
			 .options = r->options};
	struct buf b = {0};

	if (mkdir(r->options->output, 0777) && errno != EEXIST) {
		fail_write(r, reason_of(errno));
	} else {
		write_package_data(&b, &v);
		put_file(r, &a, "data.csv", buf_str(&b));
		buf_clear(&b);
		write_package_description(&b, &v);
		put_file(r, &a, "datapackage.json", buf_str(&b));
	}
	buf_release(&b);
	arena_release(&a);
}

static void write_page(struct render *r)
{
	struct arena a = {0};
	struct view v = {.arena = &a, .model = &r->model, .labels = &r->labels,
			 .options = r->options};
	struct page p = {0};
	struct str bad;

	if (!view_build(&v, &p, &bad)) {
		no_column(r, bad);
	} else if (r->options->format == FORMAT_HTML) {
		if (html_write(&r->pending, &v, &p, r->share, r->messages))
			r->failed = true;
	} else if (r->options->format == FORMAT_SVG) {
		if (html_write_chart(&r->pending, &v, r->share, r->messages))
			r->failed = true;
	} else if (r->options->format == FORMAT_MARKDOWN) {
		write_markdown(&r->pending, &p, r->options);
	} else if (r->options->format == FORMAT_TABLE) {
		write_table(&r->pending, &p, r->options);
	} else {
		rows_grids(&r->pending, &p, r->options);
	}
	arena_release(&a);
}

static void end_streamed(struct render *r)
{
	enum render_view view = r->options->view;

	if (r->options->format == FORMAT_SARIF) {
		sarif_end(&r->sarif, &r->pending);
		return;
	}
	if (!is_rows(r))
		return;
	if (!r->has_rows)
		begin_rows(r, type_of_view(view));
	if (r->usage)
		return;
	rows_end(&r->rows, &r->pending);
	if (r->spool) {
		copy_spool(r);
		fclose(r->spool);
		r->spool = NULL;
	}
}

static void end_output(struct render *r)
{
	if (is_streamed(r))
		end_streamed(r);
	else
		write_page(r);
	if (r->usage)
		buf_clear(&r->pending);
	flush(r);
	if (writer_close(&r->out) && r->out.error)
		fail_write(r, r->out.error);
}

int render_close(struct render *r, bool *usage)
{
	int result;

	if (r->options->format == FORMAT_PACKAGE)
		write_package(r);
	else
		end_output(r);
	*usage = r->usage;
	result = r->failed ? -1 : 0;
	if (r->spool)
		fclose(r->spool);
	sarif_release(&r->sarif);
	arena_release(&r->line);
	arena_release(&r->document_arena);
	arena_release(&r->rows_arena);
	arena_release(&r->names);
	map_release(&r->sources);
	model_release(&r->model);
	labels_release(&r->labels);
	buf_release(&r->pending);
	free(r);
	return result;
}
