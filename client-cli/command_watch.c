/* command_watch.c - the live feed, a line an event. The position is kept after every line, so that the next watch, whenever it comes,
 * has missed nothing and repeats nothing; a lost connection is the same case, sooner. */
#include "client-cli/command.h"

#include "base/error.h"
#include "client-cli/deadline.h"
#include "client-cli/fill.h"
#include "client-cli/output.h"
#include "client-cli/terminal_text.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum { PAUSE_FIRST_MS = 200, PAUSE_MOST_MS = 5000, ANSWER_MS = 30000, SECONDS_MOST = 1000000000 };

struct watch {
	struct client *client;
	const char *organisation;
	const char *after, *kind, *until, *count_text, *timeout_text;
	const char *audit, *part, *check;	/* where to be while watching, or NULL */
	bool from_now, read;
	json_int_t position;			/* last one shown; -1: from now on */
	json_t *incarnation;			/* of that position; may be NULL */
	json_int_t left;			/* events still to be shown; -1: no end */
	int64_t deadline;
	bool over;
};

/* ---- the position that is kept ---- */

static void restore_position(struct watch *w)
{
	json_t *file = profile_read_file(&w->client->profile, "position");
	json_t *kept = json_object_get(file, w->organisation);

	w->position = -1;
	if (w->after)
		w->position = strtoll(w->after, NULL, 10);
	else if (kept && !w->from_now) {
		w->position = json_integer_value(json_object_get(kept, "position"));
		w->incarnation = json_incref(json_object_get(kept, "incarnation"));
	}
	json_decref(file);
}

static void keep_position(const struct watch *w)
{
	json_t *file = profile_read_file(&w->client->profile, "position");
	struct failure ignored = { 0 };

	if (w->position < 0) {
		json_decref(file);
		return;
	}
	if (!file)
		file = json_object();
	json_object_set_new(file, w->organisation, json_pack("{s:I, s:O*}", "position", w->position, "incarnation", w->incarnation));
	profile_write_file(&w->client->profile, "position", file, &ignored);
	failure_clear(&ignored);
	json_decref(file);
}

/* ---- showing ---- */

/* What the record is called, by its noun's get; "" where it has none or is not (or no longer) to be seen. */
static void read_name(struct watch *w, const json_t *event, char *out, size_t size)
{
	static const char *const names[] = { "reference", "ref", "name", "title", "email" };
	const char *kind = command_text(event, "kind");
	struct failure ignored = { 0 };
	json_t *params, *record;
	char get[128];

	*out = '\0';
	snprintf(get, sizeof get, "%.*s.get", (int)strcspn(kind, "."), kind);
	if (!document_method(&w->client->document, get))
		return;
	params = json_pack("{s:s, s:s}", "organisation", w->organisation, "id", command_text(event, "subject"));
	record = connection_call(w->client->connection, get, params, &ignored);
	for (size_t i = 0; i < sizeof names / sizeof *names && !*out; i++)
		snprintf(out, size, "%s", command_text(record, names[i]));
	json_decref(params);
	json_decref(record);
	failure_clear(&ignored);
}

static void show(struct watch *w, json_t *event)
{
	char name[256] = "", line[512];

	if (w->client->options.quiet)
		return;
	if (w->client->options.format == FORMAT_JSON) {
		json_dumpf(event, stdout, JSON_COMPACT);
		putchar('\n');
		fflush(stdout);
		return;
	}
	if (w->read)
		read_name(w, event, name, sizeof name);
	snprintf(line, sizeof line, "%7" JSON_INTEGER_FORMAT "  %.19s  %-26s %s v%" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(event, "position")),
		 command_text(event, "at"), command_text(event, "kind"), *name ? name : command_text(event, "subject"),
		 json_integer_value(json_object_get(event, "version")));
	terminal_text_print(stdout, line, 400);
	putchar('\n');
	fflush(stdout);
}

static bool watch_wants(const struct watch *w, const char *kind)
{
	return !w->kind || !strncmp(kind, w->kind, strlen(w->kind));
}

/* Counts what was shown, and judges whether it was what the watch was for. */
static void count_shown(struct watch *w, const char *kind)
{
	if (w->left > 0 && watch_wants(w, kind))
		w->left--;
	w->over = w->left == 0 || (w->until && !strcmp(kind, w->until));
}

