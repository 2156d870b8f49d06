/* rpc.h - JSON-RPC 2.0 over connected peers: what app.c wires and what the layers beside it (auth/, live/, api/) register with.
 *
 * Life: rpc_new, then rpc_declare by every module that has methods in C, then rpc_attach and rpc_start. At the end rpc_drain, the
 * network freed, rpc_attach with NULL, db_free, rpc_free, in that order: what the pool still answers comes back here. All on the loop's thread. */
#ifndef NINETWO_RPC_RPC_H
#define NINETWO_RPC_RPC_H

#include "base/error.h"
#include "db/db.h"
#include "net/peer.h"
#include "rpc/token.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct rpc;
struct call;

struct rpc_config {
	struct db *db;
	const struct db_loop *loop;	/* for timers only; borrowed */
	const char *version;		/* of this program, for its description; borrowed */
	int calls_per_second;		/* of one peer before its reading is paused; 0: 500 */
	int calls_burst;		/* it may save up; 0: 1000 */
};

/* WebSocket close codes of our own. */
enum { CLOSE_SESSION_ENDED = 4401 };

struct rpc *rpc_new(const struct rpc_config *config, struct error *err);
void rpc_free(struct rpc *r);				/* accepts NULL */

/* Says where the peers are: before the first of them, and NULL once the network has been freed. */
void rpc_attach(struct rpc *r, struct peers *peers);
struct peer_handler rpc_peer_handler(struct rpc *r);

/* Reads the catalogue. `ready` is called once: OK, or why the server cannot serve. Until then calls are answered E_NOT_NOW. */
typedef void (*rpc_ready_fn)(void *arg, struct error *err);
enum error_code rpc_start(struct rpc *r, rpc_ready_fn ready, void *arg, struct error *err);
/* There may be another catalogue (a migration was heard of, or could not be heard of while the feed was away): reads it
 * if its release is another. Calls go on with the methods known so far until the new ones are whole. Then `ready` as
 * given to rpc_start is called again, also when the new ones cannot be served. */
void rpc_reload(struct rpc *r);
/* The same for a statement that failed as if there were another (db_on_stale_catalogue): in a moment, however often
 * this is called. */
void rpc_reload_soon(struct rpc *r);
bool rpc_ready(const struct rpc *r);
const char *rpc_release(const struct rpc *r);		/* the database's; NULL before it is known */

/* What the server says of itself: an OpenRPC document, made once for each catalogue. */
struct description {
	char *text;			/* JSON; NULL: it is longer than LIMIT_DESCRIPTION */
	size_t length;			/* also of one that is */
	char *packed;			/* the same by gzip; NULL: there was no memory for it */
	size_t packed_length;
	char digest[65];		/* SHA-256 of text, in hexadecimal */
	char refusal[160];		/* why there is no text */
};
/* As it is now, borrowed until control returns to the loop. NULL: the methods are not known yet, or there is no memory.
 * It is written and packed when it is first asked for. */
const struct description *rpc_description(struct rpc *r);

/* No new calls: they are answered E_NOT_NOW. `drained` is called once none is under way; not from inside rpc_drain. */
void rpc_drain(struct rpc *r, void (*drained)(void *arg), void *arg);

struct rpc_statistics { uint64_t calls, refusals, slowed; int in_flight, dialogues; };
void rpc_statistics(const struct rpc *r, struct rpc_statistics *out);

/* ---- methods in C ---- */

/* Answers a call with exactly one of call_answer and call_refuse, now or later; owns `call` until then. `params` has passed the gate: the
 * types are as declared, absent and null are one thing. Borrowed until the call is answered. */
typedef void (*method_run_fn)(void *arg, struct call *call, const json_t *params);

/* `declaration` is one method of the catalogue as JSON text: name, doc, roles, access, organisation, params (name, type, required, doc, array,
 * schema: what JSON Schema says beyond the type), result (a JSON Schema). Besides the catalogue's roles there is "anyone": not even signed in. access "write" asks for a request_id
 * like any other write: what the method does with it is its own affair. Borrowed for the life of r. E_INTERNAL when it is malformed. */
enum error_code rpc_declare(struct rpc *r, const char *declaration, method_run_fn run, void *arg, struct error *err);
/* The JSON Schema (JSON text, borrowed) of an event or another notification, for rpc.discover's x-events. */
enum error_code rpc_declare_event(struct rpc *r, const char *declaration, struct error *err);

void call_answer(struct call *c, const char *json, size_t length);	/* JSON text, copied */
void call_refuse(struct call *c, struct error *err);			/* takes err's data */
/* Answers with a value that jansson made; takes the reference. NULL: out of memory. */
void call_answer_json(struct call *c, json_t *value);

/* Runs one statement and answers with its first column as it stands, or with its refusal. request->done and ->arg are ignored. */
void call_query(struct call *c, const struct db_request *request);

enum { UUID_TEXT = 37 };
uint64_t call_peer(const struct call *c);		/* which may be gone by now */
const char *call_address(const struct call *c);		/* numeric; of the client when it called */
const char *call_person(const struct call *c);		/* UUID text; NULL when not signed in. Until the call is answered. */
const char *call_session(const struct call *c);		/* the session's or token's id; likewise */
const unsigned char *call_token(const struct call *c);	/* TOKEN_SIZE; NULL when not signed in; likewise */
const char *call_organisation(const struct call *c);	/* the parameter; NULL when there is none; likewise */
/* Whether the caller held any role in the organisation when the call came in. */
bool call_is_member(const struct call *c, const char *organisation);

/* ---- what others tell ---- */

/* token.gained and token.lost: what is remembered of the person's roles is dropped. */
void rpc_roles_changed(struct rpc *r, const char *person);
/* A session or bearer token was ended: its peers are closed. */
void rpc_session_ended(struct rpc *r, const char *session, const char *reason);
/* The peer has proved who it is by `token` (method session.open): its later calls are made with it. False: the peer has gone, or has
 * another token by now. A peer is one session's for all its life: what it follows must end with that session. */
bool rpc_signed_in(struct rpc *r, uint64_t peer, const unsigned char token[TOKEN_SIZE]);
/* The other way (session.close): it has been asked for, and the peer is not closed before it is answered; it is done, and the connection is
 * closed; or it was refused, and the session is looked at anew. */
void rpc_signing_out(struct rpc *r, uint64_t peer);
void rpc_signed_out(struct rpc *r, uint64_t peer);
void rpc_not_signed_out(struct rpc *r, uint64_t peer);
/* Called for each peer that closes, so that live/ can forget it. Called with the id; the peer itself is going. */
void rpc_on_closed(struct rpc *r, void (*closed)(void *arg, uint64_t peer), void *arg);

#endif
