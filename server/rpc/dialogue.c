/* dialogue.c - see dialogue.h. */
#include "rpc/dialogue.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "rpc/call.h"

#include <stdlib.h>
#include <string.h>

enum { CLOCK_SKEW_MS = 5000 };	/* between the database's clock and ours: no asking again so soon */

struct peer *dialogue_peer(const struct rpc *r, uint64_t peer)
{
	return r->peers ? peer_find(r->peers, peer) : NULL;
}

struct dialogue *dialogue_find(const struct rpc *r, uint64_t peer)
{
	struct peer *p = dialogue_peer(r, peer);

	return p ? peer_user(p) : NULL;
}

/* ---- who it is ---- */

struct list *people_of(struct rpc *r, const char *person)
{
	unsigned int h = 5381;

	for (; *person; person++)
		h = h * 33 + (unsigned char)*person;
	return &r->people[h % PEOPLE_BUCKETS];
}

static void set_caller(struct dialogue *c, struct caller *caller)
{
	list_remove(&c->person);
	caller_drop(c->caller);
	c->caller = caller;
	c->known_at = clock_ms();
	c->may_be_stale = false;
	if (caller)
		list_append(people_of(c->rpc, caller->person), &c->person);
}

static void run_waiting(struct dialogue *c)
{
	struct list waiting, *node;

	list_init(&waiting);
	while ((node = list_first(&c->waiting)))
		list_move(&waiting, node);
	/* c may go while they run: it is not looked at again. */
	while ((node = list_first(&waiting)))
		call_resume(LIST_ITEM(node, struct call, parked));
}

static void forget_token(struct dialogue *c)
{
	explicit_bzero(c->token, sizeof c->token);
	c->has_token = false;
	c->generation++;
	c->identity = NOBODY;
	set_caller(c, NULL);
}

struct asking {
	struct rpc *rpc;
	uint64_t peer;
	unsigned int generation;
};

/* What waits is answered as it would be without a session; after E_NOT_NOW the next call asks again. */
static void not_identified(struct dialogue *c, const struct error *err)
{
	if (err->code == E_UNAUTHENTICATED)
		forget_token(c);
	else
		set_caller(c, NULL);
	c->identity = NOBODY;
	run_waiting(c);
}

/* ---- the end of its session ---- */

static const char ending_declaration[] =
	"{\"name\":\"session.ending\",\"doc\":\"The session of this connection ends soon: said ten minutes before, and two. A call puts off the end of one that "
	"is idle.\",\"params\":{\"type\":\"object\",\"properties\":{\"reason\":{\"type\":\"string\",\"enum\":[\"idle\",\"over\"]},"
	"\"at\":{\"type\":\"string\",\"format\":\"date-time\"}},\"required\":[\"reason\",\"at\"],\"additionalProperties\":false}}";
static const char ended_declaration[] =
	"{\"name\":\"session.ended\",\"doc\":\"The session of this connection has ended; the close follows. Not sent where the reason is not known.\",\"params\":{"
	"\"type\":\"object\",\"properties\":{\"reason\":{\"type\":\"string\",\"enum\":[\"idle\",\"over\",\"signed_out\",\"revoked\",\"password\",\"disabled\"]}},"
	"\"required\":[\"reason\"],\"additionalProperties\":false}}";

enum error_code dialogue_declare(struct rpc *r, struct error *err)
{
	return rpc_declare_event(r, ending_declaration, err) == OK ? rpc_declare_event(r, ended_declaration, err) : err->code;
}

/* Takes params. */
static void notify(struct peer *peer, const char *method, json_t *params)
{
	json_t *whole = json_pack("{s:s, s:s, s:o}", "jsonrpc", "2.0", "method", method, "params", params);
	char *text = whole ? json_dumps(whole, JSON_COMPACT) : NULL;
	struct message *m = text ? message_new(text, strlen(text)) : NULL;

	if (m)
		peer_send(peer, m);
	message_drop(m);
	free(text);
	json_decref(whole);
}

/* By id, because whatever ran before may have closed it. */
static void close_ended(const struct rpc *r, uint64_t id, const char *reason)
{
	struct peer *peer = dialogue_peer(r, id);

	if (peer && reason)
		notify(peer, "session.ended", json_pack("{s:s}", "reason", reason));
	if (peer)
		peer_close(peer, CLOSE_SESSION_ENDED, "the session has ended");
}

/* Why a session that is no more has ended, as far as the clock tells. */
static const char *reason_by_clock(const struct caller *c)
{
	if (!c || c->ends_ms > clock_wall_ms() + CLOCK_SKEW_MS)
		return NULL;
	return c->ends_idle ? "idle" : "over";
}

