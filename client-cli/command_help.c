/* command_help.c - help made from the document: nouns, verbs, parameters, and an example of each command with its real parameters. */
#include "client-cli/command.h"

#include "client-cli/arguments.h"
#include "client-cli/reference.h"
#include "client-cli/terminal_text.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_COLUMN = 2, DOC_COLUMN = 26 };

static void put_entry(FILE *out, const char *name, const char *doc)
{
	size_t width = terminal_width(0), at = NAME_COLUMN + terminal_text_width(name);

	fprintf(out, "%*s%s", NAME_COLUMN, "", name);
	if (at >= DOC_COLUMN) {
		fputc('\n', out);
		at = 0;
	}
	fprintf(out, "%*s", (int)(DOC_COLUMN - at), "");
	terminal_text_wrap(out, doc ? doc : "", DOC_COLUMN, DOC_COLUMN, width);
	fputc('\n', out);
}

static const char *doc_of(const json_t *object)
{
	const char *doc = command_text(object, "summary");

	return *doc ? doc : command_text(object, "description");
}

static void dashed(char *out, size_t size, const char *name)
{
	snprintf(out, size, "%s", name);
	for (char *p = out; *p; p++)
		if (*p == '_')
			*p = '-';
}

/* ---- one method ---- */

static const char *sample(const struct document *d, json_t *schema, const char *method, const char *name, char buffer[256])
{
	static const struct { const char *noun, *sample; } samples[] = {
		{ "finding", "IA-2026-01-F-03" }, { "audit", "IA-2026-01" }, { "person", "ann@example.org" }, { "function", "backup" },
		{ "requirement", "A.8.13" }, { "part", "'IA-2026-01/Backup and recovery'" },
	};
	char noun[64];
	const json_t *list = json_object_get(document_schema(d, schema), "enum");

	if (json_array_size(list) > 0)
		return json_string_value(json_array_get(list, 0));
	switch (document_kind(d, schema)) {
	case KIND_DATE:
		return strstr(name, "from") ? "-12m" : "+30d";
	case KIND_INTEGER:
		return "1";
	case KIND_ARRAY:
		return sample(d, json_object_get(document_schema(d, schema), "items"), method, name, buffer);
	case KIND_UUID:
		if (reference_noun(d, method, name, document_schema(d, schema), noun))
			for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
				if (!strcmp(samples[i].noun, noun))
					return samples[i].sample;
		return "ID";
	default:
		return document_kind_word(d, schema, buffer, 256);
	}
}

static void put_own_examples(FILE *out, const json_t *method)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(method, "examples"), i, one)
		if (*command_text(one, "summary"))
			fprintf(out, "  %s\n", command_text(one, "summary"));
}

static void put_example(FILE *out, const struct document *d, const json_t *method)
{
	const char *full = command_text(method, "name"), *dot = strchr(full, '.');
	char verb[128], option[128], buffer[256];
	json_t *parameter;
	size_t i;
	bool first = true;

	dashed(verb, sizeof verb, dot ? dot + 1 : "");
	fprintf(out, "\nExample:\n  ninetwo %.*s %s", (int)strcspn(full, "."), full, verb);
	json_array_foreach(document_parameters(method), i, parameter) {
		const char *name = command_text(parameter, "name");

		if (!json_is_true(json_object_get(parameter, "required")) || arguments_is_filled_in(name) || !strcmp(name, "version"))
			continue;
		dashed(option, sizeof option, name);
		fprintf(out, first ? " " : " --%s ", option);
		fputs(sample(d, json_object_get(parameter, "schema"), full, name, buffer), out);
		first = false;
	}
	fputc('\n', out);
	put_own_examples(out, method);
}

