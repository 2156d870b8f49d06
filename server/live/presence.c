/* presence.c - the wire between processes is one JSON text a NOTIFY: {"process":ID,"places":[[peer,organisation,person,audit,part,check],...]};
 * audit, part and check may be null, and without an audit the peer has left. */
#include "live/presence.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "base/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

enum { CONNECTION_TEXT = 64, PLACE_TEXT_MAX = 280, BUCKETS = 1024 };

struct entry {
	struct list bucket, turn;	/* turn: local entries, in the order in which they are to be told */
	struct uuid process;
	uint64_t peer;
	struct place place;
	bool local, left;		/* left: told once more, then gone */
	bool news;			/* not told yet */
	int64_t at;			/* clock_ms: local, told last; else heard last */
};

struct presence {
	struct presence_config config;
	struct uuid process;
	struct list buckets[BUCKETS];	/* by peer and organisation */
	struct list turns;
	void *tick;			/* timer */
	int64_t swept_at;
};

/* --- entries */

static size_t entry_bucket(uint64_t peer, const struct uuid *organisation)
{
	return (peer * 31 + uuid_hash(organisation)) % BUCKETS;
}

static struct entry *entry_find(const struct presence *p, const struct uuid *process, uint64_t peer,
	const struct uuid *organisation)
{
	const struct list *head = &p->buckets[entry_bucket(peer, organisation)];

	for (const struct list *node = head->next; node != head; node = node->next) {
		struct entry *e = LIST_ITEM(node, struct entry, bucket);

		if (e->peer == peer && uuid_equal(&e->process, process) && uuid_equal(&e->place.organisation, organisation))
			return e;
	}
	return NULL;
}

static struct entry *entry_add(struct presence *p, const struct uuid *process, uint64_t peer,
	const struct uuid *organisation)
{
	struct entry *e = calloc(1, sizeof(*e));

	if (!e)
		return NULL;
	e->process = *process;
	e->peer = peer;
	e->local = uuid_equal(process, &p->process);
	e->left = true;
	e->place.organisation = *organisation;
	list_init(&e->bucket);
	list_init(&e->turn);
	list_append(&p->buckets[entry_bucket(peer, organisation)], &e->bucket);
	if (e->local)
		list_append(&p->turns, &e->turn);
	return e;
}

static void entry_forget(struct entry *e)
{
	list_remove(&e->bucket);
	list_remove(&e->turn);
	free(e);
}

static void name_connection(const struct entry *e, char out[CONNECTION_TEXT])
{
	char process[UUID_WRITTEN];

	uuid_write(&e->process, process);
	snprintf(out, CONNECTION_TEXT, "%s-%llu", process, (unsigned long long)e->peer);
}

static bool same_place(const struct place *a, const struct place *b)
{
	return uuid_equal(&a->audit, &b->audit) && uuid_equal(&a->person, &b->person)
		&& a->has_part == b->has_part && (!a->has_part || uuid_equal(&a->part, &b->part))
		&& a->has_check == b->has_check && (!a->has_check || uuid_equal(&a->check, &b->check));
}

/* The same audience sees both: then arriving says enough, and leaving need not be said. */
static bool same_audience(const struct place *a, const struct place *b)
{
	return uuid_equal(&a->audit, &b->audit) && a->has_part == b->has_part && (!a->has_part || uuid_equal(&a->part, &b->part));
}

static void presence_say(struct presence *p, const struct entry *e, bool here)
{
	char connection[CONNECTION_TEXT];

	name_connection(e, connection);
	p->config.moved(p->config.arg, &e->place, connection, here);
}

/* Puts an entry somewhere else, or nowhere (NULL). Returns whether that changed anything. */
static bool entry_move(struct presence *p, struct entry *e, const struct place *to)
{
	if (e->left ? !to : to && same_place(&e->place, to))
		return false;
	if (!e->left && !(to && same_audience(&e->place, to)))
		presence_say(p, e, false);
	e->left = !to;
	if (to) {
		e->place = *to;
		presence_say(p, e, true);
	}
	return true;
}

/* --- telling the other processes */

static void append_place_id(struct buffer *b, const struct uuid *id, bool there)
{
	char text[UUID_WRITTEN];

	uuid_write(id, text);
	buffer_append_format(b, there ? ",\"%s\"" : ",null", text);
}

