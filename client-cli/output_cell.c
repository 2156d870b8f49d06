/* output_cell.c - one value as one text. */
#include "client-cli/output.h"

#include <stdlib.h>
#include <string.h>

/* A reason or a refusal inside a record says itself in one sentence. */
static const char *message_in(const json_t *value)
{
	return json_string_value(json_object_get(value, "message"));
}

static void write_value(FILE *out, const json_t *value)
{
	char *text;
	json_t *one;
	size_t i;

	if (json_is_string(value)) {
		fputs(json_string_value(value), out);
	} else if (message_in(value)) {
		fputs(message_in(value), out);
	} else if (json_is_integer(value)) {
		fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	} else if (json_is_boolean(value)) {
		fputs(json_is_true(value) ? "yes" : "no", out);
	} else if (json_is_array(value)) {
		json_array_foreach(value, i, one) {
			fputs(!i ? "" : message_in(one) ? " " : ", ", out);
			write_value(out, one);
		}
	} else if (value && !json_is_null(value)) {
		text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
		fputs(text ? text : "", out);
		free(text);
	}
}

char *output_cell(const json_t *value)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	if (!out)
		return strdup("");
	write_value(out, value);
	fclose(out);
	return text;
}
