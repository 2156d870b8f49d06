/* method.c - see method.h. */
#include "rpc/method.h"

#include "base/buffer.h"
#include "rpc/caller.h"
#include "rpc/discover.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SQL_MAX = 16 * 1024 };

/* One row a type: its name in the catalogue, what PostgreSQL casts to, its JSON Schema where the entry says no more. */
static const struct { const char *name, *cast, *schema; } types[] = {
	[P_UUID] = { "uuid", "uuid", "{\"type\":\"string\",\"format\":\"uuid\"}" },
	[P_TEXT] = { "text", "text", "{\"type\":\"string\"}" },
	[P_INT4] = { "int4", "int4", "{\"type\":\"integer\",\"minimum\":-2147483648,\"maximum\":2147483647}" },
	[P_INT8] = { "int8", "int8", "{\"type\":\"integer\",\"minimum\":-9007199254740991,\"maximum\":9007199254740991}" },
	[P_BOOL] = { "bool", "bool", "{\"type\":\"boolean\"}" },
	[P_DATE] = { "date", "date", "{\"type\":\"string\",\"format\":\"date\"}" },
	[P_TIMESTAMPTZ] = { "timestamptz", "timestamptz", "{\"type\":\"string\",\"format\":\"date-time\"}" },
	[P_NUMERIC] = { "numeric", "numeric", "{\"type\":\"number\"}" },
	[P_JSONB] = { "jsonb", "jsonb", "{}" },
};
enum { TYPES = sizeof types / sizeof *types };

const char *param_type_name(enum param_type type)
{
	return types[type].name;
}

static const char *entry_text(const json_t *entry, const char *member)
{
	return json_string_value(json_object_get(entry, member));
}

static enum error_code cannot(struct error *err, const struct method *m, const char *what, const char *which)
{
	return error_set(err, E_INTERNAL, "Method %s cannot be served: %s%s%s.", m->name ? m->name : "?", what, which ? " " : "", which ? which : "");
}

/* ---- a parameter ---- */

static enum error_code take_type(struct method_param *p, const struct method *m, const char *name, struct error *err)
{
	for (size_t i = 0; i < TYPES && name; i++)
		if (!strcmp(types[i].name, name)) {
			p->type = (enum param_type)i;
			return OK;
		}
	return cannot(err, m, "unknown type of parameter", p->name);
}

/* The type's own schema, around it the list, for an array; then what the entry says itself. */
static json_t *describe_param(const struct method_param *p, const json_t *entry)
{
	json_t *schema = json_loads(types[p->type].schema, 0, NULL);

	if (p->array && schema)
		schema = json_pack("{s:s, s:o}", "type", "array", "items", schema);
	json_object_update(schema, json_object_get(entry, "schema"));
	return schema;
}

static enum error_code take_param(struct method_param *p, const struct method *m, const json_t *entry, const struct schemas *components, struct error *err)
{
	struct error inner = { 0 };

	p->name = entry_text(entry, "name");
	p->doc = entry_text(entry, "doc");
	p->required = json_is_true(json_object_get(entry, "required"));
	p->array = json_is_true(json_object_get(entry, "array"));
	p->field = json_is_true(json_object_get(entry, "field"));
	if (!p->name)
		return cannot(err, m, "a parameter has no name", NULL);
	if (take_type(p, m, entry_text(entry, "type"), err) != OK)
		return err->code;
	p->described = describe_param(p, entry);
	p->schema = p->described ? schema_compile(p->described, components, &inner) : NULL;
	if (p->schema)
		return OK;
	cannot(err, m, p->name, inner.message);
	error_clear(&inner);
	return err->code;
}

static const struct { const char *name, *doc; } frame_params[] = {
	{ "organisation", "The organisation." },
	{ "request_id", "Made by the client, one for each intention: the same again returns the same answer and changes nothing." },
};

static enum error_code take_frame_param(struct method *m, size_t which, struct error *err)
{
	struct method_param *p = &m->params[m->count++];

	*p = (struct method_param){ .name = frame_params[which].name, .doc = frame_params[which].doc, .type = P_UUID, .required = true };
	p->described = json_loads(types[P_UUID].schema, 0, NULL);
	p->schema = p->described ? schema_compile(p->described, NULL, err) : NULL;
	return p->schema ? OK : error_set(err, E_NOT_NOW, NULL);
}

static enum error_code take_params(struct method *m, const json_t *entries, const struct schemas *components, struct error *err)
{
	size_t i;
	json_t *entry;

	m->params = calloc(json_array_size(entries) + 2, sizeof *m->params);
	if (!m->params)
		return error_set(err, E_NOT_NOW, NULL);
	if (json_array_size(entries) + 4 > DB_PARAMS_MAX)	/* token, organisation, request_id, named */
		return cannot(err, m, "too many parameters", NULL);
	if (m->organisation && take_frame_param(m, 0, err) != OK)
		return err->code;
	if (m->access == ACCESS_WRITE && take_frame_param(m, 1, err) != OK)
		return err->code;
	json_array_foreach(entries, i, entry) {
		struct method_param *p = &m->params[m->count++];

		if (take_param(p, m, entry, components, err) != OK)
			return err->code;
		m->changes |= p->field;
	}
	return OK;
}

