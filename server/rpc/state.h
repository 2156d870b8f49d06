/* state.h - what the files of rpc/ share of one struct rpc. Nobody outside this folder includes it. */
#ifndef NINETWO_RPC_STATE_H
#define NINETWO_RPC_STATE_H

#include "base/list.h"
#include "rpc/method.h"
#include "rpc/rpc.h"

enum { PEOPLE_BUCKETS = 1024 };

struct rpc {
	struct rpc_config config;
	struct peers *peers;
	struct method_table *table;	/* NULL until the catalogue has been read */
	struct declared *declared;
	json_t *events;			/* array: what rpc_declare_event was given */
	bool reading;			/* the catalogue is being asked for */
	bool again;			/* and then once more, for it may have changed since */
	int64_t read_at;		/* clock_ms: when it was answered last */
	bool draining;
	rpc_ready_fn ready;
	void *ready_arg;
	void (*drained)(void *arg);
	void *drained_arg;
	void (*closed)(void *arg, uint64_t peer);
	void *closed_arg;
	void *retry;			/* timer: asking for the catalogue again */
	void *sweep;			/* timer: sessions that have ended */
	struct list dialogues;
	struct list people[PEOPLE_BUCKETS];	/* dialogues by person */
	int dialogue_count;
	int calls;			/* messages under way */
	struct rpc_statistics counted;
};

/* A call has ended; tells who waits for the last one. */
void rpc_call_ended(struct rpc *r);

#endif
