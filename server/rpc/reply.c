/* reply.c - see reply.h. */
#include "rpc/reply.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct part {
	const char *text;
	size_t length;
};

static char *join(const struct part *parts, size_t count, size_t *length)
{
	size_t total = 0, at = 0;
	char *out;

	for (size_t i = 0; i < count; i++)
		total += parts[i].length;
	out = malloc(total + 1);
	if (!out)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		memcpy(out + at, parts[i].text, parts[i].length);
		at += parts[i].length;
	}
	out[total] = '\0';
	if (length)
		*length = total;
	return out;
}

static struct part text(const char *s)
{
	return (struct part){ s, strlen(s) };
}

#define JOIN(length, ...) \
	join((const struct part[]){ __VA_ARGS__ }, sizeof (const struct part[]){ __VA_ARGS__ } / sizeof(struct part), length)

char *reply_result(const char *id, const char *json, size_t json_length, size_t *length)
{
	struct part result = json ? (struct part){ json, json_length } : text("null");

	return JOIN(length, text("{\"jsonrpc\":\"2.0\",\"id\":"), text(id), text(",\"result\":"), result, text("}"));
}

char *reply_error(const char *id, const struct error *err, size_t *length)
{
	const char *sentence = err->message[0] ? err->message : error_sentence(err->code);
	json_t *string = json_string(sentence);
	char *message = NULL, *out = NULL;
	char code[16];

	/* A sentence that is not UTF-8 would spoil the whole message: the table's stands in. */
	if (!string)
		string = json_string(error_sentence(err->code));
	message = string ? json_dumps(string, JSON_ENCODE_ANY) : NULL;
	if (!message)
		goto out;
	snprintf(code, sizeof code, "%d", (int)err->code);
	out = JOIN(length, text("{\"jsonrpc\":\"2.0\",\"id\":"), text(id), text(",\"error\":{\"code\":"), text(code), text(",\"message\":"),
		   text(message), text(err->data ? ",\"data\":" : ""), text(err->data ? err->data : ""), text("}}"));
out:
	json_decref(string);
	free(message);
	return out;
}

char *reply_notification(const char *method, const char *params_json, size_t params_length, size_t *length)
{
	return JOIN(length, text("{\"jsonrpc\":\"2.0\",\"method\":\""), text(method), text("\",\"params\":"),
		    ((struct part){ params_json, params_length }), text("}"));
}

/* Works on the text's last brace, so that what PostgreSQL wrote is not parsed again. */
char *reply_with_member(const char *object, const char *name, const char *value, size_t value_length)
{
	const char *end = object ? strrchr(object, '}') : NULL;
	const char *first = object ? strpbrk(object, "\"}") : NULL;
	struct part head = end ? (struct part){ object, (size_t)(end - object) } : text("{");

	return JOIN(NULL, head, text(first && *first == '"' ? ",\"" : "\""), text(name), text("\":"),
		    ((struct part){ value, value_length }), text("}"));
}
