/* command_completion.c - completion in bash. The script asks this program, which answers from the cached document alone: pressing Tab
 * never waits for a server. */
#include "client-cli/command.h"

#include "client-cli/arguments.h"

#include <string.h>

static const char script[] =
	"_ninetwo() {\n"
	"\tlocal IFS=$'\\n'\n"
	"\tCOMPREPLY=($(ninetwo complete -- \"${COMP_WORDS[@]:1:COMP_CWORD}\" 2>/dev/null))\n"
	"\t[[ ${#COMPREPLY[@]} -eq 0 ]] && compopt -o default\n"
	"}\n"
	"complete -F _ninetwo ninetwo\n";

bool command_completion(struct client *c, struct words *w, struct failure *f)
{
	const char *shell = NULL;

	if (!command_words(c, w, NULL, &shell, 1, f))
		return false;
	if (shell && strcmp(shell, "bash"))
		return failure_usage(f, "There is completion for bash.");
	fputs(script, stdout);
	return true;
}

static bool starts(const char *word, const char *start)
{
	return !strncmp(word, start, strlen(start));
}

static void offer(const char *candidate, const char *start)
{
	if (starts(candidate, start))
		puts(candidate);
}

static void offer_nouns(const struct client *c, const char *start)
{
	const char *name;
	json_t *method, *seen = json_object();
	char noun[64];

	for (const struct command *command = commands; command->name; command++)
		if (command->doc && !strchr(command->name, ' '))
			offer(command->name, start);
	json_object_foreach(c->document.methods, name, method) {
		snprintf(noun, sizeof noun, "%.*s", (int)strcspn(name, "."), name);
		if (strchr(name, '.') && !json_object_get(seen, noun)) {
			json_object_set_new(seen, noun, json_true());
			offer(noun, start);
		}
	}
	json_decref(seen);
}

static void offer_verbs(const struct client *c, const char *noun, const char *start)
{
	size_t length = strlen(noun);
	const char *name;
	json_t *method;
	char verb[128];

	for (const struct command *command = commands; command->name; command++)
		if (starts(command->name, noun) && command->name[length] == ' ')
			offer(command->name + length + 1, start);
	json_object_foreach(c->document.methods, name, method) {
		if (!starts(name, noun) || name[length] != '.')
			continue;
		snprintf(verb, sizeof verb, "%s", name + length + 1);
		for (char *p = verb; *p; p++)
			if (*p == '_')
				*p = '-';
		offer(verb, start);
	}
}

static void offer_options(const json_t *method, const char *start)
{
	json_t *parameter;
	char option[128];
	size_t i;

	json_array_foreach(document_parameters(method), i, parameter) {
		const char *name = json_string_value(json_object_get(parameter, "name"));

		if (!name || arguments_is_filled_in(name))
			continue;
		snprintf(option, sizeof option, "--%s", name);
		for (char *p = option + 2; *p; p++)
			if (*p == '_')
				*p = '-';
		offer(option, start);
	}
	for (i = 0; options_name(i); i++) {
		snprintf(option, sizeof option, "--%s", options_name(i));
		offer(option, start);
	}
}

/* The values of the option before the cursor, when it is one of a few. */
static bool offer_values(const struct client *c, const json_t *method, const char *option, const char *start)
{
	json_t *parameter, *list, *one;
	const char *attached;
	size_t i, k;

	json_array_foreach(document_parameters(method), i, parameter) {
		json_t *schema = document_parameter_schema(&c->document, parameter);

		if (!option_is(option, json_string_value(json_object_get(parameter, "name")), &attached))
			continue;
		list = json_object_get(json_object_get(schema, "enum") ? schema : json_object_get(schema, "items"), "enum");
		json_array_foreach(list, k, one)
			if (json_is_string(one))
				offer(json_string_value(one), start);
		return document_kind(&c->document, schema) != KIND_BOOLEAN;
	}
	return false;
}

/* ninetwo complete -- WORD …: the last is the one being typed. */
bool command_complete(struct client *c, struct words *w, struct failure *f)
{
	char **word = w->list + w->next;
	int count = w->count - w->next;
	char name[256];
	json_t *method;

	w->next = w->count;
	if (count > 0 && !strcmp(word[0], "--")) {
		word++;
		count--;
	}
	if (count == 0 || !client_document_cached(c, f))
		return true;
	if (count == 1) {
		offer_nouns(c, word[0]);
		return true;
	}
	if (count == 2) {
		offer_verbs(c, word[0], word[1]);
		return true;
	}
	snprintf(name, sizeof name, "%s.%s", word[0], word[1]);
	for (char *p = name; *p; p++)
		if (*p == '-')
			*p = '_';
	method = document_method(&c->document, name);
	if (method && !offer_values(c, method, word[count - 2], word[count - 1]) && starts(word[count - 1], "-"))
		offer_options(method, word[count - 1]);
	return true;
}
