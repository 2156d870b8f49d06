/* live.c - one feed connection; what it hears wakes the sequencer and the tail, or tells the call layer of other
 * methods; what the tail reads goes to the audience.
 *
 * The order within one event: its receivers get it, then rights change, so that nothing later reaches who may no longer see it. */
#include "live/state.h"

#include "base/clock.h"
#include "base/log.h"

#include <stdlib.h>
#include <string.h>

#define RELEASE_CHANNEL "ninetwo_release"	/* meta.build(): there are other methods */

int64_t live_now(void)
{
	return clock_wall_ms();
}

void live_refuse(struct call *call, enum error_code code, const char *message, const char *data)
{
	struct error err = { 0 };

	error_set(&err, code, message ? "%s" : NULL, message);
	if (data)
		error_set_data(&err, data);
	call_refuse(call, &err);
	error_clear(&err);
}

struct message *live_notification(const char *method, json_t *params)
{
	json_t *whole = json_pack("{s:s, s:s, s:o}", "jsonrpc", "2.0", "method", method, "params", params);
	char *text = whole ? json_dumps(whole, JSON_COMPACT) : NULL;
	struct message *m = text ? message_new(text, strlen(text)) : NULL;

	free(text);
	json_decref(whole);
	return m;
}

void live_send(void *arg, struct subscription *s)
{
	struct delivery *d = arg;
	struct peer *peer = peer_find(d->live->peers, subscription_peer(s));

	if (peer && subscription_peer(s) != d->except)
		peer_send(peer, d->message);
}

/* --- events */

/* No memory to hold what was gained: better to subscribe again than to miss something. */
static void out_of_memory(void *arg, struct subscription *s)
{
	struct live *l = arg;
	struct peer *peer = peer_find(l->peers, subscription_peer(s));

	if (peer)
		peer_close(peer, 1013, "out of memory");
}

static void tell_calls(struct live *l, const struct event *e)
{
	char id[UUID_WRITTEN];

	if (e->effect == EFFECT_SESSION_ENDED) {
		uuid_write(&e->subject, id);
		rpc_session_ended(l->config.rpc, id, *e->reason ? e->reason : NULL);
	} else if (e->effect != EFFECT_NONE) {
		uuid_write(&e->person, id);
		rpc_roles_changed(l->config.rpc, id);
	}
}

static void event_read_on(void *arg, const struct event *e)
{
	struct live *l = arg;
	struct delivery d = { .live = l, .message = e->message };

	l->events++;
	if (l->peers)
		l->deliveries += audience_deliver(l->audience, e, live_now(), live_send, &d);
	audience_apply(l->audience, e, out_of_memory, l);
	if (e->effect == EFFECT_LOST)
		whereabouts_lost(l, e);
	tell_calls(l, e);
}

static void ledger_anew(void *arg)
{
	subscribe_anew(arg);
}

static void numbered(void *arg)
{
	struct live *l = arg;

	tail_read(l->tail);
}

/* --- the feed's connection */

static void heard(void *arg, const char *channel, const char *payload)
{
	struct live *l = arg;

	if (strcmp(channel, PRESENCE_CHANNEL) == 0) {
		presence_heard(l->presence, payload);
	} else if (strcmp(channel, RELEASE_CHANNEL) == 0) {
		rpc_reload(l->config.rpc);
	} else {
		sequencer_heard(l->sequencer);
		tail_read(l->tail);
	}
}

static void session_changed(void *arg, bool up)
{
	struct live *l = arg;

	log_info("ledger.feed", "up=%d", up);
	sequencer_connected(l->sequencer, up);
	tail_connected(l->tail, up);
	if (up)
		rpc_reload(l->config.rpc);	/* a migration meanwhile was not heard of */
}

static void live_presence_told(void *arg, const struct db_result *result, struct error *err)
{
	(void)arg, (void)result, (void)err;	/* places are told again after a while anyway */
}

