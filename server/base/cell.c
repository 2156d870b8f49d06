/* cell.c - see cell.h. */
#include "base/cell.h"

#include <stdlib.h>
#include <string.h>

/* A reason or a refusal inside a record says itself in one sentence. */
static const char *message_in(const json_t *value)
{
	return json_string_value(json_object_get(value, "message"));
}

static void append_list(struct buffer *out, const json_t *list)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one) {
		buffer_append_text(out, !i ? "" : message_in(one) ? " " : ", ");
		cell_append(out, one);
	}
}

static void append_json(struct buffer *out, const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

	buffer_append_text(out, text ? text : "");
	free(text);
}

void cell_append(struct buffer *out, const json_t *value)
{
	if (json_is_string(value))
		buffer_append_text(out, json_string_value(value));
	else if (message_in(value))
		buffer_append_text(out, message_in(value));
	else if (json_is_boolean(value))
		buffer_append_text(out, json_is_true(value) ? "yes" : "no");
	else if (json_is_array(value))
		append_list(out, value);
	else if (value && !json_is_null(value))
		append_json(out, value);
}

static bool could_be_formula(const json_t *value, const char *text)
{
	return !json_is_number(value) && *text && strchr("=+-@\t\r|", *text);
}

void cell_append_csv(struct buffer *out, const json_t *value)
{
	struct buffer cell;
	const char *text;
	bool formula;

	buffer_init(&cell, out->maximum);
	cell_append(&cell, value);
	text = buffer_text(&cell);
	formula = could_be_formula(value, text);
	if (!formula && !strpbrk(text, ",\"\r\n")) {
		buffer_append(out, text, cell.length);
	} else {
		buffer_append_text(out, formula ? "\"'" : "\"");
		for (; *text; text++)
			buffer_append(out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
		buffer_append_text(out, "\"");
	}
	out->failed = out->failed || cell.failed;
	buffer_clear(&cell);
}

void cell_append_csv_line(struct buffer *out, const json_t *columns, const json_t *record)
{
	json_t *column;
	size_t i;

	json_array_foreach(columns, i, column) {
		buffer_append_text(out, i ? "," : "");
		cell_append_csv(out, record ? json_object_get(record, json_string_value(column)) : column);
	}
	buffer_append_text(out, "\r\n");
}
