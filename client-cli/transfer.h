/* transfer.h - bytes over HTTP, by a ticket: those of evidence by one PUT or one GET, from an offset, and a list by one GET. */
#ifndef NINETWO_CLIENT_TRANSFER_H
#define NINETWO_CLIENT_TRANSFER_H

#include "client-cli/failure.h"
#include "client-cli/progress.h"

#include <stdint.h>

struct transfer {
	const char *server, *ca_file;
	const char *id;			/* UUID of the evidence, or of the export */
	const char *ticket;		/* as the server gave it */
	int fd;				/* the file, open for reading (put) or writing (get) */
	uint64_t offset, total;		/* bytes [offset, total); total of a get is learned from the answer */
	uint64_t bytes_per_second;	/* 0: as fast as it goes */
	struct progress *progress;
};

/* FAILURE_LOST: the connection broke, and it may be gone on with after asking where. */
bool transfer_put(struct transfer *t, struct failure *f);
/* Writes at offset and moves it on; a broken connection leaves offset where the file ends. */
bool transfer_get(struct transfer *t, struct failure *f);
/* Writes a list on and on; offset counts its bytes. It cannot be gone on with: false, and what was written is not all of it. */
bool transfer_list(struct transfer *t, struct failure *f);

#endif
