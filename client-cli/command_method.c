/* command_method.c - `ninetwo NOUN VERB …`: one function for every method that the server describes. */
#include "client-cli/command.h"

#include "base/error.h"
#include "client-cli/arguments.h"
#include "client-cli/fill.h"
#include "client-cli/output.h"

#include <string.h>

enum { PAGE_MOST = 200 };

static void wire_name(const char *noun, const char *verb, char name[128])
{
	snprintf(name, 128, "%s.%s", noun, verb);
	for (char *p = name; *p; p++)
		if (*p == '-')
			*p = '_';
}

/* The verbs of a noun, or the nouns, for a person who mistyped. */
static bool unknown_method(const struct document *d, const char *noun, const char *verb, struct failure *f)
{
	char verbs[1024] = "";
	size_t length = strlen(noun);
	const char *name;
	json_t *method;

	json_object_foreach(d->methods, name, method) {
		size_t n = strlen(verbs);

		if (!strncmp(name, noun, length) && name[length] == '.')
			snprintf(verbs + n, sizeof verbs - n, "%s%s", n ? ", " : "", name + length + 1);
	}
	/* As they are typed. */
	for (char *p = verbs; *p; p++)
		if (*p == '_')
			*p = '-';
	if (*verbs && verb)
		return failure_usage(f, "%s has no verb '%s'; it has %s.", noun, verb, verbs);
	if (*verbs)
		return failure_usage(f, "%s wants a verb: %s.", noun, verbs);
	return failure_usage(f, "There is no command '%s'; `ninetwo help` lists them.", noun);
}

json_t *command_find_method(struct client *c, const char *noun, const char *verb, char name[128], struct failure *f)
{
	json_t *method;

	if (!client_document(c, f))
		return NULL;
	wire_name(noun, verb ? verb : "", name);
	method = document_method(&c->document, name);
	if (!method && client_document_refresh(c, f))
		method = document_method(&c->document, name);
	if (!method && f->kind == FAILURE_NONE)
		unknown_method(&c->document, noun, verb, f);
	return method;
}

/* What the cached document led to may be out of date: a method that is gone, a parameter that is new. */
static bool may_be_outdated(const struct client *c, const struct failure *f)
{
	return !c->document_is_fresh &&
	       (f->kind == FAILURE_USAGE || (f->kind == FAILURE_REFUSED && (f->code == E_METHOD || f->code == E_PARAMS)));
}

/* Fetches the pages that follow and makes one of all, when --all asks for it. */
static bool follow_pages(struct client *c, const char *name, json_t *params, json_t *page, struct failure *f)
{
	json_t *items = json_object_get(page, "items"), *next;

	if (!json_is_array(items))
		return true;
	while (json_is_string(json_object_get(page, "after"))) {
		json_object_set(params, "after", json_object_get(page, "after"));
		next = client_call(c, name, params, f);
		if (!next)
			return false;
		if (json_equal(json_object_get(next, "after"), json_object_get(page, "after"))) {
			json_decref(next);
			return failure_local(f, "The server's list does not go on.");
		}
		json_array_extend(items, json_object_get(next, "items"));
		json_object_del(page, "after");
		json_object_set_new(next, "items", json_incref(items));
		json_object_update(page, next);
		json_decref(next);
	}
	return true;
}

static void tell_of_more(const struct client *c, const json_t *page)
{
	const char *after = json_string_value(json_object_get(page, "after"));

	fflush(stdout);		/* after the list, wherever the two go */
	if (after && json_object_get(page, "items") && c->options.format == FORMAT_TABLE && !c->options.field && !c->options.quiet)
		fprintf(stderr, "There is more: --all, or --after '%s'.\n", after);
}

static bool run_method(struct client *c, const json_t *method, const char *name, json_t *params, struct failure *f)
{
	json_t *result, *schema = document_result_schema(&c->document, method);
	bool ok;

	if (!output_possible(&c->options, &c->document, schema, f) || !fill_params(c, name, params, f) ||
	    !fill_check_required(&c->document, name, params, f))
		return false;
	if (command_exports(c, method, params)) {
		if (command_export(c, name, params, f) || f->code != E_FORBIDDEN)
			return f->kind == FAILURE_NONE;
		/* A token may be for the list alone. */
		failure_clear(f);
		c->options.all = true;
	}
	if (c->options.all && document_takes(&c->document, method, "limit") && !json_object_get(params, "limit"))
		json_object_set_new(params, "limit", json_integer(PAGE_MOST));
	result = client_call(c, name, params, f);
	if (!result)
		return false;
	ok = (!c->options.all || follow_pages(c, name, params, result, f)) &&
	     output_result(stdout, &c->options, &c->document, schema, result, f);
	tell_of_more(c, result);
	json_decref(result);
	return ok;
}

static bool attempt(struct client *c, struct words *w, struct failure *f)
{
	const char *noun = w->list[w->next++];
	const char *verb = w->next < w->count && w->list[w->next][0] != '-' ? w->list[w->next++] : NULL;
	char name[128];
	json_t *method = command_find_method(c, noun, verb, name, f), *params;
	bool ok;

	if (!method)
		return false;
	json_incref(method);		/* the document may be replaced under it */
	params = arguments_parse(&c->document, method, w, &c->options, f);
	if (params && c->options.help) {
		help_method(stdout, &c->document, method);
		ok = true;
	} else {
		ok = params && run_method(c, method, name, params, f);
	}
	json_decref(params);
	json_decref(method);
	return ok;
}

bool command_method(struct client *c, struct words *w, struct failure *f)
{
	int start = w->next;

	if (attempt(c, w, f))
		return true;
	if (!may_be_outdated(c, f))
		return false;
	if (!client_document_refresh(c, f))
		return false;
	failure_clear(f);
	w->next = start;
	return attempt(c, w, f);
}
