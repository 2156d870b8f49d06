/* event.c - see event.h. */
#include "live/event.h"

#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOTIFICATION_MAX = 2048 };
enum column { POSITION, AT, ORGANISATION, ACTOR, KIND, SUBJECT, VERSION, TOKENS, PERSON, TOKEN, LAPSES_MS, REASON };

struct message *event_message(const char *params, size_t length)
{
	struct message *m = NULL;
	struct buffer b;

	buffer_init(&b, NOTIFICATION_MAX);
	buffer_append_text(&b, "{\"jsonrpc\":\"2.0\",\"method\":\"event\",\"params\":");
	buffer_append(&b, params, length);
	if (buffer_append_text(&b, "}"))
		m = message_new(b.data, b.length);
	buffer_clear(&b);
	return m;
}

static void append_id(struct buffer *b, const char *name, const char *id)
{
	buffer_append_format(b, id ? ",\"%s\":\"%s\"" : ",\"%s\":null", name, id);
}

static struct message *notification(const struct db_result *rows, int row)
{
	const char *kind = rows->get(rows, row, KIND), *version = rows->get(rows, row, VERSION);
	struct message *m = NULL;
	struct buffer b;

	buffer_init(&b, NOTIFICATION_MAX);
	buffer_append_format(&b, "{\"organisation\":\"%s\",\"position\":%s,\"at\":\"%s\",\"kind\":", rows->get(rows, row, ORGANISATION),
		rows->get(rows, row, POSITION), rows->get(rows, row, AT));
	buffer_append_json(&b, kind, strlen(kind));
	append_id(&b, "actor", rows->get(rows, row, ACTOR));
	append_id(&b, "subject", rows->get(rows, row, SUBJECT));
	if (buffer_append_format(&b, ",\"version\":%s}", version ? version : "null"))
		m = event_message(b.data, b.length);
	buffer_clear(&b);
	return m;
}

static enum event_effect effect_of(const char *kind)
{
	static const struct { const char *kind; enum event_effect effect; } effects[] = {
		{ "token.gained", EFFECT_GAINED },
		{ "token.changed", EFFECT_CHANGED },
		{ "token.lost", EFFECT_LOST },
		{ "session.ended", EFFECT_SESSION_ENDED },
	};

	for (size_t i = 0; i < sizeof(effects) / sizeof(*effects); i++)
		if (strcmp(kind, effects[i].kind) == 0)
			return effects[i].effect;
	return EFFECT_NONE;
}

static size_t count_tokens(const char *list)
{
	size_t n = list[0] == '{' && list[1] != '}';

	for (; *list; list++)
		n += *list == ',';
	return n;
}

/* {id,id,...}, as PostgreSQL writes a uuid[]. */
static bool read_tokens(struct event *e, const char *list)
{
	for (size_t i = 0; i < e->token_count; i++, list += UUID_WRITTEN)
		if (!uuid_read(list + 1, &e->tokens[i]))
			return false;
	return true;
}

static bool read_ids(struct event *e, const struct db_result *rows, int row)
{
	const char *organisation = rows->get(rows, row, ORGANISATION), *lapses = rows->get(rows, row, LAPSES_MS);
	bool about_token = e->effect == EFFECT_GAINED || e->effect == EFFECT_CHANGED || e->effect == EFFECT_LOST;

	e->lapses_ms = lapses ? strtoll(lapses, NULL, 10) : 0;
	e->has_organisation = organisation != NULL;
	if (organisation && !uuid_read(organisation, &e->organisation))
		return false;
	if (about_token) {
		const char *person = rows->get(rows, row, PERSON), *token = rows->get(rows, row, TOKEN);

		if (!person || !token || !uuid_read(person, &e->person) || !uuid_read(token, &e->token))
			return false;
	}
	return uuid_read(rows->get(rows, row, SUBJECT), &e->subject) && read_tokens(e, rows->get(rows, row, TOKENS));
}

struct event *event_read(const struct db_result *rows, int row)
{
	const char *tokens = rows->get(rows, row, TOKENS), *reason = rows->get(rows, row, REASON);
	size_t count = count_tokens(tokens);
	struct event *e = calloc(1, sizeof(*e) + count * sizeof(e->tokens[0]));

	if (!e)
		return NULL;
	e->token_count = count;
	e->position = strtoll(rows->get(rows, row, POSITION), NULL, 10);
	e->effect = effect_of(rows->get(rows, row, KIND));
	snprintf(e->reason, sizeof(e->reason), "%s", reason ? reason : "");
	if (!read_ids(e, rows, row) || (e->has_organisation && !(e->message = notification(rows, row)))) {
		event_free(e);
		return NULL;
	}
	return e;
}

void event_free(struct event *e)
{
	if (!e)
		return;
	message_drop(e->message);
	free(e);
}
