/* cell.h - one JSON value as a person reads it in a table: as text, and as a field of CSV. */
#ifndef NINETWO_BASE_CELL_H
#define NINETWO_BASE_CELL_H

#include "base/buffer.h"

#include <jansson.h>

/* A text as it is, yes and no, a list with commas; a refusal or a reason says its sentence; nothing for null. */
void cell_append(struct buffer *out, const json_t *value);

/* The same by RFC 4180. What a spreadsheet would take for a formula gets an apostrophe in front: text in the register comes from auditees and
 * suppliers, and a cell must not run on the reader's machine. */
void cell_append_csv(struct buffer *out, const json_t *value);

/* A line of CSV: these members of a record; or, without a record, their names. */
void cell_append_csv_line(struct buffer *out, const json_t *columns, const json_t *record);

#endif
