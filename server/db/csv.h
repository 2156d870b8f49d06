/* csv.h - comma-separated values (RFC 4180) with a header line, as JSON. */
#ifndef NINETWO_DB_CSV_H
#define NINETWO_DB_CSV_H

#include "base/error.h"

#include <jansson.h>

/* An array with one object for each row; its keys are `keys` by position (up to a NULL), or the header's names when keys is NULL.
 * NULL and err, naming the line, when it is not well formed or a row has another number of fields than the header. */
json_t *csv_rows(const char *text, const char *const *keys, struct error *err);

#endif
