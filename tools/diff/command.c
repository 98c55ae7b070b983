/* Two files are OLD and NEW: then only changes are written. */
#include "diff/command.h"

#include "base/reason.h"
#include "lexicon/item.h"
#include "record/codec.h"

static void take_change(void *ctx, const struct bud_change *change)
{
	struct command *c = ctx;
	bool same = str_equal(change->status, STR("same"));

	c->differs = c->differs || !same;
	if (c->stat) {
		summary_take(&c->summary, change, &c->line);
	} else {
		record_write_change(&c->line, change);
		buf_putc(&c->line, '\n');
	}
	writer_put(c->out, buf_str(&c->line));
	buf_clear(&c->line);
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

static bool compare(struct command *c, const char *const *names, size_t n)
{
	bool good = true;

	if (c->sorted)
		return input_merge(&c->in, names, n, take_change, c);
	for (size_t i = 0; i < n; i++)
		good = (c->keys ? input_put_keys(&c->in, names[i])
				: input_read(&c->in, (unsigned)i, names[i])) &&
		       good;
	/* half of the input would show as removed */
	if (!good || c->keys)
		return good;
	if (diff_run(&c->diff, take_change, c))
		return true;
	message_add(c->messages, "no-entity", c->options.base, NULL);
	return false;
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
			       .quiet = c->quiet};
	good = compare(c, names, n);
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
