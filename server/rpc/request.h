/* request.h - bytes of one message to the JSON-RPC requests that it holds. Knows the envelope only: what a method's parameters mean is the gate's. */
#ifndef NINETWO_RPC_REQUEST_H
#define NINETWO_RPC_REQUEST_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum { REQUEST_ID_MAX = 128 };		/* bytes of an id as JSON text */

struct request {
	char *id;			/* JSON text of the id ("7", "\"a\"", "null"); NULL: a notification, never answered */
	const char *method;		/* borrowed from the message */
	json_t *params;			/* an object, borrowed from the message; never NULL when `wrong` is OK */
	struct error wrong;		/* what is wrong with the envelope; OK: it may be called */
};

struct requests {
	json_t *root;
	bool batch;
	size_t count;
	struct request items[];
};

/* Parses one message. What is JSON, but nested too deep, with a name twice, a NUL or a number beyond all, is a request that is wrong, with its
 * own id where it has one. NULL with err set (E_PARSE, E_REQUEST) when nothing in it can be answered by an id of its own. Free with requests_free. */
struct requests *requests_parse(const char *text, size_t length, size_t size_max, struct error *err);
void requests_free(struct requests *r);	/* accepts NULL */

/* Parses JSON of any kind as every text from outside is parsed: UTF-8, no duplicate names, no NUL, at most LIMIT_JSON_DEPTH deep. NULL with
 * err set. */
json_t *request_json(const char *text, size_t length, struct error *err);

#endif
