/* request.c - see request.h. Depth is judged before jansson sees a byte, because its own limit is compiled in and far higher. */
#include "rpc/request.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/* Counts brackets outside strings; what is not JSON at all is left for the parser to say. */
static bool too_deep(const char *text, size_t length)
{
	bool in_string = false;
	int depth = 0;

	for (size_t i = 0; i < length; i++) {
		char c = text[i];

		if (in_string) {
			if (c == '\\')
				i++;
			else if (c == '"')
				in_string = false;
		} else if (c == '"') {
			in_string = true;
		} else if (c == '{' || c == '[') {
			if (++depth > LIMIT_JSON_DEPTH)
				return true;
		} else if ((c == '}' || c == ']') && depth > 0) {
			depth--;
		}
	}
	return false;
}

static void explain(struct error *err, const json_error_t *jansson)
{
	switch (json_error_code(jansson)) {
	case json_error_duplicate_key:
		error_set(err, E_PARSE, "A name stands twice in one object.");
		break;
	case json_error_invalid_utf8:
		error_set(err, E_PARSE, "The text is not valid UTF-8.");
		break;
	case json_error_null_character:
	case json_error_null_byte_in_key:
		error_set(err, E_PARSE, "A string holds a NUL character.");
		break;
	case json_error_numeric_overflow:
		error_set(err, E_PARSE, "A number is too large.");
		break;
	case json_error_out_of_memory:
		error_set(err, E_NOT_NOW, NULL);
		break;
	default:
		error_set(err, E_PARSE, "The text is not valid JSON (byte %d).", jansson->position);
	}
}

json_t *request_json(const char *text, size_t length, struct error *err)
{
	json_error_t jansson;
	json_t *root;

	if (too_deep(text, length)) {
		error_set(err, E_PARSE, "The JSON is nested deeper than %d levels.", LIMIT_JSON_DEPTH);
		return NULL;
	}
	root = json_loadb(length ? text : "", length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &jansson);
	if (!root)
		explain(err, &jansson);
	return root;
}

static bool is_id(const json_t *id)
{
	return json_is_string(id) || json_is_number(id) || json_is_null(id);
}

/* An id that cannot be kept is answered as null, as the standard asks when the id cannot be determined. */
static enum error_code take_id(struct request *r, json_t *id)
{
	char *text;

	if (!id)
		return OK;
	text = is_id(id) ? json_dumps(id, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
	if (text && strlen(text) <= REQUEST_ID_MAX) {
		r->id = text;
		return OK;
	}
	free(text);
	r->id = strdup("null");
	return error_set(&r->wrong, E_REQUEST, "id must be a string, a number or null, of at most %d bytes.", REQUEST_ID_MAX);
}

static enum error_code refuse_unknown_members(struct request *r, json_t *item)
{
	static const char *const known[] = { "jsonrpc", "id", "method", "params" };
	const char *name;
	json_t *value;

	json_object_foreach(item, name, value) {
		bool found = false;

		for (size_t i = 0; i < sizeof known / sizeof *known; i++)
			found = found || !strcmp(name, known[i]);
		if (!found)
			return error_set(&r->wrong, E_REQUEST, "A request holds jsonrpc, id, method and params, and nothing else.");
	}
	return OK;
}

static enum error_code take_params(struct request *r, json_t *item)
{
	json_t *params = json_object_get(item, "params");

	if (!params) {
		params = json_object();
		if (!params || json_object_set_new(item, "params", params))
			return error_set(&r->wrong, E_NOT_NOW, NULL);
	}
	if (json_is_array(params))
		return error_set(&r->wrong, E_PARAMS, "Parameters are given by name, in an object.");
	if (!json_is_object(params))
		return error_set(&r->wrong, E_REQUEST, "params must be an object.");
	r->params = params;
	return OK;
}

/* What is no request at all must be answered too, so it has the id null; only a well-formed notification goes unanswered. */
static void take_item(struct request *r, json_t *item)
{
	const char *version = json_string_value(json_object_get(item, "jsonrpc"));
	const json_t *method = json_object_get(item, "method");

	if (!json_is_object(item)) {
		error_set(&r->wrong, E_REQUEST, "A request is an object.");
	} else if (take_id(r, json_object_get(item, "id")) == OK) {
		if (!version || strcmp(version, "2.0"))
			error_set(&r->wrong, E_REQUEST, "jsonrpc must be \"2.0\".");
		else if (!json_is_string(method))
			error_set(&r->wrong, E_REQUEST, "method must be a string.");
		else if (refuse_unknown_members(r, item) == OK)
			take_params(r, item);
		r->method = json_string_value(method);
	}
	if (!r->id && r->wrong.code == E_REQUEST)
		r->id = strdup("null");
}

struct requests *requests_parse(const char *text, size_t length, size_t size_max, struct error *err)
{
	struct requests *r = NULL;
	json_t *root = NULL;
	size_t count;

	if (length > size_max) {
		error_set(err, E_REQUEST, "A message may be %zu bytes long.", size_max);
		goto out;
	}
	root = request_json(text, length, err);
	if (!root)
		goto out;
	count = json_is_array(root) ? json_array_size(root) : 1;
	if (count == 0 || count > LIMIT_BATCH) {
		error_set(err, E_REQUEST, "A batch holds 1 to %d requests.", LIMIT_BATCH);
		goto out;
	}
	r = calloc(1, sizeof *r + count * sizeof *r->items);
	if (!r) {
		error_set(err, E_NOT_NOW, NULL);
		goto out;
	}
	r->batch = json_is_array(root);
	r->count = count;
	for (size_t i = 0; i < count; i++)
		take_item(&r->items[i], r->batch ? json_array_get(root, i) : root);
	r->root = root;
	root = NULL;
out:
	json_decref(root);
	return r;
}

void requests_free(struct requests *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->count; i++) {
		free(r->items[i].id);
		error_clear(&r->items[i].wrong);
	}
	json_decref(r->root);
	free(r);
}
