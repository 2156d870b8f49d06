/* rpc.c - see rpc.h. */
#include "rpc/rpc.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "rpc/call.h"
#include "rpc/can.h"
#include "rpc/dialogue.h"
#include "rpc/discover.h"
#include "rpc/state.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* From one reading of the catalogue to the next that nobody told us to do: a method that fails for a reason of its own
 * does not make us read without end. */
enum { CATALOGUE_PAUSE_MS = 500 };

/* ---- methods in C ---- */

enum error_code rpc_declare(struct rpc *r, const char *declaration, method_run_fn run, void *arg, struct error *err)
{
	struct declared *d = calloc(1, sizeof *d);

	if (!d)
		return error_set(err, E_NOT_NOW, NULL);
	*d = (struct declared){ .next = r->declared, .run = run, .arg = arg };
	d->entry = json_loads(declaration, JSON_REJECT_DUPLICATES, NULL);
	if (!d->entry) {
		free(d);
		return error_set(err, E_INTERNAL, "A method's declaration is not JSON: %.80s", declaration);
	}
	r->declared = d;
	return OK;
}

enum error_code rpc_declare_event(struct rpc *r, const char *declaration, struct error *err)
{
	json_t *event = json_loads(declaration, JSON_REJECT_DUPLICATES, NULL);

	if (!event)
		return error_set(err, E_INTERNAL, "An event's declaration is not JSON: %.80s", declaration);
	return json_array_append_new(r->events, event) ? error_set(err, E_NOT_NOW, NULL) : OK;
}

/* Who has not signed in may wait for the whole description, and for little beside it. */
static void allow_description(struct rpc *r)
{
	if (r->peers && r->table)
		peers_allow_answer(r->peers, r->table->description.text ? r->table->description.length : 0);
}

/* The description of a table, written when it is first asked for: the start of a server has no time for it. NULL with
 * err set: there is no memory. */
static struct description *describe(struct rpc *r, struct method_table *t, struct error *err)
{
	struct description *d = &t->description;

	if (!d->text && !*d->refusal && discover_write(t, r->events, r->config.version, err) != OK)
		return NULL;
	allow_description(r);
	return d;
}

static void discover_all(struct rpc *r, struct call *c)
{
	struct error err = { 0 };
	const struct description *d = describe(r, c->table, &err);

	if (d && d->text) {
		call_answer(c, d->text, d->length);
		return;
	}
	if (d) {
		error_set(&err, E_PARAMS, "%s", d->refusal);
		error_set_data(&err, "{\"params\":[{\"name\":\"noun\",\"problem\":\"is required\"}]}");
	}
	call_refuse(c, &err);
}

static void discover(void *arg, struct call *c, const json_t *params)
{
	const char *noun = json_string_value(json_object_get(params, "noun"));
	struct rpc *r = arg;
	struct error err = { 0 };
	char *text;

	if (!noun) {
		discover_all(r, c);
		return;
	}
	text = discover_noun(c->table, noun, r->config.version, &err);
	if (text)
		call_answer(c, text, strlen(text));
	else
		call_refuse(c, &err);
	free(text);
}

static enum error_code declare_own(struct rpc *r, struct error *err)
{
	static const char discovery[] = "{\"name\":\"rpc.discover\",\"doc\":\"This interface, as an OpenRPC document.\",\"roles\":[\"anyone\"],"
		"\"access\":\"read\",\"organisation\":false,\"result\":{\"type\":\"object\"},"
		"\"params\":[{\"name\":\"noun\",\"type\":\"text\",\"required\":false,\"schema\":{\"maxLength\":100},"
		"\"doc\":\"Only the methods of this noun, and the records that they speak of.\"}]}";

	if (rpc_declare(r, discovery, discover, r, err) != OK)
		return err->code;
	return dialogue_declare(r, err) == OK ? can_declare(r, err) : err->code;
}

/* ---- the catalogue ---- */

static void read_catalogue(struct rpc *r);

static void retry(void *arg)
{
	struct rpc *r = arg;

	r->retry = NULL;
	read_catalogue(r);
}

static void read_later(struct rpc *r, int64_t ms)
{
	if (!r->retry && !r->draining)
		r->retry = r->config.loop->after(r->config.loop->loop, (unsigned int)ms, retry, r);
}

static struct method_table *make_table(struct rpc *r, const struct db_result *result, struct error *err)
{
	json_t *catalogue = result->text ? json_loadb(result->text, result->length, 0, NULL) : NULL;

	if (!json_is_object(catalogue)) {
		json_decref(catalogue);
		error_set(err, E_INTERNAL, "The database's catalogue of methods cannot be read.");
		return NULL;
	}
	return method_table_new(catalogue, r->declared, err);
}

