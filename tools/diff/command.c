/* Two files are OLD and NEW: then only changes are written. */
#include "diff/command.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/reason.h"
#include "lexicon/item.h"
#include "record/codec.h"

/* What one thread tells. */
struct telling {
	struct command *command;
	struct buf text; /* of changes */
	bool differs;
};

static void take_change(void *ctx, const struct bud_change *change)
{
	struct telling *t = ctx;

	t->differs = t->differs || !str_equal(change->status, STR("same"));
	if (t->command->stat) {
		summary_take(&t->command->summary, change, &t->text);
	} else {
		record_write_change(&t->text, change);
		buf_putc(&t->text, '\n');
	}
}

static void flush_changes(void *ctx)
{
	struct telling *t = ctx;

	t->command->differs = t->command->differs || t->differs;
	writer_put(t->command->out, buf_str(&t->text));
	buf_clear(&t->text);
}

/* The bytes of a user's file, to be released; false, and told. */
static bool slurp(struct command *c, const char *name, struct buf *text)
{
	const char *error;

	if (!reader_slurp(name, 0, text, &error))
		return true;
	reason_add(c->messages, "open-failed", str_of(name), error);
	return false;
}

bool command_load(struct command *c)
{
	struct buf aliases = {0}, index = {0};
	bool good = crosswalk_load(&c->cross, c->share, c->messages);

	c->real.per = c->per;
	if (c->per.n && !str_equal(c->per, STR("staff")))
		item_check(c->messages, c->per);
	if (c->aliases)
		good = slurp(c, c->aliases, &aliases) &&
		       crosswalk_add(&c->cross, str_of(c->aliases),
				     buf_str(&aliases), c->messages) && good;
	if (c->index)
		good = slurp(c, c->index, &index) &&
		       real_load(&c->real, str_of(c->index), buf_str(&index),
				 c->messages) && good;
	buf_release(&aliases);
	buf_release(&index);
	return good;
}

static bool put_keys(struct command *c, const char *const *names, size_t n)
{
	bool good = true;

	for (size_t i = 0; i < n; i++)
		good = input_put_keys(&c->in, names[i]) && good;
	return good;
}

static bool run(struct command *c, const char *const *names, size_t n,
		const struct diff_sink *sinks, unsigned n_sinks)
{
	if (c->sorted)
		return input_merge(&c->in, names, n, sinks);
	/* half of the input would show as removed */
	if (!input_read(&c->in, names, n))
		return false;
	if (diff_run(&c->diff, sinks, n_sinks))
		return true;
	message_add(c->messages, "no-entity", c->options.base, NULL);
	return false;
}

static bool compare(struct command *c, const char *const *names, size_t n)
{
	/* a summary is of one thread, and years that lack are told in order */
	unsigned threads = c->stat || c->real.index ? 1 : c->jobs;
	struct telling *tellings =
		memory_realloc(NULL, threads * sizeof *tellings);
	struct diff_sink *sinks = memory_realloc(NULL, threads * sizeof *sinks);
	bool good;

	for (unsigned i = 0; i < threads; i++) {
		tellings[i] = (struct telling){.command = c};
		sinks[i] = (struct diff_sink){take_change, flush_changes,
					      &tellings[i]};
	}
	good = run(c, names, n, sinks, threads);
	for (unsigned i = 0; i < threads; i++)
		buf_release(&tellings[i].text);
	free(tellings);
	free(sinks);
	return good;
}

bool command_run(struct command *c, const char *const *names, size_t n)
{
	size_t nameless;
	bool good, apart;

	c->options.two_sides = n == 2;
	c->options.same = c->all || c->stat;
	c->only = c->only || c->stat || c->sorted || n == 2;
	diff_init(&c->diff, &c->options, &c->cross);
	c->diff.real = &c->real;
	c->in = (struct input){.diff = &c->diff,
			       .messages = c->messages,
			       .pass = c->only && !c->keys ? NULL : c->out,
			       .latest = n == 2,
			       .jobs = c->jobs,
			       .quiet = c->quiet};
	good = c->keys ? put_keys(c, names, n) : compare(c, names, n);
	nameless = diff_nameless(&c->diff, &apart);
	if (!c->keys && (nameless > 1 || apart))
		message_add(c->messages,
			    apart ? "nameless-apart" : "nameless-one",
			    (struct str){NULL, 0}, "%zu", nameless);
	if (c->stat && !c->keys)
		summary_finish(&c->summary, &c->line);
	writer_put(c->out, buf_str(&c->line));
	return good && !c->in.damaged;
}

void command_release(struct command *c)
{
	diff_release(&c->diff);
	input_release(&c->in);
	real_release(&c->real);
	summary_release(&c->summary);
	crosswalk_release(&c->cross);
	buf_release(&c->line);
}
