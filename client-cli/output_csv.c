/* output_csv.c - records as CSV, as base/cell.h writes it. */
#include "client-cli/output.h"

#include "base/cell.h"

#include <stdint.h>

void output_csv(FILE *out, const json_t *items, const json_t *columns)
{
	struct buffer line;
	json_t *record;
	size_t i;

	buffer_init(&line, SIZE_MAX / 2);
	cell_append_csv_line(&line, columns, NULL);
	fwrite(buffer_text(&line), 1, line.length, out);
	json_array_foreach(items, i, record) {
		buffer_reset(&line);
		cell_append_csv_line(&line, columns, record);
		fwrite(buffer_text(&line), 1, line.length, out);
	}
	buffer_clear(&line);
}
