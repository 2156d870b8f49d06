/* subscribe.c - events.subscribe: reads page by page what was missed, then joins the stream where the last page ended.
 *
 * The last page says, of one moment: the ledger's last position P, and which tokens are held there. The ring has what came after P; played to
 * the new subscription, with what it does to its tokens, it brings it to where everybody else stands: no hole, no repeat. */
#include "live/state.h"

#include "base/limits.h"
#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	PAGE = 500, PAGE_PAUSE_MS = 20, ROUNDS_MAX = 5,
	WAITING_MOST = 100,		/* messages that still wait for the reader when the next page is read */
	STALLED_MS = LIMIT_SILENCE_MS,	/* of a reader who takes nothing */
};

static const char subscribe_declaration[] =
	"{\"name\":\"events.subscribe\",\"doc\":\"Sends a notification `event` for each change that the caller may see, from now on or from where it "
	"was cut off; what was missed comes before the answer.\",\"roles\":[\"member\"],\"access\":\"read\",\"organisation\":true,\"params\":["
	"{\"name\":\"after\",\"type\":\"int8\",\"required\":false,\"schema\":{\"minimum\":0},\"doc\":\"The last position seen; absent: from now on.\"},"
	"{\"name\":\"incarnation\",\"type\":\"uuid\",\"required\":false,\"doc\":\"The incarnation that the answer to the earlier subscription named.\"}],"
	"\"result\":{\"type\":\"object\",\"properties\":{"
	"\"position\":{\"type\":\"integer\",\"description\":\"Everything up to here has been sent, or was not for the caller.\"},"
	"\"incarnation\":{\"type\":\"string\",\"format\":\"uuid\",\"description\":\"Of the ledger: another one after it was restored.\"},"
	"\"resync\":{\"type\":\"boolean\",\"description\":\"`after` is too old, or not of this ledger: read anew; events follow from `position`.\"}},"
	"\"required\":[\"position\",\"incarnation\",\"resync\"],\"additionalProperties\":false}}";

static const char unsubscribe_declaration[] =
	"{\"name\":\"events.unsubscribe\",\"doc\":\"Ends the subscription to an organisation's events.\",\"roles\":[\"member\"],\"access\":\"read\","
	"\"organisation\":true,\"params\":[],\"result\":{\"type\":\"object\",\"properties\":{\"subscribed\":{\"type\":\"boolean\","
	"\"description\":\"Whether there was one.\"}},\"required\":[\"subscribed\"],\"additionalProperties\":false}}";

static const char event_declaration[] =
	"{\"name\":\"event\",\"doc\":\"Something that the subscriber may see has happened; the record's method tells what it is now.\",\"params\":{"
	"\"type\":\"object\",\"properties\":{\"organisation\":{\"type\":\"string\",\"format\":\"uuid\"},"
	"\"position\":{\"type\":\"integer\",\"description\":\"Where it stands in the one order of all events; a client resumes after it.\"},"
	"\"at\":{\"type\":\"string\",\"format\":\"date-time\"},\"actor\":{\"type\":[\"string\",\"null\"],\"format\":\"uuid\"},"
	"\"kind\":{\"type\":\"string\",\"description\":\"noun.created, noun.STATE, noun.changed, noun.removed; token.gained, token.changed, token.lost\"},"
	"\"subject\":{\"type\":\"string\",\"format\":\"uuid\"},\"version\":{\"type\":[\"integer\",\"null\"]}},"
	"\"required\":[\"organisation\",\"position\",\"at\",\"actor\",\"kind\",\"subject\",\"version\"],\"additionalProperties\":false}}";

static const char resync_declaration[] =
	"{\"name\":\"resync\",\"doc\":\"The subscription has ended, because the ledger is not the one that was followed: subscribe again without "
	"`after`, and read anew.\",\"params\":{\"type\":\"object\",\"properties\":{\"organisation\":{\"type\":\"string\",\"format\":\"uuid\"}},"
	"\"required\":[\"organisation\"],\"additionalProperties\":false}}";

struct joining {
	struct list node;		/* in live->joining */
	struct live *live;
	struct call *call;		/* answered last of all */
	uint64_t peer;
	struct uuid organisation, person;
	int64_t after;			/* -1: from now on */
	char incarnation[UUID_WRITTEN];	/* "" for none */
	bool anew;			/* an earlier page said resync */
	bool over;			/* the peer has gone, has unsubscribed or subscribed again */
	bool reading;			/* a page is being read for it */
	unsigned int waiting;		/* messages that waited for the reader when last looked at */
	unsigned int stalled_ms;	/* for how long they have not become fewer */
	int rounds;			/* last pages that were too old for the ring */
	void *pause;			/* timer */
};

