/* gate.c - see gate.h. */
#include "rpc/gate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OFFENCES_MAX = 50 };

struct offences {
	json_t *list;
	bool lost;		/* one that could not be noted: it offends all the same */
	char first[256];	/* the sentence when there is one only */
};

static void gate_offend(void *arg, const char *path, const char *problem)
{
	struct offences *o = arg;

	if (json_array_size(o->list) >= OFFENCES_MAX)
		return;
	if (!json_array_size(o->list))
		snprintf(o->first, sizeof o->first, "%.80s %.160s.", path, problem);
	if (json_array_append_new(o->list, json_pack("{s:s, s:s}", "name", path, "problem", problem)))
		o->lost = true;
}

static bool is_frame(const char *name)
{
	return !strcmp(name, "organisation") || !strcmp(name, "request_id");
}

/* Absent and null are one thing, but for a field of a record: there null empties it. */
static void drop_nulls(const struct method *m, json_t *params)
{
	const char *name;
	json_t *value;
	void *next;

	json_object_foreach_safe(params, next, name, value)
		if (json_is_null(value) && !(method_param(m, name) && method_param(m, name)->field))
			json_object_del(params, name);
}

/* One value of a list stands for a list of it. */
static enum error_code wrap_single(const struct method *m, json_t *params, struct error *err)
{
	for (size_t i = 0; i < m->count; i++) {
		json_t *value = m->params[i].array ? json_object_get(params, m->params[i].name) : NULL;

		if (value && !json_is_array(value) && !json_is_null(value) &&
		    json_object_set_new(params, m->params[i].name, json_pack("[O]", value)))
			return error_set(err, E_NOT_NOW, NULL);
	}
	return OK;
}

static void check_known(const struct method *m, json_t *params, bool frame, struct offences *o)
{
	const char *name;
	json_t *value;

	json_object_foreach(params, name, value)
		if (!method_param(m, name) && (frame || !is_frame(name)))
			gate_offend(o, name, "is not a parameter of this method");
}

static enum error_code explain_offences(struct offences *o, struct error *err)
{
	size_t count = json_array_size(o->list);
	json_t *data;
	char *text;

	if (!count)
		return o->lost ? error_set(err, E_NOT_NOW, NULL) : OK;
	if (count == 1)
		error_set(err, E_PARAMS, "%s", o->first);
	else
		error_set(err, E_PARAMS, "%zu parameters are not as they should be.", count);
	data = json_pack("{s:O}", "params", o->list);
	text = data ? json_dumps(data, JSON_COMPACT) : NULL;
	if (text)
		error_set_data(err, text);
	free(text);
	json_decref(data);
	return E_PARAMS;
}

enum error_code gate_params(const struct method *m, json_t *params, bool frame, struct error *err)
{
	struct offences o = { .list = json_array() };
	enum error_code code;

	if (!o.list || wrap_single(m, params, err) != OK) {
		json_decref(o.list);
		return error_set(err, E_NOT_NOW, NULL);
	}
	drop_nulls(m, params);
	for (size_t i = 0; i < m->count; i++) {
		const struct method_param *p = &m->params[i];
		const json_t *value = json_object_get(params, p->name);

		if (!frame && is_frame(p->name))
			continue;
		if (value)
			schema_check(p->schema, value, p->name, gate_offend, &o);
		else if (p->required)
			gate_offend(&o, p->name, "is required");
	}
	check_known(m, params, frame, &o);
	code = explain_offences(&o, err);
	json_decref(o.list);
	return code;
}

static enum error_code forbid(const struct method *m, struct error *err)
{
	json_t *data = json_pack("{s:o}", "roles", role_names(m->roles));
	char *text = data ? json_dumps(data, JSON_COMPACT) : NULL;

	error_set(err, E_FORBIDDEN, "None of your roles here may do this.");
	if (text)
		error_set_data(err, text);
	free(text);
	json_decref(data);
	return E_FORBIDDEN;
}

static bool has_role(const struct method *m, const struct caller *caller, const char *organisation)
{
	if (m->roles & ROLE_SIGNED_IN)
		return true;
	return organisation && (caller_roles(caller, organisation) & m->roles);
}

enum error_code gate_roles(const struct method *m, const struct caller *caller, const char *organisation, struct error *err)
{
	if (m->roles & ROLE_ANYONE)
		return OK;
	if (!has_role(m, caller, organisation))
		return forbid(m, err);
	if (!caller_in_scope(caller, m->name, m->access != ACCESS_WRITE))
		return error_set(err, E_FORBIDDEN, "This token may not do that.");
	return OK;
}
