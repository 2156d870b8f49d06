/* refusal.c - two tables: what each rule says, and what helps against each kind of refusal. */
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

static const struct rule { const char *id, *says, *helps; } rules[] = {
	{ "S1", "self-review: nobody judges what they own, operate or monitor, or did within the cooling-off period",
	  "Assign somebody else: `ninetwo audit eligible` lists who may." },
	{ "S2", "party self-review: nobody of a party that operates a function judges it",
	  "Assign somebody who does not belong to that party." },
	{ "S3", "certification apart: who certifies the organisation does not audit it, for 24 months either way",
	  "Assign somebody outside the certification body." },
	{ "S4", "selection: nobody chooses, moves or excuses their own judge",
	  "Propose it: it takes effect when somebody of management without a part in it countersigns." },
	{ "S5", "the hands that did the work do not accept, extend or verify it",
	  "Ask an auditor who had no hand in it." },
	{ "S6", "classification: grades come from the team, and lowering one takes a second signature",
	  "Ask the lead, with the signature of a second auditor of the part." },
	{ "S7", "declaration: independence is declared before anything is read or recorded",
	  "Sign the declaration; an interest needs a recorded safeguard." },
	{ "S8", "observers read what was released to them, and each reading is recorded", NULL },
	{ "S9", "the mirror: from prepared on, no decision may break an audit's independence",
	  "Let it begin after the audit is closed, or end the assignment first." },
	{ "S10", "blind administration: administering gives no sight of working papers", NULL },
	{ "S11", "disputes are not decided by who raised the finding", "Ask the one whom S11 makes the decider." },
	{ "S12", "competence: the lead is evaluated as a lead, and the team covers the criteria",
	  "Have the competence evaluated and recorded, or let them join as trainee or technical expert." },
	{ "S13", "history is not shortened by one person", "Ask somebody of management, free of S4, to countersign the earlier end." },
	{ "place", "you have the role and see the record, but it is not yours to do this with",
	  "Ask who is on its team or answers for it." },
};

static const struct { int code; const char *helps; } codes[] = {
	{ E_UNAUTHENTICATED, "Sign in: ninetwo login." },
	{ E_STALE, "Read the record as it is now, and decide again." },
	{ E_NOT_NOW, "Try again in a moment." },
	{ E_PARAMS, "The same command with --help shows what it takes." },
};

static const struct rule *find_rule(const char *id)
{
	for (size_t i = 0; id && i < sizeof rules / sizeof *rules; i++)
		if (!strcmp(rules[i].id, id))
			return &rules[i];
	return NULL;
}

const char *refusal_rule(const char *rule)
{
	const struct rule *r = find_rule(rule);

	return r ? r->says : NULL;
}

static void put_line(FILE *out, const char *label, const char *text, size_t width)
{
	int pad = (int)strlen(label) < LABEL - INDENT ? LABEL - INDENT - (int)strlen(label) : 1;

	fprintf(out, "%*s%s%*s", INDENT, "", label, pad, "");
	terminal_text_wrap(out, text, LABEL, LABEL, width);
	fputc('\n', out);
}

static void put_rule(FILE *out, const char *label, const char *id, size_t width)
{
	const char *says = refusal_rule(id);
	char text[256];

	snprintf(text, sizeof text, "%s%s%s", id, says ? ": " : "", says ? says : "");
	put_line(out, label, text, width);
}

/* "also" holds further rules, as names or as refusals of their own. */
static void put_also(FILE *out, const json_t *also, size_t width)
{
	json_t *one;
	size_t i;

	json_array_foreach(also, i, one) {
		const char *message = json_string_value(json_object_get(one, "message"));
		const char *id = json_string_value(json_is_string(one) ? one : json_object_get(one, "rule"));

		if (message)
			put_line(out, id ? id : "also", message, width);
		else if (id)
			put_rule(out, "also", id, width);
	}
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

static const char *what_helps(const struct failure *f, const struct rule *rule)
{
	const char *said = json_string_value(json_object_get(f->data, "help"));

	if (said || (rule && rule->helps))
		return said ? said : rule->helps;
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i].code == f->code)
			return codes[i].helps;
	return NULL;
}

static void put_details(const struct refusal *r, const struct failure *f)
{
	const char *id = json_string_value(json_object_get(f->data, "rule"));
	const char *helps = what_helps(f, find_rule(id));

	if (id)
		put_rule(r->out, "rule", id, r->width);
	put_also(r->out, json_object_get(f->data, "also"), r->width);
	put_params(r->out, f, r->width);
	put_member(r->out, f->data, "state", r->width);
	put_member(r->out, f->data, "allowed", r->width);
	put_member(r->out, f->data, "roles", r->width);
	put_current(r, json_object_get(f->data, "current"));
	if (helps)
		put_line(r->out, "helps", helps, r->width);
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