/* Calls go on with the table there was until the next one is whole; those under way end with the one of their own. */
static void take_table(struct rpc *r, const struct db_result *result, struct error *err)
{
	struct method_table *t = make_table(r, result, err);

	if (t) {
		method_table_drop(r->table);
		r->table = t;
		allow_description(r);
		log_info("catalogue.read", "methods=%zu release=%s", t->count, method_release(t));
	}
	r->ready(r->ready_arg, err);
}

/* A database that is away is waited for; a catalogue that does not fit is for whoever started us to hear. */
static void catalogue_read(void *arg, const struct db_result *result, struct error *err)
{
	struct rpc *r = arg;
	bool unchanged = r->table && err->code == OK && !result->text;

	r->reading = false;
	r->read_at = clock_ms();
	if (err->code == E_NOT_NOW) {
		read_later(r, CATALOGUE_PAUSE_MS);
		return;
	}
	if (err->code != OK)
		r->ready(r->ready_arg, err);
	else if (!unchanged)
		take_table(r, result, err);
	if (r->again)
		read_catalogue(r);
}

/* Answers nothing when the release is that of the table at hand. */
static void read_catalogue(struct rpc *r)
{
	struct db_request request = { .kind = DB_READ, .name = "catalogue", .done = catalogue_read, .arg = r, .count = 1,
		.sql = "select meta.described($1)",
		.params = { { .value = rpc_release(r) } } };
	struct error err = { 0 };

	r->again = r->reading;
	if (r->reading)
		return;
	r->reading = db_submit(r->config.db, &request, &err) == OK;
	if (!r->reading)
		read_later(r, CATALOGUE_PAUSE_MS);
	error_clear(&err);
}

static void rpc_sweep(void *arg)
{
	struct rpc *r = arg;

	dialogue_sweep(r);
	r->sweep = r->config.loop->after(r->config.loop->loop, SESSION_SWEEP_MS, rpc_sweep, r);
}

enum error_code rpc_start(struct rpc *r, rpc_ready_fn ready, void *arg, struct error *err)
{
	r->ready = ready;
	r->ready_arg = arg;
	r->sweep = r->config.loop->after(r->config.loop->loop, SESSION_SWEEP_MS, rpc_sweep, r);
	if (!r->sweep)
		return error_set(err, E_NOT_NOW, NULL);
	read_catalogue(r);
	return OK;
}

void rpc_reload(struct rpc *r)
{
	read_catalogue(r);
}

void rpc_reload_soon(struct rpc *r)
{
	int64_t pause = CATALOGUE_PAUSE_MS - (clock_ms() - r->read_at);

	read_later(r, r->reading ? CATALOGUE_PAUSE_MS : pause > 0 ? pause : 0);
}

bool rpc_ready(const struct rpc *r)
{
	return r->table && !r->draining;
}

const char *rpc_release(const struct rpc *r)
{
	return r->table ? method_release(r->table) : NULL;
}

const struct description *rpc_description(struct rpc *r)
{
	struct error err = { 0 };
	struct description *d = r->table ? describe(r, r->table, &err) : NULL;

	if (d)
		description_pack(d);
	error_clear(&err);
	return d;
}

/* ---- peers ---- */

static void rpc_peer_opened(void *arg, struct peer *peer)
{
	dialogue_opened(arg, peer);
}

static void rpc_peer_closed(void *arg, struct peer *peer)
{
	dialogue_closed(arg, peer);
}

static void judge_message(struct dialogue *c, size_t calls, struct error *refusal)
{
	unsigned int wait = dialogue_charge(c, calls);
	char data[48];

	if (wait) {
		snprintf(data, sizeof data, "{\"retry_after_ms\":%u}", wait);
		error_set(refusal, E_SLOW_DOWN, NULL);
		error_set_data(refusal, data);
	} else if (!rpc_ready(c->rpc)) {
		error_set(refusal, E_NOT_NOW, NULL);
	}
}

static void rpc_peer_text(void *arg, struct peer *peer, const char *bytes, size_t length)
{
	struct rpc *r = arg;
	struct dialogue *c = peer_user(peer);
	struct error err = { 0 };
	struct requests *requests;

	if (!c)
		return;
	requests = requests_parse(bytes, length, LIMIT_MESSAGE, &err);
	if (requests) {
		judge_message(c, requests->count, &err);
		call_start(c, requests, &err);
	} else {
		dialogue_charge(c, 1);
		call_refuse_message(r, peer_id(peer), &err);
	}
	error_clear(&err);
}

