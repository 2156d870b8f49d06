/* keeper.c - see keeper.h. */
#include "db/keeper.h"

#include "base/clock.h"
#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>

enum { WHY_MAX = ERROR_MESSAGE_MAX + 128 };

struct keeper {
	struct keeper_config config;
	void *timer;
	bool stopped, asking;
	unsigned int tries;
	int64_t tried_at;		/* clock_ms */

	/* These are the worker's thread's while `asking`. */
	bool started;
	struct error err;
};

static void keeper_look(void *arg);

static void keeper_look_later(struct keeper *k)
{
	if (!k->stopped)
		k->timer = k->config.loop->after(k->config.loop->loop, KEEPER_LOOK_MS, keeper_look, k);
}

static void revive(void *arg)
{
	struct keeper *k = arg;

	cluster_revive(k->config.cluster, &k->started, &k->err);
}

static void keeper_give_up(struct keeper *k)
{
	char why[WHY_MAX];

	snprintf(why, sizeof(why), "The private cluster died, and %u attempts to start it again were in vain. %s", k->tries, k->err.message);
	keeper_stop(k);
	k->config.gave_up(k->config.arg, why);
}

/* It runs already when somebody else has started it, or is still recovering: that is no try. */
static void revived(void *arg, bool worked)
{
	struct keeper *k = arg;

	k->asking = false;
	if (k->stopped || !worked || (k->err.code == OK && !k->started)) {
		error_clear(&k->err);
		return;
	}
	k->tries++;
	k->tried_at = clock_ms();
	if (k->started)
		log_warn("cluster.started-again", "tries=%u", k->tries);
	else
		log_error("cluster.not-started", "tries=%u why=%s", k->tries, k->err.message);
	if (k->tries >= KEEPER_TRIES && !k->started)
		keeper_give_up(k);
	error_clear(&k->err);
}

static bool keeper_due(const struct keeper *k)
{
	return k->tries == 0 || clock_ms() - k->tried_at >= (int64_t)KEEPER_LOOK_MS << (k->tries - 1);
}

static void keeper_look(void *arg)
{
	struct keeper *k = arg;
	struct error err = { 0 };

	k->timer = NULL;
	if (db_ready(k->config.db)) {
		if (k->tries > 0 && clock_ms() - k->tried_at >= KEEPER_CALM_MS)
			k->tries = 0;
	} else if (!k->asking && keeper_due(k)) {
		if (k->tries >= KEEPER_TRIES) {
			error_set(&k->err, E_NOT_NOW, "It keeps dying; its log says why.");
			keeper_give_up(k);
			error_clear(&k->err);
			return;
		}
		k->started = false;
		k->asking = worker_submit(k->config.worker, revive, revived, k, &err) == OK;
		error_clear(&err);
	}
	keeper_look_later(k);
}

struct keeper *keeper_new(const struct keeper_config *config)
{
	struct keeper *k = calloc(1, sizeof(*k));

	if (!k)
		return NULL;
	k->config = *config;
	keeper_look_later(k);
	return k;
}

void keeper_stop(struct keeper *k)
{
	if (!k)
		return;
	k->stopped = true;
	if (k->timer)
		k->config.loop->cancel(k->timer);
	k->timer = NULL;
}

void keeper_free(struct keeper *k)
{
	keeper_stop(k);
	free(k);
}
