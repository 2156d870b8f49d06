/* request.c - see request.h. Depth is judged before jansson sees a byte, because its own limit is compiled in and far higher. */
#include "rpc/request.h"

#include "base/limits.h"
#include "rpc/scan.h"

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

static void explain_json(struct error *err, const json_error_t *jansson)
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
		error_set(err, E_PARSE, "The text is not valid JSON, or holds half a character (byte %d).", jansson->position);
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
	/* jansson takes a NUL for the end of the text, whatever follows. */
	if (memchr(text, '\0', length)) {
		error_set(err, E_PARSE, "The text is not valid JSON: it holds a NUL byte.");
		return NULL;
	}
	root = json_loadb(length ? text : "", length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &jansson);
	if (!root)
		explain_json(err, &jansson);
	return root;
}

static bool is_request_id(const json_t *id)
{
	return json_is_string(id) || json_is_number(id) || json_is_null(id);
}

/* An id that cannot be kept is answered as null, as the standard asks when the id cannot be determined. */
static enum error_code take_id(struct request *r, json_t *id)
{
	char *text;

	if (!id)
		return OK;
	text = is_request_id(id) ? json_dumps(id, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
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

static enum error_code take_request_params(struct request *r, json_t *item)
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
			take_request_params(r, item);
		r->method = json_string_value(method);
	}
	if (!r->id && r->wrong.code == E_REQUEST)
		r->id = strdup("null");
}

static struct requests *requests_new(size_t count, bool batch, struct error *err)
{
	struct requests *r = count == 0 || count > LIMIT_BATCH ? NULL : calloc(1, sizeof *r + count * sizeof *r->items);

	if (r) {
		r->batch = batch;
		r->count = count;
	} else if (count == 0 || count > LIMIT_BATCH) {
		error_set(err, E_REQUEST, "A batch holds 1 to %d requests.", LIMIT_BATCH);
	} else {
		error_set(err, E_NOT_NOW, NULL);
	}
	return r;
}

static struct requests *take_all(json_t *root, struct error *err)
{
	bool batch = json_is_array(root);
	struct requests *r = requests_new(batch ? json_array_size(root) : 1, batch, err);

	for (size_t i = 0; r && i < r->count; i++)
		take_item(&r->items[i], batch ? json_array_get(root, i) : root);
	if (r)
		r->root = json_incref(root);
	return r;
}

/* --- what is JSON and refused all the same ----------------------------------------------------------------------------------------- */

/* The id as it stands there, when it is one that can be put into a reply. */
static char *id_of(struct scan_span span)
{
	json_t *id = span.at && span.length <= REQUEST_ID_MAX ?
		json_loadb(span.at, span.length, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL) : NULL;
	char *text = is_request_id(id) ? strndup(span.at, span.length) : strdup("null");

	json_decref(id);
	return text;
}

static void refuse_item(struct request *r, const struct scan_item *item, const struct error *why)
{
	r->id = id_of(item->id);
	if (why->code == E_NOT_NOW)
		error_set(&r->wrong, E_NOT_NOW, NULL);
	else
		error_set(&r->wrong, E_REQUEST, "%s", why->message);
}

/* Parses each of them by itself, so that one that is refused takes nobody along. */
static void take_scanned(struct requests *r, size_t i, const struct scan_item *item)
{
	struct error err = { 0 };
	json_t *value = request_json(item->text.at, item->text.length, &err);

	if (!value)
		refuse_item(&r->items[i], item, &err);
	else if (json_array_append_new(r->root, value) != 0)
		error_set(&r->items[i].wrong, E_NOT_NOW, NULL);
	else
		take_item(&r->items[i], value);
	error_clear(&err);
}

/* NULL: it is no JSON, and err says so. */
static struct requests *take_one_by_one(const char *text, size_t length, struct error *err)
{
	struct scan_item items[LIMIT_BATCH] = { 0 };
	struct requests *r;
	size_t count;
	bool batch;

	if (err->code != E_PARSE || !scan_requests(text, length, items, LIMIT_BATCH, &count, &batch))
		return NULL;
	error_clear(err);
	r = requests_new(count, batch, err);
	if (r)
		r->root = json_array();
	for (size_t i = 0; r && i < count; i++)
		take_scanned(r, i, &items[i]);
	return r;
}

struct requests *requests_parse(const char *text, size_t length, size_t size_max, struct error *err)
{
	struct requests *r = NULL;
	json_t *root = NULL;

	if (length > size_max) {
		error_set(err, E_REQUEST, "A message may be %zu bytes long.", size_max);
		return NULL;
	}
	root = request_json(text, length, err);
	r = root ? take_all(root, err) : take_one_by_one(text, length, err);
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
