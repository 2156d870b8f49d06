/* discover.c - see discover.h. OpenRPC 1.2.6; what it has no word for stands under x-: roles, access, secret, events. */
#include "rpc/discover.h"

#include "base/buffer.h"
#include "base/code.h"
#include "base/gzip.h"
#include "base/hex.h"
#include "base/limits.h"
#include "base/log.h"
#include "rpc/caller.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCHEMAS "#/components/schemas/"

enum { SET_NAME = 32 };

static_assert(sizeof ((struct description *)0)->digest == 2 * DIGEST_SIZE + 1, "a digest in hexadecimal");

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
	case E_FORBIDDEN:	/* of who is signed in, by their token's scope */
		return !(m->roles & ROLE_ANYONE);
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

/* ---- which errors a method may answer with: sets that stand once, because many methods share few ---- */

static void name_set(const struct method *m, char name[SET_NAME])
{
	const char *caller = m->roles & ROLE_ANYONE ? "anyone" : m->roles & ROLE_SIGNED_IN ? "signed_in" : "member";

	snprintf(name, SET_NAME, "%s %s%s", caller, m->access == ACCESS_WRITE ? "write" : "read",
		method_param(m, "version") ? " version" : "");
}

static json_t *set_of(const struct method *m)
{
	json_t *list = json_array();

	for (size_t i = 0; i < sizeof codes / sizeof *codes && list; i++)
		if (may_answer(m, codes[i]))
			json_array_append_new(list, json_string(error_name(codes[i])));
	return list;
}

static void note_set(json_t *sets, const struct method *m)
{
	char name[SET_NAME];

	name_set(m, name);
	if (!json_object_get(sets, name))
		json_object_set_new(sets, name, set_of(m));
}

/* ---- one method ---- */

static json_t *parameter(const struct method_param *p)
{
	return json_pack("{s:s, s:s*, s:b, s:O, s:s, s:o*}", "name", p->name, "description", p->doc, "required", p->required, "schema", p->described,
			 "x-type", param_type_name(p->type), "x-field", p->field ? json_true() : NULL);
}

static json_t *method(const struct method *m)
{
	static const char *const access[] = { [ACCESS_WRITE] = "write", [ACCESS_READ] = "read", [ACCESS_RECORDED] = "recorded" };
	json_t *params = json_array();
	char set[SET_NAME];

	name_set(m, set);
	for (size_t i = 0; i < m->count && params; i++)
		json_array_append_new(params, parameter(&m->params[i]));
	return json_pack("{s:s, s:s, s:s, s:o, s:{s:s, s:O}, s:s, s:o, s:s, s:b, s:O*, s:O*, s:O*, s:O*}", "name", m->name, "summary", m->doc,
			 "paramStructure", "by-name", "params", params, "result", "name", "result", "schema", m->result, "x-errors", set,
			 "x-roles", role_names(m->roles), "x-access", access[m->access], "x-secret", m->secret,
			 "x-on", json_object_get(m->entry, "on"), "x-from", json_object_get(m->entry, "from"),
			 "x-to", json_object_get(m->entry, "to"), "x-acts", json_object_get(m->entry, "acts"));
}

/* ---- the records that are spoken of ---- */

static void take_named(const json_t *all, const char *reference, json_t *found);

/* Whatever a schema refers to, and what that refers to. */
static void take_records(const json_t *all, const json_t *schema, json_t *found)
{
	const char *name;
	json_t *member;
	size_t i;

	json_array_foreach(schema, i, member)
		take_records(all, member, found);
	json_object_foreach((json_t *)schema, name, member) {
		if (!strcmp(name, "$ref") && json_is_string(member))
			take_named(all, json_string_value(member), found);
		else
			take_records(all, member, found);
	}
}

static void take_named(const json_t *all, const char *reference, json_t *found)
{
	const char *name = strncmp(reference, SCHEMAS, strlen(SCHEMAS)) ? NULL : reference + strlen(SCHEMAS);
	json_t *schema = name ? json_object_get(all, name) : NULL;

	if (!schema || json_object_get(found, name))
		return;
	json_object_set(found, name, schema);
	take_records(all, schema, found);
}