static void joining_ask(struct joining *j);

static void joining_free(struct joining *j)
{
	if (j->pause)
		j->live->config.loop->cancel(j->pause);
	list_remove(&j->node);
	free(j);
}

static void joining_refuse(struct joining *j, struct error *err)
{
	call_refuse(j->call, err);
	joining_free(j);
}

static void refuse_not_now(struct joining *j)
{
	struct error err = { 0 };

	error_set(&err, E_NOT_NOW, NULL);
	error_set_data(&err, "{\"retry_after_ms\":1000}");
	joining_refuse(j, &err);
}

static void joining_answer(struct joining *j, int64_t position, const char *incarnation)
{
	call_answer_json(j->call, json_pack("{s:I, s:s, s:b}", "position", (json_int_t)position, "incarnation", incarnation, "resync", j->anew));
	joining_free(j);
}

/* --- joining the stream */

static bool hold_all(struct subscription *s, const json_t *tokens)
{
	const json_t *item;
	size_t i;

	json_array_foreach(tokens, i, item) {
		const char *text = json_string_value(json_object_get(item, "token"));
		struct uuid token;

		if (!text || !uuid_read(text, &token) || !subscription_hold(s, &token, json_integer_value(json_object_get(item, "lapses_ms"))))
			return false;
	}
	return true;
}

/* Plays to a subscription what the ring has beyond the position at which it joined. */
static bool play(struct live *l, struct subscription *s, int64_t position)
{
	const struct ring *ring = tail_ring(l->tail);

	for (int64_t p = position + 1; p <= ring_last(ring); p++) {
		const struct event *e = ring_at(ring, p);

		if (subscription_wants(s, e, live_now())) {
			live_send(&(struct delivery){ .live = l, .message = e->message }, s);
			subscription_moved(s, p);
			l->deliveries++;
		}
		if (!subscription_apply(s, e))
			return false;
	}
	return true;
}

static bool join(struct joining *j, int64_t position, const json_t *tokens)
{
	struct live *l = j->live;
	struct subscription *s = audience_find(l->audience, j->peer, &j->organisation);

	if (s)
		audience_leave(s);
	if (j->over || !peer_find(l->peers, j->peer))
		return true;
	if (!(s = audience_join(l->audience, j->peer, &j->organisation, &j->person, position)))
		return false;
	if (hold_all(s, tokens) && play(l, s, position))
		return true;
	audience_leave(s);
	return false;
}

/* --- pages */

static void send_missed(struct joining *j, const json_t *events)
{
	struct peer *peer = peer_find(j->live->peers, j->peer);
	const json_t *event;
	size_t i;

	json_array_foreach(events, i, event) {
		char *text = peer && !j->over ? json_dumps(event, JSON_COMPACT) : NULL;
		struct message *m = text ? event_message(text, strlen(text)) : NULL;

		if (m)
			peer_send(peer, m);
		else if (peer && !j->over)
			peer_close(peer, 1013, "out of memory");	/* rather than a hole */
		message_drop(m);
		free(text);
	}
}

/* One page at a time for each reader, whatever the number of organisations that it follows: several would overrun it together. */
static bool reads_for(const struct live *l, uint64_t peer)
{
	for (struct list *node = l->joining.next; node != &l->joining; node = node->next) {
		const struct joining *j = LIST_ITEM(node, struct joining, node);

		if (j->peer == peer && j->reading)
			return true;
	}
	return false;
}

/* A reader who takes nothing is not waited for without end. */
static void note_progress(struct joining *j, struct peer *peer, unsigned int waiting)
{
	j->stalled_ms = waiting < j->waiting ? 0 : j->stalled_ms + PAGE_PAUSE_MS;
	j->waiting = waiting;
	if (j->stalled_ms < STALLED_MS)
		return;
	log_warn("peer.stalled", "peer=%llu waiting=%u", (unsigned long long)j->peer, waiting);
	peer_close(peer, 1013, "too slow a reader");
	j->over = true;
}

