/* gate.h - the first wall: what is refused before any handler or statement runs. Every method passes it, from SQL or in C.
 *
 * The order of wire.md: signed in (the call layer), parameters, roles. */
#ifndef NINETWO_RPC_GATE_H
#define NINETWO_RPC_GATE_H

#include "base/error.h"
#include "rpc/caller.h"
#include "rpc/method.h"

#include <jansson.h>
#include <stdbool.h>

/* All offences at once: E_PARAMS with data {"params":[{"name","problem"}]}. Members that are null are removed from params first, because absent
 * and null are one thing. `frame` false: organisation and request_id are neither asked for nor looked at (for `can`). */
enum error_code gate_params(const struct method *m, json_t *params, bool frame, struct error *err);

/* E_FORBIDDEN with the roles that may. `organisation` may be NULL for a method outside organisations. */
enum error_code gate_roles(const struct method *m, const struct caller *caller, const char *organisation, struct error *err);

#endif