/* What NAME may be in NAME=VALUE: the members of an object, or of each object of an array. */
static void add_members(char *doc, size_t size, const struct document *d, json_t *schema)
{
	json_t *items = json_object_get(document_schema(d, schema), "items"), *member;
	const json_t *members = json_object_get(document_schema(d, items ? items : schema), "properties");
	const char *name, *before = " NAME: ";
	size_t n = strlen(doc);

	json_object_foreach((json_t *)members, name, member) {
		if (n < size)
			n += (size_t)snprintf(doc + n, size - n, "%s%s", before, name);
		before = ", ";
	}
	if (members && n < size)
		snprintf(doc + n, size - n, ".");
}

static void put_parameter(FILE *out, const struct document *d, const json_t *parameter)
{
	const char *name = command_text(parameter, "name");
	json_t *schema = json_object_get(parameter, "schema");
	char left[256], words[256], option[128], doc[1024];
	bool required = json_is_true(json_object_get(parameter, "required"));

	if (arguments_is_filled_in(name))
		return;
	dashed(option, sizeof option, name);
	snprintf(left, sizeof left, "--%s %s", option, document_kind_word(d, schema, words, sizeof words));
	snprintf(doc, sizeof doc, "%s%s%s", doc_of(parameter), !strcmp(name, "version") ? " Read from the record when not given." : "",
		 required && strcmp(name, "version") ? " Required." : "");
	if (document_may_be_empty(d, parameter))
		snprintf(doc + strlen(doc), sizeof doc - strlen(doc), " --%s= empties it.", option);
	add_members(doc, sizeof doc, d, schema);
	put_entry(out, left, doc);
}

static void put_roles(FILE *out, const json_t *roles)
{
	json_t *one;
	size_t i;

	if (json_array_size(roles) == 0)
		return;
	fputs("\nWho may: ", out);
	json_array_foreach(roles, i, one) {
		const char *role = json_string_value(one);

		fprintf(out, "%s%s", i ? ", " : "", !role ? "" : !strcmp(role, "member") ? "every member" : !strcmp(role, "signed_in") ? "whoever is signed in" :
			!strcmp(role, "anyone") ? "anyone" : role);
	}
	fputc('\n', out);
}

void help_method(FILE *out, const struct document *d, const json_t *method)
{
	json_t *parameter;
	size_t i;

	terminal_text_wrap(out, doc_of(method), 0, 0, terminal_width(0));
	fputc('\n', out);
	put_roles(out, json_object_get(method, "x-roles"));
	if (json_array_size(document_parameters(method)) > 0)
		fputs("\nParameters:\n", out);
	json_array_foreach(document_parameters(method), i, parameter)
		put_parameter(out, d, parameter);
	put_example(out, d, method);
}

/* ---- lists ---- */

static int help_by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names of methods, sorted; to be freed (not the names). */
static const char **sorted_names(const struct document *d, size_t *count)
{
	const char **names = calloc(json_object_size(d->methods) + 1, sizeof *names), *name;
	json_t *method;

	*count = 0;
	if (!names)
		return NULL;
	json_object_foreach(d->methods, name, method)
		names[(*count)++] = name;
	qsort(names, *count, sizeof *names, help_by_text);
	return names;
}

static bool help_noun(FILE *out, const struct document *d, const char *noun, struct failure *f)
{
	size_t count, length = strlen(noun), shown = 0;
	const char **names = sorted_names(d, &count);
	char verb[128];

	for (size_t i = 0; i < count; i++) {
		if (strncmp(names[i], noun, length) || names[i][length] != '.')
			continue;
		dashed(verb, sizeof verb, names[i] + length + 1);
		if (shown++ == 0)
			fprintf(out, "ninetwo %s VERB\n\n", noun);
		put_entry(out, verb, doc_of(document_method(d, names[i])));
	}
	free(names);
	return shown > 0 || failure_usage(f, "There is no command '%s'; `ninetwo help` lists them.", noun);
}