/* What was sent has left but for a little, so that a page never meets another one that still waits. */
static bool reader_is_ready(struct joining *j)
{
	struct peer *peer = j->over ? NULL : peer_find(j->live->peers, j->peer);
	unsigned int waiting = peer ? peer_waiting(peer) : 0;

	if (waiting > WAITING_MOST)
		note_progress(j, peer, waiting);
	return waiting <= WAITING_MOST && !reads_for(j->live, j->peer);
}

static void pause_then_ask(struct joining *j);

static void ask_when_ready(void *arg)
{
	struct joining *j = arg;

	j->pause = NULL;
	/* Who begins now has missed nothing. */
	if (j->after < 0 || reader_is_ready(j))
		joining_ask(j);
	else
		pause_then_ask(j);
}

static void pause_then_ask(struct joining *j)
{
	const struct db_loop *loop = j->live->config.loop;

	j->pause = loop->after(loop->loop, PAGE_PAUSE_MS, ask_when_ready, j);
	if (!j->pause)
		refuse_not_now(j);
}

static void go_on_after(struct joining *j, int64_t after)
{
	j->after = after;
	j->stalled_ms = j->waiting = 0;
	pause_then_ask(j);
}

/* The last page is of a moment that the ring reaches. */
static bool ring_reaches(const struct live *l, int64_t position)
{
	return position + 1 >= ring_oldest(tail_ring(l->tail));
}

static void page_taken(struct joining *j, const json_t *page)
{
	struct live *l = j->live;
	int64_t position = json_integer_value(json_object_get(page, "position"));
	const char *incarnation = json_string_value(json_object_get(page, "incarnation"));
	struct uuid of;

	if (!l->tail || !tail_follows(l->tail) || !incarnation || !uuid_read(incarnation, &of) || !uuid_equal(&of, tail_incarnation(l->tail))) {
		refuse_not_now(j);	/* the ledger was restored a moment ago */
		return;
	}
	j->anew = j->anew || json_is_true(json_object_get(page, "resync"));
	send_missed(j, json_object_get(page, "events"));
	if (!j->over && json_is_true(json_object_get(page, "more")))
		go_on_after(j, position);
	else if (!j->over && !ring_reaches(l, position) && j->rounds++ < ROUNDS_MAX)
		go_on_after(j, position);
	else if (!ring_reaches(l, position) || !join(j, position, json_object_get(page, "tokens")))
		refuse_not_now(j);
	else
		joining_answer(j, position, incarnation);
}

static void page_done(void *arg, const struct db_result *result, struct error *err)
{
	struct joining *j = arg;
	json_t *page;

	j->reading = false;
	if (err->code != OK) {
		joining_refuse(j, err);
		return;
	}
	page = result->text ? json_loadb(result->text, result->length, 0, NULL) : NULL;
	page_taken(j, page);
	json_decref(page);
}

static void joining_ask(struct joining *j)
{
	struct error err = { 0 };
	char organisation[UUID_WRITTEN], after[24], most[16];
	struct db_request request = {
		.kind = DB_READ, .name = "events_open",
		.sql = "select api.events_open(session => $1::bytea, organisation => $2::uuid, after => $3::bigint, incarnation => $4::uuid, "
			"most => $5::integer)::text",
		.count = 5, .done = page_done, .arg = j,
	};

	uuid_write(&j->organisation, organisation);
	snprintf(after, sizeof(after), "%lld", (long long)j->after);
	snprintf(most, sizeof(most), "%d", PAGE);
	request.params[0] = (struct db_param){ .value = (const char *)call_token(j->call), .length = TOKEN_SIZE, .binary = true };
	request.params[1].value = organisation;
	request.params[2].value = j->after < 0 ? NULL : after;
	request.params[3].value = *j->incarnation && !j->anew ? j->incarnation : NULL;
	request.params[4].value = most;
	j->reading = j->after >= 0;
	if (db_submit(j->live->config.db, &request, &err) != OK)
		joining_refuse(j, &err);
	error_clear(&err);
}

/* --- the methods */

static struct joining *joining_find(const struct live *l, uint64_t peer, const struct uuid *organisation)
{
	for (struct list *node = l->joining.next; node != &l->joining; node = node->next) {
		struct joining *j = LIST_ITEM(node, struct joining, node);

		if (j->peer == peer && !j->over && (!organisation || uuid_equal(&j->organisation, organisation)))
			return j;
	}
	return NULL;
}

