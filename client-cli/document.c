/* document.c - reading an OpenRPC document. */
#include "client-cli/document.h"

#include <string.h>

enum { REFERENCES_MAX = 8 };

bool document_set(struct document *d, json_t *root, struct failure *f)
{
	json_t *list = json_object_get(root, "methods"), *method;
	size_t i;

	document_clear(d);
	if (!json_is_array(list) || !json_is_string(json_object_get(root, "openrpc"))) {
		json_decref(root);
		return failure_local(f, "The server's description of its methods is not one.");
	}
	d->root = root;
	d->methods = json_object();
	json_array_foreach(list, i, method) {
		const char *name = json_string_value(json_object_get(method, "name"));

		if (name)
			json_object_set(d->methods, name, method);
	}
	return true;
}

void document_clear(struct document *d)
{
	json_decref(d->root);
	json_decref(d->methods);
	*d = (struct document){ 0 };
}

const char *document_release(const struct document *d)
{
	const char *release = json_string_value(json_object_get(d->root, "x-release"));

	if (!release)
		release = json_string_value(json_object_get(json_object_get(d->root, "info"), "version"));
	return release ? release : "";
}

/* Follows a reference such as "#/components/schemas/finding". */
static json_t *follow_reference(const struct document *d, const char *reference)
{
	json_t *at = d->root;
	char part[128];

	if (strncmp(reference, "#/", 2))
		return NULL;
	for (reference += 2; at && *reference; reference += *reference == '/') {
		size_t n = strcspn(reference, "/");

		if (n >= sizeof part)
			return NULL;
		memcpy(part, reference, n);
		part[n] = '\0';
		at = json_object_get(at, part);
		reference += n;
	}
	return at;
}

static json_t *deref(const struct document *d, json_t *value)
{
	const char *reference;

	for (int i = 0; i < REFERENCES_MAX; i++) {
		reference = json_string_value(json_object_get(value, "$ref"));
		if (!reference)
			return value;
		value = follow_reference(d, reference);
	}
	return value;
}

static bool is_null_type(const json_t *schema)
{
	const char *type = json_string_value(json_object_get(schema, "type"));

	return type && !strcmp(type, "null");
}

json_t *document_schema(const struct document *d, json_t *schema)
{
	static const char *const alternatives[] = { "oneOf", "anyOf" };
	json_t *list, *one;
	size_t i;

	schema = deref(d, schema);
	for (size_t a = 0; a < 2; a++) {
		list = json_object_get(schema, alternatives[a]);
		json_array_foreach(list, i, one)
			if (!is_null_type(one))
				return deref(d, one);
	}
	return schema;
}

json_t *document_method(const struct document *d, const char *name)
{
	return json_object_get(d->methods, name);
}

json_t *document_parameters(const json_t *method)
{
	return json_object_get(method, "params");
}

json_t *document_parameter(const struct document *d, const json_t *method, const char *name)
{
	json_t *parameter;
	size_t i;

	json_array_foreach(document_parameters(method), i, parameter) {
		const char *own = json_string_value(json_object_get(deref(d, parameter), "name"));

		if (own && !strcmp(own, name))
			return deref(d, parameter);
	}
	return NULL;
}

json_t *document_parameter_schema(const struct document *d, const json_t *parameter)
{
	return document_schema(d, json_object_get(parameter, "schema"));
}

json_t *document_result_schema(const struct document *d, const json_t *method)
{
	return document_schema(d, json_object_get(json_object_get(method, "result"), "schema"));
}

bool document_takes(const struct document *d, const json_t *method, const char *parameter)
{
	return document_parameter(d, method, parameter) != NULL;
}

const json_t *document_rule(const struct document *d, const char *rule)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(d->root, "x-rules"), i, one) {
		const char *name = json_string_value(json_object_get(one, "rule"));

		if (rule && name && !strcmp(name, rule))
			return one;
	}
	return NULL;
}

/* The first type that is not null, of "type": "string" or ["string", "null"]. */
static const char *main_type(const json_t *schema)
{
	json_t *type = json_object_get(schema, "type"), *one;
	size_t i;

	if (json_is_string(type))
		return json_string_value(type);
	json_array_foreach(type, i, one)
		if (json_is_string(one) && strcmp(json_string_value(one), "null"))
			return json_string_value(one);
	if (json_object_get(schema, "enum"))
		return "string";
	return json_object_get(schema, "properties") ? "object" : "";
}

static enum kind string_kind(const json_t *schema)
{
	static const struct { const char *format; enum kind kind; } formats[] = {
		{ "uuid", KIND_UUID }, { "date", KIND_DATE }, { "date-time", KIND_DATE_TIME },
	};
	const char *format = json_string_value(json_object_get(schema, "format"));

	for (size_t i = 0; format && i < sizeof formats / sizeof *formats; i++)
		if (!strcmp(formats[i].format, format))
			return formats[i].kind;
	return KIND_TEXT;
}

enum kind document_kind(const struct document *d, json_t *schema)
{
	static const struct { const char *type; enum kind kind; } types[] = {
		{ "integer", KIND_INTEGER }, { "number", KIND_NUMBER }, { "boolean", KIND_BOOLEAN },
		{ "object", KIND_OBJECT }, { "array", KIND_ARRAY },
	};
	const char *type;

	schema = document_schema(d, schema);
	type = main_type(schema);
	if (!strcmp(type, "string"))
		return string_kind(schema);
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (!strcmp(types[i].type, type))
			return types[i].kind;
	return KIND_ANY;
}

bool document_may_be_empty(const struct document *d, const json_t *parameter)
{
	const json_t *type = json_object_get(deref(d, json_object_get(parameter, "schema")), "type"), *one;
	bool nullable = false;
	size_t i;

	json_array_foreach(type, i, one)
		nullable = nullable || (json_is_string(one) && !strcmp(json_string_value(one), "null"));
	return nullable && json_is_true(json_object_get(parameter, "x-field"));
}

static const char *alternatives_word(const json_t *list, char *buffer, size_t size)
{
	size_t i, filled = 0;
	json_t *one;

	*buffer = '\0';
	json_array_foreach(list, i, one) {
		const char *text = json_string_value(one);
		size_t n = text ? strlen(text) : 0;

		if (!text)
			continue;
		if (filled + n + 5 >= size) {
			snprintf(buffer + filled, size - filled, "|…");
			break;
		}
		filled += (size_t)snprintf(buffer + filled, size - filled, "%s%s", filled ? "|" : "", text);
	}
	return buffer;
}

const char *document_kind_word(const struct document *d, json_t *schema, char *buffer, size_t size)
{
	static const char *const words[] = {
		[KIND_TEXT] = "TEXT", [KIND_UUID] = "ID", [KIND_DATE] = "DATE", [KIND_DATE_TIME] = "TIME", [KIND_INTEGER] = "NUMBER",
		[KIND_NUMBER] = "NUMBER", [KIND_BOOLEAN] = "", [KIND_OBJECT] = "NAME=VALUE…", [KIND_ARRAY] = "VALUE", [KIND_ANY] = "JSON",
	};
	const json_t *list;
	enum kind kind;

	schema = document_schema(d, schema);
	list = json_object_get(schema, "enum");
	if (json_array_size(list) > 0)
		return alternatives_word(list, buffer, size);
	kind = document_kind(d, schema);
	if (kind == KIND_ARRAY && json_object_get(schema, "items"))
		return document_kind_word(d, json_object_get(schema, "items"), buffer, size);
	return words[kind];
}
