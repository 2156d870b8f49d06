/* auth.h - signing in and out, passwords, bearer tokens, delivery of one-time codes: what app.c wires.
 *
 * The database decides; this folder only computes scrypt, makes secrets, and passes digests on. Methods: session.open, session.current,
 * session.close, session.set_password, token.create. HTTP: POST and DELETE /session. All on the loop's thread. */
#ifndef NINETWO_AUTH_AUTH_H
#define NINETWO_AUTH_AUTH_H

#include "base/error.h"
#include "base/worker.h"
#include "db/db.h"
#include "net/http.h"
#include "rpc/rpc.h"

struct auth;

struct auth_config {
	struct db *db;
	struct worker *worker;
	const struct db_loop *loop;		/* borrowed */
	struct rpc *rpc;
	/* The program that hands codes to people: words separated by spaces, the first an absolute path; NULL or "": none, then codes wait for
	 * `ninetwod invite`. See delivery.h for what it is given. Copied. */
	const char *delivery_command;
};

/* Declares the methods; so before rpc_start. */
struct auth *auth_new(const struct auth_config *config, struct error *err);
/* After worker_free and db_free: what they still answer comes back here. Accepts NULL. */
void auth_free(struct auth *a);

/* Says which server it serves: before the first request, and NULL once that has been freed. */
void auth_attach(struct auth *a, struct server *server);
struct http_session_handler auth_http(struct auth *a);

/* Begins handing out codes, once the catalogue has been read; does nothing without a command. */
void auth_start(struct auth *a);
void auth_stop(struct auth *a);			/* at shutdown: no further codes are taken; may be called without auth_start */

#endif