const struct method_param *method_param(const struct method *m, const char *name)
{
	for (size_t i = 0; i < m->count; i++)
		if (!strcmp(m->params[i].name, name))
			return &m->params[i];
	return NULL;
}

/* ---- a method ---- */

static enum error_code take_roles(struct method *m, const json_t *names, struct error *err)
{
	size_t i;
	json_t *name;

	json_array_foreach(names, i, name) {
		unsigned int role = json_is_string(name) ? role_named(json_string_value(name)) : 0;

		if (!role)
			return cannot(err, m, "unknown role", json_string_value(name));
		m->roles |= role;
	}
	return m->roles ? OK : cannot(err, m, "it says no role", NULL);
}

static enum error_code take_access(struct method *m, const char *access, struct error *err)
{
	static const char *const names[] = { [ACCESS_WRITE] = "write", [ACCESS_READ] = "read", [ACCESS_RECORDED] = "recorded" };

	for (size_t i = 0; i < sizeof names / sizeof *names && access; i++)
		if (!strcmp(names[i], access)) {
			m->access = (enum access)i;
			return OK;
		}
	return cannot(err, m, "its access is not write, read or recorded", NULL);
}

/* The release is part of the statement's name, so that what an earlier catalogue prepared is never run by mistake. */
static enum error_code write_statement(struct method *m, const char *function, const char *release, struct error *err)
{
	struct buffer sql;

	buffer_init(&sql, SQL_MAX);
	buffer_append_format(&sql, "select api.%s(session => $1::bytea", function);
	for (size_t i = 0; i < m->count; i++)
		buffer_append_format(&sql, ", \"%s\" => $%zu::%s%s", m->params[i].name, i + 2, types[m->params[i].type].cast, m->params[i].array ? "[]" : "");
	if (m->changes)
		buffer_append_format(&sql, ", named => $%zu::text[]", m->count + 2);
	buffer_append_text(&sql, ")::text");
	m->sql = buffer_take(&sql, NULL);
	if (!m->sql)
		return error_set(err, E_NOT_NOW, NULL);
	snprintf(m->statement, sizeof m->statement, "%.50s@%.12s", function, release);
	return OK;
}

static enum error_code take_method(struct method *m, const json_t *entry, const struct schemas *components, struct error *err)
{
	const json_t *organisation = json_object_get(entry, "organisation");

	m->entry = entry;
	m->name = entry_text(entry, "name");
	m->doc = entry_text(entry, "doc");
	m->result = json_object_get(entry, "result");
	m->organisation = !json_is_false(organisation);
	m->secret = json_is_true(json_object_get(entry, "secret"));
	if (!m->name || !strchr(m->name, '.')) {
		if (!m->name || (strcmp(m->name, "can") && strcmp(m->name, "may")))
			return cannot(err, m, "its name is not noun.verb", NULL);
	}
	if (!m->doc || !json_is_object(m->result))
		return cannot(err, m, "it has no doc or no result", NULL);
	if (take_roles(m, json_object_get(entry, "roles"), err) != OK ||
	    take_access(m, entry_text(entry, "access"), err) != OK)
		return err->code;
	return take_params(m, json_object_get(entry, "params"), components, err);
}

static void method_clear(struct method *m)
{
	for (size_t i = 0; i < m->count; i++) {
		json_decref(m->params[i].described);
		schema_free(m->params[i].schema);
	}
	free(m->params);
	free(m->sql);
}

/* ---- the table ---- */

static int method_by_name(const void *a, const void *b)
{
	return strcmp(((const struct method *)a)->name, ((const struct method *)b)->name);
}

const struct method *method_find(const struct method_table *t, const char *name)
{
	struct method key = { .name = name };

	return bsearch(&key, t->methods, t->count, sizeof *t->methods, method_by_name);
}

const char *method_release(const struct method_table *t)
{
	const char *release = entry_text(t->catalogue, "release");

	return release ? release : "";
}

static enum error_code take_components(struct method_table *t, struct error *err)
{
	struct error inner = { 0 };
	const char *name;
	json_t *schema;

	json_object_foreach(json_object_get(t->catalogue, "schemas"), name, schema)
		if (schemas_add(t->components, name, schema, &inner) != OK) {
			error_set(err, E_INTERNAL, "Record %s cannot be served: %s", name, inner.message);
			error_clear(&inner);
			return err->code;
		}
	return OK;
}

