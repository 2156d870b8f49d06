/* call.c - see call.h. Each request goes through the same stations: known method, identified caller, gate, run, answer. */
#include "rpc/call.h"

#include "base/limits.h"
#include "base/log.h"
#include "rpc/bind.h"
#include "rpc/gate.h"
#include "rpc/reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RETRY_AFTER_MS = 1000 };

static struct request *current(const struct call *c)
{
	return &c->requests->items[c->at];
}

/* ---- the end ---- */

static void send_text(struct rpc *r, uint64_t id, const struct buffer *text)
{
	struct peer *peer = dialogue_peer(r, id);
	struct message *m = peer ? message_new(text->data, text->length) : NULL;

	if (m)
		peer_send(peer, m);
	else if (peer)
		peer_close(peer, 1013, "no memory");
	message_drop(m);
}

static void call_free(struct call *c)
{
	requests_free(c->requests);
	buffer_clear(&c->replies);
	error_clear(&c->refusal);
	free(c);
}

static void call_end(struct call *c)
{
	struct dialogue *dialogue = dialogue_find(c->rpc, c->peer);
	struct rpc *r = c->rpc;

	if (c->requests->batch && c->replies.length)
		buffer_append(&c->replies, "]", 1);
	if (c->replies.failed)
		log_warn("reply.too_large", NULL);
	if (dialogue && c->replies.length && !c->replies.failed)
		send_text(r, c->peer, &c->replies);
	else if (dialogue && c->replies.failed)
		peer_close(dialogue_peer(r, c->peer), 1013, "the answer is too large");
	/* Sending may have closed the peer. */
	dialogue = dialogue_find(r, c->peer);
	if (dialogue)
		dialogue_call_ended(dialogue);
	call_free(c);
	rpc_call_ended(r);
}

static void next_request(struct call *c)
{
	method_table_drop(c->table);
	caller_drop(c->caller);
	explicit_bzero(c->token, sizeof c->token);
	error_clear(&c->stale);
	c->table = NULL;
	c->method = NULL;
	c->caller = NULL;
	c->identified = false;
	c->at++;
}

static void call_go(struct call *c);

static void answered(struct call *c)
{
	next_request(c);
	if (!c->stepping)
		call_go(c);
}

/* The place for the next reply; NULL for a notification, which has none. */
static struct buffer *reply_place(struct call *c)
{
	if (!current(c)->id)
		return NULL;
	if (c->requests->batch)
		buffer_append(&c->replies, c->replies.length ? "," : "[", 1);
	return &c->replies;
}

void call_answer(struct call *c, const char *json, size_t length)
{
	struct buffer *out = reply_place(c);

	if (out)
		reply_result(out, current(c)->id, json, length);
	answered(c);
}

void call_answer_json(struct call *c, json_t *value)
{
	char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
	struct error err = { 0 };

	json_decref(value);
	if (text) {
		call_answer(c, text, strlen(text));
		explicit_bzero(text, strlen(text));	/* some answers are secrets, given once */
	} else {
		error_set(&err, E_NOT_NOW, NULL);
		call_refuse(c, &err);
	}
	free(text);
}

void call_refuse(struct call *c, struct error *err)
{
	struct buffer *out = reply_place(c);
	char data[48];

	c->rpc->counted.refusals++;
	if (err->code == E_NOT_NOW && !err->data) {
		snprintf(data, sizeof data, "{\"retry_after_ms\":%d}", RETRY_AFTER_MS);
		error_set_data(err, data);
	}
	if (out)
		reply_error(out, current(c)->id, err);
	error_clear(err);
	answered(c);
}

static void call_refuse_with(struct call *c, enum error_code code, const char *sentence)
{
	struct error err = { 0 };

	if (sentence)
		error_set(&err, code, "%s", sentence);
	else
		error_set(&err, code, NULL);
	call_refuse(c, &err);
}

/* ---- the database ---- */

/* Takes up what the database knows better than what is remembered here. */
static void learn(struct call *c, enum error_code code)
{
	struct dialogue *dialogue = dialogue_find(c->rpc, c->peer);

	if (!dialogue || dialogue->generation != c->generation || !c->caller)
		return;
	if (code != E_UNAUTHENTICATED)
		dialogue_touch(dialogue);
	if (code == E_FORBIDDEN)
		dialogue->may_be_stale = true;
}