/* How often it is to have been told of its end by now. */
static int warnings_due(const struct caller *c)
{
	int64_t left = c->ends_ms - clock_wall_ms();

	return (left <= ENDING_MS) + (left <= ENDING_SOON_MS);
}

static void dialogue_warn(struct dialogue *c, struct peer *peer)
{
	int due = warnings_due(c->caller);

	if (due > c->warned)
		notify(peer, "session.ending", json_pack("{s:s, s:s}", "reason", c->caller->ends_idle ? "idle" : "over", "at", c->caller->ends_at));
	c->warned = due;
}

static void identified(struct dialogue *c, struct caller *caller)
{
	struct peer *peer = dialogue_peer(c->rpc, c->peer);

	set_caller(c, caller);
	c->identity = KNOWN;
	peer_signed_in(peer);
	dialogue_warn(c, peer);
	run_waiting(c);
}

static void session_told(void *arg, const struct db_result *result, struct error *err)
{
	struct asking *a = arg;
	struct dialogue *c = dialogue_find(a->rpc, a->peer);
	struct caller *caller = NULL;
	const char *reason;

	if (!c || c->generation != a->generation || c->identity != ASKING)
		goto out;
	if (err->code == OK)
		caller = result->text ? caller_new(result->text, result->length) : NULL;
	if (err->code == OK && !caller) {
		log_error("session.unreadable", NULL);
		error_set(err, E_NOT_NOW, NULL);
	}
	if (caller) {
		identified(c, caller);
		goto out;
	}
	reason = reason_by_clock(c->caller);
	not_identified(c, err);
	if (err->code == E_UNAUTHENTICATED)
		close_ended(a->rpc, a->peer, reason);
out:
	free(a);
}

static bool dialogue_ask(struct dialogue *c)
{
	static const char sql[] = "select api.session_info(session => $1::bytea)::text";
	struct db_request request = { .kind = DB_READ, .name = "session_info", .sql = sql, .count = 1, .done = session_told };
	struct asking *a = malloc(sizeof *a);
	struct error err = { 0 };
	bool submitted = false;

	if (!a)
		return false;
	*a = (struct asking){ .rpc = c->rpc, .peer = c->peer, .generation = c->generation };
	request.params[0] = (struct db_param){ .value = (const char *)c->token, .length = TOKEN_SIZE, .binary = true };
	request.arg = a;
	submitted = db_submit(c->rpc->config.db, &request, &err) == OK;
	if (submitted)
		c->identity = ASKING;
	else
		free(a);
	error_clear(&err);
	return submitted;
}

static bool is_fresh(const struct dialogue *c)
{
	int64_t age = clock_ms() - c->known_at;

	if (c->may_be_stale || age > CALLER_FRESH_MS)
		return false;
	return c->caller->ends_ms > clock_wall_ms() || age < CLOCK_SKEW_MS;
}

bool dialogue_identified(struct dialogue *c)
{
	if (c->identity == ASKING)
		return false;
	if (!c->has_token || (c->caller && is_fresh(c)))
		return true;
	if (dialogue_ask(c))
		return false;
	/* The database is away: what was known is dropped, and the call will hear that it is not now. */
	set_caller(c, NULL);
	c->identity = NOBODY;
	return true;
}

void dialogue_sign_in(struct dialogue *c, const unsigned char token[TOKEN_SIZE])
{
	forget_token(c);
	memcpy(c->token, token, TOKEN_SIZE);
	c->has_token = true;
	c->touched_at = clock_ms();
	dialogue_ask(c);
}

void dialogue_end(struct dialogue *c, const char *reason)
{
	struct rpc *r = c->rpc;
	uint64_t id = c->peer;

	reason = reason ? reason : reason_by_clock(c->caller);
	forget_token(c);
	run_waiting(c);
	close_ended(r, id, reason);
}

void dialogue_leaves(struct dialogue *c)
{
	c->leaving = true;
}

void dialogue_stays(struct dialogue *c)
{
	c->leaving = false;
	c->may_be_stale = true;
	if (c->has_token && c->identity != ASKING)
		dialogue_ask(c);
}

static void touched(void *arg, const struct db_result *result, struct error *err)
{
	(void)arg;
	(void)result;
	if (err->code != OK && err->code != E_UNAUTHENTICATED)
		log_warn("session.touch_failed", "code=%d", (int)err->code);
}

void dialogue_touch(struct dialogue *c)
{
	static const char sql[] = "select api.session_touch(session => $1::bytea)::text";
	struct db_request request = { .kind = DB_WRITE, .name = "session_touch", .sql = sql, .count = 1, .done = touched };
	struct error err = { 0 };

	if (!c->has_token || clock_ms() - c->touched_at < TOUCH_MS)
		return;
	c->touched_at = clock_ms();
	request.params[0] = (struct db_param){ .value = (const char *)c->token, .length = TOKEN_SIZE, .binary = true };
	db_submit(c->rpc->config.db, &request, &err);
	error_clear(&err);
}

