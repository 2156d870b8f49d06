/* evidence.h - the bytes of evidence over HTTP: PUT and GET /evidence/<id>, streamed in pieces of 256 KiB between the client and the database.
 * What sql/nouns/upload.sql says at its head is the contract with the database.
 *
 * A PUT begins at what was received so far (or at the start of an earlier piece) and is answered with how far the file has come; a last piece
 * that was cut short is not kept. When the file is complete it is read back and hashed; the answer waits for that, or says 202 after a while
 * and the hashing goes on. A PUT of no bytes asks how far the file has come, and hashes a complete one. Refusals: refusal.h; 409 with data.received where the
 * offset does not fit. */
#ifndef NINETWO_API_EVIDENCE_H
#define NINETWO_API_EVIDENCE_H

#include "base/error.h"
#include "base/worker.h"
#include "db/db.h"
#include "net/http.h"

struct evidence;

struct evidence_config {		/* borrowed, all of them */
	struct db *db;
	struct worker *worker;
	const struct db_loop *loop;
};

struct evidence *evidence_new(const struct evidence_config *config, struct error *err);
/* After server_free, worker_free and db_free: what they still answer comes back here. Accepts NULL. */
void evidence_free(struct evidence *e);

/* Says which server it serves: before the first request, and NULL once that has been freed. */
void evidence_attach(struct evidence *e, struct server *server);
struct http_transfer_handler evidence_http(struct evidence *e);

struct evidence_statistics { int uploads, downloads; uint64_t bytes_in, bytes_out; };
void evidence_statistics(const struct evidence *e, struct evidence_statistics *out);

#endif
