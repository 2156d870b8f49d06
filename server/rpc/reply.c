/* reply.c - see reply.h. */
#include "rpc/reply.h"

#include "base/utf8.h"

#include <string.h>

enum { ENVELOPE = 96 };		/* bytes around a result, roughly */

void reply_result(struct buffer *out, const char *id, const char *json, size_t length)
{
	if (!json) {
		json = "null";
		length = 4;
	}
	buffer_reserve(out, length + strlen(id) + ENVELOPE);
	buffer_append_text(out, "{\"jsonrpc\":\"2.0\",\"id\":");
	buffer_append_text(out, id);
	buffer_append_text(out, ",\"result\":");
	buffer_append(out, json, length);
	buffer_append(out, "}", 1);
}

void reply_error(struct buffer *out, const char *id, const struct error *err)
{
	const char *sentence = err->message;

	/* A sentence cut in the middle of a character would spoil the whole message: the table's stands in. */
	if (!*sentence || !utf8_valid(sentence, strlen(sentence)))
		sentence = error_sentence(err->code);
	buffer_append_format(out, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d,\"message\":", id, (int)err->code);
	buffer_append_json(out, sentence, strlen(sentence));
	if (err->data) {
		buffer_append_text(out, ",\"data\":");
		buffer_append_text(out, err->data);
	}
	buffer_append_text(out, "}}");
}

void reply_notification(struct buffer *out, const char *method, const char *params, size_t length)
{
	buffer_append_text(out, "{\"jsonrpc\":\"2.0\",\"method\":");
	buffer_append_json(out, method, strlen(method));
	buffer_append_text(out, ",\"params\":");
	buffer_append(out, params, length);
	buffer_append(out, "}", 1);
}

/* Works on the text's last brace, so that what PostgreSQL wrote is not parsed again. */
void reply_with_member(struct buffer *out, const char *object, const char *name, const char *value, size_t length)
{
	const char *end = object ? strrchr(object, '}') : NULL;
	const char *first = end ? strpbrk(object, "\"}") : NULL;

	if (end)
		buffer_append(out, object, (size_t)(end - object));
	else
		buffer_append(out, "{", 1);
	if (first && *first == '"')
		buffer_append(out, ",", 1);
	buffer_append_json(out, name, strlen(name));
	buffer_append(out, ":", 1);
	buffer_append(out, value, length);
	buffer_append(out, "}", 1);
}