static void help_nouns(FILE *out, const struct document *d)
{
	size_t count, at = 2, width = terminal_width(0);
	const char **names = sorted_names(d, &count), *last = "";

	fputs("\nNouns of this server (`ninetwo help NOUN` lists their verbs):\n  ", out);
	for (size_t i = 0; i < count; i++) {
		size_t n = strcspn(names[i], ".");

		if (!names[i][n] || (strlen(last) >= n && !strncmp(names[i], last, n) && (last[n] == '.')))
			continue;
		if (at + n + 1 > width) {
			fputs("\n  ", out);
			at = 2;
		}
		fprintf(out, "%.*s ", (int)n, names[i]);
		at += n + 1;
		last = names[i];
	}
	fputc('\n', out);
	free(names);
}

static void help_start(FILE *out)
{
	fputs("ninetwo - audits by people who do not judge their own work\n\n"
	      "  ninetwo NOUN VERB [WORD …] [--parameter VALUE …]\n\n"
	      "Where an id is asked for, say what people say: IA-2026-01-F-03, an e-mail, a name. Dates may be\n"
	      "relative: today, +30d, -6m. A change names what it changes: what is not named stays as it is, and\n"
	      "--effect= empties a field that may be empty.\n\nCommands:\n", out);
	for (const struct command *command = commands; command->name; command++)
		if (command->doc)
			put_entry(out, command->name, command->doc);
	fputs("\nOptions of every command:\n", out);
	options_describe(out);
	fputs("\nExit status: 0 done, 1 local, 2 usage, 3 not signed in, 4 forbidden or separation, 5 not found, 6 stale,\n"
	      "7 wrong state, 8 not now, 9 business rule.\n", out);
}

/* Prints the examples, a line each. */
static void put_examples(FILE *out, const char *lines)
{
	fputs("\nExamples:\n", out);
	for (size_t n; *lines; lines += n + (lines[n] == '\n')) {
		n = strcspn(lines, "\n");
		fprintf(out, "%*s%.*s\n", NAME_COLUMN, "", (int)n, lines);
	}
}

void help_command(FILE *out, const struct command *command)
{
	fprintf(out, "ninetwo %s %s\n\n", command->name, command->synopsis);
	terminal_text_wrap(out, command->doc, 0, 0, terminal_width(0));
	fputc('\n', out);
	if (command->examples)
		put_examples(out, command->examples);
}

/* "evidence put" or "login"; NULL: it is made from the document. */
static const struct command *named_command(const char *noun, const char *verb)
{
	const struct command *command;
	char two[128];

	snprintf(two, sizeof two, "%s %s", noun, verb ? verb : "");
	command = command_find(two);
	if (!command && !verb)
		command = command_find(noun);
	return command && command->doc ? command : NULL;
}

bool command_help(struct client *c, struct words *w, struct failure *f)
{
	const char *plain[2] = { NULL, NULL };
	const struct command *command;
	struct failure unreachable = { 0 };
	char name[128];
	json_t *method;

	if (!command_words(c, w, NULL, plain, 2, f))
		return false;
	if (!plain[0]) {
		help_start(stdout);
		c->options.retry_seconds = 0;
		if (client_document(c, &unreachable))
			help_nouns(stdout, &c->document);
		else
			puts("\nThe nouns are the server's, and it does not answer: see --server.");
		failure_clear(&unreachable);
		return true;
	}
	command = named_command(plain[0], plain[1]);
	if (command) {
		help_command(stdout, command);
		return true;
	}
	if (!plain[1])
		return client_document(c, f) && help_noun(stdout, &c->document, plain[0], f);
	method = command_find_method(c, plain[0], plain[1], name, f);
	if (method)
		help_method(stdout, &c->document, method);
	return method != NULL;
}

bool command_version(struct client *c, struct words *w, struct failure *f)
{
	struct failure unreachable = { 0 };

	if (!command_words(c, w, NULL, NULL, 0, f))
		return false;
	puts("ninetwo " NINETWO_VERSION);
	c->options.retry_seconds = 0;
	if (client_document(c, &unreachable))
		printf("server %s, release %s\n", client_server(c), document_release(&c->document));
	failure_clear(&unreachable);
	return true;
}