/* ---- flow ---- */

static void refill(struct dialogue *c)
{
	int64_t now = clock_ms();
	double more = (double)(now - c->refilled_at) * c->rpc->config.calls_per_second / 1000;

	c->refilled_at = now;
	c->allowance += more;
	if (c->allowance > c->rpc->config.calls_burst)
		c->allowance = c->rpc->config.calls_burst;
}

static unsigned int until_paid_ms(const struct dialogue *c)
{
	return c->allowance < 0 ? (unsigned int)(-c->allowance * 1000 / c->rpc->config.calls_per_second) + 1 : 0;
}

static void update_flow(struct dialogue *c);

static void dialogue_resume(void *arg)
{
	struct dialogue *c = arg;

	c->resume = NULL;
	refill(c);
	update_flow(c);
}

/* Reading stops while too much is under way or while the allowance is overdrawn, and goes on by itself. */
static void update_flow(struct dialogue *c)
{
	const struct db_loop *loop = c->rpc->config.loop;
	bool pause = c->allowance < 0 || c->calls >= LIMIT_CALLS_PER_PEER;
	struct peer *peer = dialogue_peer(c->rpc, c->peer);

	if (c->allowance < 0 && !c->resume)
		c->resume = loop->after(loop->loop, until_paid_ms(c), dialogue_resume, c);
	if (pause == c->paused || !peer)
		return;
	c->paused = pause;
	c->rpc->counted.slowed += pause;
	peer_pause(peer, pause);
}

unsigned int dialogue_charge(struct dialogue *c, size_t n)
{
	refill(c);
	/* What arrives although reading was stopped had been on its way; only so much of it is taken. Who has not signed in has little to do. */
	if (c->allowance < -(double)LIMIT_CALLS_PER_PEER || c->calls >= (c->has_token ? 2 * LIMIT_CALLS_PER_PEER : CALLS_OF_NOBODY))
		return until_paid_ms(c) + 100;
	c->allowance -= (double)n;
	update_flow(c);
	return 0;
}

void dialogue_call_began(struct dialogue *c)
{
	c->calls++;
	update_flow(c);
}

void dialogue_call_ended(struct dialogue *c)
{
	c->calls--;
	update_flow(c);
}

/* ---- life ---- */

static void dialogue_take_credential(struct dialogue *c, struct peer *peer)
{
	bool from_cookie;
	const char *text = peer_credential(peer, &from_cookie);
	unsigned char token[TOKEN_SIZE];

	if (!text)
		return;
	if (token_read(text, token, NULL))
		dialogue_sign_in(c, token);
	else
		peer_close(peer, CLOSE_SESSION_ENDED, "this is no token");
	explicit_bzero(token, sizeof token);
	peer_credential_wipe(peer);
}

void dialogue_opened(struct rpc *r, struct peer *peer)
{
	struct dialogue *c = calloc(1, sizeof *c);

	if (!c) {
		peer_close(peer, 1013, "no memory");
		return;
	}
	list_init(&c->person);
	list_init(&c->waiting);
	c->rpc = r;
	c->peer = peer_id(peer);
	c->allowance = r->config.calls_burst;
	c->refilled_at = clock_ms();
	list_append(&r->dialogues, &c->all);
	r->dialogue_count++;
	peer_set_user(peer, c);
	dialogue_take_credential(c, peer);
}

bool dialogue_busy(const struct peer *peer)
{
	const struct dialogue *c = peer_user(peer);

	return c && (c->calls > 0 || c->identity == ASKING);
}

void dialogue_closed(struct rpc *r, struct peer *peer)
{
	struct dialogue *c = peer_user(peer);

	if (r->closed)
		r->closed(r->closed_arg, peer_id(peer));
	if (!c)
		return;
	peer_set_user(peer, NULL);
	list_remove(&c->all);
	r->dialogue_count--;
	if (c->resume)
		r->config.loop->cancel(c->resume);
	forget_token(c);
	run_waiting(c);
	free(c);
}

void dialogue_sweep(struct rpc *r)
{
	struct list *node, *after;
	int64_t now = clock_ms(), wall = clock_wall_ms();
	int asked = 0;

	LIST_EACH(node, after, &r->dialogues) {
		struct dialogue *c = LIST_ITEM(node, struct dialogue, all);
		int64_t age = now - c->known_at;

		if (!c->has_token || c->identity == ASKING || asked >= SESSION_SWEEP_ASKS)
			continue;
		if ((c->caller && (c->caller->ends_ms <= wall || warnings_due(c->caller) > c->warned) && age >= CLOCK_SKEW_MS) || age >= CALLER_CHECK_MS)
			asked += dialogue_ask(c);
	}
}
