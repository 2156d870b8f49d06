/* member.c - signing in and calling, the way any client does. */
#include "tests/system/member.h"

#include "tests/system/description.h"
#include "tests/system/expect.h"

#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct connection *open_connection(const struct server *s, const char *token)
{
	struct failure f = { 0 };
	struct connection *c = connection_open(&(struct connection_options){ .server = s->address, .token = token,
		.ca_file = s->ca_file, .timeout_ms = PATIENCE_MS }, &f);

	expect(c, "connecting to %s: %s", s->address, f.message);
	return c;
}

static void copy_text(char *out, size_t size, const json_t *from, const char *name)
{
	const char *text = json_string_value(json_object_get(from, name));

	expect(text && strlen(text) < size, "%s in the answer", name);
	snprintf(out, size, "%s", text);
}

/* One call of a connection that belongs to nobody. Takes params. */
static json_t *call_as_nobody(const struct server *s, const char *method, json_t *params)
{
	struct failure f = { 0 };
	struct connection *c = open_connection(s, NULL);
	json_t *result = connection_call(c, method, params, &f);

	expect(result, "%s: %s", method, f.message);
	connection_free(c);
	json_decref(params);
	return result;
}

void member_join(struct member *m, const struct server *s, const char *email, const char *code)
{
	json_decref(call_as_nobody(s, "session.set_password", json_pack("{s:s, s:s}", "code", code, "password", MEMBER_PASSWORD)));
	member_sign_in(m, s, email);
}

void member_connect(struct member *m, const struct server *s)
{
	m->server = s;
	m->connection = open_connection(s, m->token);
	description_learn(m->connection);
}

void member_sign_in(struct member *m, const struct server *s, const char *email)
{
	json_t *opened = call_as_nobody(s, "session.open", json_pack("{s:s, s:s}", "email", email, "password", MEMBER_PASSWORD));
	json_t *info, *organisation;

	*m = (struct member){ .email = email };
	copy_text(m->token, sizeof m->token, opened, "token");
	json_decref(opened);
	member_connect(m, s);
	info = member_must(m, "session.current", NULL);
	copy_text(m->person, sizeof m->person, info, "person");
	organisation = json_array_get(json_object_get(info, "organisations"), 0);
	if (organisation)
		copy_text(m->organisation, sizeof m->organisation, organisation, "id");
	json_decref(info);
}

struct member member_again(const struct member *m)
{
	struct member again = *m;

	member_connect(&again, m->server);
	return again;
}

void member_leave(struct member *m)
{
	connection_free(m->connection);
	m->connection = NULL;
}

void member_new_uuid(char out[UUID_SIZE])
{
	unsigned char b[16];

	RAND_bytes(b, sizeof b);
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	snprintf(out, UUID_SIZE, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2], b[3], b[4], b[5],
		b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

json_t *member_parameters(const struct member *m, const char *method, json_t *params)
{
	char request_id[UUID_SIZE];

	if (!params)
		params = json_object();
	if (description_takes(method, "organisation") && !json_object_get(params, "organisation"))
		json_object_set_new(params, "organisation", json_string(m->organisation));
	if (description_takes(method, "request_id") && !json_object_get(params, "request_id")) {
		member_new_uuid(request_id);
		json_object_set_new(params, "request_id", json_string(request_id));
	}
	return params;
}

int member_call(struct member *m, const char *method, json_t *params, json_t **out)
{
	struct failure f = { 0 };
	json_t *reply, *error;
	json_int_t id;
	int code = 0;

	params = member_parameters(m, method, params);
	*out = NULL;
	reply = connection_post(m->connection, method, params, &id, &f) ? connection_reply(m->connection, id, PATIENCE_MS, &f) : NULL;
	json_decref(params);
	failure_clear(&f);
	if (!reply)
		return MEMBER_LOST;
	error = json_object_get(reply, "error");
	if (error)
		code = (int)json_integer_value(json_object_get(error, "code"));
	else
		description_check(method, json_object_get(reply, "result"));
	*out = json_incref(error ? error : json_object_get(reply, "result"));
	json_decref(reply);
	return code;
}

json_t *member_must(struct member *m, const char *method, json_t *params)
{
	json_t *out;
	int code = member_call(m, method, params, &out);
	char *said = out ? json_dumps(out, JSON_ENCODE_ANY) : NULL;

	expect(code == 0, "%s by %s: %d %s", method, m->email, code, said ? said : "connection lost");
	free(said);
	return out;
}

json_t *member_notified(struct member *m, const char *name)
{
	int64_t deadline = deadline_after(PATIENCE_MS);
	struct failure f = { 0 };
	json_t *notification, *params = NULL;
	const char *method;

	while (!params && (notification = connection_next(m->connection, deadline_left(deadline), &f))) {
		method = json_string_value(json_object_get(notification, "method"));
		if (method && strcmp(method, name) == 0)
			params = json_incref(json_object_get(notification, "params"));
		json_decref(notification);
	}
	failure_clear(&f);
	if (params && strcmp(name, "event") == 0)
		description_check_event(params);
	return params;
}
