/* schema.h - the subset of JSON Schema that this program declares, compiled once and checked in one walk that reports every offence.
 *
 * Understood: type (one or several), properties, required, additionalProperties, items, enum, format (uuid, date, date-time),
 * minLength, maxLength, minimum, maximum, minItems, maxItems, pattern (POSIX extended), $ref to #/components/schemas/x, oneOf.
 * x-problem says in words what is wrong with text that does not match the pattern.
 * Passed over: title, description, default, examples, and other names that start with x-. Anything else fails to compile: a rule that nobody
 * checks is worse than none. */
#ifndef NINETWO_RPC_SCHEMA_H
#define NINETWO_RPC_SCHEMA_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct schema;
struct schemas;		/* the components that $ref names */

struct schemas *schemas_new(void);
void schemas_free(struct schemas *s);					/* accepts NULL */
enum error_code schemas_add(struct schemas *s, const char *name, const json_t *json, struct error *err);

/* Compiles json; `components` is borrowed for the schema's life and may be filled later. NULL with err (E_INTERNAL) set. */
struct schema *schema_compile(const json_t *json, const struct schemas *components, struct error *err);
void schema_free(struct schema *s);					/* accepts NULL */

/* Called for each offence: where ("items[2].name"; the given root path for the value itself) and what would be right ("must be a UUID"). */
typedef void (*schema_offence_fn)(void *arg, const char *path, const char *problem);

/* Walks value against s. True: it fits. `offence` may be NULL. */
bool schema_check(const struct schema *s, const json_t *value, const char *path, schema_offence_fn offence, void *arg);

bool schema_is_date(const char *text);
bool schema_is_date_time(const char *text);				/* RFC 3339 with an offset */

#endif