static void take_records_of(const json_t *all, const struct method *m, json_t *found)
{
	take_records(all, m->result, found);
	for (size_t i = 0; i < m->count; i++)
		take_records(all, m->params[i].described, found);
}

/* ---- the document ---- */

static bool is_of_noun(const struct method *m, const char *noun)
{
	size_t length = strcspn(m->name, ".");

	return strlen(noun) == length && !memcmp(m->name, noun, length);
}

/* The document of one noun, or of all (NULL). Takes events, which may be NULL. NULL: out of memory. */
static json_t *document(const struct method_table *t, const char *noun, json_t *events, const char *version)
{
	json_t *list = json_array(), *sets = json_object(), *all = json_object_get(t->catalogue, "schemas");
	json_t *schemas = noun ? json_object() : json_incref(all);

	for (size_t i = 0; i < t->count; i++) {
		const struct method *m = &t->methods[i];

		if (noun && !is_of_noun(m, noun))
			continue;
		json_array_append_new(list, method(m));
		note_set(sets, m);
		if (noun)
			take_records_of(all, m, schemas);
	}
	return json_pack("{s:s, s:{s:s, s:s, s:s}, s:o, s:{s:o*, s:o, s:o}, s:o*, s:s, s:O*, s:O*}", "openrpc", "1.2.6",
		"info", "title", "ninetwo", "version", version, "description", "JSON-RPC 2.0 over WebSocket, subprotocol ninetwo.v1.",
		"methods", list, "components", "schemas", schemas, "errors", errors(), "x-errors", sets, "x-events", events,
		"x-release", method_release(t), "x-rules", json_object_get(t->catalogue, "rules"),
		"x-sentences", json_object_get(t->catalogue, "sentences"));
}

/* Takes the document. */
static char *dump(json_t *document, struct error *err)
{
	char *text = document ? json_dumps(document, JSON_COMPACT) : NULL;

	json_decref(document);
	if (!text)
		error_set(err, E_NOT_NOW, NULL);
	return text;
}

void description_pack(struct description *d)
{
	unsigned char digest[DIGEST_SIZE];
	struct buffer packed;

	if (!d->text || d->digest[0])
		return;
	buffer_init(&packed, LIMIT_DESCRIPTION);
	digest_of(d->text, d->length, digest);
	hex_encode(digest, sizeof digest, d->digest);
	if (gzip_pack(d->text, d->length, &packed))
		d->packed = buffer_take(&packed, &d->packed_length);
	buffer_clear(&packed);
}

enum error_code discover_write(struct method_table *t, const json_t *events, const char *version, struct error *err)
{
	struct description *d = &t->description;

	d->text = dump(document(t, NULL, json_incref((json_t *)events), version), err);
	if (!d->text)
		return err->code;
	d->length = strlen(d->text);
	if (d->length <= LIMIT_DESCRIPTION)
		return OK;
	log_error("description.too_long", "bytes=%zu most=%d", d->length, LIMIT_DESCRIPTION);
	snprintf(d->refusal, sizeof d->refusal, "The description has %zu bytes, and no more than %d are given at once: "
		"ask rpc.discover for one noun.", d->length, LIMIT_DESCRIPTION);
	free(d->text);
	d->text = NULL;
	return OK;
}

void description_clear(struct description *d)
{
	free(d->text);
	free(d->packed);
	*d = (struct description){ .text = NULL };
}

static bool has_noun(const struct method_table *t, const char *noun)
{
	for (size_t i = 0; i < t->count; i++)
		if (is_of_noun(&t->methods[i], noun))
			return true;
	return false;
}

char *discover_noun(const struct method_table *t, const char *noun, const char *version, struct error *err)
{
	if (has_noun(t, noun))
		return dump(document(t, noun, NULL, version), err);
	error_set(err, E_PARAMS, "No method is of this noun.");
	error_set_data(err, "{\"params\":[{\"name\":\"noun\",\"problem\":\"must be the noun of a method\"}]}");
	return NULL;
}
