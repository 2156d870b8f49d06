/* progress.c - see progress.h. */
#include "client-cli/progress.h"

#include "client-cli/deadline.h"
#include "client-cli/terminal_text.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SHOW_EVERY_MS = 100, BAR = 30 };

void progress_start(struct progress *p, const char *what, uint64_t at, uint64_t total, bool quiet)
{
	const char *slash = strrchr(what, '/');

	*p = (struct progress){ .what = slash ? slash + 1 : what, .start = at, .total = total, .done = at, .began = deadline_now(), .quiet = quiet,
				.terminal = isatty(STDERR_FILENO), .quarter = total ? (int)(at * 4 / total) : 0 };
	if (at > 0 && !quiet)
		fprintf(stderr, "%s: going on at %llu of %llu bytes\n", p->what, (unsigned long long)at, (unsigned long long)total);
}

static double per_second(const struct progress *p)
{
	int64_t ms = deadline_now() - p->began;

	return (double)(p->done - p->start) / (1024 * 1024) / (ms > 0 ? (double)ms / 1000 : 0.001);
}

/* Nobody knows how much there will be. */
static void draw_amount(const struct progress *p)
{
	fputc('\r', stderr);
	terminal_text_print(stderr, p->what, 30);
	fprintf(stderr, " %.1f MiB  %.1f MiB/s ", (double)p->done / (1024 * 1024), per_second(p));
}

static void draw_bar(const struct progress *p)
{
	int filled = p->total ? (int)(p->done * BAR / p->total) : BAR;

	fputc('\r', stderr);
	terminal_text_print(stderr, p->what, 30);
	fputs(" [", stderr);
	for (int i = 0; i < BAR; i++)
		fputc(i < filled ? '#' : '.', stderr);
	fprintf(stderr, "] %3d%%  %.1f MiB/s ", p->total ? (int)(p->done * 100 / p->total) : 100, per_second(p));
}

void progress_at(struct progress *p, uint64_t done)
{
	int64_t now = deadline_now();
	int quarter = p->total ? (int)(done * 4 / p->total) : 0;

	p->done = done;
	if (p->quiet)
		return;
	if (p->terminal) {
		if (now - p->shown >= SHOW_EVERY_MS || done == p->total)
			(p->total ? draw_bar : draw_amount)(p);
		p->shown = now - p->shown >= SHOW_EVERY_MS ? now : p->shown;
	} else if (quarter > p->quarter) {
		fprintf(stderr, "%s: %d%%\n", p->what, quarter * 25);
	}
	p->quarter = quarter > p->quarter ? quarter : p->quarter;
}

void progress_end(struct progress *p)
{
	if (!p->quiet && p->terminal)
		fputc('\n', stderr);
}
