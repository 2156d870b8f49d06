/* bind.c - see bind.h. */
#include "rpc/bind.h"

#include "base/buffer.h"
#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The text of one value, malloc'd; strings that need no copy never come here. */
static char *bound_text(const json_t *value, enum param_type type)
{
	char number[32];

	if (type == P_JSONB)
		return json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
	if (json_is_string(value))
		return strdup(json_string_value(value));
	if (json_is_boolean(value))
		return strdup(json_is_true(value) ? "true" : "false");
	/* 3.0 is an integer on the wire and must be written as one. */
	if (type == P_INT4 || type == P_INT8) {
		long long n = json_is_integer(value) ? json_integer_value(value) : (long long)json_real_value(value);

		snprintf(number, sizeof number, "%lld", n);
		return strdup(number);
	}
	return json_dumps(value, JSON_ENCODE_ANY);
}

static void append_quoted(struct buffer *out, const char *text)
{
	buffer_append(out, "\"", 1);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buffer_append(out, "\\", 1);
		buffer_append(out, text, 1);
	}
	buffer_append(out, "\"", 1);
}

char *bind_array(const json_t *list, enum param_type type)
{
	struct buffer out;
	size_t i;
	json_t *item;

	buffer_init(&out, 2 * LIMIT_MESSAGE);
	buffer_append(&out, "{", 1);
	json_array_foreach(list, i, item) {
		char *text = bound_text(item, type);

		if (i)
			buffer_append(&out, ",", 1);
		if (text)
			append_quoted(&out, text);
		else
			out.failed = true;
		free(text);
	}
	buffer_append(&out, "}", 1);
	if (out.failed) {
		buffer_clear(&out);
		return NULL;
	}
	return buffer_take(&out, NULL);
}

static enum error_code bind_value(struct binding *b, const struct method_param *p, const json_t *value, struct error *err)
{
	struct db_param *param = &b->request.params[b->request.count++];
	char *made;

	*param = (struct db_param){ .value = NULL };
	if (!value || json_is_null(value))
		return OK;
	if (!p->array && p->type != P_JSONB && json_is_string(value)) {
		param->value = json_string_value(value);
		return OK;
	}
	made = p->array ? bind_array(value, p->type) : bound_text(value, p->type);
	if (!made)
		return error_set(err, E_NOT_NOW, NULL);
	b->owned[b->owned_count++] = made;
	param->value = made;
	return OK;
}

/* Binds which fields of the record the call names, those that it empties too. */
static enum error_code bind_named(struct binding *b, const struct method *m, const json_t *params, struct error *err)
{
	json_t *names = json_array();
	char *made;

	for (size_t i = 0; i < m->count && names; i++)
		if (m->params[i].field && json_object_get(params, m->params[i].name))
			json_array_append_new(names, json_string(m->params[i].name));
	made = names ? bind_array(names, P_TEXT) : NULL;
	json_decref(names);
	if (!made)
		return error_set(err, E_NOT_NOW, NULL);
	b->owned[b->owned_count++] = made;
	b->request.params[b->request.count++] = (struct db_param){ .value = made };
	return OK;
}

enum error_code bind_method(struct binding *b, const struct method *m, const unsigned char token[TOKEN_SIZE], const json_t *params, struct error *err)
{
	b->owned_count = 0;
	b->request = (struct db_request){ .kind = m->access == ACCESS_READ ? DB_READ : DB_WRITE, .repeatable = m->access == ACCESS_WRITE,
		.name = m->statement, .sql = m->sql, .count = 1 };
	b->request.params[0] = (struct db_param){ .value = (const char *)token, .length = TOKEN_SIZE, .binary = true };
	for (size_t i = 0; i < m->count; i++)
		if (bind_value(b, &m->params[i], json_object_get(params, m->params[i].name), err) != OK)
			return err->code;
	return m->changes ? bind_named(b, m, params, err) : OK;
}

void bind_clear(struct binding *b)
{
	for (size_t i = 0; i < b->owned_count; i++)
		free(b->owned[i]);
	b->owned_count = 0;
}
