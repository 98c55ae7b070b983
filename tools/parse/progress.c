/* Written to standard error itself: it is no message. */
#include "parse/progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FIRST = 1000, EVERY = 100 };

static long milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool progress_wanted(const char *output)
{
	return isatty(STDERR_FILENO) &&
	       (strcmp(output, "-") || !isatty(STDOUT_FILENO));
}

void progress_start(struct progress *p)
{
	p->started = p->last = milliseconds();
}

static void put_left(struct buf *out, long seconds, bool zh)
{
	if (seconds >= 60)
		buf_printf(out, zh ? "，剩余 %ld 分 %02ld 秒"
				   : ", %ld min %02ld s left",
			   seconds / 60, seconds % 60);
	else
		buf_printf(out, zh ? "，剩余 %ld 秒" : ", %ld s left", seconds);
}

void progress_show(struct progress *p, size_t more, size_t total)
{
	bool zh = p->lang == LANG_ZH;
	struct buf out = {0};
	long now, spent, rate;

	p->done += more;
	if (!p->on)
		return;
	now = milliseconds();
	spent = now - p->started;
	if (spent < FIRST || now - p->last < EVERY)
		return;
	p->last = now;
	rate = (long)p->done * 10000 / spent; /* tenths a second */
	buf_printf(&out, "\r%zu", p->done);
	if (total >= p->done)
		buf_printf(&out, "/%zu", total);
	buf_printf(&out, zh ? " 个文件，每秒 %ld.%ld 个" : " files, %ld.%ld/s",
		   rate / 10, rate % 10);
	if (total >= p->done && p->done)
		put_left(&out, (long)((total - p->done) *
				      (size_t)spent / p->done / 1000),
			 zh);
	buf_puts(&out, "\033[K");
	fwrite(out.p, 1, out.n, stderr);
	fflush(stderr);
	buf_release(&out);
	p->shown = true;
}

void progress_hide(struct progress *p)
{
	if (p->shown)
		fputs("\r\033[K", stderr);
	p->shown = false;
}
