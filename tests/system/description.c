/* description.c - the OpenRPC document, with every declared schema compiled by the server's own validator. */
#include "tests/system/description.h"

#include "rpc/schema.h"
#include "tests/system/expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct method { const char *name; const json_t *params; struct schema *result; };

static json_t *document;
static struct schemas *components;
static struct method *methods;
static size_t count;
static struct schema *event;

static struct schema *compile(const json_t *json, const char *what)
{
	struct error err = { 0 };
	struct schema *s = schema_compile(json, components, &err);

	expect(s, "the schema of %s: %s", what, err.message);
	return s;
}

static void learn_components(void)
{
	json_t *all = json_object_get(json_object_get(document, "components"), "schemas"), *schema;
	const char *name;
	struct error err = { 0 };

	components = schemas_new();
	json_object_foreach(all, name, schema)
		expect(schemas_add(components, name, schema, &err) == OK, "the schema %s: %s", name, err.message);
}

void description_learn(struct connection *c)
{
	struct failure f = { 0 };
	json_t *all, *one;
	size_t i;

	if (document)
		return;
	document = connection_call(c, "rpc.discover", NULL, &f);
	expect(document, "rpc.discover: %s", f.message);
	learn_components();
	all = json_object_get(document, "methods");
	expect(json_array_size(all) > 0, "rpc.discover names methods");
	methods = calloc(json_array_size(all), sizeof *methods);
	json_array_foreach(all, i, one) {
		methods[i].name = json_string_value(json_object_get(one, "name"));
		methods[i].params = json_object_get(one, "params");
		methods[i].result = compile(json_object_get(json_object_get(one, "result"), "schema"), methods[i].name);
	}
	count = json_array_size(all);
}

const json_t *description_document(void)
{
	return document;
}

static const struct method *find(const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(methods[i].name, name) == 0)
			return &methods[i];
	return NULL;
}

bool description_takes(const char *method, const char *parameter)
{
	const struct method *m = find(method);
	json_t *one;
	size_t i;

	if (m)
		json_array_foreach(m->params, i, one)
			if (strcmp(json_string_value(json_object_get(one, "name")), parameter) == 0)
				return true;
	return false;
}

struct offences { char text[2048]; size_t length; };

static void note(void *arg, const char *path, const char *problem)
{
	struct offences *o = arg;
	int n = snprintf(o->text + o->length, sizeof o->text - o->length, "%s %s; ", path, problem);

	if (n > 0)
		o->length = o->length + (size_t)n < sizeof o->text ? o->length + (size_t)n : sizeof o->text - 1;
}

static void check(const struct schema *s, const char *what, const json_t *value)
{
	struct offences o = { 0 };

	expect(schema_check(s, value, what, note, &o), "not as declared: %s", o.text);
}

bool description_fits(const char *method, const json_t *result, char *why, size_t size)
{
	const struct method *m = find(method);
	struct offences o = { 0 };
	bool fits = m && schema_check(m->result, result, method, note, &o);

	snprintf(why, size, "%s", !m ? "a method that is not in rpc.discover" : o.text);
	return fits;
}

void description_check(const char *method, const json_t *result)
{
	char why[2048];

	expect(description_fits(method, result, why, sizeof why), "%s is not as declared: %s", method, why);
}

/* Where the document declares the event: x-events, an array of {name, params}, and params is a schema. */
static const json_t *event_schema(void)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(document, "x-events"), i, one)
		if (strcmp(json_string_value(json_object_get(one, "name")), "event") == 0)
			return json_object_get(one, "params");
	return NULL;
}

void description_check_event(const json_t *params)
{
	const json_t *schema = event ? NULL : event_schema();

	expect(event || schema, "rpc.discover declares the event");
	if (!event)
		event = compile(schema, "event");
	check(event, "event", params);
}