static void take_event(struct watch *w, json_t *event)
{
	json_t *position = json_object_get(event, "position");
	const char *kind = command_text(event, "kind");

	if (json_is_integer(position)) {
		/* What overlaps after a reconnect was shown already. */
		if (w->position >= 0 && json_integer_value(position) <= w->position)
			return;
		w->position = json_integer_value(position);
	}
	if (watch_wants(w, kind))
		show(w, event);
	keep_position(w);
	count_shown(w, kind);
}

/* The name of a record of that noun, where --read asks for it; else its id. */
static void name_or_id(struct watch *w, const char *noun, const char *id, char *out, size_t size)
{
	json_t *like = json_pack("{s:s, s:s}", "kind", noun, "subject", id);

	*out = '\0';
	if (w->read && *id)
		read_name(w, like, out, size);
	if (!*out)
		snprintf(out, size, "%s", id);
	json_decref(like);
}

/* Who came or left, shown like an event of the person; it has no position and is not kept anywhere. */
static void take_presence(struct watch *w, const json_t *params)
{
	const char *kind = json_is_true(json_object_get(params, "present")) ? "presence.came" : "presence.left";
	char who[256], where[256], line[640];

	if (watch_wants(w, kind) && !w->client->options.quiet) {
		name_or_id(w, "person", command_text(params, "person"), who, sizeof who);
		name_or_id(w, "check", command_text(params, "check"), where, sizeof where);
		snprintf(line, sizeof line, "      -  %-19s  %-26s %s%s%s", "", kind, who, *where ? " at " : "", where);
		terminal_text_print(stdout, line, 400);
		putchar('\n');
		fflush(stdout);
	}
	count_shown(w, kind);
}

/* The server no longer has what came after our position, or its ledger is another one: said, and gone on from where it stands. */
static void tell_resync(struct watch *w)
{
	fprintf(stderr, "The events after position %" JSON_INTEGER_FORMAT " are not to be had: read what you need anew.\n", w->position);
	w->position = -1;
	json_decref(w->incarnation);
	w->incarnation = NULL;
}

/* ---- subscribing ---- */

/* False: the subscription must be made again. */
static bool take_notification(struct watch *w, const json_t *notification)
{
	const char *method = command_text(notification, "method");
	json_t *params = json_object_get(notification, "params");

	if (!strcmp(method, "resync"))
		tell_resync(w);
	else if (!strcmp(method, "event"))
		take_event(w, params);
	else if (!strcmp(method, "presence"))
		take_presence(w, params);
	return strcmp(method, "resync") != 0;
}

static void take_missed(void *arg, json_t *notification)
{
	struct watch *w = arg;

	if (!w->over)
		take_notification(w, notification);
}

/* What was missed, however much, comes before the answer, and is shown as it comes. */
static json_t *ask_missed(struct watch *w, json_t *params, struct failure *f)
{
	json_int_t id;

	if (!connection_post(w->client->connection, "events.subscribe", params, &id, f))
		return NULL;
	return connection_result(connection_reply_after(w->client->connection, id, ANSWER_MS, take_missed, w, f), f);
}

static bool watch_subscribe(struct watch *w, struct failure *f)
{
	json_t *params = json_pack("{s:s}", "organisation", w->organisation), *answer;

	if (w->position >= 0)
		json_object_set_new(params, "after", json_integer(w->position));
	if (w->position >= 0 && w->incarnation)
		json_object_set(params, "incarnation", w->incarnation);
	answer = ask_missed(w, params, f);
	json_decref(params);
	if (!answer)
		return false;
	if (json_is_true(json_object_get(answer, "resync")))
		tell_resync(w);
	json_decref(w->incarnation);
	w->incarnation = json_incref(json_object_get(answer, "incarnation"));
	/* Up to there everything was sent, or was not for this person. */
	if (!w->over && json_integer_value(json_object_get(answer, "position")) > w->position) {
		w->position = json_integer_value(json_object_get(answer, "position"));
		keep_position(w);
	}
	if (!w->client->options.quiet)
		fprintf(stderr, "watching after position %" JSON_INTEGER_FORMAT "\n", w->position);
	json_decref(answer);
	return true;
}