static bool live_tell_presence(void *arg, const char *payload)
{
	struct live *l = arg;
	struct error err = { 0 };
	bool sent = l->listener && listener_query(l->listener, &(struct db_request){ .name = "presence_notify",
		.sql = "select pg_notify('" PRESENCE_CHANNEL "', $1)", .count = 1, .params = { { .value = payload } },
		.done = live_presence_told }, &err) == OK;

	error_clear(&err);
	return sent;
}

/* A write of this process: its events can be numbered. */
static void committed(void *arg)
{
	struct live *l = arg;

	if (l->sequencer)
		sequencer_committed(l->sequencer);
}

static void peer_closed(void *arg, uint64_t peer)
{
	struct live *l = arg;

	subscribe_forget(l, peer);
	presence_leave(l->presence, peer, NULL);
}

/* --- life */

static enum error_code live_build(struct live *l, struct error *err)
{
	const struct db_loop *loop = l->config.loop;

	l->audience = audience_new();
	l->presence = presence_new(&(struct presence_config){ .loop = loop, .tell = live_tell_presence,
		.moved = whereabouts_moved, .arg = l });
	if (!l->audience || !l->presence)
		return error_set(err, E_INTERNAL, "out of memory");
	if (subscribe_declare(l, err) != OK || whereabouts_declare(l, err) != OK)
		return err->code;
	rpc_on_closed(l->config.rpc, peer_closed, l);
	db_on_committed(l->config.db, committed, l);
	return OK;
}

struct live *live_new(const struct live_config *config, struct error *err)
{
	struct live *l = calloc(1, sizeof(*l));

	if (!l) {
		error_set(err, E_INTERNAL, "out of memory");
		return NULL;
	}
	l->config = *config;
	list_init(&l->joining);
	if (live_build(l, err) != OK) {
		live_free(l);
		return NULL;
	}
	return l;
}

void live_attach(struct live *l, struct peers *peers)
{
	l->peers = peers;
}

enum error_code live_start(struct live *l, struct error *err)
{
	const struct listener_config config = {
		.conninfo = l->config.conninfo, .user = l->config.user,
		.channels = { LEDGER_CHANNEL, PRESENCE_CHANNEL, RELEASE_CHANNEL },
		.notify = heard, .state = session_changed, .arg = l,
	};

	if (!(l->listener = listener_new(&config, l->config.loop, err)))
		return err->code;
	l->sequencer = sequencer_new(&(struct sequencer_config){ .listener = l->listener, .loop = l->config.loop,
		.conninfo = l->config.conninfo, .user = l->config.user, .numbered = numbered, .arg = l });
	l->tail = tail_new(&(struct tail_config){ .listener = l->listener, .loop = l->config.loop,
		.event = event_read_on, .anew = ledger_anew, .arg = l });
	return l->sequencer && l->tail ? OK : error_set(err, E_INTERNAL, "out of memory");
}

void live_stop(struct live *l)
{
	if (!l->listener)
		return;
	if (l->sequencer)
		sequencer_connected(l->sequencer, false);
	if (l->tail)
		tail_connected(l->tail, false);
	listener_free(l->listener);
	l->listener = NULL;
	subscribe_stop(l);
	tail_free(l->tail);
	sequencer_free(l->sequencer);
	l->tail = NULL;
	l->sequencer = NULL;
}

void live_free(struct live *l)
{
	if (!l)
		return;
	live_stop(l);
	presence_free(l->presence);
	audience_free(l->audience);
	free(l);
}

void live_statistics(const struct live *l, struct live_statistics *out)
{
	*out = (struct live_statistics){
		.leads = l->sequencer && sequencer_leads(l->sequencer),
		.position = l->tail ? ring_last(tail_ring(l->tail)) : 0,
		.lag_ms = l->tail ? tail_lag_ms(l->tail) : 0,
		.events = l->events, .deliveries = l->deliveries, .subscriptions = audience_count(l->audience),
	};
}
