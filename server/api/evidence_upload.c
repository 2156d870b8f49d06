/* evidence_upload.c - PUT: bytes to pieces to rows, then the rows read back and hashed. See evidence.h. */
#include "api/refusal.h"
#include "api/transfer.h"
#include "base/buffer.h"
#include "base/hex.h"
#include "base/log.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	WAITING_MAX = 8 * CHUNK,	/* bytes; reading is stopped at one piece, the rest is what was on its way */
	PATIENCE_MS = 20 * 1000,	/* with the answer, while the file is hashed */
	DIGEST = 32,
};

struct upload {
	struct transfer t;
	uint64_t offset, length;	/* of the request's bytes in the file */
	uint64_t total;			/* of the file, as the request has it; UINT64_MAX: not said */
	uint64_t size;			/* of the file */
	uint64_t stored;		/* bytes from the start of the file on that are in the database */
	bool paused, ended;
	bool answered;
	char *state;			/* what the database said last, JSON text */
	struct buffer waiting;		/* bytes that are not yet stored */
	EVP_MD_CTX *hash;
	EVP_MD_CTX *pieces;		/* of the pieces' own hashes: which they were */
	uint64_t hashed;
	char *piece;			/* being hashed: hexadecimal text, as PostgreSQL writes it */
	unsigned char *bytes;		/* room for one piece */
	bool unreadable;
	void *patience;			/* timer */
};

static struct upload *upload_of(const struct http_request *r)
{
	return http_user(r);		/* the transfer is its first member */
}

void upload_free(struct transfer *t)
{
	struct upload *u = (struct upload *)t;

	if (u->patience)
		t->owner->config.loop->cancel(u->patience);
	t->owner->counted.uploads--;
	list_remove(&t->among);
	buffer_clear(&u->waiting);
	EVP_MD_CTX_free(u->hash);
	EVP_MD_CTX_free(u->pieces);
	free(u->state);
	free(u->piece);
	free(u->bytes);
	free(u);
}

/* Whatever was under way is over. True: nobody wants it any more, and it has been freed. */
static bool upload_settled(struct upload *u)
{
	u->t.busy = false;
	if (!u->t.gone)
		return false;
	upload_free(&u->t);
	return true;
}

/* The transfer is not freed here: the request's `gone` does that, or whatever is under way when it ends. */
static void upload_answer(struct upload *u, int status, const struct error *err)
{
	struct http_request *r = transfer_request(&u->t);

	if (u->answered || !r)
		return;
	u->answered = true;
	if (err)
		refusal_answer(r, status, err);
	else
		http_answer(r, status, u->state, u->state ? strlen(u->state) : 0);
}

static void upload_give_up(struct upload *u, struct error *err)
{
	upload_answer(u, 0, err);
	error_clear(err);
}

/* ---- hashing ---- */

static void read_back(struct upload *u);

static void tire(void *arg)
{
	struct upload *u = arg;

	u->patience = NULL;
	upload_answer(u, 202, NULL);
}

static void measured(void *arg, const struct db_result *result, struct error *err)
{
	struct upload *u = arg;

	if (err->code == OK && result->text) {
		free(u->state);
		u->state = strdup(result->text);
		log_info("evidence.measured", "evidence=%s", u->t.evidence);
		upload_answer(u, 200, NULL);
	} else {
		upload_answer(u, 0, err);
	}
	upload_settled(u);
}

/* A piece may have been put anew behind the reading: the database compares which were read with which there are. */
static void say_digest(struct upload *u)
{
	static const char sql[] = "select api.evidence_measured(ticket => $1::bytea, sha256 => $2::bytea, pieces => $3::bytea)::text";
	struct db_request request = { .name = "evidence_measured", .sql = sql, .count = 3 };
	unsigned char digest[DIGEST], pieces[DIGEST];
	struct error err = { 0 };

	EVP_DigestFinal_ex(u->hash, digest, NULL);
	EVP_DigestFinal_ex(u->pieces, pieces, NULL);
	request.params[1] = (struct db_param){ .value = (const char *)digest, .length = DIGEST, .binary = true };
	request.params[2] = (struct db_param){ .value = (const char *)pieces, .length = DIGEST, .binary = true };
	if (transfer_query(&u->t, &request, measured, u, &err) != OK)
		upload_give_up(u, &err);
}

static bool take_bytes(struct upload *u, size_t length)
{
	unsigned char digest[DIGEST];

	return EVP_DigestUpdate(u->hash, u->bytes, length) == 1 && EVP_Digest(u->bytes, length, digest, NULL, EVP_sha256(), NULL) == 1 &&
		EVP_DigestUpdate(u->pieces, digest, sizeof digest) == 1;
}

