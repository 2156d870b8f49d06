/* reply.h - what goes back: results spliced untouched around PostgreSQL's text, errors, notifications. All return malloc'd JSON text, or NULL
 * when out of memory. `id` is JSON text. */
#ifndef NINETWO_RPC_REPLY_H
#define NINETWO_RPC_REPLY_H

#include "base/error.h"

#include <stddef.h>

char *reply_result(const char *id, const char *json, size_t json_length, size_t *length);
char *reply_error(const char *id, const struct error *err, size_t *length);
char *reply_notification(const char *method, const char *params_json, size_t params_length, size_t *length);

/* The member `name` with the JSON text `value` put into the JSON text of an object (NULL: an empty one). */
char *reply_with_member(const char *object, const char *name, const char *value, size_t value_length);

#endif
