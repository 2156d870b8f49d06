/* evidence_download.c - GET: rows to pieces to the client, one at a time, as fast as it reads. See evidence.h.
 *
 * Whoever comes with a session instead of a ticket (a browser's link) is given a ticket here that never leaves the server: the path names
 * no organisation, so those of the person are asked in turn, and the database decides and records as it does for any download. */
#include "api/refusal.h"
#include "api/transfer.h"
#include "base/hex.h"
#include "rpc/caller.h"
#include "rpc/token.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct download {
	struct transfer t;
	struct http_transfer asked;	/* its texts are not kept */
	unsigned char token[TOKEN_SIZE];
	struct caller *caller;		/* of a session: whose organisations are asked */
	size_t at;			/* which of them */
	bool answered;
	uint64_t size, position, end;	/* bytes still to be sent: [position, end) */
	unsigned char *bytes;		/* room for one piece */
};

static struct download *download_of(const struct http_request *r)
{
	return http_user(r);		/* the transfer is its first member */
}

void download_free(struct transfer *t)
{
	struct download *d = (struct download *)t;

	t->owner->counted.downloads--;
	list_remove(&t->among);
	caller_drop(d->caller);
	free(d->bytes);
	OPENSSL_cleanse(d->token, sizeof d->token);
	free(d);
}

static bool download_settled(struct download *d)
{
	d->t.busy = false;
	if (!d->t.gone)
		return false;
	download_free(&d->t);
	return true;
}

/* Before the head it is an answer; after it the connection is cut, so that half a file cannot look whole. */
static void download_refuse(struct download *d, int status, struct error *err)
{
	struct http_request *r = transfer_request(&d->t);

	if (r && d->answered)
		http_abort(r);
	else if (r) {
		d->answered = true;
		refusal_answer(r, status, err);
	}
	error_clear(err);
}

/* ---- pieces ---- */

static void download_piece_read(void *arg, const struct db_result *result, struct error *err)
{
	struct download *d = arg;
	size_t from = (size_t)(d->position % CHUNK), length;
	struct http_request *r;

	if (download_settled(d))
		return;
	length = err->code == OK && result->length >= 2 ? (result->length - 2) / 2 : 0;
	if (err->code == OK && (length <= from || length > CHUNK || !hex_decode(result->text + 2, d->bytes, length)))
		error_set(err, E_INTERNAL, NULL);
	if (err->code != OK) {
		download_refuse(d, 0, err);
		return;
	}
	length -= from;
	if (length > d->end - d->position)
		length = (size_t)(d->end - d->position);
	d->position += length;
	d->t.owner->counted.bytes_out += length;
	r = transfer_request(&d->t);
	if (r)
		http_piece(r, d->bytes + from, length);
}

void download_piece(struct http_request *r)
{
	static const char sql[] = "select api.evidence_chunk_get(ticket => $1::bytea, chunk => $2::int4)::text";
	struct db_request request = { .name = "evidence_chunk_get", .sql = sql, .count = 2 };
	struct download *d = download_of(r);
	struct error err = { 0 };
	char number[24];

	if (!d || d->t.busy || d->position >= d->end)
		return;
	snprintf(number, sizeof number, "%llu", (unsigned long long)(d->position / CHUNK));
	request.params[1].value = number;
	if (transfer_query(&d->t, &request, download_piece_read, d, &err) != OK)
		download_refuse(d, 0, &err);
}

/* ---- the head ---- */

/* Takes up which bytes were asked for. False: the file has none of these. */
static bool take_range(struct download *d)
{
	const struct http_transfer *a = &d->asked;

	d->position = 0;
	d->end = d->size;
	if (!a->ranged)
		return true;
	if (a->suffix) {
		d->position = a->length < d->size ? d->size - a->length : 0;
		return a->length > 0 && d->size > 0;
	}
	d->position = a->first;
	if (a->last < d->size - 1)
		d->end = a->last + 1;
	return a->first < d->size && a->first <= a->last;
}

static void download_send_head(struct download *d, const json_t *state)
{
	struct http_head head = { .status = d->asked.ranged ? 206 : 200, .first = d->position, .length = d->end - d->position, .total = d->size,
		.type = json_string_value(json_object_get(state, "media_type")), .filename = json_string_value(json_object_get(state, "file_name")),
		.etag = json_string_value(json_object_get(state, "sha256")) };

	if (!head.type)
		head.type = "application/octet-stream";
	d->answered = true;
	http_head(transfer_request(&d->t), &head);
}

