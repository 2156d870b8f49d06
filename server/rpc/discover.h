/* discover.h - the OpenRPC document that rpc.discover answers with, made from the table of methods and from nothing else. */
#ifndef NINETWO_RPC_DISCOVER_H
#define NINETWO_RPC_DISCOVER_H

#include "rpc/method.h"

/* Sets t->discovery. `events` (array, borrowed) becomes x-events. */
enum error_code discover_write(struct method_table *t, const json_t *events, const char *version, struct error *err);

#endif
