/* audience.c - three hash tables over the same subscriptions: by peer, by person, and groups of holders by (organisation, token).
 *
 * A held token and its place in the group point at each other, so both directions of a change cost nothing but the change. Groups are
 * walked from the end: what leaves is replaced by the last, which has had its turn. */
#include "live/audience.h"

#include "base/list.h"

#include <stdlib.h>

enum { BUCKETS_MIN = 64 };

struct member {			/* a place in a group */
	struct subscription *subscription;
	uint32_t held;		/* index of its held token */
};

struct group {
	struct group *next;	/* in its bucket */
	struct uuid organisation, token;
	struct member *members;
	uint32_t count, capacity;
};

struct held {
	struct group *group;
	uint32_t place;		/* in group->members */
	int64_t lapses_ms;
};

struct subscription {
	struct list by_peer, by_person;	/* in their buckets */
	struct audience *audience;
	uint64_t peer;
	struct uuid organisation, person;
	int64_t joined;		/* what it held when it joined includes what events up to here did to it */
	int64_t position;	/* what was for it up to here it has had */
	struct held *held;
	uint32_t count, capacity;
};

struct audience {
	struct group **groups;	/* a power of two of buckets; grows */
	size_t buckets, group_count;
	struct list *peers, *persons;	/* fixed tables of PEOPLE_BUCKETS */
	size_t count;
};

enum { PEOPLE_BUCKETS = 4096 };

/* --- tables */

static struct list *peer_bucket(const struct audience *a, uint64_t peer)
{
	return &a->peers[(peer * 0x9e3779b97f4a7c15u >> 40) % PEOPLE_BUCKETS];
}

static struct list *person_bucket(const struct audience *a, const struct uuid *person)
{
	return &a->persons[uuid_hash(person) % PEOPLE_BUCKETS];
}

static struct list *buckets_new(void)
{
	struct list *b = malloc(PEOPLE_BUCKETS * sizeof(*b));

	for (size_t i = 0; b && i < PEOPLE_BUCKETS; i++)
		list_init(&b[i]);
	return b;
}

struct audience *audience_new(void)
{
	struct audience *a = calloc(1, sizeof(*a));

	if (!a)
		return NULL;
	a->buckets = BUCKETS_MIN;
	a->groups = calloc(a->buckets, sizeof(struct group *));
	a->peers = buckets_new();
	a->persons = buckets_new();
	if (!a->groups || !a->peers || !a->persons) {
		free(a->groups);
		free(a->peers);
		free(a->persons);
		free(a);
		return NULL;
	}
	return a;
}

void audience_each(struct audience *a, audience_fn fn, void *arg)
{
	struct list *node, *after;

	for (size_t i = 0; i < PEOPLE_BUCKETS; i++)
		LIST_EACH(node, after, &a->peers[i])
			fn(arg, LIST_ITEM(node, struct subscription, by_peer));
}

static void audience_leave_each(void *arg, struct subscription *s)
{
	(void)arg;
	audience_leave(s);
}

void audience_free(struct audience *a)
{
	if (!a)
		return;
	audience_each(a, audience_leave_each, NULL);
	free(a->groups);
	free(a->peers);
	free(a->persons);
	free(a);
}

/* --- groups */

static uint64_t group_hash(const struct uuid *organisation, const struct uuid *token)
{
	return uuid_hash(organisation) * 31 + uuid_hash(token);
}

static struct group **group_slot(const struct audience *a, const struct uuid *organisation, const struct uuid *token)
{
	struct group **slot = &a->groups[group_hash(organisation, token) & (a->buckets - 1)];

	while (*slot && !(uuid_equal(&(*slot)->token, token) && uuid_equal(&(*slot)->organisation, organisation)))
		slot = &(*slot)->next;
	return slot;
}

/* Doubles the buckets. Without memory they stay as they are, and are slower. */
static void groups_grow(struct audience *a)
{
	size_t buckets = a->buckets * 2;
	struct group **groups = calloc(buckets, sizeof(struct group *)), *g, *next;

	if (!groups)
		return;
	for (size_t i = 0; i < a->buckets; i++)
		for (g = a->groups[i]; g; g = next) {
			struct group **slot = &groups[group_hash(&g->organisation, &g->token) & (buckets - 1)];

			next = g->next;
			g->next = *slot;
			*slot = g;
		}
	free(a->groups);
	a->groups = groups;
	a->buckets = buckets;
}