/* A session that the database no longer knows takes its peer with it, once the reply is on its way. */
static void refuse_unauthenticated(struct call *c, struct error *err)
{
	struct rpc *r = c->rpc;
	uint64_t peer = c->peer;
	unsigned int generation = c->generation;
	bool signed_in = c->caller;
	struct dialogue *dialogue;

	call_refuse(c, err);
	dialogue = dialogue_find(r, peer);
	if (signed_in && dialogue && dialogue->generation == generation)
		dialogue_end(dialogue, NULL);
}

static void current_done(void *arg, const struct db_result *result, struct error *err)
{
	struct call *c = arg;
	struct buffer data;

	buffer_init(&data, LIMIT_SEND_BYTES);
	if (err->code == OK && result->text) {
		reply_with_member(&data, c->stale.data, "current", result->text, result->length);
		if (!data.failed)
			error_set_data(&c->stale, buffer_text(&data));
	}
	buffer_clear(&data);
	error_clear(err);
	error_move(err, &c->stale);
	call_refuse(c, err);
}

/* What <noun>.get is to be asked for; NULL: not to be known. */
static json_t *current_params(const struct call *c, const struct error *err)
{
	const struct method *m = c->method;
	json_t *params = current(c)->params, *organisation = json_object_get(params, "organisation");
	json_t *data = m->of || !err->data ? NULL : json_loads(err->data, 0, NULL);
	json_t *id = m->of ? json_object_get(params, m->of) : json_object_get(data, "id"), *wanted = NULL;

	if (organisation && (json_is_string(id) || !method_param(m->get, "id")))
		wanted = json_pack("{s:O, s:O*}", "organisation", organisation, "id", id);
	json_decref(data);
	return wanted;
}

/* The record as it is now, read as the caller may read it. False: there is no way to. */
static bool fetch_current(struct call *c, struct error *err)
{
	const struct method *get = c->method->get;
	json_t *params = get ? current_params(c, err) : NULL;
	struct error submit = { 0 };
	struct binding b = { .owned_count = 0 };
	bool submitted;

	submitted = params && bind_method(&b, get, c->token, params, &submit) == OK;
	if (submitted) {
		b.request.done = current_done;
		b.request.arg = c;
		submitted = db_submit(c->rpc->config.db, &b.request, &submit) == OK;
	}
	if (submitted)
		error_move(&c->stale, err);
	bind_clear(&b);
	error_clear(&submit);
	json_decref(params);
	return submitted;
}

static void call_done(void *arg, const struct db_result *result, struct error *err)
{
	struct call *c = arg;

	learn(c, err->code);
	if (err->code == OK)
		call_answer(c, result->text, result->length);
	else if (err->code == E_UNAUTHENTICATED)
		refuse_unauthenticated(c, err);
	else if (err->code != E_STALE || !fetch_current(c, err))
		call_refuse(c, err);
}

void call_query(struct call *c, const struct db_request *request)
{
	struct db_request mine = *request;
	struct error err = { 0 };

	mine.done = call_done;
	mine.arg = c;
	if (db_submit(c->rpc->config.db, &mine, &err) != OK)
		call_refuse(c, &err);
}

static void run_statement(struct call *c)
{
	struct error err = { 0 };
	struct binding b;

	if (bind_method(&b, c->method, c->token, current(c)->params, &err) == OK)
		call_query(c, &b.request);
	else
		call_refuse(c, &err);
	bind_clear(&b);
}

/* ---- the stations ---- */

/* Copies everything that the request needs to know of its dialogue: that may go. */
static void take_identity(struct call *c, const struct dialogue *dialogue)
{
	c->caller = caller_hold(dialogue->caller);
	c->generation = dialogue->generation;
	memcpy(c->token, dialogue->token, TOKEN_SIZE);
}

static bool gate(struct call *c, struct error *err)
{
	json_t *params = current(c)->params;

	return gate_params(c->method, params, true, err) == OK &&
		gate_roles(c->method, c->caller, json_string_value(json_object_get(params, "organisation")), err) == OK;
}

