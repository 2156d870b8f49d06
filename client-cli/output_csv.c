/* output_csv.c - RFC 4180, UTF-8. What a spreadsheet would take for a formula gets an apostrophe in front: text in the register comes
 * from auditees and suppliers, and a cell must not run on the reader's machine. */
#include "client-cli/output.h"

#include <stdlib.h>
#include <string.h>

static bool could_be_formula(const json_t *value, const char *text)
{
	return !json_is_number(value) && *text && strchr("=+-@\t\r|", *text);
}

static void put_csv_field(FILE *out, const json_t *value, const char *text)
{
	bool formula = could_be_formula(value, text);

	if (!formula && !strpbrk(text, ",\"\r\n")) {
		fputs(text, out);
		return;
	}
	fputc('"', out);
	if (formula)
		fputc('\'', out);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

void output_csv(FILE *out, const json_t *items, const json_t *columns)
{
	json_t *record, *column;
	size_t i, k;

	json_array_foreach(columns, k, column) {
		fputs(k ? "," : "", out);
		put_csv_field(out, column, json_string_value(column));
	}
	fputs("\r\n", out);
	json_array_foreach(items, i, record) {
		json_array_foreach(columns, k, column) {
			const json_t *value = json_object_get(record, json_string_value(column));
			char *text = output_cell(value);

			fputs(k ? "," : "", out);
			put_csv_field(out, value, text);
			free(text);
		}
		fputs("\r\n", out);
	}
}
