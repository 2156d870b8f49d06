/* can.c - see can.h. */
#include "rpc/can.h"

#include "base/uuid.h"
#include "rpc/call.h"
#include "rpc/gate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char declaration[] = "{\"name\":\"can\",\"doc\":\"Whether a call would be refused, and why. Changes nothing.\","
	"\"roles\":[\"signed_in\"],\"access\":\"recorded\",\"organisation\":false,\"params\":["
	"{\"name\":\"organisation\",\"type\":\"uuid\",\"required\":false,\"doc\":\"The organisation that the call would be in.\"},"
	"{\"name\":\"method\",\"type\":\"text\",\"required\":true,\"schema\":{\"maxLength\":100},\"doc\":\"The method that would be called.\"},"
	"{\"name\":\"params\",\"type\":\"jsonb\",\"required\":false,\"schema\":{\"type\":\"object\"},"
	"\"doc\":\"Its parameters; organisation and request_id may be left out.\"}],"
	"\"result\":{\"type\":\"object\",\"properties\":{\"allowed\":{\"type\":\"boolean\"},"
	"\"code\":{\"type\":\"integer\",\"description\":\"The error's code, when it would be refused.\"},"
	"\"message\":{\"type\":\"string\"},\"data\":{\"type\":\"object\"}},\"required\":[\"allowed\"],\"additionalProperties\":false}}";

static void answer_refusal(struct call *c, struct error *err)
{
	json_t *data = err->data ? json_loads(err->data, 0, NULL) : json_object();

	call_answer_json(c, json_pack("{s:b, s:i, s:s, s:o}", "allowed", 0, "code", (int)err->code, "message", err->message, "data", data));
	error_clear(err);
}

static void ask_database(struct call *c, const char *organisation, const char *method, json_t *inner)
{
	static const char sql[] =
		"select api.can(session => $1::bytea, organisation => $2::uuid, method => $3::text, params => $4::jsonb)::text";
	struct db_request request = { .kind = DB_WRITE, .repeatable = true, .name = "can", .sql = sql, .count = 4 };
	char *params = json_dumps(inner, JSON_COMPACT);
	struct error err = { 0 };

	if (!params) {
		error_set(&err, E_NOT_NOW, NULL);
		call_refuse(c, &err);
		return;
	}
	request.params[0] = (struct db_param){ .value = (const char *)c->token, .length = TOKEN_SIZE, .binary = true };
	request.params[1].value = organisation;
	request.params[2].value = method;
	request.params[3].value = params;
	call_query(c, &request);
	free(params);
}

/* What stands in place of an organisation and is none. */
static bool wrong_organisation(struct error *err, const char *problem)
{
	char data[120];

	error_set(err, E_PARAMS, "organisation %s.", problem);
	snprintf(data, sizeof data, "{\"params\":[{\"name\":\"organisation\",\"problem\":\"%s\"}]}", problem);
	error_set_data(err, data);
	return false;
}

static bool can_judge(const struct call *c, const struct method *m, json_t *inner, const char *organisation,
	struct error *err)
{
	if (m->organisation && !organisation)
		return wrong_organisation(err, "is required");
	if (organisation && !uuid_is(organisation))
		return wrong_organisation(err, "must be a UUID");
	return gate_params(m, inner, false, err) == OK && gate_roles(m, c->caller, organisation, err) == OK;
}

static void can(void *arg, struct call *c, const json_t *params)
{
	const char *name = json_string_value(json_object_get(params, "method"));
	const char *organisation = json_string_value(json_object_get(params, "organisation"));
	json_t *given = json_object_get(params, "params"), *inner = given ? json_copy(given) : json_object();
	const struct method *m = method_find(c->table, name);
	struct error err = { 0 };

	(void)arg;
	if (!organisation)
		organisation = json_string_value(json_object_get(given, "organisation"));
	if (!inner || !m) {
		error_set(&err, inner ? E_PARAMS : E_NOT_NOW, inner ? "There is no such method." : NULL);
		if (inner)
			error_set_data(&err, "{\"params\":[{\"name\":\"method\",\"problem\":\"must be a method\"}]}");
		call_refuse(c, &err);
	} else if (!can_judge(c, m, inner, organisation, &err)) {
		answer_refusal(c, &err);
	} else if (m->run) {
		call_answer_json(c, json_pack("{s:b}", "allowed", 1));
	} else {
		if (m->organisation)
			json_object_del(inner, "organisation");
		json_object_del(inner, "request_id");
		ask_database(c, organisation, name, inner);
	}
	json_decref(inner);
}

enum error_code can_declare(struct rpc *r, struct error *err)
{
	return rpc_declare(r, declaration, can, NULL, err);
}
