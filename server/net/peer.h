/* peer.h - what the layers above the network see of the other end of one WebSocket. rpc/ and live/ include this and
 * nothing else of net/.
 *
 * A peer is named by an id that is never used again; continuations keep the id and look the peer up when they resume. */
#ifndef NINETWO_NET_PEER_H
#define NINETWO_NET_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct peers;			/* all peers of this process */
struct peer;

/* One outgoing message, shared by all its receivers; reference counted; UTF-8 JSON text. */
struct message;
struct message *message_new(const char *text, size_t length);	/* copies; NULL when out of memory; one reference */
struct message *message_hold(struct message *m);
void message_drop(struct message *m);				/* accepts NULL */

/* What net/ calls in the layers above. All on the loop's thread. */
struct peer_handler {
	void (*opened)(void *arg, struct peer *peer);		/* websocket is open; peer_credential() tells what came with the upgrade */
	void (*text)(void *arg, struct peer *peer, const char *text, size_t length);	/* one whole message; text is NUL-terminated */
	void (*closed)(void *arg, struct peer *peer);		/* last call for this peer */
	bool (*busy)(void *arg, struct peer *peer);		/* is something that it asked for under way? NULL: never */
	void *arg;
};

struct peer *peer_find(struct peers *peers, uint64_t id);	/* NULL: gone */
uint64_t peer_id(const struct peer *peer);
const char *peer_address(const struct peer *peer);		/* numeric */
/* Session token that came with the upgrade (cookie or bearer), wire form, or NULL. from_cookie tells which. Wiped by peer_credential_wipe. */
const char *peer_credential(const struct peer *peer, bool *from_cookie);
void peer_credential_wipe(struct peer *peer);

/* What may wait for a peer that has not signed in: an answer of so many bytes (0 at first), and
 * LIMIT_SEND_BYTES_BEFORE_SIGN_IN beside it. */
void peers_allow_answer(struct peers *peers, size_t bytes);

/* Queues a message (takes its own reference). Over the peer's byte or message cap the peer is closed with 1013. */
void peer_send(struct peer *peer, struct message *m);
/* How many messages wait to be sent: those that the socket has not taken, down to one that it took in part. */
unsigned int peer_waiting(const struct peer *peer);
void peer_close(struct peer *peer, int code, const char *reason);
/* Stops and resumes reading from the peer (flow control). */
void peer_pause(struct peer *peer, bool paused);
/* Ends the deadline before which a peer must have signed in. */
void peer_signed_in(struct peer *peer);

/* A slot for the owner above (one pointer: the call layer's dialogue). */
void peer_set_user(struct peer *peer, void *user);
void *peer_user(const struct peer *peer);

#endif
