/* output_table.c - a list as a table that fits the terminal: columns shrink, the widest first; what does not fit is left out and said. */
#include "client-cli/output.h"

#include "client-cli/terminal_text.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 64, GAP = 2, NARROWEST = 6, READABLE = 20, WIDEST = 60 };

struct table {
	const json_t *items;
	size_t count;				/* of columns shown */
	const char *names[COLUMNS_MAX];
	size_t widths[COLUMNS_MAX];
	bool numeric[COLUMNS_MAX];
	size_t indent, width;			/* of the lines, the indent included */
	bool wrap;				/* the last column goes on below itself instead of being cut */
};

static void measure_column(struct table *t, size_t column)
{
	const char *name = t->names[column];
	size_t width = terminal_text_width(name), i;
	json_t *record;

	t->numeric[column] = true;
	json_array_foreach(t->items, i, record) {
		const json_t *value = json_object_get(record, name);
		char *text = output_text(value);
		size_t n = terminal_text_width(text);

		if (n > width)
			width = n;
		if (value && !json_is_null(value) && !json_is_number(value))
			t->numeric[column] = false;
		free(text);
	}
	t->widths[column] = width > WIDEST ? WIDEST : width;
}

static size_t total(const struct table *t)
{
	size_t sum = 0;

	for (size_t i = 0; i < t->count; i++)
		sum += t->widths[i] + (i ? GAP : 0);
	return sum;
}

/* The widest column but the first, which names the record, unless there is no other or that alone is too wide. */
static size_t widest_column(const struct table *t, size_t width)
{
	size_t widest = t->count > 1 && t->widths[0] <= width / 2 ? 1 : 0;

	for (size_t i = widest + 1; i < t->count; i++)
		if (t->widths[i] > t->widths[widest])
			widest = i;
	return widest;
}

/* Takes one column off the widest, again and again, until all fit or all are narrow. */
static void shrink(struct table *t, size_t width)
{
	while (total(t) > width) {
		size_t widest = widest_column(t, width);

		if (t->widths[widest] <= NARROWEST)
			return;
		t->widths[widest]--;
	}
}

/* Columns at the end go before the others become too narrow to read. */
static size_t drop_last_columns(struct table *t, size_t width)
{
	size_t dropped = 0;

	while (t->count > 1) {
		size_t least = 0;

		for (size_t i = 0; i < t->count; i++)
			least += (t->widths[i] < READABLE ? t->widths[i] : READABLE) + (i ? GAP : 0);
		if (least <= width)
			break;
		t->count--;
		dropped++;
	}
	return dropped;
}

static void put_cell(FILE *out, const struct table *t, size_t column, const char *text)
{
	size_t width = t->widths[column], own = terminal_text_width(text);
	size_t pad = own < width ? width - own : 0;
	bool last = column + 1 == t->count;

	fprintf(out, "%*s", column ? GAP : (int)t->indent, "");
	if (last && t->wrap && own > width) {
		terminal_text_wrap(out, text, t->width - width, t->width - width, t->width);
		return;
	}
	if (t->numeric[column])
		fprintf(out, "%*s", (int)pad, "");
	terminal_text_print(out, text, width);
	if (!t->numeric[column] && !last)
		fprintf(out, "%*s", (int)pad, "");
}

static void put_head(FILE *out, const struct table *t)
{
	char name[128];

	for (size_t i = 0; i < t->count; i++) {
		snprintf(name, sizeof name, "%s", t->names[i]);
		for (char *p = name; *p; p++)
			*p = *p == '_' ? ' ' : *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
		put_cell(out, t, i, name);
	}
	fputc('\n', out);
}

static void put_row(FILE *out, const struct table *t, const json_t *record)
{
	for (size_t i = 0; i < t->count; i++) {
		char *text = output_text(json_object_get(record, t->names[i]));

		put_cell(out, t, i, text);
		free(text);
	}
	fputc('\n', out);
}

void output_table(FILE *out, const json_t *items, const json_t *columns, size_t width, size_t indent, bool wrap)
{
	struct table t = { .items = items, .indent = indent, .wrap = wrap };
	json_t *one;
	size_t i, dropped;

	json_array_foreach(columns, i, one)
		if (t.count < COLUMNS_MAX) {
			t.names[t.count] = json_string_value(one);
			measure_column(&t, t.count++);
		}
	width = width > indent + NARROWEST ? width - indent : NARROWEST;
	dropped = drop_last_columns(&t, width);
	shrink(&t, width);
	if (wrap && t.count > 0 && total(&t) < width)
		t.widths[t.count - 1] += width - total(&t);
	t.width = indent + total(&t);
	put_head(out, &t);
	json_array_foreach(items, i, one)
		put_row(out, &t, one);
	if (dropped && !wrap)
		fprintf(out, "(%zu more column%s: --columns, --csv or a wider terminal)\n", dropped, dropped > 1 ? "s" : "");
}
