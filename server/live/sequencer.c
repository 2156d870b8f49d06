/* sequencer.c - see sequencer.h. */
#include "live/sequencer.h"

#include "base/clock.h"
#include "base/log.h"
#include "live/sweep.h"

#include <stdlib.h>
#include <string.h>

struct sequencer {
	struct sequencer_config config;
	bool up, leads;
	bool asking;		/* a query of its own is under way */
	bool again;		/* woken meanwhile */
	bool notify;		/* others are to be woken when the timer fires */
	int64_t lapsed_at;	/* clock_ms; rights by date were looked for */
	struct sweep *sweep;
	void *poll, *notifying;	/* timers */
};

static void sequencer_work(struct sequencer *s);

/* --- waking other processes */

static void sequencer_notified(void *arg, const struct db_result *result, struct error *err)
{
	(void)arg, (void)result, (void)err;	/* a hint: each of them polls as well */
}

static void notify_now(void *arg)
{
	struct sequencer *s = arg;
	struct error err = { 0 };

	s->notifying = NULL;
	if (!s->notify || !s->up)
		return;
	s->notify = false;
	listener_query(s->config.listener, &(struct db_request){ .name = "ledger_notify", .sql = "select pg_notify('" LEDGER_CHANNEL "', '')",
		.done = sequencer_notified, .arg = s }, &err);
	error_clear(&err);
}

static void notify_soon(struct sequencer *s)
{
	s->notify = true;
	if (!s->notifying)
		s->notifying = s->config.loop->after(s->config.loop->loop, SEQUENCER_NOTIFY_MS, notify_now, s);
}

/* --- one query at a time */

static void sequencer_ask(struct sequencer *s, const char *name, const char *sql, db_done_fn done)
{
	struct error err = { 0 };

	s->asking = listener_query(s->config.listener, &(struct db_request){ .name = name, .sql = sql, .done = done, .arg = s }, &err) == OK;
	error_clear(&err);
}

static void sequencer_asked(struct sequencer *s)
{
	s->asking = false;
	sequencer_work(s);
}

static void lead_done(void *arg, const struct db_result *result, struct error *err)
{
	struct sequencer *s = arg;

	if (err->code == OK && result->text && strcmp(result->text, "t") == 0 && s->up) {
		s->leads = true;
		s->again = true;
		s->lapsed_at = 0;
		log_info("ledger.lead", NULL);
	}
	sequencer_asked(s);
}

static void sequence_done(void *arg, const struct db_result *result, struct error *err)
{
	struct sequencer *s = arg;

	if (err->code == OK && !result->text)
		s->leads = false;
	else if (err->code == OK && strcmp(result->text, "0") != 0) {
		s->again = true;
		notify_soon(s);
		s->config.numbered(s->config.arg);
	} else if (err->code != OK && err->code != E_NOT_NOW)
		log_error("ledger.sequence", "error=%s", err->message);
	sequencer_asked(s);
}

static void lapse_done(void *arg, const struct db_result *result, struct error *err)
{
	struct sequencer *s = arg;

	if (err->code == OK && result->text)
		s->lapsed_at = 0;	/* there may be another organisation whose day has turned */
	else if (err->code != OK && err->code != E_NOT_NOW)
		log_error("ledger.lapse", "error=%s", err->message);
	s->again = s->again || (err->code == OK && result->text);
	sequencer_asked(s);
}

static bool lapse_due(const struct sequencer *s)
{
	return !s->lapsed_at || clock_ms() - s->lapsed_at >= SEQUENCER_LAPSE_MS;
}

/* Asks what is next. Numbering goes before dates, or a busy day would hold up everyone's events. */
static void sequencer_work(struct sequencer *s)
{
	if (!s->up || s->asking)
		return;
	if (s->again) {
		s->again = false;
		if (s->leads)
			sequencer_ask(s, "ledger_sequence", "select ledger.sequence()", sequence_done);
		else
			sequencer_ask(s, "ledger_lead", "select ledger.lead()", lead_done);
	} else if (s->leads && lapse_due(s)) {
		s->lapsed_at = clock_ms();
		sequencer_ask(s, "ledger_lapse", "select ledger.lapse()", lapse_done);
	}
}

static void sequencer_poll(void *arg)
{
	struct sequencer *s = arg;

	s->poll = s->config.loop->after(s->config.loop->loop, SEQUENCER_POLL_MS, sequencer_poll, s);
	s->again = true;
	sequencer_work(s);
}

static bool sweeps(void *arg)
{
	const struct sequencer *s = arg;

	return s->leads;
}

/* --- what happens to it */

struct sequencer *sequencer_new(const struct sequencer_config *config)
{
	struct sequencer *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->config = *config;
	s->poll = config->loop->after(config->loop->loop, SEQUENCER_POLL_MS, sequencer_poll, s);
	s->sweep = sweep_new(&(struct sweep_config){ .loop = config->loop, .conninfo = config->conninfo, .user = config->user, .due = sweeps, .arg = s });
	if (s->sweep)
		return s;
	sequencer_free(s);
	return NULL;
}

void sequencer_free(struct sequencer *s)
{
	if (!s)
		return;
	if (s->poll)
		s->config.loop->cancel(s->poll);
	sweep_free(s->sweep);
	if (s->notifying)
		s->config.loop->cancel(s->notifying);
	free(s);
}

void sequencer_connected(struct sequencer *s, bool up)
{
	if (s->leads && !up)
		log_warn("ledger.lead_lost", NULL);
	s->up = up;
	s->leads = false;
	s->again = up;
	sequencer_work(s);
}

void sequencer_committed(struct sequencer *s)
{
	if (s->leads) {
		s->again = true;
		sequencer_work(s);
	} else if (s->up)
		notify_soon(s);
}

void sequencer_heard(struct sequencer *s)
{
	if (!s->leads)
		return;
	s->again = true;
	sequencer_work(s);
}

bool sequencer_leads(const struct sequencer *s)
{
	return s->leads;
}