static struct group *group_get(struct audience *a, const struct uuid *organisation, const struct uuid *token)
{
	struct group **slot = group_slot(a, organisation, token), *g = *slot;

	if (g)
		return g;
	if (!(g = calloc(1, sizeof(*g))))
		return NULL;
	g->organisation = *organisation;
	g->token = *token;
	*slot = g;
	if (++a->group_count > a->buckets)
		groups_grow(a);
	return g;
}

static void group_drop_if_empty(struct audience *a, struct group *g)
{
	if (g->count)
		return;
	*group_slot(a, &g->organisation, &g->token) = g->next;
	a->group_count--;
	free(g->members);
	free(g);
}

/* Makes room for one more item of size bytes. */
static bool reserve(void **items, uint32_t count, uint32_t *capacity, size_t size)
{
	uint32_t more = *capacity ? *capacity * 2 : 4;
	void *grown;

	if (count < *capacity)
		return true;
	if (!(grown = realloc(*items, more * size)))
		return false;
	*items = grown;
	*capacity = more;
	return true;
}

/* --- held tokens */

static struct held *find_held(const struct subscription *s, const struct uuid *token)
{
	const struct group *g = *group_slot(s->audience, &s->organisation, token);

	for (uint32_t i = 0; g && i < s->count; i++)
		if (s->held[i].group == g)
			return &s->held[i];
	return NULL;
}

bool subscription_hold(struct subscription *s, const struct uuid *token, int64_t lapses_ms)
{
	struct held *h = find_held(s, token);
	struct group *g;
	void *held = s->held, *members;

	if (h) {
		h->lapses_ms = lapses_ms;
		return true;
	}
	if (!(g = group_get(s->audience, &s->organisation, token)))
		return false;
	members = g->members;
	if (!reserve(&members, g->count, &g->capacity, sizeof(*g->members)))
		goto full;
	g->members = members;
	if (!reserve(&held, s->count, &s->capacity, sizeof(*s->held)))
		goto full;
	s->held = held;
	s->held[s->count] = (struct held){ .group = g, .place = g->count, .lapses_ms = lapses_ms };
	g->members[g->count++] = (struct member){ .subscription = s, .held = s->count++ };
	return true;
full:
	group_drop_if_empty(s->audience, g);
	return false;
}

static void release(struct subscription *s, struct held *h)
{
	struct group *g = h->group;
	struct member *place = &g->members[h->place];

	*place = g->members[--g->count];
	place->subscription->held[place->held].place = h->place;
	group_drop_if_empty(s->audience, g);

	*h = s->held[--s->count];
	if (h != &s->held[s->count])
		h->group->members[h->place].held = (uint32_t)(h - s->held);
}

void subscription_release(struct subscription *s, const struct uuid *token)
{
	struct held *h = find_held(s, token);

	if (h)
		release(s, h);
}

static bool lapsed(const struct held *h, int64_t now_ms)
{
	return h->lapses_ms && h->lapses_ms <= now_ms;
}

bool subscription_holds(const struct subscription *s, const struct uuid *token, int64_t now_ms)
{
	const struct held *h = find_held(s, token);

	return h && !lapsed(h, now_ms);
}

/* --- subscriptions */

struct subscription *audience_join(struct audience *a, uint64_t peer, const struct uuid *organisation, const struct uuid *person, int64_t position)
{
	struct subscription *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->audience = a;
	s->peer = peer;
	s->organisation = *organisation;
	s->person = *person;
	s->joined = s->position = position;
	list_init(&s->by_peer);
	list_init(&s->by_person);
	list_append(peer_bucket(a, peer), &s->by_peer);
	list_append(person_bucket(a, person), &s->by_person);
	a->count++;
	return s;
}

void audience_leave(struct subscription *s)
{
	while (s->count)
		release(s, &s->held[s->count - 1]);
	list_remove(&s->by_peer);
	list_remove(&s->by_person);
	s->audience->count--;
	free(s->held);
	free(s);
}

