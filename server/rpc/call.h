/* call.h - one message under way: a call, or a batch of them answered in sequence. A call belongs to whoever works on it (the handler, the
 * pool, its dialogue while that is being identified) and finds its dialogue by the peer's id, never by pointer. */
#ifndef NINETWO_RPC_CALL_H
#define NINETWO_RPC_CALL_H

#include "base/buffer.h"
#include "base/list.h"
#include "rpc/dialogue.h"
#include "rpc/request.h"

enum { ADDRESS_TEXT = 64 };

struct call {
	struct list parked;		/* dialogue->waiting, while the caller is being identified */
	struct rpc *rpc;
	uint64_t peer;
	char address[ADDRESS_TEXT];
	struct requests *requests;
	size_t at;			/* the request that is being answered */
	bool stepping;			/* inside the loop over requests: an answer given there needs no new round */
	bool identified;		/* the dialogue has been identified for this request, as far as it could be */
	struct error refusal;		/* set: every request is answered with it */
	struct buffer replies;
	/* of the request that is being answered */
	struct method_table *table;	/* held */
	const struct method *method;
	struct caller *caller;		/* held; NULL when not signed in */
	unsigned int generation;	/* of the dialogue's token */
	unsigned char token[TOKEN_SIZE];
	struct error stale;		/* kept while the current record is fetched */
};

/* Takes the requests of one message. `refusal` (its data is taken) set: all of them are refused so. */
void call_start(struct dialogue *c, struct requests *requests, struct error *refusal);
/* Goes on with a call from dialogue->waiting: the dialogue is identified now, or could not be. */
void call_resume(struct call *c);

/* Refuses a message that holds no request which could be answered by its id. */
void call_refuse_message(struct rpc *r, uint64_t peer, const struct error *err);

#endif