static bool rpc_peer_busy(void *arg, struct peer *peer)
{
	(void)arg;
	return dialogue_busy(peer);
}

struct peer_handler rpc_peer_handler(struct rpc *r)
{
	return (struct peer_handler){ .opened = rpc_peer_opened, .text = rpc_peer_text, .closed = rpc_peer_closed,
		.busy = rpc_peer_busy, .arg = r };
}

/* ---- what others tell ---- */

void rpc_roles_changed(struct rpc *r, const char *person)
{
	struct list *node, *after;

	LIST_EACH(node, after, people_of(r, person)) {
		struct dialogue *c = LIST_ITEM(node, struct dialogue, person);

		if (!strcasecmp(c->caller->person, person))
			c->may_be_stale = true;
	}
}

void rpc_session_ended(struct rpc *r, const char *session, const char *reason)
{
	struct list *node;
	bool found = true;

	/* Ending one may end others, so that the list is walked anew after each. */
	while (found) {
		found = false;
		for (node = r->dialogues.next; node != &r->dialogues && !found; node = node->next) {
			struct dialogue *c = LIST_ITEM(node, struct dialogue, all);

			found = c->caller && !c->leaving && !strcasecmp(c->caller->session, session);
			if (found)
				dialogue_end(c, reason);
		}
	}
}

bool rpc_signed_in(struct rpc *r, uint64_t peer, const unsigned char token[TOKEN_SIZE])
{
	struct dialogue *c = dialogue_find(r, peer);

	if (!c || (c->has_token && CRYPTO_memcmp(c->token, token, TOKEN_SIZE)))
		return false;
	if (!c->has_token)
		dialogue_sign_in(c, token);
	return true;
}

void rpc_signing_out(struct rpc *r, uint64_t peer)
{
	struct dialogue *c = dialogue_find(r, peer);

	if (c)
		dialogue_leaves(c);
}

void rpc_not_signed_out(struct rpc *r, uint64_t peer)
{
	struct dialogue *c = dialogue_find(r, peer);

	if (c)
		dialogue_stays(c);
}

void rpc_signed_out(struct rpc *r, uint64_t peer)
{
	struct dialogue *c = dialogue_find(r, peer);

	if (c)
		dialogue_end(c, "signed_out");
}

void rpc_on_closed(struct rpc *r, void (*fn)(void *arg, uint64_t peer), void *arg)
{
	r->closed = fn;
	r->closed_arg = arg;
}

/* ---- life ---- */

static void tell_drained(void *arg)
{
	struct rpc *r = arg;
	void (*drained)(void *) = r->drained;

	r->drained = NULL;
	if (drained)
		drained(r->drained_arg);
}

void rpc_call_ended(struct rpc *r)
{
	if (--r->calls == 0 && r->draining)
		tell_drained(r);
}

void rpc_drain(struct rpc *r, void (*drained)(void *arg), void *arg)
{
	r->draining = true;
	r->drained = drained;
	r->drained_arg = arg;
	if (!r->calls && !r->config.loop->after(r->config.loop->loop, 0, tell_drained, r))
		tell_drained(r);
}

void rpc_statistics(const struct rpc *r, struct rpc_statistics *out)
{
	*out = r->counted;
	out->in_flight = r->calls;
	out->dialogues = r->dialogue_count;
}

void rpc_attach(struct rpc *r, struct peers *peers)
{
	r->peers = peers;
	allow_description(r);
}

struct rpc *rpc_new(const struct rpc_config *config, struct error *err)
{
	struct rpc *r = calloc(1, sizeof *r);

	if (!r) {
		error_set(err, E_NOT_NOW, NULL);
		return NULL;
	}
	r->config = *config;
	if (r->config.calls_per_second <= 0)
		r->config.calls_per_second = 500;
	if (r->config.calls_burst <= 0)
		r->config.calls_burst = 1000;
	list_init(&r->dialogues);
	for (int i = 0; i < PEOPLE_BUCKETS; i++)
		list_init(&r->people[i]);
	r->events = json_array();
	if (r->events && declare_own(r, err) == OK)
		return r;
	if (!r->events)
		error_set(err, E_NOT_NOW, NULL);
	rpc_free(r);
	return NULL;
}

void rpc_free(struct rpc *r)
{
	if (!r)
		return;
	if (r->retry)
		r->config.loop->cancel(r->retry);
	if (r->sweep)
		r->config.loop->cancel(r->sweep);
	while (r->declared) {
		struct declared *d = r->declared;

		r->declared = d->next;
		json_decref(d->entry);
		free(d);
	}
	method_table_drop(r->table);
	json_decref(r->events);
	free(r);
}