/* A result is checked by tests alone, but one that nobody could check is found here. */
static enum error_code check_result(const struct method *m, const struct schemas *components, struct error *err)
{
	struct error inner = { 0 };
	struct schema *schema = schema_compile(m->result, components, &inner);

	if (!schema)
		cannot(err, m, inner.message, NULL);
	error_clear(&inner);
	schema_free(schema);
	return err->code;
}

static enum error_code add_method(struct method_table *t, const json_t *entry, const struct declared *declared, struct error *err)
{
	struct method *m = &t->methods[t->count++];
	const char *function = entry_text(entry, "function");

	if (take_method(m, entry, t->components, err) != OK || check_result(m, t->components, err) != OK)
		return err->code;
	if (declared) {
		m->run = declared->run;
		m->arg = declared->arg;
		return OK;
	}
	return function ? write_statement(m, function, method_release(t), err) : cannot(err, m, "it names no function", NULL);
}

static enum error_code add_methods(struct method_table *t, const struct declared *declared, struct error *err)
{
	const json_t *entries = json_object_get(t->catalogue, "methods");
	size_t i, count = json_array_size(entries);
	json_t *entry;

	for (const struct declared *d = declared; d; d = d->next)
		count++;
	t->methods = calloc(count, sizeof *t->methods);
	if (!t->methods)
		return error_set(err, E_NOT_NOW, NULL);
	json_array_foreach(entries, i, entry)
		if (add_method(t, entry, NULL, err) != OK)
			return err->code;
	for (; declared; declared = declared->next)
		if (add_method(t, declared->entry, declared, err) != OK)
			return err->code;
	return OK;
}

static enum error_code refuse_twins(const struct method_table *t, struct error *err)
{
	for (size_t i = 1; i < t->count; i++)
		if (!strcmp(t->methods[i - 1].name, t->methods[i].name))
			return cannot(err, &t->methods[i], "it is declared twice", NULL);
	return OK;
}

/* It can be asked with nothing but an organisation and an id, or an organisation alone. */
static bool is_plain_get(const struct method *get, bool by_id)
{
	if (!get || !get->sql || !get->organisation || (method_param(get, "id") != NULL) != by_id)
		return false;
	for (size_t i = 0; i < get->count; i++)
		if (get->params[i].required && strcmp(get->params[i].name, "id") && strcmp(get->params[i].name, "organisation"))
			return false;
	return true;
}

/* <noun>.get of the noun that stands in a text up to its dot or end; NULL: there is none of that kind. */
static const struct method *get_of(const struct method_table *t, const char *noun, bool by_id)
{
	char name[128];
	const struct method *get;

	if (strcspn(noun, ".") > 100)
		return NULL;
	snprintf(name, sizeof name, "%.*s.get", (int)strcspn(noun, "."), noun);
	get = method_find(t, name);
	return is_plain_get(get, by_id) ? get : NULL;
}

/* Whose version a method takes: that of the record with its `id`; without one, that of the record which its first own parameter names
 * when the version is required, of one that the refusal names when it is not, or of the one record there is in an organisation. */
static void link_get(const struct method_table *t, struct method *m)
{
	const struct method_param *version = method_param(m, "version"), *first = m->params;

	while (first < m->params + m->count && (!strcmp(first->name, "organisation") || !strcmp(first->name, "request_id")))
		first++;
	if (method_param(m, "id")) {
		m->get = get_of(t, m->name, true);
		m->of = "id";
	} else if (version && version->required && first->type == P_UUID) {
		m->get = get_of(t, first->name, true);
		m->of = first->name;
	} else if (version) {
		m->get = get_of(t, m->name, !version->required);
	}
}

static void link_gets(struct method_table *t)
{
	for (size_t i = 0; i < t->count; i++)
		link_get(t, &t->methods[i]);
}

struct method_table *method_table_new(json_t *catalogue, const struct declared *declared, struct error *err)
{
	struct method_table *t = calloc(1, sizeof *t);

	if (!t) {
		json_decref(catalogue);
		error_set(err, E_NOT_NOW, NULL);
		return NULL;
	}
	t->holds = 1;
	t->catalogue = catalogue;
	t->components = schemas_new();
	if (!t->components)
		error_set(err, E_NOT_NOW, NULL);
	else if (take_components(t, err) == OK && add_methods(t, declared, err) == OK) {
		qsort(t->methods, t->count, sizeof *t->methods, method_by_name);
		if (refuse_twins(t, err) == OK) {
			link_gets(t);
			return t;
		}
	}
	method_table_drop(t);
	return NULL;
}

struct method_table *method_table_hold(struct method_table *t)
{
	t->holds++;
	return t;
}

void method_table_drop(struct method_table *t)
{
	if (!t || --t->holds)
		return;
	for (size_t i = 0; i < t->count; i++)
		method_clear(&t->methods[i]);
	free(t->methods);
	schemas_free(t->components);
	json_decref(t->catalogue);
	description_clear(&t->description);
	free(t);
}