static void call_run(struct call *c)
{
	struct error err = { 0 };

	if (!gate(c, &err))
		call_refuse(c, &err);
	else if (c->method->run)
		c->method->run(c->method->arg, c, current(c)->params);
	else
		run_statement(c);
}

/* Without a dialogue the rest of a batch is not begun: nobody is there whose it could be. */
static void identify_and_run(struct call *c)
{
	struct dialogue *dialogue = dialogue_find(c->rpc, c->peer);
	bool anyone = c->method->roles & ROLE_ANYONE;

	if (!dialogue) {
		call_refuse_with(c, E_UNAUTHENTICATED, NULL);
		return;
	}
	if (!anyone && !c->identified && !dialogue_identified(dialogue)) {
		list_append(&dialogue->waiting, &c->parked);
		return;
	}
	take_identity(c, dialogue);
	if (anyone || c->caller)
		call_run(c);
	else
		call_refuse_with(c, dialogue->has_token ? E_NOT_NOW : E_UNAUTHENTICATED, NULL);
}

static void call_begin(struct call *c)
{
	struct request *r = current(c);
	struct error err = { 0 };

	c->rpc->counted.calls++;
	if (c->refusal.code != OK) {
		error_set(&err, c->refusal.code, "%s", c->refusal.message);
		if (c->refusal.data)
			error_set_data(&err, c->refusal.data);
		call_refuse(c, &err);
		return;
	}
	if (r->wrong.code != OK) {
		error_move(&err, &r->wrong);
		call_refuse(c, &err);
		return;
	}
	if (!c->rpc->table) {
		call_refuse_with(c, E_NOT_NOW, NULL);
		return;
	}
	c->method = method_find(c->rpc->table, r->method);
	if (!c->method) {
		call_refuse_with(c, E_METHOD, "There is no such method.");
		return;
	}
	c->table = method_table_hold(c->rpc->table);
	identify_and_run(c);
}

/* Works on one request after the other, until one is not answered at once. */
static void call_go(struct call *c)
{
	size_t at;

	while (c->at < c->requests->count) {
		at = c->at;
		c->stepping = true;
		call_begin(c);
		c->stepping = false;
		if (c->at == at)
			return;
	}
	call_end(c);
}

void call_resume(struct call *c)
{
	size_t at = c->at;

	list_remove(&c->parked);
	c->identified = true;
	c->stepping = true;
	identify_and_run(c);
	c->stepping = false;
	if (c->at != at)
		call_go(c);
}

void call_start(struct dialogue *dialogue, struct requests *requests, struct error *refusal)
{
	struct rpc *r = dialogue->rpc;
	struct call *c = calloc(1, sizeof *c);
	struct peer *peer = dialogue_peer(r, dialogue->peer);

	if (!c) {
		requests_free(requests);
		error_clear(refusal);
		peer_close(peer, 1013, "no memory");
		return;
	}
	list_init(&c->parked);
	buffer_init(&c->replies, LIMIT_SEND_BYTES);
	c->rpc = r;
	c->peer = dialogue->peer;
	c->requests = requests;
	snprintf(c->address, sizeof c->address, "%s", peer_address(peer));
	error_move(&c->refusal, refusal);
	r->calls++;
	dialogue_call_began(dialogue);
	call_go(c);
}

void call_refuse_message(struct rpc *r, uint64_t peer, const struct error *err)
{
	struct buffer text;

	buffer_init(&text, LIMIT_SEND_BYTES);
	r->counted.refusals++;
	reply_error(&text, "null", err);
	if (!text.failed)
		send_text(r, peer, &text);
	buffer_clear(&text);
}

/* ---- what handlers ask ---- */

uint64_t call_peer(const struct call *c)
{
	return c->peer;
}

const char *call_address(const struct call *c)
{
	return c->address;
}

const char *call_person(const struct call *c)
{
	return c->caller ? c->caller->person : NULL;
}

const char *call_session(const struct call *c)
{
	return c->caller ? c->caller->session : NULL;
}

const unsigned char *call_token(const struct call *c)
{
	return c->caller ? c->token : NULL;
}

const char *call_organisation(const struct call *c)
{
	return json_string_value(json_object_get(current(c)->params, "organisation"));
}

bool call_is_member(const struct call *c, const char *organisation)
{
	return c->caller && caller_roles(c->caller, organisation);
}