/* Tells the others in the audit where this person is, as long as the connection lasts. */
static bool be_there(struct watch *w, struct failure *f)
{
	json_t *params, *answer;
	bool there;

	if (!w->audit)
		return true;
	params = json_pack("{s:s, s:s*, s:s*}", "audit", w->audit, "part", w->part, "check", w->check);
	answer = fill_params(w->client, "presence.set", params, f) ? connection_call(w->client->connection, "presence.set", params, f) : NULL;
	there = answer != NULL;
	json_decref(params);
	json_decref(answer);
	return there;
}

static bool watch_follow(struct watch *w, struct failure *f)
{
	json_t *notification;
	bool subscribed = false;

	if (!client_connect(w->client, f))
		return false;
	while (!w->over) {
		if (!subscribed && (!watch_subscribe(w, f) || !be_there(w, f)))
			return false;
		if (w->over)
			break;
		notification = connection_next(w->client->connection, deadline_left(w->deadline), f);
		if (!notification && f->kind == FAILURE_NONE && deadline_left(w->deadline) != 0)
			continue;				/* one wait is an hour at most */
		if (!notification)
			return f->kind == FAILURE_NONE;		/* the time is over */
		subscribed = take_notification(w, notification);
		json_decref(notification);
	}
	return true;
}

/* Follows until it is over; a lost connection is made anew and resumed, for as long as it takes. */
static bool follow_across_losses(struct watch *w, struct failure *f)
{
	int pause_ms = PAUSE_FIRST_MS;

	while (!watch_follow(w, f)) {
		bool again = (f->kind == FAILURE_LOST && w->client->was_connected) || f->code == E_NOT_NOW;

		if (!again || deadline_left(w->deadline) == 0)
			return false;
		client_disconnect(w->client);
		failure_clear(f);
		poll(NULL, 0, pause_ms);
		pause_ms = pause_ms * 2 < PAUSE_MOST_MS ? pause_ms * 2 : PAUSE_MOST_MS;
	}
	if ((w->until || w->left > 0) && !w->over)
		return failure_local(f, "The time is over, and what was watched for has not happened.");
	return true;
}

static bool numbers(struct watch *w, struct failure *f)
{
	char *end = (char *)"";
	double seconds;

	w->left = w->count_text ? strtoll(w->count_text, &end, 10) : -1;
	if (*end || (w->count_text && w->left < 1))
		return failure_usage(f, "--count wants a number, not '%s'.", w->count_text);
	seconds = w->timeout_text ? strtod(w->timeout_text, &end) : 0;
	if (*end || end == w->timeout_text || !(seconds >= 0 && seconds <= (double)SECONDS_MOST))
		return failure_usage(f, "--timeout wants seconds, not '%s'.", w->timeout_text);
	w->deadline = w->timeout_text ? deadline_after((int64_t)(seconds * 1000)) : DEADLINE_NEVER;
	if (w->after && (strtoll(w->after, &end, 10) < 0 || end == w->after || *end))
		return failure_usage(f, "--after wants a position, not '%s'.", w->after);
	return true;
}

bool command_watch(struct client *c, struct words *words, struct failure *f)
{
	struct watch w = { .client = c };
	const struct own_option own[] = {
		{ "after", &w.after, NULL }, { "kind", &w.kind, NULL }, { "until", &w.until, NULL }, { "count", &w.count_text, NULL },
		{ "timeout", &w.timeout_text, NULL }, { "audit", &w.audit, NULL }, { "part", &w.part, NULL },
		{ "check", &w.check, NULL }, { "new", NULL, &w.from_now }, { "read", NULL, &w.read }, { 0 },
	};
	bool ok;

	if (!command_words(c, words, own, NULL, 0, f) || !numbers(&w, f) || !client_document(c, f))
		return false;
	if ((w.part || w.check) && !w.audit)
		return failure_usage(f, "--part and --check want --audit: where you are while you watch.");
	w.organisation = client_organisation(c, f);
	if (!w.organisation)
		return false;
	restore_position(&w);
	ok = follow_across_losses(&w, f);
	json_decref(w.incarnation);
	return ok;
}
