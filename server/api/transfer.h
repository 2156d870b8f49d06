/* transfer.h - what an upload and a download have in common. Each has at most one thing under way (a statement, a job), during which
 * `busy` is set; it is freed when it is neither busy nor wanted by its request. Nobody outside api/ includes this. */
#ifndef NINETWO_API_TRANSFER_H
#define NINETWO_API_TRANSFER_H

#include "api/evidence.h"
#include "base/limits.h"
#include "base/list.h"

#include <jansson.h>

enum { TICKET_SIZE = 32, CHUNK = LIMIT_EVIDENCE_CHUNK };

struct evidence {
	struct evidence_config config;
	struct server *server;
	struct list uploads, downloads;
	struct evidence_statistics counted;
};

struct transfer {
	struct list among;
	struct evidence *owner;
	uint64_t request;
	bool gone;			/* the request has ended */
	bool busy;
	char evidence[37];
	unsigned char ticket[TICKET_SIZE];	/* its digest */
};

struct http_request *transfer_request(const struct transfer *t);	/* NULL: gone */

/* The SHA-256 of a ticket; false: the text is none. */
bool ticket_digest(const char *text, unsigned char digest[TICKET_SIZE]);

/* Submits a statement whose first parameter is the ticket's digest; sets busy. `done` is given the transfer's container as arg.
 * On failure nothing is under way and err is set. */
enum error_code transfer_query(struct transfer *t, struct db_request *request, db_done_fn done, void *arg, struct error *err);

/* The two kinds. begin answers at once or later; gone is the request's last word. */
void upload_begin(struct evidence *e, struct http_request *r, const struct http_transfer *asked);
void upload_data(struct http_request *r, const void *bytes, size_t length);
void upload_ended(struct http_request *r);
void download_begin(struct evidence *e, struct http_request *r, const struct http_transfer *asked);
void download_piece(struct http_request *r);
void upload_free(struct transfer *t);
void download_free(struct transfer *t);

#endif
