/* command_call.c - any method by its name on the wire, one or a file of them, and asking whether one would be refused. */
#include "client-cli/command.h"

#include "base/error.h"
#include "client-cli/arguments.h"
#include "client-cli/fill.h"
#include "client-cli/output.h"
#include "client-cli/value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Completes params in place and makes the call. NULL with f set. */
static json_t *filled_call(struct client *c, const char *method, json_t *params, struct failure *f)
{
	if (!client_document(c, f))
		return NULL;
	if (!document_method(&c->document, method) && !client_document_refresh(c, f) && f->kind != FAILURE_NONE)
		return NULL;
	if (!output_possible(&c->options, &c->document, document_result_schema(&c->document, document_method(&c->document, method)), f))
		return NULL;
	return fill_params(c, method, params, f) ? client_call(c, method, params, f) : NULL;
}

static bool call_one(struct client *c, const char *method, const char *text, bool raw, struct failure *f)
{
	json_t *params = text ? value_json("the parameters", text, f) : json_object(), *result, *schema;
	bool ok;

	if (!json_is_object(params)) {
		json_decref(params);
		return f->kind != FAILURE_NONE ? false : failure_usage(f, "The parameters are a JSON object.");
	}
	result = raw ? client_call(c, method, params, f) : filled_call(c, method, params, f);
	schema = document_result_schema(&c->document, document_method(&c->document, method));
	ok = result && output_result(stdout, &c->options, &c->document, schema, result, f);
	json_decref(params);
	json_decref(result);
	return ok;
}

/* ---- batches ---- */

static bool is_empty_line(const char *line)
{
	line += strspn(line, " \t\r\n");
	return !*line || *line == '#';
}

static bool call_line(struct client *c, const char *line, struct failure *f)
{
	json_error_t error;
	json_t *call = json_loads(line, JSON_REJECT_DUPLICATES, &error), *params, *result;
	const char *method = json_string_value(json_object_get(call, "method"));

	if (!method) {
		json_decref(call);
		return failure_usage(f, "no call: %s.", call ? "it names no method" : error.text);
	}
	params = json_object_get(call, "params");
	params = json_is_object(params) ? json_incref(params) : json_object();
	result = filled_call(c, method, params, f);
	if (result && c->options.format == FORMAT_JSON) {
		json_dumpf(result, stdout, JSON_COMPACT | JSON_ENCODE_ANY);
		putchar('\n');
	}
	json_decref(params);
	json_decref(call);
	json_decref(result);
	return f->kind == FAILURE_NONE;
}

static bool run_lines(struct client *c, FILE *in, const char *file, bool keep_going, struct failure *f)
{
	size_t size = 0, number = 0, done = 0, failed = 0;
	char *line = NULL;

	while ((failed == 0 || keep_going) && getline(&line, &size, in) >= 0) {
		number++;
		if (is_empty_line(line))
			continue;
		failure_clear(f);
		if (call_line(c, line, f)) {
			done++;
			continue;
		}
		failed++;
		fprintf(stderr, "%s:%zu: %s\n", file, number, f->message);
	}
	free(line);
	if (!c->options.quiet && c->options.format == FORMAT_TABLE)
		printf("%zu call%s done%s\n", done, done == 1 ? "" : "s", failed && !keep_going ? ", then one was refused" : "");
	if (failed && keep_going)
		return failure_local(f, "%zu of %zu calls were refused.", failed, done + failed);
	return failed == 0;
}

static bool call_batch(struct client *c, const char *file, bool keep_going, struct failure *f)
{
	FILE *in = strcmp(file, "-") ? fopen(file, "re") : stdin;
	bool ok;

	if (!in)
		return failure_local(f, "%s: %s.", file, strerror(errno));
	if (c->options.request_id) {
		if (in != stdin)
			fclose(in);
		return failure_usage(f, "--request-id is for one call.");
	}
	ok = run_lines(c, in, file, keep_going, f);
	if (in != stdin)
		fclose(in);
	return ok;
}

bool command_call(struct client *c, struct words *w, struct failure *f)
{
	const char *plain[2] = { NULL, NULL }, *batch = NULL;
	bool raw = false, keep_going = false;
	const struct own_option own[] = { { "batch", &batch, NULL }, { "raw", NULL, &raw }, { "keep-going", NULL, &keep_going }, { 0 } };

	if (!command_words(c, w, own, plain, 2, f))
		return false;
	if (batch)
		return plain[0] ? failure_usage(f, "--batch takes its methods from the file.") : call_batch(c, batch, keep_going, f);
	if (!plain[0])
		return failure_usage(f, "call wants a method, like finding.issue.");
	return call_one(c, plain[0], plain[1], raw, f);
}

/* ---- can ---- */

static bool ask_can(struct client *c, const char *method, json_t *params, struct failure *f)
{
	json_t *asked = json_pack("{s:s, s:O}", "method", method, "params", params), *answer;

	if (json_object_get(params, "organisation"))
		json_object_set(asked, "organisation", json_object_get(params, "organisation"));
	json_object_del(params, "organisation");
	json_object_del(params, "request_id");
	answer = client_call(c, "can", asked, f);
	json_decref(asked);
	if (answer && json_is_true(json_object_get(answer, "allowed"))) {
		if (!c->options.quiet)
			puts("Yes.");
	} else if (answer) {
		failure_refused(f, answer);
	}
	json_decref(answer);
	return f->kind == FAILURE_NONE;
}

bool command_can(struct client *c, struct words *w, struct failure *f)
{
	char name[128], noun[64];
	const char *first, *verb;
	json_t *method, *params;
	bool ok;

	if (w->next >= w->count)
		return failure_usage(f, "can wants a command, like: ninetwo can finding issue IA-2026-01-F-03");
	first = w->list[w->next++];
	snprintf(noun, sizeof noun, "%s", first);
	noun[strcspn(noun, ".")] = '\0';
	verb = strchr(first, '.');
	verb = verb ? verb + 1 : w->next < w->count ? w->list[w->next++] : NULL;
	method = command_find_method(c, noun, verb, name, f);
	params = method ? arguments_parse(&c->document, method, w, &c->options, f) : NULL;
	ok = params && fill_params(c, name, params, f) && ask_can(c, name, params, f);
	json_decref(params);
	return ok;
}
