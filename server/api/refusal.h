/* refusal.h - an error as the answer to an HTTP request: the status that fits, and as body what the error member of a JSON-RPC reply would be. */
#ifndef NINETWO_API_REFUSAL_H
#define NINETWO_API_REFUSAL_H

#include "base/error.h"
#include "net/http.h"

int refusal_status(enum error_code code);
/* status 0: the code's own. */
void refusal_answer(struct http_request *r, int status, const struct error *err);

#endif
