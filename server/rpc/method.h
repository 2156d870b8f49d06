/* method.h - the table of methods: a method is data. What the gate checks, what the database is sent and what rpc.discover shows all come from
 * here; the table comes from meta.described() and from the same fields declared by methods in C.
 *
 * A table is counted: a call goes on with the table it began with when the catalogue is read again. */
#ifndef NINETWO_RPC_METHOD_H
#define NINETWO_RPC_METHOD_H

#include "base/error.h"
#include "rpc/rpc.h"
#include "rpc/schema.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum param_type { P_UUID, P_TEXT, P_INT4, P_INT8, P_BOOL, P_DATE, P_TIMESTAMPTZ, P_NUMERIC, P_JSONB };

struct method_param {
	const char *name, *doc;		/* of the catalogue */
	enum param_type type;
	bool array, required;
	bool field;			/* of the record that the method changes: absent is unchanged, null empties */
	json_t *described;		/* its JSON Schema */
	struct schema *schema;
};

enum access { ACCESS_WRITE, ACCESS_READ, ACCESS_RECORDED };

struct method {
	const char *name, *doc;
	enum access access;
	bool organisation, secret;
	bool changes;			/* has fields: the statement's last parameter says which of them the call named */
	unsigned int roles;		/* caller.h */
	size_t count;
	struct method_param *params;	/* organisation and request_id stand first, where the method has them */
	const json_t *entry;		/* of the catalogue, like the texts above and its JSON Schema */
	const json_t *result;
	const struct method *get;	/* <noun>.get, which shows the current record when a version is stale; or NULL */
	const char *of;			/* the parameter that is its `id`; NULL: it takes none, or the refusal names it. Of the catalogue */
	char statement[64];		/* its name when prepared */
	char *sql;			/* $1 is the session's token, then the parameters in order; NULL: a method in C */
	method_run_fn run;
	void *arg;
};

struct declared {			/* a method in C */
	struct declared *next;
	json_t *entry;
	method_run_fn run;
	void *arg;
};

struct method_table {
	int holds;
	json_t *catalogue;
	struct schemas *components;
	size_t count;
	struct method *methods;		/* sorted by name */
	struct description description;	/* discover.h */
};

/* Takes the reference to catalogue in every case. NULL with err (E_INTERNAL, which method and why) set when anything in it cannot be served:
 * an unknown type or role, a method without a role, a schema that nobody could check. */
struct method_table *method_table_new(json_t *catalogue, const struct declared *declared, struct error *err);
struct method_table *method_table_hold(struct method_table *t);
void method_table_drop(struct method_table *t);		/* accepts NULL */

const struct method *method_find(const struct method_table *t, const char *name);
const char *method_release(const struct method_table *t);	/* "" when the catalogue does not say */
const struct method_param *method_param(const struct method *m, const char *name);
const char *param_type_name(enum param_type type);

#endif
