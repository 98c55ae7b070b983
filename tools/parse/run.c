/* One process; pool.c has the other way. */
#include "parse/run.h"

#include <string.h>

#include "base/jobs.h"
#include "base/memory.h"
#include "parse/pool.h"

void run_put(struct parse_run *r, struct str bytes)
{
	if (r->parse->output == PARSE_RESIDUES)
		wordings_add(&r->wordings, bytes);
	else
		writer_put(&r->out, bytes);
}

void run_say(struct parse_run *r, struct str text)
{
	progress_hide(&r->progress);
	if (r->say)
		r->say(r->say_ctx, text);
}

/* What a reader had to do without is said once, whatever the document. */
void run_note(struct parse_run *r, struct str id)
{
	char name[64];

	if (r->noted || id.n >= sizeof name)
		return;
	memcpy(name, id.p, id.n);
	name[id.n] = '\0';
	message_add(r->messages, name, (struct str){NULL, 0}, NULL);
	r->noted = true;
}

static void put(void *ctx, struct str bytes)
{
	run_put(ctx, bytes);
}

static void note(void *ctx, const char *id)
{
	run_note(ctx, str_of(id));
}

static void say(void *ctx, struct str text)
{
	run_say(ctx, text);
}

/* Jobs that were taken from the list and not done yet. */
enum { AHEAD = 16 };

struct queue {
	struct input_job jobs[AHEAD];
	size_t done, taken, most;
	bool ended;
};

/* Half of them at a time, so that their files are read from the disk while the
 * other half is worked on. */
static void take_ahead(struct queue *q, struct input_list *l)
{
	size_t first = q->taken;

	if (q->taken - q->done > AHEAD / 2)
		return;
	while (!q->ended && q->taken - q->done < q->most) {
		q->ended = !input_list_next(l, &q->jobs[q->taken % AHEAD]);
		q->taken += !q->ended;
	}
	if (q->taken - first > 1 && input_list_reads(l))
		for (size_t i = first; i < q->taken; i++)
			input_job_fetch(&q->jobs[i % AHEAD]);
}

static void run_alone(struct parse_run *r)
{
	struct queue q = {.most = input_list_waits(r->list) ? 1 : AHEAD};

	memory_keep();
	for (;;) {
		struct input_job *job = &q.jobs[q.done % AHEAD];

		take_ahead(&q, r->list);
		if (r->out.error || q.done == q.taken)
			break;
		parse_job(r->parse, job);
		progress_show(&r->progress, job->n, r->list->total);
		q.done++;
	}
	for (size_t i = 0; i < AHEAD; i++)
		buf_release(&q.jobs[i].names);
}

/* Messages go past the progress line, documents to the output. */
static void run_jobs(struct parse_run *r, struct program *g)
{
	struct messages *m = &g->messages;

	r->messages = m;
	r->say = m->sink;
	r->say_ctx = m->ctx;
	m->sink = say;
	m->ctx = r;
	r->parse->sink = (struct parse_sink){r, put, note};
	progress_start(&r->progress);
	if (r->workers > 1)
		pool_run(r, r->workers);
	run_alone(r);
	progress_hide(&r->progress);
	if (r->parse->output == PARSE_RESIDUES)
		wordings_write(&r->wordings, &r->out);
	m->sink = r->say;
	m->ctx = r->say_ctx;
}

/* Several files are worth several processes. Names that come through a pipe
 * may come slowly, and what workers say waits while one is waited for. */
static unsigned choose_workers(struct input_list *l)
{
	bool several = l->from ? input_list_is_file(l)
			       : !l->join && (l->n_operands > 1 ||
					      input_is_directory(l->operands[0]));

	return several ? jobs_default() : 1;
}

void parse_run(struct parse_run *r, struct program *g)
{
	static char *standard[] = {"-"};
	struct input_list *l = r->list;

	r->parse->share = &g->share;
	r->parse->messages = &g->messages;
	r->progress.on = l->count = !g->quiet && progress_wanted(r->output);
	r->progress.lang = g->messages.lang;
	if (!l->n_operands && !l->from) {
		l->operands = standard;
		l->n_operands = 1;
	}
	if (!r->workers)
		r->workers = choose_workers(l);
	if (input_list_open(l)) {
		program_fail(g, STATUS_SYSTEM, "open-failed", str_of(l->from),
			     l->reader.error);
		return;
	}
	if (!writer_open(&r->out, r->output))
		run_jobs(r, g);
	parse_release(r->parse);
	if (r->out.error || writer_close(&r->out))
		program_fail(g, STATUS_SYSTEM, "write-failed",
			     str_of(r->output), r->out.error);
	if (l->reader.error)
		program_fail(g, STATUS_INPUT, "read-failed", str_of(l->from),
			     l->reader.error);
	if (r->parse->troubled)
		program_raise(g, STATUS_INPUT);
	input_list_close(l);
}
