/* bind.h - parameters that have passed the gate, as the values of a prepared statement. */
#ifndef NINETWO_RPC_BIND_H
#define NINETWO_RPC_BIND_H

#include "base/error.h"
#include "db/db.h"
#include "rpc/method.h"

#include <jansson.h>

struct binding {
	struct db_request request;
	char *owned[DB_PARAMS_MAX];	/* texts that were made for it */
	size_t owned_count;
};

/* Fills everything of b->request but done and arg. Texts are borrowed from params and from m, or owned by b: keep all three until db_submit has copied. */
enum error_code bind_method(struct binding *b, const struct method *m, const unsigned char token[TOKEN_SIZE], const json_t *params, struct error *err);
void bind_clear(struct binding *b);

/* A one-dimensional array as PostgreSQL writes it: {"a","b"}. Malloc'd; NULL when out of memory. */
char *bind_array(const json_t *list, enum param_type type);

#endif