static void append_entry(struct buffer *b, const struct entry *e)
{
	const struct place *at = &e->place;

	buffer_append_format(b, "[%llu", (unsigned long long)e->peer);
	append_place_id(b, &at->organisation, true);
	append_place_id(b, &at->person, true);
	append_place_id(b, &at->audit, !e->left);
	append_place_id(b, &at->part, !e->left && at->has_part);
	append_place_id(b, &at->check, !e->left && at->has_check);
	buffer_append_text(b, "]");
}

static bool entry_due(const struct entry *e, int64_t now)
{
	return e->news || (!e->left && now - e->at >= PRESENCE_REFRESH_MS);
}

/* What is due stands first among the turns, or is news, which is moved there. Fills one payload; returns how many it holds. */
static int write_payload(struct presence *p, struct buffer *b, int64_t now)
{
	char process[UUID_WRITTEN];
	struct list *node, *after;
	int n = 0;

	uuid_write(&p->process, process);
	buffer_append_format(b, "{\"process\":\"%s\",\"places\":[", process);
	LIST_EACH(node, after, &p->turns) {
		struct entry *e = LIST_ITEM(node, struct entry, turn);

		if (!entry_due(e, now) || b->length > PRESENCE_PAYLOAD_MAX - PLACE_TEXT_MAX)
			break;
		if (n++)
			buffer_append_text(b, ",");
		append_entry(b, e);
	}
	buffer_append_text(b, "]}");
	return n;
}

/* The first n have been told: they go to the end of the line, or are forgotten. */
static void presence_told(struct presence *p, int n, int64_t now)
{
	for (struct list *node; n > 0 && (node = list_first(&p->turns)); n--) {
		struct entry *e = LIST_ITEM(node, struct entry, turn);

		if (e->left) {
			entry_forget(e);
			continue;
		}
		e->news = false;
		e->at = now;
		list_move(&p->turns, &e->turn);
	}
}

static void presence_tell(struct presence *p, int64_t now)
{
	struct list *first = list_first(&p->turns);
	struct buffer b;
	int n;

	if (!first || !entry_due(LIST_ITEM(first, struct entry, turn), now))
		return;
	buffer_init(&b, PRESENCE_PAYLOAD_MAX);
	n = write_payload(p, &b, now);
	if (!b.failed && p->config.tell(p->config.arg, buffer_text(&b)))
		presence_told(p, n, now);
	buffer_clear(&b);
}

/* --- forgetting what is no longer spoken of */

static void presence_sweep(struct presence *p, int64_t now)
{
	struct list *node, *after;

	p->swept_at = now;
	for (size_t i = 0; i < BUCKETS; i++)
		LIST_EACH(node, after, &p->buckets[i]) {
			struct entry *e = LIST_ITEM(node, struct entry, bucket);

			if (!e->local && now - e->at >= PRESENCE_FORGET_MS) {
				entry_move(p, e, NULL);
				entry_forget(e);
			}
		}
}

static void presence_tick(void *arg)
{
	struct presence *p = arg;
	int64_t now = clock_ms();

	p->tick = p->config.loop->after(p->config.loop->loop, PRESENCE_TELL_MS, presence_tick, p);
	presence_tell(p, now);
	if (now - p->swept_at >= PRESENCE_FORGET_MS / 9)
		presence_sweep(p, now);
}

/* --- hearing */

static bool read_id(const json_t *list, size_t i, struct uuid *out)
{
	const char *text = json_string_value(json_array_get(list, i));

	return text && uuid_read(text, out);
}

static void hear_place(struct presence *p, const struct uuid *process, const json_t *said)
{
	uint64_t peer = (uint64_t)json_integer_value(json_array_get(said, 0));
	struct place at = { 0 };
	bool here = read_id(said, 3, &at.audit);
	struct entry *e;

	if (!read_id(said, 1, &at.organisation) || !read_id(said, 2, &at.person))
		return;
	at.has_part = read_id(said, 4, &at.part);
	at.has_check = read_id(said, 5, &at.check);
	e = entry_find(p, process, peer, &at.organisation);
	if (!e && here)
		e = entry_add(p, process, peer, &at.organisation);
	if (!e)
		return;
	e->at = clock_ms();
	entry_move(p, e, here ? &at : NULL);
	if (e->left)
		entry_forget(e);
}

void presence_heard(struct presence *p, const char *payload)
{
	json_t *said = json_loads(payload, 0, NULL);
	const char *process_text = json_string_value(json_object_get(said, "process"));
	const json_t *place;
	struct uuid process;
	size_t i;

	if (process_text && uuid_read(process_text, &process) && !uuid_equal(&process, &p->process))
		json_array_foreach(json_object_get(said, "places"), i, place)
			hear_place(p, &process, place);
	json_decref(said);
}

