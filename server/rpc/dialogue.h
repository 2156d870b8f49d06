/* dialogue.h - one peer as the call layer sees it: who it is, what waits for knowing that, and how fast it may go on.
 *
 * Who it is comes from api.session_info and is believed for CALLER_FRESH_MS; the database looks at the session again in every call. */
#ifndef NINETWO_RPC_DIALOGUE_H
#define NINETWO_RPC_DIALOGUE_H

#include "base/list.h"
#include "rpc/caller.h"
#include "rpc/state.h"

enum {
	CALLER_FRESH_MS = 60 * 1000,	/* roles are remembered this long */
	CALLER_CHECK_MS = 300 * 1000,	/* a silent peer's session is looked at this often, whatever was heard of it */
	SESSION_SWEEP_MS = 5 * 1000,
	SESSION_SWEEP_ASKS = 200,	/* looked at in one sweep, so that 10,000 dialogues do not ask at once */
	TOUCH_MS = 60 * 1000,		/* a session's last use is noted at most this often */
	ENDING_MS = 10 * 60 * 1000,	/* before its end a session is told of it, */
	ENDING_SOON_MS = 2 * 60 * 1000,	/* and once more */
	CALLS_OF_NOBODY = 4,		/* under way at once, before signing in */
};

enum identity { NOBODY, ASKING, KNOWN };

struct dialogue {
	struct list all;		/* rpc->dialogues */
	struct list person;		/* rpc->people, while the caller is known */
	struct list waiting;		/* calls that wait for `identity` to leave ASKING */
	struct rpc *rpc;
	uint64_t peer;
	unsigned int generation;	/* of the token: an answer about an earlier one is not about this one */
	enum identity identity;
	bool has_token, paused, may_be_stale;
	bool leaving;			/* it asked for the end of its session, and closes once that is answered */
	unsigned char token[TOKEN_SIZE];
	struct caller *caller;		/* while KNOWN, and while asked for again */
	int64_t known_at, touched_at;	/* clock_ms */
	int warned;			/* how often it was told of the end that is near */
	int calls;			/* messages under way */
	double allowance;		/* calls it may make at once; below zero it is paused until it is paid back */
	int64_t refilled_at;
	void *resume;			/* timer */
};

/* The notifications session.ending and session.ended. */
enum error_code dialogue_declare(struct rpc *r, struct error *err);

/* NULL: gone, or there is no network any more. */
struct peer *dialogue_peer(const struct rpc *r, uint64_t peer);
struct dialogue *dialogue_find(const struct rpc *r, uint64_t peer);

/* peer_handler's opened and closed. */
void dialogue_opened(struct rpc *r, struct peer *peer);
void dialogue_closed(struct rpc *r, struct peer *peer);
bool dialogue_busy(const struct peer *peer);	/* a call is under way, or who it is is being asked */

/* True: `caller` is as fresh as it must be, or there is none to be had. False: it is being asked for, and what is on `waiting` will be run. */
bool dialogue_identified(struct dialogue *c);

void dialogue_sign_in(struct dialogue *c, const unsigned char token[TOKEN_SIZE]);
/* The session has ended, for a reason that session.ended names (NULL: none is known): says so, forgets it and closes the peer. */
void dialogue_end(struct dialogue *c, const char *reason);
/* A peer that asks for the end of its own session is answered first, whoever tells of that end before. It stays after all where it was
 * refused: its session is looked at. */
void dialogue_leaves(struct dialogue *c);
void dialogue_stays(struct dialogue *c);
/* Notes the use of the session, at most once a minute. */
void dialogue_touch(struct dialogue *c);

/* Flow control. Charges n calls; 0: go on, else refuse and say to come back after so many milliseconds. */
unsigned int dialogue_charge(struct dialogue *c, size_t n);
void dialogue_call_began(struct dialogue *c);
void dialogue_call_ended(struct dialogue *c);

/* The list that the dialogues of a person are on, among those of others. */
struct list *people_of(struct rpc *r, const char *person);

/* One round over all dialogues: sessions whose end has come, or is near, are looked at. */
void dialogue_sweep(struct rpc *r);

#endif
