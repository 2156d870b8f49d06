/* progress.h - how far a transfer is: a bar on a terminal, a line a quarter elsewhere. On standard error. */
#ifndef NINETWO_CLIENT_PROGRESS_H
#define NINETWO_CLIENT_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	const char *what;		/* borrowed */
	uint64_t start, total, done;
	int64_t began, shown;		/* milliseconds */
	int quarter;
	bool quiet, terminal;
};

void progress_start(struct progress *p, const char *what, uint64_t at, uint64_t total, bool quiet);
void progress_at(struct progress *p, uint64_t done);
void progress_end(struct progress *p);

#endif
