/* reference.c - docs/reference.md from the server's own description: `reference OPENRPC-FILE EVENTS-FILE` writes Markdown to standard output.
 *
 * OPENRPC-FILE is the answer to rpc.discover, EVENTS-FILE one line "kind<TAB>what it means" for each kind of event (reference.sql).
 * What is the same for every method (organisation, request_id) is said once. reference.sh runs it. */
#include "base/error.h"
#include "client-cli/failure.h"

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOUN_MAX = 64, LINE_MAX_BYTES = 4096 };

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* Within a table a bar would end the cell. */
static void put_cell(const char *text)
{
	for (; *text; text++)
		if (*text == '|')
			fputs("\\|", stdout);
		else
			putchar(*text == '\n' ? ' ' : *text);
}

/* --- types -------------------------------------------------------------------------------------------------------------------- */

static void put_type(const json_t *schema);
static void put_type_or_null(const json_t *schema);

static void put_reference(const char *reference)
{
	const char *name = strrchr(reference, '/');

	name = name ? name + 1 : reference;
	printf("[%s](#record-%s)", name, name);
}

static void put_enum(const json_t *values)
{
	const char *separator = "";
	const json_t *one;
	size_t i;

	json_array_foreach(values, i, one)
		if (json_is_string(one)) {
			printf("%s`%s`", separator, json_string_value(one));
			separator = " ";
		}
}

static void put_properties(const json_t *properties)
{
	const char *name, *separator = "";
	json_t *one;

	fputs("{ ", stdout);
	json_object_foreach((json_t *)properties, name, one) {
		printf("%s%s: ", separator, name);
		put_type_or_null(one);
		separator = ", ";
	}
	fputs(" }", stdout);
}

static void put_range(const json_t *schema, const char *least, const char *most, const char *unit)
{
	const json_t *from = json_object_get(schema, least), *to = json_object_get(schema, most);

	if (json_is_integer(from) && json_is_integer(to))
		printf(", %" JSON_INTEGER_FORMAT " to %" JSON_INTEGER_FORMAT "%s", json_integer_value(from), json_integer_value(to), unit);
	else if (json_is_integer(from))
		printf(", at least %" JSON_INTEGER_FORMAT "%s", json_integer_value(from), unit);
	else if (json_is_integer(to))
		printf(", at most %" JSON_INTEGER_FORMAT "%s", json_integer_value(to), unit);
}

/* A string or one of its formats. */
static void put_text(const json_t *schema)
{
	const char *format = text_of(schema, "format");

	fputs(!*format ? "text" : strcmp(format, "date-time") == 0 ? "time" : format, stdout);
	put_range(schema, "minLength", "maxLength", " characters");
	if (json_object_get(schema, "x-problem")) {
		fputs("; ", stdout);
		put_cell(text_of(schema, "x-problem"));
	} else if (json_object_get(schema, "pattern")) {
		fputs(", as `", stdout);
		put_cell(text_of(schema, "pattern"));
		putchar('`');
	}
}

static void put_array(const json_t *schema)
{
	const json_t *items = json_object_get(schema, "items");

	fputs("list", stdout);
	if (items && json_object_size(items) > 0) {
		fputs(" of ", stdout);
		put_type(items);
	}
	put_range(schema, "minItems", "maxItems", " of them");
}

static bool is_null_type(const json_t *schema)
{
	return strcmp(text_of(schema, "type"), "null") == 0;
}

static void put_choices(const json_t *choices)
{
	const char *separator = "";
	const json_t *one;
	size_t i;

	json_array_foreach(choices, i, one)
		if (!is_null_type(one)) {
			fputs(separator, stdout);
			put_type(one);
			separator = " or ";
		}
}

/* "string" of "string" and of ["string", "null"]. */
static const char *type_name(const json_t *schema)
{
	const json_t *type = json_object_get(schema, "type");

	return json_is_array(type) ? json_string_value(json_array_get(type, 0)) : json_string_value(type);
}

static void put_type(const json_t *schema)
{
	const char *type = type_name(schema);

	if (json_object_get(schema, "$ref"))
		put_reference(text_of(schema, "$ref"));
	else if (json_object_get(schema, "oneOf"))
		put_choices(json_object_get(schema, "oneOf"));
	else if (json_object_get(schema, "enum"))
		put_enum(json_object_get(schema, "enum"));
	else if (type && strcmp(type, "string") == 0)
		put_text(schema);
	else if (type && strcmp(type, "array") == 0)
		put_array(schema);
	else if (json_object_size(json_object_get(schema, "properties")) > 0)
		put_properties(json_object_get(schema, "properties"));
	else
		fputs(type ? type : "any", stdout);
	if (type && strcmp(type, "integer") == 0 && json_integer_value(json_object_get(schema, "minimum")) != INT32_MIN)
		put_range(schema, "minimum", "maximum", "");
}

