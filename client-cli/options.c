/* options.c - one table of the options that every command knows. */
#include "client-cli/options.h"

#include "client-cli/terminal_text.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { RETRY_SECONDS_DEFAULT = 15, NUMBER_MAX = 100000, LEFT_WIDTH = 22 };
enum option_type { TEXT, NUMBER, FLAG, TO_JSON, TO_CSV, TO_TABLE };

#define AT(member) offsetof(struct options, member)
static const struct option {
	const char *name, *value, *doc;
	enum option_type type;
	size_t offset;
} table[] = {
	{ "as", "NAME", "use the sign-in kept under this name (NINETWO_AS)", TEXT, AT(as) },
	{ "token-file", "FILE", "use the bearer token in this file, which you alone may read (NINETWO_TOKEN_FILE)", TEXT, AT(token_file) },
	{ "server", "URL", "the server, like wss://audit.example.org or 127.0.0.1:9200 (NINETWO_SERVER)", TEXT, AT(server) },
	{ "organisation", "NAME", "the organisation to work in, by name or id, when you belong to several", TEXT, AT(organisation) },
	{ "ca", "FILE", "trust these certificate authorities and no others (NINETWO_CA)", TEXT, AT(ca_file) },
	{ "json", NULL, "print the result as JSON", TO_JSON, AT(format) },
	{ "csv", NULL, "print a list as CSV, all of it, safe to open in a spreadsheet", TO_CSV, AT(format) },
	{ "table", NULL, "print for people (the default)", TO_TABLE, AT(format) },
	{ "columns", "A,B,…", "the columns of the table or CSV, or the fields of one record", TEXT, AT(columns) },
	{ "field", "PATH", "print one field of the result alone, like id or items.0.state", TEXT, AT(field) },
	{ "width", "N", "columns of the terminal", NUMBER, AT(width) },
	{ "all", NULL, "follow a list to its end", FLAG, AT(all) },
	{ "request-id", "UUID", "send the change under this id; the same id again changes nothing", TEXT, AT(request_id) },
	{ "retry", "SECONDS", "how long to reconnect and resend after a lost connection", NUMBER, AT(retry_seconds) },
	{ "quiet", NULL, "print nothing but refusals", FLAG, AT(quiet) },
	{ "help", NULL, "explain the command instead of running it", FLAG, AT(help) },
};
enum { TABLE_COUNT = sizeof table / sizeof *table };

static const char *environment_text(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

void options_start(struct options *o)
{
	*o = (struct options){ .usual_as = environment_text("NINETWO_AS"),
		.usual_token_file = environment_text("NINETWO_TOKEN_FILE"),
		.usual_server = environment_text("NINETWO_SERVER"), .ca_file = environment_text("NINETWO_CA"),
		.retry_seconds = RETRY_SECONDS_DEFAULT };
}

bool option_is(const char *word, const char *name, const char **value)
{
	*value = NULL;
	if (strncmp(word, "--", 2))
		return false;
	for (word += 2; *name; word++, name++)
		if (*word != *name && !((*word == '-' || *word == '_') && (*name == '-' || *name == '_')))
			return false;
	if (*word == '=')
		*value = word + 1;
	return *word == '\0' || *word == '=';
}

const char *option_value(struct words *w, const char *attached, struct failure *f)
{
	const char *option = w->list[w->next++];

	if (attached)
		return attached;
	if (w->next < w->count)
		return w->list[w->next++];
	failure_usage(f, "%s wants a value.", option);
	return NULL;
}

static bool take_option_number(int *out, const char *text, const char *name, struct failure *f)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end || n < 0 || n > NUMBER_MAX)
		return failure_usage(f, "--%s wants a number, not '%s'.", name, text);
	*out = (int)n;
	return true;
}

static bool apply(struct options *o, const struct option *option, struct words *w, const char *attached, struct failure *f)
{
	void *at = (char *)o + option->offset;
	const char *value = NULL;

	if (option->value) {
		value = option_value(w, attached, f);
		if (!value)
			return false;
	} else {
		w->next++;
		if (attached)
			return failure_usage(f, "--%s takes no value.", option->name);
	}
	switch (option->type) {
	case TEXT:
		*(const char **)at = value;
		return true;
	case NUMBER:
		return take_option_number(at, value, option->name, f);
	case FLAG:
		*(bool *)at = true;
		return true;
	case TO_JSON:
	case TO_CSV:
	case TO_TABLE:
		o->format = option->type == TO_JSON ? FORMAT_JSON : option->type == TO_CSV ? FORMAT_CSV : FORMAT_TABLE;
		return true;
	}
	return false;
}

bool options_take(struct options *o, struct words *w, struct failure *f)
{
	const char *word = w->list[w->next], *attached;

	if (!strcmp(word, "-h")) {
		o->help = true;
		w->next++;
		return true;
	}
	for (size_t i = 0; i < TABLE_COUNT; i++)
		if (option_is(word, table[i].name, &attached))
			return apply(o, &table[i], w, attached, f);
	return false;
}

void options_describe(FILE *out)
{
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		char left[64];
		size_t width;

		snprintf(left, sizeof left, "--%s %s", table[i].name, table[i].value ? table[i].value : "");
		width = terminal_text_width(left);
		fprintf(out, "  %s%*s %s\n", left, (int)(width < LEFT_WIDTH ? LEFT_WIDTH - width : 0), "", table[i].doc);
	}
}

const char *options_name(size_t i)
{
	return i < TABLE_COUNT ? table[i].name : NULL;
}
