/* fake_peer.h - net/peer.h without a network: what is sent is kept for the test to read. Included by the one file of a test program. */
#ifndef NINETWO_FAKE_PEER_H
#define NINETWO_FAKE_PEER_H

#include "net/peer.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FAKE_PEERS_MAX = 64, FAKE_SENT_MAX = 256 };

struct message {
	int holds;
	size_t length;
	char text[];
};

struct peer {
	uint64_t id;
	bool open, paused, signed_in, wiped;
	int pauses;
	int close_code;
	unsigned int waiting;		/* what peer_waiting answers */
	const char *credential;
	void *user;
	char *sent[FAKE_SENT_MAX];
	int count;
};

struct peers {
	struct peer_handler handler;
	struct peer peers[FAKE_PEERS_MAX];
	uint64_t next;
	size_t allowed;			/* peers_allow_answer */
};

void peers_allow_answer(struct peers *peers, size_t bytes)
{
	peers->allowed = bytes;
}

struct message *message_new(const char *text, size_t length)
{
	struct message *m = malloc(sizeof *m + length + 1);

	assert(m);
	m->holds = 1;
	m->length = length;
	memcpy(m->text, text, length);
	m->text[length] = '\0';
	return m;
}

struct message *message_hold(struct message *m)
{
	m->holds++;
	return m;
}

void message_drop(struct message *m)
{
	if (m && --m->holds == 0)
		free(m);
}

struct peer *peer_find(struct peers *peers, uint64_t id)
{
	for (int i = 0; i < FAKE_PEERS_MAX; i++)
		if (peers->peers[i].open && peers->peers[i].id == id)
			return &peers->peers[i];
	return NULL;
}

uint64_t peer_id(const struct peer *peer)
{
	return peer->id;
}

const char *peer_address(const struct peer *peer)
{
	(void)peer;
	return "192.0.2.7";
}

const char *peer_credential(const struct peer *peer, bool *from_cookie)
{
	*from_cookie = true;
	return peer->credential;
}

void peer_credential_wipe(struct peer *peer)
{
	peer->wiped = true;
	peer->credential = NULL;
}

void peer_send(struct peer *peer, struct message *m)
{
	assert(peer->count < FAKE_SENT_MAX);
	peer->sent[peer->count] = strdup(m->text);
	assert(peer->sent[peer->count++]);
}

unsigned int peer_waiting(const struct peer *peer)
{
	return peer->waiting;
}

void peer_close(struct peer *peer, int code, const char *reason)
{
	(void)reason;
	peer->close_code = code;
}

void peer_pause(struct peer *peer, bool paused)
{
	peer->paused = paused;
	peer->pauses += paused;
}

void peer_signed_in(struct peer *peer)
{
	peer->signed_in = true;
}

void peer_set_user(struct peer *peer, void *user)
{
	peer->user = user;
}

void *peer_user(const struct peer *peer)
{
	return peer->user;
}

__attribute__((unused)) static struct peers *fake_peers_new(struct peer_handler handler)
{
	struct peers *p = calloc(1, sizeof *p);

	assert(p);
	p->handler = handler;
	p->next = 1;
	return p;
}

__attribute__((unused)) static struct peer *fake_peer_open(struct peers *peers, const char *credential)
{
	for (int i = 0; i < FAKE_PEERS_MAX; i++) {
		struct peer *p = &peers->peers[i];

		if (p->open || p->count)
			continue;
		*p = (struct peer){ .id = peers->next++, .open = true, .credential = credential };
		peers->handler.opened(peers->handler.arg, p);
		return p;
	}
	assert(false && "no room for another peer");
	return NULL;
}

/* What was sent can still be read. */
static void fake_peer_leave(struct peers *peers, struct peer *p)
{
	peers->handler.closed(peers->handler.arg, p);
	p->open = false;
}

__attribute__((unused)) static void fake_peer_says(struct peers *peers, struct peer *p, const char *text)
{
	peers->handler.text(peers->handler.arg, p, text, strlen(text));
}

__attribute__((unused)) static const char *fake_peer_heard(const struct peer *p)
{
	return p->count ? p->sent[p->count - 1] : "";
}

__attribute__((unused)) static void fake_peers_free(struct peers *peers)
{
	for (int i = 0; i < FAKE_PEERS_MAX; i++) {
		struct peer *p = &peers->peers[i];

		if (p->open)
			fake_peer_leave(peers, p);
		for (int n = 0; n < p->count; n++)
			free(p->sent[n]);
	}
	free(peers);
}

#endif