static bool may_be_null(const json_t *schema)
{
	const json_t *type = json_object_get(schema, "type"), *one;
	size_t i;

	json_array_foreach(json_is_array(type) ? type : json_object_get(schema, "oneOf"), i, one)
		if (json_is_string(one) ? strcmp(json_string_value(one), "null") == 0 : is_null_type(one))
			return true;
	return false;
}

static void put_type_or_null(const json_t *schema)
{
	put_type(schema);
	fputs(may_be_null(schema) ? " or null" : "", stdout);
}

/* --- methods ------------------------------------------------------------------------------------------------------------------ */

static void put_roles(const json_t *method)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(method, "x-roles"), i, one)
		printf("%s%s", i ? ", " : "", json_string_value(one));
}

/* A page of something reads better by its name than by its properties. */
static void put_result(const json_t *schema)
{
	const json_t *properties = json_object_get(schema, "properties"), *items = json_object_get(properties, "items");

	if (items && json_object_get(properties, "partial")) {
		fputs("a page of ", stdout);
		put_type(json_object_get(items, "items"));
	} else {
		put_type_or_null(schema);
	}
}

static bool said_once(const char *name)
{
	return strcmp(name, "organisation") == 0 || strcmp(name, "request_id") == 0;
}

static void put_parameters(const json_t *method)
{
	bool begun = false;
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(method, "params"), i, one) {
		if (said_once(text_of(one, "name")))
			continue;
		if (!begun)
			puts("\n| parameter | | type | |\n|---|---|---|---|");
		begun = true;
		printf("| %s | %s | ", text_of(one, "name"), json_is_true(json_object_get(one, "required")) ? "required" :
		       json_is_true(json_object_get(one, "x-field")) ? "field" : "");
		put_type_or_null(json_object_get(one, "schema"));
		fputs(" | ", stdout);
		put_cell(text_of(one, "description"));
		puts(" |");
	}
}

static bool takes(const json_t *method, const char *name)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(method, "params"), i, one)
		if (strcmp(text_of(one, "name"), name) == 0)
			return true;
	return false;
}

static void put_method(const json_t *method)
{
	const char *access = text_of(method, "x-access");

	printf("\n#### %s\n\n%s\n\n", text_of(method, "name"), text_of(method, "summary"));
	printf("Roles: ");
	put_roles(method);
	printf(". Access: %s%s%s. Answers: ", access, takes(method, "organisation") ? "" : ", no organisation",
	       json_is_true(json_object_get(method, "x-secret")) ? ", the answer is a secret and is not kept" : "");
	put_result(json_object_get(json_object_get(method, "result"), "schema"));
	puts(".");
	put_parameters(method);
}

static void noun_of(const json_t *method, char out[NOUN_MAX])
{
	snprintf(out, NOUN_MAX, "%s", text_of(method, "name"));
	out[strcspn(out, ".")] = '\0';
}

static void put_methods(const json_t *methods)
{
	char noun[NOUN_MAX], before[NOUN_MAX] = "";
	const json_t *one;
	size_t i;

	printf("\n## Methods\n\n%zu methods, by noun:", json_array_size(methods));
	json_array_foreach(methods, i, one) {
		noun_of(one, noun);
		if (strcmp(noun, before) != 0)
			printf("\n[%s](#%s)", noun, noun);
		snprintf(before, sizeof before, "%s", noun);
	}
	putchar('\n');
	*before = '\0';
	json_array_foreach(methods, i, one) {
		noun_of(one, noun);
		if (strcmp(noun, before) != 0)
			printf("\n### %s\n", noun);
		snprintf(before, sizeof before, "%s", noun);
		put_method(one);
	}
}

/* --- records, events, errors -------------------------------------------------------------------------------------------------- */

static void put_field(const char *name, const json_t *schema)
{
	printf("| %s | ", name);
	put_type_or_null(schema);
	fputs(" | ", stdout);
	put_cell(text_of(schema, "description"));
	puts(" |");
}

/* Every field is there in every record; `required` names them in the order in which they were declared. */
static void put_record(const char *name, const json_t *schema)
{
	const json_t *fields = json_object_get(schema, "properties"), *one;
	size_t i;

	printf("\n### record %s\n\n%s\n\n| field | type | |\n|---|---|---|\n", name, text_of(schema, "description"));
	json_array_foreach(json_object_get(schema, "required"), i, one)
		put_field(json_string_value(one), json_object_get(fields, json_string_value(one)));
}