/* Runs on a worker's thread. */
static void hash_piece(void *arg)
{
	struct upload *u = arg;
	size_t digits = strlen(u->piece), length = digits / 2;

	u->unreadable = length > CHUNK || !hex_decode(u->piece, u->bytes, length) || !take_bytes(u, length);
	u->hashed += length;
}

static void piece_hashed(void *arg, bool worked)
{
	struct upload *u = arg;
	struct error err = { 0 };

	free(u->piece);
	u->piece = NULL;
	u->t.busy = false;
	if (!worked)
		error_set(&err, E_NOT_NOW, NULL);
	else if (u->unreadable)
		error_set(&err, E_INTERNAL, NULL);
	if (err.code == OK)
		read_back(u);
	else
		upload_give_up(u, &err);
	if (!u->t.busy && u->t.gone)
		upload_free(&u->t);
}

static void upload_piece_read(void *arg, const struct db_result *result, struct error *err)
{
	struct upload *u = arg;

	if (err->code == OK && (!result->text || strncmp(result->text, "\\x", 2)))
		error_set(err, E_INTERNAL, NULL);
	if (err->code == OK) {
		u->piece = strdup(result->text + 2);
		if (!u->piece)
			error_set(err, E_NOT_NOW, NULL);
		else if (worker_submit(u->t.owner->config.worker, hash_piece, piece_hashed, u, err) == OK)
			return;
	}
	upload_give_up(u, err);
	upload_settled(u);
}

static void read_back(struct upload *u)
{
	static const char sql[] = "select api.evidence_chunk_get(ticket => $1::bytea, chunk => $2::int4)::text";
	struct db_request request = { .name = "evidence_chunk_get", .sql = sql, .count = 2 };
	struct error err = { 0 };
	char number[24];

	if (u->hashed >= u->size) {
		say_digest(u);
		return;
	}
	snprintf(number, sizeof number, "%llu", (unsigned long long)(u->hashed / CHUNK));
	request.params[1].value = number;
	if (transfer_query(&u->t, &request, upload_piece_read, u, &err) != OK)
		upload_give_up(u, &err);
}

static void upload_measure(struct upload *u)
{
	const struct db_loop *loop = u->t.owner->config.loop;
	struct error err = { 0 };

	u->hash = EVP_MD_CTX_new();
	u->pieces = EVP_MD_CTX_new();
	u->bytes = malloc(CHUNK);
	u->patience = loop->after(loop->loop, PATIENCE_MS, tire, u);
	if (u->hash && u->pieces && u->bytes && EVP_DigestInit_ex(u->hash, EVP_sha256(), NULL) == 1 &&
	    EVP_DigestInit_ex(u->pieces, EVP_sha256(), NULL) == 1) {
		read_back(u);
		return;
	}
	error_set(&err, E_NOT_NOW, NULL);
	upload_give_up(u, &err);
}

/* ---- storing ---- */

static void upload_pump(struct upload *u);

static void stored(void *arg, const struct db_result *result, struct error *err)
{
	struct upload *u = arg;
	size_t length = u->size - u->stored < CHUNK ? (size_t)(u->size - u->stored) : CHUNK;
	struct http_request *r = transfer_request(&u->t);

	if (err->code == OK) {
		memmove(u->waiting.data, u->waiting.data + length, u->waiting.length - length);
		u->waiting.length -= length;
		u->stored += length;
		free(u->state);
		u->state = result->text ? strdup(result->text) : NULL;
	}
	u->t.busy = false;
	if (err->code != OK)
		upload_give_up(u, err);
	else
		upload_pump(u);
	/* A file that is complete is hashed whether its sender waits for that or not. */
	if (!u->t.busy && u->t.gone) {
		upload_free(&u->t);
		return;
	}
	if (r && !u->answered && u->paused && u->waiting.length < CHUNK) {
		u->paused = false;
		http_pause(r, false);
	}
}

static void store(struct upload *u, size_t length)
{
	static const char sql[] = "select api.evidence_chunk_put(ticket => $1::bytea, chunk => $2::int4, data => $3::bytea)::text";
	struct db_request request = { .name = "evidence_chunk_put", .sql = sql, .count = 3 };
	struct error err = { 0 };
	char number[24];

	snprintf(number, sizeof number, "%llu", (unsigned long long)(u->stored / CHUNK));
	request.params[1].value = number;
	request.params[2] = (struct db_param){ .value = u->waiting.data, .length = (int)length, .binary = true };
	if (transfer_query(&u->t, &request, stored, u, &err) != OK)
		upload_give_up(u, &err);
}