static void download_state_known(void *arg, const struct db_result *result, struct error *err)
{
	struct download *d = arg;
	json_t *state = err->code == OK && result->text ? json_loadb(result->text, result->length, 0, NULL) : NULL;
	const char *evidence = json_string_value(json_object_get(state, "evidence"));

	if (download_settled(d)) {
		json_decref(state);
		return;
	}
	d->size = (uint64_t)json_integer_value(json_object_get(state, "size"));
	if (err->code == OK && (!evidence || strcmp(evidence, d->t.evidence)))
		error_set(err, E_UNAUTHENTICATED, "This ticket is for another file.");
	if (err->code != OK) {
		download_refuse(d, 0, err);
	} else if (!take_range(d)) {
		error_set(err, E_PARAMS, "The file has %llu bytes.", (unsigned long long)d->size);
		download_refuse(d, 416, err);
	} else {
		download_send_head(d, state);
	}
	json_decref(state);
}

static void download_ask_state(struct download *d, struct error *err)
{
	static const char sql[] = "select api.evidence_download_state(ticket => $1::bytea)::text";
	struct db_request request = { .name = "evidence_download_state", .sql = sql, .count = 1 };

	transfer_query(&d->t, &request, download_state_known, d, err);
}

/* ---- a session instead of a ticket ---- */

static void download_ask_ticket(struct download *d, struct error *err);

static void download_ticket_given(void *arg, const struct db_result *result, struct error *err)
{
	struct download *d = arg;
	json_t *reply = err->code == OK && result->text ? json_loadb(result->text, result->length, 0, NULL) : NULL;

	if (download_settled(d)) {
		json_decref(reply);
		return;
	}
	if (err->code == OK && !ticket_digest(json_string_value(json_object_get(reply, "ticket")), d->t.ticket))
		error_set(err, E_INTERNAL, NULL);
	if (err->code == OK)
		download_ask_state(d, err);
	else if (err->code == E_NOT_FOUND || err->code == E_FORBIDDEN)
		download_ask_ticket(d, err);
	if (err->code != OK)
		download_refuse(d, 0, err);
	json_decref(reply);
}

static void download_ask_ticket(struct download *d, struct error *err)
{
	static const char sql[] =
		"select api.evidence_download_begin(session => $1::bytea, organisation => $2::uuid, id => $3::uuid)::text";
	struct db_request request = { .kind = DB_WRITE, .name = "evidence_download_begin", .sql = sql, .count = 3,
		.done = download_ticket_given, .arg = d };

	if (d->at >= d->caller->count) {
		error_set(err, E_NOT_FOUND, NULL);
		return;
	}
	error_clear(err);
	request.params[0] = (struct db_param){ .value = (const char *)d->token, .length = TOKEN_SIZE, .binary = true };
	request.params[1].value = d->caller->memberships[d->at++].organisation;
	request.params[2].value = d->t.evidence;
	d->t.busy = db_submit(d->t.owner->config.db, &request, err) == OK;
}

static void download_session_known(void *arg, const struct db_result *result, struct error *err)
{
	struct download *d = arg;

	if (download_settled(d))
		return;
	d->caller = err->code == OK ? caller_new(result->text, result->length) : NULL;
	if (d->caller)
		download_ask_ticket(d, err);
	else if (err->code == OK)
		error_set(err, E_INTERNAL, NULL);
	if (err->code != OK)
		download_refuse(d, 0, err);
}

static void download_ask_session(struct download *d, const char *token, struct error *err)
{
	static const char sql[] = "select api.session_info(session => $1::bytea)::text";
	struct db_request request = { .kind = DB_READ, .name = "session_info", .sql = sql, .count = 1,
		.done = download_session_known, .arg = d };

	if (!token || !token_read(token, d->token, NULL)) {
		error_set(err, E_UNAUTHENTICATED, NULL);
		return;
	}
	request.params[0] = (struct db_param){ .value = (const char *)d->token, .length = TOKEN_SIZE, .binary = true };
	d->t.busy = db_submit(d->t.owner->config.db, &request, err) == OK;
}

void download_begin(struct evidence *e, struct http_request *r, const struct http_transfer *asked)
{
	struct download *d = calloc(1, sizeof *d);
	struct error err = { 0 };

	if (d)
		d->bytes = malloc(CHUNK);
	if (!d || !d->bytes) {
		free(d);
		http_answer(r, 503, NULL, 0);
		return;
	}
	d->t = (struct transfer){ .owner = e, .request = http_id(r) };
	d->asked = *asked;
	d->asked.ticket = d->asked.token = NULL;
	snprintf(d->t.evidence, sizeof d->t.evidence, "%s", asked->id);
	list_append(&e->downloads, &d->t.among);
	e->counted.downloads++;
	http_set_user(r, &d->t);
	if (!asked->ticket)
		download_ask_session(d, asked->token, &err);
	else if (ticket_digest(asked->ticket, d->t.ticket))
		download_ask_state(d, &err);
	else
		error_set(&err, E_UNAUTHENTICATED, "This is not a ticket.");
	if (err.code != OK)
		download_refuse(d, 0, &err);
}
