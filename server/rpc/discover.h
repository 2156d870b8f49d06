/* discover.h - what the server says of itself: an OpenRPC document, made from the table of methods and nothing else. */
#ifndef NINETWO_RPC_DISCOVER_H
#define NINETWO_RPC_DISCOVER_H

#include "rpc/method.h"

/* Sets t->description, once for each table, but for what description_pack sets. `events` (array, borrowed) becomes
 * x-events. One that is longer than LIMIT_DESCRIPTION is not kept: its `refusal` says so, and that is no error. */
enum error_code discover_write(struct method_table *t, const json_t *events, const char *version, struct error *err);
/* Sets digest and packed, unless that was done. */
void description_pack(struct description *d);
void description_clear(struct description *d);

/* What is said of one noun: its methods, the records that they speak of, and the errors; no events. JSON text, the
 * caller's to free. NULL with err set: E_PARAMS, no method is of that noun; E_NOT_NOW, there is no memory. */
char *discover_noun(const struct method_table *t, const char *noun, const char *version, struct error *err);

#endif
