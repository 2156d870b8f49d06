/* output_columns.c - which fields of a list a person wants to see, and in which order. */
#include "client-cli/output.h"

#include "base/uuid.h"
#include "client-cli/client.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* What names a record comes first. */
static const char *const telling[] = {
	"position", "reference", "ref", "number", "name", "title", "person_name", "function_name", "party_name", "part_title", "email", "kind",
	"role", "grade", "state", "result", "due", "next_due", "overdue", "owner_name", "lead_name", "starts_on", "ends_on", "from_date",
	"until_date", "what", "asked", "question",
};
enum { TELLING_COUNT = sizeof telling / sizeof *telling, NAMING_COUNT = 6 };	/* the first six name a record */
/* What a table for people leaves out, besides ids and nested values. */
static const char *const dull[] = { "organisation", "version", "created_at", "created_by", "updated_at", "updated_by", "touched" };

static bool name_is_among(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(list[i], name))
			return true;
	return false;
}

static bool columns_have(const json_t *columns, const char *name)
{
	json_t *one;
	size_t i;

	json_array_foreach(columns, i, one)
		if (!strcmp(json_string_value(one), name))
			return true;
	return false;
}

static void columns_add(json_t *columns, const char *name)
{
	if (!columns_have(columns, name))
		json_array_append_new(columns, json_string(name));
}

/* Every field: in the order of the schema's "required" (a view's columns), then as they come. */
static json_t *all_fields(const struct document *d, json_t *schema, const json_t *items)
{
	json_t *fields = json_array(), *one, *record;
	const char *name;
	size_t i;

	schema = document_schema(d, schema);
	json_array_foreach(json_object_get(schema, "required"), i, one)
		if (json_is_string(one))
			columns_add(fields, json_string_value(one));
	json_object_foreach(json_object_get(schema, "properties"), name, one)
		columns_add(fields, name);
	json_array_foreach(items, i, record)
		json_object_foreach(record, name, one)
			columns_add(fields, name);
	return fields;
}

static bool is_for_people(const json_t *value)
{
	if (!value || json_is_null(value) || json_is_object(value))
		return false;
	if (json_is_array(value))
		return json_object_get(json_array_get(value, 0), "message") ||
		       (json_is_string(json_array_get(value, 0)) && is_for_people(json_array_get(value, 0)));
	return !json_is_string(value) || (*json_string_value(value) && !uuid_is(json_string_value(value)));
}

static bool is_worth_a_column(const char *name, const json_t *items)
{
	json_t *record;
	size_t i;

	if (name_is_among(dull, sizeof dull / sizeof *dull, name))
		return false;
	json_array_foreach(items, i, record)
		if (is_for_people(json_object_get(record, name)))
			return true;
	return false;
}

/* "PERSON NAME", as a table heads it, is person_name. */
static json_t *asked_for(const char *asked)
{
	json_t *columns = json_array();
	char name[128];
	size_t n;

	for (; *asked; asked += n + (asked[n] == ',')) {
		n = strcspn(asked, ",");
		if (n > 0 && n < sizeof name) {
			for (size_t i = 0; i < n; i++)
				name[i] = asked[i] == ' ' || asked[i] == '-' ? '_' : (char)tolower((unsigned char)asked[i]);
			json_array_append_new(columns, json_stringn(name, n));
		}
	}
	return columns;
}

bool output_columns_known(const struct document *d, json_t *item_schema, const json_t *items, const char *asked, struct failure *f)
{
	json_t *fields = all_fields(d, item_schema, items), *columns = asked_for(asked ? asked : ""), *one;
	char *text;
	size_t i;

	json_array_foreach(columns, i, one) {
		if (json_array_size(fields) == 0 || columns_have(fields, json_string_value(one)))
			continue;
		text = output_cell(fields);
		failure_usage(f, "There is no column %s; there are %s.", json_string_value(one), text);
		free(text);
		break;
	}
	json_decref(fields);
	json_decref(columns);
	return f->kind == FAILURE_NONE;
}

/* Lists inside a record, such as its reasons, are long: they go last, where there is room. */
static void move_lists_last(json_t *columns, const json_t *items)
{
	size_t count = json_array_size(columns);

	for (size_t i = 0, n = count; n-- > 0;) {
		json_t *column = json_array_get(columns, i), *record;
		bool list = false;
		size_t k;

		json_array_foreach(items, k, record)
			list = list || json_is_array(json_object_get(record, json_string_value(column)));
		if (!list) {
			i++;
			continue;
		}
		json_incref(column);
		json_array_remove(columns, i);
		json_array_append_new(columns, column);
	}
}

/* A list whose records have no name of their own shows their ids, or nothing could be done with them. */
static void add_id_if_nameless(json_t *columns, const json_t *fields)
{
	for (size_t i = 0; i < NAMING_COUNT; i++)
		if (columns_have(columns, telling[i]))
			return;
	if (columns_have(fields, "id"))
		json_array_insert_new(columns, 0, json_string("id"));
}

json_t *output_columns(const struct document *d, json_t *item_schema, const json_t *items, const char *asked, bool everything)
{
	json_t *fields, *columns, *one;
	size_t i;

	if (asked)
		return asked_for(asked);
	fields = all_fields(d, item_schema, items);
	if (everything)
		return fields;
	columns = json_array();
	for (i = 0; i < TELLING_COUNT; i++)
		if (columns_have(fields, telling[i]) && is_worth_a_column(telling[i], items))
			columns_add(columns, telling[i]);
	json_array_foreach(fields, i, one)
		if (is_worth_a_column(json_string_value(one), items))
			columns_add(columns, json_string_value(one));
	move_lists_last(columns, items);
	add_id_if_nameless(columns, fields);
	json_decref(fields);
	return columns;
}