void audience_leave_all(struct audience *a, uint64_t peer)
{
	struct list *node, *after;

	LIST_EACH(node, after, peer_bucket(a, peer)) {
		struct subscription *s = LIST_ITEM(node, struct subscription, by_peer);

		if (s->peer == peer)
			audience_leave(s);
	}
}

struct subscription *audience_find(const struct audience *a, uint64_t peer, const struct uuid *organisation)
{
	struct list *node, *after;

	LIST_EACH(node, after, peer_bucket(a, peer)) {
		struct subscription *s = LIST_ITEM(node, struct subscription, by_peer);

		if (s->peer == peer && uuid_equal(&s->organisation, organisation))
			return s;
	}
	return NULL;
}

size_t audience_count(const struct audience *a)
{
	return a->count;
}

size_t audience_count_of(const struct audience *a, uint64_t peer)
{
	struct list *node, *after;
	size_t n = 0;

	LIST_EACH(node, after, peer_bucket(a, peer))
		n += LIST_ITEM(node, struct subscription, by_peer)->peer == peer;
	return n;
}

uint64_t subscription_peer(const struct subscription *s)
{
	return s->peer;
}

const struct uuid *subscription_organisation(const struct subscription *s)
{
	return &s->organisation;
}

const struct uuid *subscription_person(const struct subscription *s)
{
	return &s->person;
}

void subscription_moved(struct subscription *s, int64_t position)
{
	s->position = position;
}

/* --- events */

bool subscription_apply(struct subscription *s, const struct event *e)
{
	if (e->position <= s->joined || !e->has_organisation || !uuid_equal(&e->person, &s->person) || !uuid_equal(&e->organisation, &s->organisation))
		return true;
	if (e->effect == EFFECT_LOST)
		subscription_release(s, &e->token);
	else if (e->effect == EFFECT_GAINED || e->effect == EFFECT_CHANGED)
		return subscription_hold(s, &e->token, e->lapses_ms);
	return true;
}

void audience_apply(struct audience *a, const struct event *e, audience_fn left, void *arg)
{
	struct list *node, *after;

	if (e->effect != EFFECT_GAINED && e->effect != EFFECT_CHANGED && e->effect != EFFECT_LOST)
		return;
	LIST_EACH(node, after, person_bucket(a, &e->person)) {
		struct subscription *s = LIST_ITEM(node, struct subscription, by_person);

		if (!subscription_apply(s, e)) {
			left(arg, s);
			audience_leave(s);
		}
	}
}

bool subscription_wants(const struct subscription *s, const struct event *e, int64_t now_ms)
{
	if (e->position <= s->position || !e->has_organisation || !uuid_equal(&e->organisation, &s->organisation))
		return false;
	for (size_t i = 0; i < e->token_count; i++)
		if (subscription_holds(s, &e->tokens[i], now_ms))
			return true;
	return false;
}

/* Calls fn for the members of one group whose token has not lapsed and who stand before the position, and moves them there; 0: all of them, unmoved. */
static size_t visit(struct audience *a, const struct uuid *organisation, const struct uuid *token, int64_t position, int64_t now_ms, audience_fn fn, void *arg)
{
	struct group *g = *group_slot(a, organisation, token);
	size_t n = 0;

	/* the last to leave takes the group with it, but then i is 0 */
	for (uint32_t i = g ? g->count : 0; i-- > 0;) {
		struct subscription *s = g->members[i].subscription;

		if (lapsed(&s->held[g->members[i].held], now_ms) || (position && s->position >= position))
			continue;
		if (position)
			s->position = position;
		n++;
		fn(arg, s);
	}
	return n;
}

size_t audience_deliver(struct audience *a, const struct event *e, int64_t now_ms, audience_fn fn, void *arg)
{
	size_t n = 0;

	for (size_t i = 0; e->has_organisation && i < e->token_count; i++)
		n += visit(a, &e->organisation, &e->tokens[i], e->position, now_ms, fn, arg);
	return n;
}

size_t audience_holders(struct audience *a, const struct uuid *organisation, const struct uuid *token, int64_t now_ms, audience_fn fn, void *arg)
{
	return visit(a, organisation, token, 0, now_ms, fn, arg);
}