/* Stores the next piece when it is whole, and ends when there is none and none will come. */
static void upload_pump(struct upload *u)
{
	uint64_t left = u->size - u->stored;
	size_t piece = left < CHUNK ? (size_t)left : CHUNK;

	if (u->t.busy || u->answered)
		return;
	if (piece && u->waiting.length >= piece)
		store(u, piece);
	else if (!left && (u->ended || u->t.gone))
		upload_measure(u);
	else if (u->ended)
		upload_answer(u, 200, NULL);
}

void upload_data(struct http_request *r, const void *bytes, size_t length)
{
	struct upload *u = upload_of(r);
	struct error err = { 0 };

	if (!u || u->answered)
		return;
	if (!buffer_append(&u->waiting, bytes, length)) {
		error_set(&err, E_NOT_NOW, NULL);
		upload_give_up(u, &err);
		return;
	}
	if (!u->paused && u->waiting.length >= CHUNK) {
		u->paused = true;
		http_pause(r, true);
	}
	upload_pump(u);
}

void upload_ended(struct http_request *r)
{
	struct upload *u = upload_of(r);

	if (!u)
		return;
	u->ended = true;
	upload_pump(u);
}

/* ---- beginning ---- */

static uint64_t state_number(const json_t *state, const char *name)
{
	json_int_t n = json_integer_value(json_object_get(state, name));

	return n > 0 ? (uint64_t)n : 0;
}

static enum error_code wrong_offset(uint64_t received, struct error *err)
{
	char data[64];

	error_set(err, E_BUSINESS, "Go on from byte %llu.", (unsigned long long)received);
	snprintf(data, sizeof data, "{\"rule\":\"offset\",\"received\":%llu}", (unsigned long long)received);
	error_set_data(err, data);
	return err->code;
}

/* Whether the request's bytes have their place in the file. No bytes at all fit everywhere: they ask how far it has come. */
static enum error_code fit(struct upload *u, const json_t *state, struct error *err)
{
	const char *evidence = json_string_value(json_object_get(state, "evidence"));
	uint64_t received = state_number(state, "received");

	u->size = state_number(state, "size");
	u->stored = u->length ? u->offset : received;
	if (!evidence || strcmp(evidence, u->t.evidence))
		return error_set(err, E_UNAUTHENTICATED, "This ticket is for another file.");
	if (state_number(state, "chunk_size") != CHUNK)
		return error_set(err, E_INTERNAL, NULL);
	if (!u->length)
		return OK;
	if (u->offset > received || (u->offset % CHUNK && u->offset != u->size))
		return wrong_offset(received, err);
	if ((u->total != UINT64_MAX && u->total != u->size) || u->length > u->size - u->offset)
		return error_set(err, E_PARAMS, "The file has %llu bytes.", (unsigned long long)u->size);
	return OK;
}

static void upload_state_known(void *arg, const struct db_result *result, struct error *err)
{
	struct upload *u = arg;
	json_t *state = err->code == OK && result->text ? json_loadb(result->text, result->length, 0, NULL) : NULL;

	if (upload_settled(u)) {
		json_decref(state);
		return;
	}
	if (err->code == OK)
		fit(u, state, err);
	if (err->code == OK) {
		u->state = strdup(result->text);
		if (u->length == 0 && u->stored == u->size && json_is_true(json_object_get(state, "measured")))
			upload_answer(u, 200, NULL);
		else
			http_accept(transfer_request(&u->t));
	} else {
		upload_give_up(u, err);
	}
	json_decref(state);
}

static void upload_ask_state(struct upload *u, struct error *err)
{
	static const char sql[] = "select api.evidence_upload_state(ticket => $1::bytea)::text";
	struct db_request request = { .name = "evidence_upload_state", .sql = sql, .count = 1 };

	transfer_query(&u->t, &request, upload_state_known, u, err);
}

void upload_begin(struct evidence *e, struct http_request *r, const struct http_transfer *asked)
{
	struct upload *u = calloc(1, sizeof *u);
	struct error err = { 0 };

	if (!u) {
		http_answer(r, 503, NULL, 0);
		return;
	}
	u->t = (struct transfer){ .owner = e, .request = http_id(r) };
	snprintf(u->t.evidence, sizeof u->t.evidence, "%s", asked->id);
	u->offset = asked->offset;
	u->length = asked->length;
	u->total = asked->total;
	buffer_init(&u->waiting, WAITING_MAX);
	list_append(&e->uploads, &u->t.among);
	e->counted.uploads++;
	http_set_user(r, &u->t);
	if (!ticket_digest(asked->ticket, u->t.ticket))
		error_set(&err, E_UNAUTHENTICATED, "Send the ticket that evidence.upload_begin gave.");
	else
		upload_ask_state(u, &err);
	if (err.code != OK)
		upload_give_up(u, &err);
}
