/* refusal.c - see refusal.h. */
#include "api/refusal.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

int refusal_status(enum error_code code)
{
	switch (code) {
	case E_PARSE:
	case E_REQUEST:
	case E_METHOD:
	case E_PARAMS:
		return 400;
	case E_UNAUTHENTICATED:
		return 401;
	case E_FORBIDDEN:
		return 403;
	case E_NOT_FOUND:
		return 404;
	case E_SEPARATION:
	case E_STALE:
	case E_STATE:
	case E_BUSINESS:
		return 409;
	case E_SLOW_DOWN:
		return 429;
	case E_NOT_NOW:
		return 503;
	default:
		return 500;
	}
}

void refusal_answer(struct http_request *r, int status, const struct error *err)
{
	const char *sentence = err->message[0] ? err->message : error_sentence(err->code);
	json_t *data = err->data ? json_loads(err->data, 0, NULL) : NULL;
	json_t *wait = json_object_get(data, "retry_after_ms");
	json_t *body;
	char *text;

	if (json_is_integer(wait))
		http_retry_after(r, (unsigned int)((json_integer_value(wait) + 999) / 1000));
	body = json_pack("{s:i, s:s, s:o*}", "code", (int)err->code, "message", sentence, "data", data);
	text = body ? json_dumps(body, JSON_COMPACT) : NULL;
	http_answer(r, status ? status : refusal_status(err->code), text, text ? strlen(text) : 0);
	free(text);
	json_decref(body);
}
