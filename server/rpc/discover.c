/* discover.c - see discover.h. OpenRPC 1.2.6; what it has no word for stands under x-: roles, access, secret, events. */
#include "rpc/discover.h"

#include "rpc/caller.h"

#include <string.h>

static const enum error_code codes[] = {
	E_PARSE, E_REQUEST, E_METHOD, E_PARAMS, E_INTERNAL, E_UNAUTHENTICATED, E_FORBIDDEN, E_SEPARATION, E_NOT_FOUND, E_STALE, E_STATE,
	E_SLOW_DOWN, E_NOT_NOW, E_BUSINESS,
};

/* Which refusals a method may answer with beside those that any may. */
static bool may_answer(const struct method *m, enum error_code code)
{
	switch (code) {
	case E_PARSE:
	case E_REQUEST:
	case E_METHOD:
		return false;
	case E_UNAUTHENTICATED:
		return !(m->roles & ROLE_ANYONE);
	case E_FORBIDDEN:
		return !(m->roles & (ROLE_ANYONE | ROLE_SIGNED_IN));
	case E_STALE:
		return method_param(m, "version");
	case E_SEPARATION:
	case E_STATE:
		return m->access == ACCESS_WRITE;
	default:
		return true;
	}
}

static json_t *errors(void)
{
	json_t *all = json_object();

	for (size_t i = 0; i < sizeof codes / sizeof *codes && all; i++)
		json_object_set_new(all, error_name(codes[i]), json_pack("{s:i, s:s}", "code", (int)codes[i], "message", error_sentence(codes[i])));
	return all;
}

static json_t *references(const struct method *m)
{
	json_t *list = json_array();

	for (size_t i = 0; i < sizeof codes / sizeof *codes && list; i++)
		if (may_answer(m, codes[i]))
			json_array_append_new(list, json_pack("{s:s+}", "$ref", "#/components/errors/", error_name(codes[i])));
	return list;
}

static json_t *parameter(const struct method_param *p)
{
	return json_pack("{s:s, s:s*, s:b, s:O, s:s}", "name", p->name, "description", p->doc, "required", p->required, "schema", p->described,
			 "x-type", param_type_name(p->type));
}

static json_t *method(const struct method *m)
{
	static const char *const access[] = { [ACCESS_WRITE] = "write", [ACCESS_READ] = "read", [ACCESS_RECORDED] = "recorded" };
	json_t *params = json_array();

	for (size_t i = 0; i < m->count && params; i++)
		json_array_append_new(params, parameter(&m->params[i]));
	return json_pack("{s:s, s:s, s:s, s:o, s:{s:s, s:O}, s:o, s:o, s:s, s:b}", "name", m->name, "summary", m->doc, "paramStructure", "by-name",
			 "params", params, "result", "name", "result", "schema", m->result, "errors", references(m),
			 "x-roles", role_names(m->roles), "x-access", access[m->access], "x-secret", m->secret);
}

static json_t *methods(const struct method_table *t)
{
	json_t *list = json_array();

	for (size_t i = 0; i < t->count && list; i++)
		json_array_append_new(list, method(&t->methods[i]));
	return list;
}

enum error_code discover_write(struct method_table *t, const json_t *events, const char *version, struct error *err)
{
	json_t *schemas = json_object_get(t->catalogue, "schemas");
	json_t *document = json_pack("{s:s, s:{s:s, s:s, s:s}, s:o, s:{s:O*, s:o}, s:O, s:s}", "openrpc", "1.2.6",
		"info", "title", "ninetwo", "version", version, "description", "JSON-RPC 2.0 over WebSocket, subprotocol ninetwo.v1.",
		"methods", methods(t), "components", "schemas", schemas, "errors", errors(), "x-events", events,
		"x-release", method_release(t));

	t->discovery = document ? json_dumps(document, JSON_COMPACT) : NULL;
	t->discovery_length = t->discovery ? strlen(t->discovery) : 0;
	json_decref(document);
	return t->discovery ? OK : error_set(err, E_NOT_NOW, NULL);
}
