/* failure.c - filling in a failure, and the table of exit statuses. */
#include "client-cli/failure.h"

#include "base/error.h"

#include <stdarg.h>

static const struct { int code, status; } statuses[] = {
	{ E_PARSE, 2 }, { E_REQUEST, 2 }, { E_METHOD, 2 }, { E_PARAMS, 2 },
	{ E_INTERNAL, 1 },
	{ E_UNAUTHENTICATED, 3 },
	{ E_FORBIDDEN, 4 }, { E_SEPARATION, 4 },
	{ E_NOT_FOUND, 5 },
	{ E_STALE, 6 },
	{ E_STATE, 7 },
	{ E_SLOW_DOWN, 8 }, { E_NOT_NOW, 8 },
	{ E_BUSINESS, 9 },
};

static bool failure_fill(struct failure *f, enum failure_kind kind, int code, const char *fmt, va_list ap)
	__attribute__((format(printf, 4, 0)));

static bool failure_fill(struct failure *f, enum failure_kind kind, int code, const char *fmt, va_list ap)
{
	char message[FAILURE_MESSAGE_MAX];

	/* By way of a copy: the new sentence may quote the old one. */
	vsnprintf(message, sizeof message, fmt, ap);
	failure_clear(f);
	f->kind = kind;
	f->code = code;
	snprintf(f->message, sizeof f->message, "%s", message);
	return false;
}

bool failure_local(struct failure *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	failure_fill(f, FAILURE_LOCAL, 0, fmt, ap);
	va_end(ap);
	return false;
}

bool failure_usage(struct failure *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	failure_fill(f, FAILURE_USAGE, 0, fmt, ap);
	va_end(ap);
	return false;
}

bool failure_lost(struct failure *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	failure_fill(f, FAILURE_LOST, 0, fmt, ap);
	va_end(ap);
	return false;
}

bool failure_code(struct failure *f, int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	failure_fill(f, FAILURE_REFUSED, code, fmt, ap);
	va_end(ap);
	return false;
}

bool failure_refused(struct failure *f, const json_t *error)
{
	const char *message = json_string_value(json_object_get(error, "message"));
	json_int_t code = json_integer_value(json_object_get(error, "code"));
	json_t *data = json_object_get(error, "data");

	failure_code(f, (int)code, "%s", message ? message : "The server gave no reason.");
	f->data = json_incref(data);
	return false;
}

void failure_clear(struct failure *f)
{
	json_decref(f->data);
	*f = (struct failure){ 0 };
}

int failure_exit_status(const struct failure *f)
{
	switch (f->kind) {
	case FAILURE_NONE:
		return 0;
	case FAILURE_USAGE:
		return 2;
	case FAILURE_LOST:
		return 8;
	case FAILURE_REFUSED:
		for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
			if (statuses[i].code == f->code)
				return statuses[i].status;
		return 1;
	case FAILURE_LOCAL:
		break;
	}
	return 1;
}
