/* output_cell.c - one value as one text. */
#include "client-cli/output.h"

#include <ctype.h>
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

/* Whether the text has the form of 2026-03-31T10:00:00.123456+00:00. */
static bool is_moment(const char *text)
{
	static const char form[] = "dddd-dd-ddTdd:dd:dd";
	size_t n = strlen(text);

	for (size_t i = 0; form[i]; i++)
		if (form[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
			return false;
	return (n > 6 && !strcmp(text + n - 6, "+00:00")) || text[n - 1] == 'Z';
}

char *output_text(const json_t *value)
{
	char *text = output_cell(value);

	if (json_is_string(value) && is_moment(text)) {
		text[10] = ' ';
		strcpy(text + 19, "Z");
	}
	return text;
}