/* --- what happens on this process */

struct presence *presence_new(const struct presence_config *config)
{
	struct presence *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->config = *config;
	for (size_t i = 0; i < BUCKETS; i++)
		list_init(&p->buckets[i]);
	list_init(&p->turns);
	if (getrandom(p->process.bytes, sizeof(p->process.bytes), 0) != sizeof(p->process.bytes)) {
		free(p);
		return NULL;
	}
	p->swept_at = clock_ms();
	p->tick = config->loop->after(config->loop->loop, PRESENCE_TELL_MS, presence_tick, p);
	return p;
}

void presence_free(struct presence *p)
{
	struct list *node, *after;

	if (!p)
		return;
	if (p->tick)
		p->config.loop->cancel(p->tick);
	for (size_t i = 0; i < BUCKETS; i++)
		LIST_EACH(node, after, &p->buckets[i])
			entry_forget(LIST_ITEM(node, struct entry, bucket));
	free(p);
}

/* News goes before what is merely told again. */
static void tell_soon(struct presence *p, struct entry *e)
{
	e->news = true;
	list_remove(&e->turn);
	list_append(p->turns.next, &e->turn);
}

bool presence_set(struct presence *p, uint64_t peer, const struct place *place)
{
	struct entry *e = entry_find(p, &p->process, peer, &place->organisation);

	if (!e && !(e = entry_add(p, &p->process, peer, &place->organisation)))
		return false;
	if (entry_move(p, e, place))
		tell_soon(p, e);
	return true;
}

static void entry_leave(struct presence *p, struct entry *e)
{
	if (entry_move(p, e, NULL))
		tell_soon(p, e);
}

void presence_leave(struct presence *p, uint64_t peer, const struct uuid *organisation)
{
	struct list *node, *after;

	LIST_EACH(node, after, &p->turns) {
		struct entry *e = LIST_ITEM(node, struct entry, turn);

		if (e->peer == peer && (!organisation || uuid_equal(&e->place.organisation, organisation)))
			entry_leave(p, e);
	}
}

void presence_leave_token(struct presence *p, const struct uuid *organisation, const struct uuid *person, const struct uuid *token)
{
	struct list *node, *after;

	LIST_EACH(node, after, &p->turns) {
		struct entry *e = LIST_ITEM(node, struct entry, turn);
		const struct place *at = &e->place;

		if (uuid_equal(&at->organisation, organisation) && uuid_equal(&at->person, person)
		    && (uuid_equal(&at->audit, token) || (at->has_part && uuid_equal(&at->part, token))))
			entry_leave(p, e);
	}
}

/* --- showing */

static int set_id(json_t *object, const char *name, const struct uuid *id, bool there)
{
	char text[UUID_WRITTEN];

	uuid_write(id, text);
	return json_object_set_new(object, name, there ? json_string(text) : json_null());
}

json_t *presence_json(const struct place *at, const char *connection, bool here)
{
	json_t *o = json_object();

	if (set_id(o, "organisation", &at->organisation, true) || set_id(o, "audit", &at->audit, true) || set_id(o, "part", &at->part, at->has_part)
	    || set_id(o, "check", &at->check, at->has_check) || set_id(o, "person", &at->person, true)
	    || json_object_set_new(o, "connection", json_string(connection)) || json_object_set_new(o, "present", json_boolean(here))) {
		json_decref(o);
		return NULL;
	}
	return o;
}

json_t *presence_list(const struct presence *p, const struct uuid *organisation, const struct uuid *audit,
	bool (*may)(void *arg, const struct place *place), void *arg)
{
	json_t *list = json_array();

	for (size_t i = 0; list && i < BUCKETS; i++)
		for (const struct list *node = p->buckets[i].next; node != &p->buckets[i]; node = node->next) {
			const struct entry *e = LIST_ITEM(node, struct entry, bucket);
			char connection[CONNECTION_TEXT];

			if (e->left || !uuid_equal(&e->place.organisation, organisation) || !uuid_equal(&e->place.audit, audit) || !may(arg, &e->place))
				continue;
			name_connection(e, connection);
			if (json_array_append_new(list, presence_json(&e->place, connection, true))) {
				json_decref(list);
				return NULL;
			}
		}
	return list;
}