static void put_records(const json_t *schemas)
{
	const char *name;
	json_t *one;

	puts("\n## Records\n\nWhat methods answer with, and what a page holds. A field that may be null says so. A record of an organisation has its `organisation`, its `id`\n"
	     "and, where it can change, its `version`.");
	json_object_foreach((json_t *)schemas, name, one)
		put_record(name, one);
}

static void put_notifications(const json_t *events)
{
	const json_t *one;
	size_t i;

	puts("\n## Events\n\nWhat the server sends by itself after `events.subscribe`:\n\n| notification | parameters | |\n|---|---|---|");
	json_array_foreach(events, i, one) {
		printf("| %s | ", text_of(one, "name"));
		put_properties(json_object_get(json_object_get(one, "params"), "properties"));
		fputs(" | ", stdout);
		put_cell(text_of(one, "doc"));
		puts(" |");
	}
}

static int put_kinds(const char *path)
{
	FILE *file = fopen(path, "re");
	char line[LINE_MAX_BYTES], *tab;

	if (!file)
		return -1;
	puts("\nThe kinds of `event`. What a record is when it is made is told by *created*; a change of its state by that state; any other change by\n"
	     "*changed*; *removed* says that it is gone. The subject is the record's id; of an attachment, the evidence's.\n\n| kind | |\n|---|---|");
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = '\0';
		tab = strchr(line, '\t');
		if (tab)
			*tab = '\0';
		printf("| %s | %s |\n", line, tab ? tab + 1 : "");
	}
	return fclose(file);
}

static void put_errors(const json_t *errors)
{
	struct failure refused = { .kind = FAILURE_REFUSED };
	const char *name;
	json_t *one;

	puts("\n## Errors\n\nThe last column is the exit status of `ninetwo` when a command was refused so.\n\n"
	     "| code | name | says, unless it knows better | exit |\n|---|---|---|---|");
	json_object_foreach((json_t *)errors, name, one) {
		refused.code = (int)json_integer_value(json_object_get(one, "code"));
		printf("| %d | %s | %s | %d |\n", refused.code, name, text_of(one, "message"), failure_exit_status(&refused));
	}
}

static void put_exit_statuses(void)
{
	static const struct { enum failure_kind kind; const char *what; } others[] = {
		{ FAILURE_NONE, "done" }, { FAILURE_LOCAL, "this machine: a file, the terminal, a name that does not resolve" },
		{ FAILURE_USAGE, "what was typed" }, { FAILURE_LOST, "no connection, or it broke: send it again with the same `--request-id`" },
	};

	puts("\n## Exit statuses of ninetwo\n\nRefusals have the statuses above. The others:\n\n| status | |\n|---|---|");
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		printf("| %d | %s |\n", failure_exit_status(&(struct failure){ .kind = others[i].kind }), others[i].what);
}

static const char head[] =
	"# Reference\n\n"
	"Made by `make docs` from the server's own description (`rpc.discover`); not edited by hand. The wire that carries it is in\n"
	"[wire.md](wire.md); what the rules mean is in [separation.md](separation.md).\n\n"
	"- A method that has an organisation takes `organisation` (its id). Those that have none say so.\n"
	"- A method with access *write* takes `request_id`, a UUID that the client makes, one for each intention: the same again returns the\n"
	"  same answer and changes nothing. *recorded* reads and records that it was read; *read* only reads.\n"
	"- A change takes the `version` that the client saw, and names what it changes: a *field* that is left out stays as it is, null empties it where\n"
	"  its type says *or null*. Any other parameter that is left out is null.\n"
	"- Roles: *member* is any role in the organisation, *signed_in* needs no organisation, *anyone* not even a sign-in.\n"
	"- A page is `{ items, after, partial }`. `after` is where the next one begins, null at the end. `partial`: it was cut early because too much\n"
	"  had to be read for it; go on.\n"
	"- `ninetwo` writes `audit.start_reporting` as `ninetwo audit start-reporting`; `ninetwo help NOUN VERB` shows an example.\n";

int main(int argc, char *argv[])
{
	json_error_t error;
	json_t *document = argc == 3 ? json_load_file(argv[1], JSON_REJECT_DUPLICATES, &error) : NULL;
	const json_t *components = json_object_get(document, "components");
	int rc = 1;

	if (document) {
		fputs(head, stdout);
		put_methods(json_object_get(document, "methods"));
		put_records(json_object_get(components, "schemas"));
		put_notifications(json_object_get(document, "x-events"));
		rc = put_kinds(argv[2]) != 0;
		put_errors(json_object_get(components, "errors"));
		put_exit_statuses();
	}
	if (rc)
		fputs("usage: reference OPENRPC-FILE EVENTS-FILE, both readable\n", stderr);
	json_decref(document);
	return fflush(stdout) ? 1 : rc;
}
