/* error.c - the one table of error codes: number, name, sentence. */
#include "base/error.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	enum error_code code;
	const char *name;
	const char *sentence;
} table[] = {
	{ OK, "ok", "It is done." },
	{ E_PARSE, "parse", "This is not valid JSON." },
	{ E_REQUEST, "request", "This is not a valid JSON-RPC 2.0 request." },
	{ E_METHOD, "method", "There is no such method." },
	{ E_PARAMS, "params", "Some parameters are missing or wrong." },
	{ E_INTERNAL, "internal", "Something went wrong on the server; it has been logged." },
	{ E_UNAUTHENTICATED, "unauthenticated", "Please sign in." },
	{ E_FORBIDDEN, "forbidden", "None of your roles may do this." },
	{ E_SEPARATION, "separation", "A rule of separation of duties refuses this." },
	{ E_NOT_FOUND, "not_found", "There is no such record, or it is not for you to see." },
	{ E_STALE, "stale", "Somebody else has changed this in the meantime." },
	{ E_STATE, "state", "This cannot be done in the present state." },
	{ E_SLOW_DOWN, "slow_down", "Too many requests: please slow down." },
	{ E_NOT_NOW, "not_now", "This cannot be done right now; please try again in a moment." },
	{ E_BUSINESS, "business", "A rule refuses this." },
};

static size_t error_row(enum error_code code)
{
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].code == code)
			break;
	return i;
}

const char *error_name(enum error_code code)
{
	size_t i = error_row(code);

	return i < sizeof(table) / sizeof(table[0]) ? table[i].name : "unknown";
}

const char *error_sentence(enum error_code code)
{
	size_t i = error_row(code);

	return i < sizeof(table) / sizeof(table[0]) ? table[i].sentence : "Something went wrong.";
}

enum error_code error_set(struct error *err, enum error_code code, const char *fmt, ...)
{
	va_list args;
	int n;

	error_clear(err);
	err->code = code;
	if (!fmt) {
		snprintf(err->message, sizeof(err->message), "%s", error_sentence(code));
		return code;
	}
	va_start(args, fmt);
	n = vsnprintf(err->message, sizeof(err->message), fmt, args);
	va_end(args);
	if (n < 0)
		snprintf(err->message, sizeof(err->message), "%s", error_sentence(code));
	else if ((size_t)n >= sizeof(err->message))
		utf8_cut(err->message, sizeof(err->message) - 1);	/* a JSON text could not carry half a character */
	return code;
}

void error_set_data(struct error *err, const char *json)
{
	free(err->data);
	err->data = strdup(json);
}

void error_move(struct error *to, struct error *from)
{
	error_clear(to);
	*to = *from;
	from->data = NULL;
	error_clear(from);
}

void error_clear(struct error *err)
{
	free(err->data);
	err->data = NULL;
	err->code = OK;
	err->message[0] = '\0';
}
