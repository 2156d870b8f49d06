/* output_cell.c - one value as one text. */
#include "client-cli/output.h"

#include "base/cell.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

char *output_cell(const json_t *value)
{
	struct buffer cell;
	char *text;

	buffer_init(&cell, SIZE_MAX / 2);
	cell_append(&cell, value);
	text = buffer_take(&cell, NULL);
	return text ? text : strdup("");
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
