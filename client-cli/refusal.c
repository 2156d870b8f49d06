/* refusal.c - what a rule says, and what helps against it, is the description's; what helps against a kind of refusal is a table here. */
#include "client-cli/refusal.h"

#include "base/error.h"
#include "client-cli/output.h"
#include "client-cli/terminal_text.h"

#include <stdlib.h>
#include <string.h>

enum { INDENT = 2, LABEL = 12 };

struct refusal {
	FILE *out;
	size_t width;
	const struct document *document;
	const char *noun;
};

static const struct { int code; const char *helps; } codes[] = {
	{ E_UNAUTHENTICATED, "Sign in: ninetwo login." },
	{ E_STALE, "Read the record as it is now, and decide again." },
	{ E_NOT_NOW, "Try again in a moment." },
	{ E_PARAMS, "The same command with --help shows what it takes." },
};

static void put_line(FILE *out, const char *label, const char *text, size_t width)
{
	int pad = (int)strlen(label) < LABEL - INDENT ? LABEL - INDENT - (int)strlen(label) : 1;

	fprintf(out, "%*s%s%*s", INDENT, "", label, pad, "");
	terminal_text_wrap(out, text, LABEL, LABEL, width);
	fputc('\n', out);
}

static void put_rule(const struct refusal *r, const char *label, const char *id)
{
	const char *says = json_string_value(json_object_get(document_rule(r->document, id), "text"));
	char text[256];

	snprintf(text, sizeof text, "%s%s%s", id, says ? ": " : "", says ? says : "");
	put_line(r->out, label, text, r->width);
}

static void put_method(FILE *out, const char *name)
{
	fputs("`ninetwo ", out);
	for (; *name; name++)
		fputc(*name == '.' ? ' ' : *name == '_' ? '-' : *name, out);
	fputc('`', out);
}

/* A text that may name methods, as they are typed here: audit.start_reporting is `ninetwo audit start-reporting`. */
static void put_advice(const struct refusal *r, const char *label, const char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz_.";
	char *typed = NULL, name[128];
	size_t length, n;
	FILE *out = open_memstream(&typed, &length);

	for (; out && *text; text += n ? n : 1) {
		n = strspn(text, letters);
		while (n > 1 && text[n - 1] == '.')	/* the end of a sentence */
			n--;
		snprintf(name, sizeof name, "%.*s", (int)n, text);
		if (strchr(name, '.') && document_method(r->document, name))
			put_method(out, name);
		else
			fwrite(text, 1, n ? n : 1, out);
	}
	if (out && fclose(out) == 0)
		put_line(r->out, label, typed, r->width);
	free(typed);
}

/* What else stands in the way: its sentence and the verb that removes it, or the name of its rule alone. */
static void put_also(const struct refusal *r, const json_t *one)
{
	const char *message = json_string_value(json_object_get(one, "message")), *verb = json_string_value(json_object_get(one, "verb"));
	const char *id = json_string_value(json_is_string(one) ? one : json_object_get(one, "rule"));
	char text[FAILURE_MESSAGE_MAX];

	if (message) {
		snprintf(text, sizeof text, "%s%s%s%s", message, verb ? " (" : "", verb ? verb : "", verb ? ")" : "");
		put_advice(r, "also", text);
	} else if (id) {
		put_rule(r, "also", id);
	}
}

static void put_all_also(const struct refusal *r, const json_t *also)
{
	json_t *one;
	size_t i;

	json_array_foreach(also, i, one)
		put_also(r, one);
}

/* -32602: every parameter that offends; one alone is the message itself. */
static void put_params(FILE *out, const struct failure *f, size_t width)
{
	json_t *one;
	size_t i;
	char text[512];

	json_array_foreach(json_object_get(f->data, "params"), i, one) {
		const char *name = json_string_value(json_object_get(one, "name"));
		const char *problem = json_string_value(json_object_get(one, "problem"));

		snprintf(text, sizeof text, "%s %s", name ? name : "?", problem ? problem : "is not right");
		if (strncmp(f->message, text, strlen(text)) != 0)
			put_line(out, i ? "" : "params", text, width);
	}
}

static void put_member(FILE *out, const json_t *data, const char *name, size_t width)
{
	char *text = output_cell(json_object_get(data, name));

	if (*text)
		put_line(out, name, text, width);
	free(text);
}

static void put_current(const struct refusal *r, json_t *current)
{
	json_t *schemas = json_object_get(json_object_get(r->document->root, "components"), "schemas");

	if (!json_is_object(current))
		return;
	fprintf(r->out, "%*sas it is now:\n", INDENT, "");
	output_record(r->out, r->document, json_object_get(schemas, r->noun ? r->noun : ""), current, r->width);
}

/* What this refusal says itself, the verb that removes what is in the way, what helps against its rule, or against its kind. */
static const char *what_helps(const struct refusal *r, const struct failure *f)
{
	const json_t *rule = document_rule(r->document, json_string_value(json_object_get(f->data, "rule")));
	const char *said = json_string_value(json_object_get(f->data, "help"));

	if (!said)
		said = json_string_value(json_object_get(f->data, "verb"));
	if (!said)
		said = json_string_value(json_object_get(rule, "helps"));
	for (size_t i = 0; !said && i < sizeof codes / sizeof *codes; i++)
		if (codes[i].code == f->code)
			said = codes[i].helps;
	return said;
}

static void put_details(const struct refusal *r, const struct failure *f)
{
	const char *id = json_string_value(json_object_get(f->data, "rule"));
	const char *helps = what_helps(r, f);

	if (id)
		put_rule(r, "rule", id);
	put_all_also(r, json_object_get(f->data, "also"));
	put_params(r->out, f, r->width);
	put_member(r->out, f->data, "state", r->width);
	put_member(r->out, f->data, "allowed", r->width);
	put_member(r->out, f->data, "roles", r->width);
	put_current(r, json_object_get(f->data, "current"));
	if (helps)
		put_advice(r, "helps", helps);
}

void refusal_print(FILE *out, const struct failure *f, size_t width, const struct document *d, const char *noun)
{
	struct refusal r = { out, width, d, noun };

	if (f->kind == FAILURE_NONE)
		return;
	fputs(f->kind == FAILURE_REFUSED ? "Refused: " : "ninetwo: ", out);
	terminal_text_wrap(out, f->message, 9, 9, width);
	fputc('\n', out);
	if (f->kind == FAILURE_REFUSED)
		put_details(&r, f);
}

void refusal_print_json(FILE *out, const struct failure *f)
{
	json_t *error;

	if (f->kind != FAILURE_REFUSED) {
		if (f->kind != FAILURE_NONE)
			fprintf(out, "ninetwo: %s\n", f->message);
		return;
	}
	error = json_pack("{s:{s:i, s:s, s:O*}}", "error", "code", f->code, "message", f->message, "data", f->data);
	output_json(out, error);
	json_decref(error);
}