/* Room for one more organisation: those that the peer follows or is about to, but for this one, which it may be following already. */
static bool has_room(const struct live *l, uint64_t peer, const struct uuid *organisation)
{
	size_t others = audience_count_of(l->audience, peer) - (audience_find(l->audience, peer, organisation) != NULL);

	for (struct list *node = l->joining.next; node != &l->joining; node = node->next) {
		const struct joining *j = LIST_ITEM(node, struct joining, node);

		others += j->peer == peer && !j->over && !uuid_equal(&j->organisation, organisation)
			&& !audience_find(l->audience, peer, &j->organisation);
	}
	return others < LIMIT_SUBSCRIPTIONS_PER_PEER;
}

static struct joining *joining_new(struct live *l, struct call *call, const json_t *params)
{
	const json_t *after = json_object_get(params, "after");
	const char *incarnation = json_string_value(json_object_get(params, "incarnation"));
	struct joining *j = calloc(1, sizeof(*j));

	if (!j)
		return NULL;
	j->live = l;
	j->call = call;
	j->peer = call_peer(call);
	j->after = after ? (int64_t)json_number_value(after) : -1;	/* 3.0 is an integer on the wire */
	if (incarnation)
		snprintf(j->incarnation, sizeof(j->incarnation), "%s", incarnation);
	list_init(&j->node);
	if (!uuid_read(call_organisation(call), &j->organisation) || !uuid_read(call_person(call), &j->person)) {
		free(j);
		return NULL;
	}
	return j;
}

static void subscribe(void *arg, struct call *call, const json_t *params)
{
	struct live *l = arg;
	struct joining *j, *before;

	if (!l->peers || !l->tail || !tail_follows(l->tail)) {
		live_refuse(call, E_NOT_NOW, NULL, "{\"retry_after_ms\":1000}");
		return;
	}
	if (!(j = joining_new(l, call, params))) {
		live_refuse(call, E_INTERNAL, NULL, NULL);
		return;
	}
	if (!has_room(l, j->peer, &j->organisation)) {
		live_refuse(call, E_BUSINESS, "One connection follows no more organisations than this.",
			"{\"rule\":\"subscriptions\"}");
		free(j);
		return;
	}
	if ((before = joining_find(l, j->peer, &j->organisation)))
		before->over = true;
	list_append(&l->joining, &j->node);
	ask_when_ready(j);
}

static void unsubscribe(void *arg, struct call *call, const json_t *params)
{
	struct live *l = arg;
	struct uuid organisation;
	struct subscription *s = NULL;
	struct joining *j = NULL;

	(void)params;
	if (uuid_read(call_organisation(call), &organisation)) {
		s = audience_find(l->audience, call_peer(call), &organisation);
		j = joining_find(l, call_peer(call), &organisation);
		presence_leave(l->presence, call_peer(call), &organisation);
	}
	if (j)
		j->over = true;
	if (s)
		audience_leave(s);
	call_answer_json(call, json_pack("{s:b}", "subscribed", s || j));
}

enum error_code subscribe_declare(struct live *l, struct error *err)
{
	struct rpc *r = l->config.rpc;

	if (rpc_declare(r, subscribe_declaration, subscribe, l, err) != OK || rpc_declare(r, unsubscribe_declaration, unsubscribe, l, err) != OK
	    || rpc_declare_event(r, event_declaration, err) != OK || rpc_declare_event(r, resync_declaration, err) != OK)
		return err->code;
	return OK;
}

/* --- what happens to subscriptions */

void subscribe_forget(struct live *l, uint64_t peer)
{
	struct joining *j;

	while ((j = joining_find(l, peer, NULL)))
		j->over = true;
	audience_leave_all(l->audience, peer);
}

static void end_with_resync(void *arg, struct subscription *s)
{
	struct live *l = arg;
	struct delivery d = { .live = l };
	char organisation[UUID_WRITTEN];

	uuid_write(subscription_organisation(s), organisation);
	d.message = live_notification("resync", json_pack("{s:s}", "organisation", organisation));
	if (d.message && l->peers)
		live_send(&d, s);
	message_drop(d.message);
	audience_leave(s);
}

void subscribe_anew(struct live *l)
{
	audience_each(l->audience, end_with_resync, l);
}

void subscribe_stop(struct live *l)
{
	struct list *node, *after;

	/* those without a pause are answered by the pool */
	LIST_EACH(node, after, &l->joining) {
		struct joining *j = LIST_ITEM(node, struct joining, node);

		j->over = true;
		if (j->pause)
			refuse_not_now(j);
	}
}
