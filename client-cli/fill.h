/* fill.h - what the client adds to parameters before they are sent: the organisation, a request_id, the version of the record that is
 * changed, ids for names, dates for relative ones. The same for words, JSON texts and batches. */
#ifndef NINETWO_CLIENT_FILL_H
#define NINETWO_CLIENT_FILL_H

#include "client-cli/client.h"

/* Completes params (an object) in place. The document must be loaded; a method that it does not know is left as it is. */
bool fill_params(struct client *c, const char *method, json_t *params, struct failure *f);

/* A usage failure that names every required parameter that is missing. */
bool fill_check_required(const struct document *d, const char *method, const json_t *params, struct failure *f);

#endif
