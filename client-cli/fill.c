/* fill.c - one walk over the parameters along their schemas. */
#include "client-cli/fill.h"

#include "base/uuid.h"
#include "client-cli/arguments.h"
#include "client-cli/date.h"
#include "client-cli/reference.h"

#include <string.h>

enum { DEPTH_MAX = 16 };

struct walk {
	struct client *client;
	const char *method;
	const char *audit;		/* id of the audit that the call is about, or NULL */
	const char *noun;		/* what the parameter `noun` says that `subject` is, or `ids` are; or NULL */
	struct failure *failure;
	int depth;
};

static json_t *fill_value(struct walk *w, const char *name, json_t *schema, json_t *value);

static json_t *fill_id(struct walk *w, const char *name, const json_t *schema, json_t *value)
{
	const char *text = json_string_value(value), *noun;
	char buffer[64];

	if (uuid_is(text))
		return json_incref(value);
	noun = w->noun && (!strcmp(name, "subject") || !strcmp(name, "ids")) ? w->noun : reference_noun(&w->client->document, w->method, name, schema, buffer);
	return reference_resolve(w->client, noun, name, text, w->audit, w->failure);
}

static json_t *fill_date(struct walk *w, const char *name, json_t *value)
{
	char day[DATE_SIZE];

	if (date_resolve(json_string_value(value), time(NULL), day))
		return json_string(day);
	failure_usage(w->failure, "%s: '%s' is no date; write 2026-03-31, today, +30d or -6m.", name, json_string_value(value));
	return NULL;
}

static json_t *fill_date_time(struct walk *w, const char *name, json_t *value)
{
	char moment[DATE_TIME_SIZE];

	if (date_time_resolve(json_string_value(value), time(NULL), moment))
		return json_string(moment);
	failure_usage(w->failure, "%s: '%s' is no moment; write 2026-03-31T10:00:00Z, now, +2h or a date.", name, json_string_value(value));
	return NULL;
}

static json_t *fill_string(struct walk *w, const char *name, json_t *schema, json_t *value)
{
	switch (document_kind(&w->client->document, schema)) {
	case KIND_UUID:
		return fill_id(w, name, schema, value);
	case KIND_DATE:
		return fill_date(w, name, value);
	case KIND_DATE_TIME:
		return fill_date_time(w, name, value);
	default:
		return json_incref(value);
	}
}

static json_t *fill_array(struct walk *w, const char *name, json_t *schema, json_t *value)
{
	json_t *items = json_object_get(schema, "items"), *out = json_array(), *one, *filled;
	size_t i;

	json_array_foreach(value, i, one) {
		filled = fill_value(w, name, items, one);
		if (!filled) {
			json_decref(out);
			return NULL;
		}
		json_array_append_new(out, filled);
	}
	return out;
}

static json_t *fill_object(struct walk *w, json_t *schema, json_t *value)
{
	json_t *properties = json_object_get(schema, "properties"), *out = json_object(), *one, *filled;
	const char *name;

	json_object_foreach(value, name, one) {
		filled = fill_value(w, name, json_object_get(properties, name), one);
		if (!filled) {
			json_decref(out);
			return NULL;
		}
		json_object_set_new(out, name, filled);
	}
	return out;
}

/* A new reference. Without a schema, or too deep, a value stays as it is: the server judges it. */
static json_t *fill_value(struct walk *w, const char *name, json_t *schema, json_t *value)
{
	json_t *out = NULL;

	schema = document_schema(&w->client->document, schema);
	if (!schema || w->depth >= DEPTH_MAX)
		return json_incref(value);
	w->depth++;
	if (json_is_string(value) && json_object_get(schema, "items"))
		out = fill_value(w, name, json_object_get(schema, "items"), value);	/* one value stands for a list of it */
	else if (json_is_string(value))
		out = fill_string(w, name, schema, value);
	else if (json_is_array(value))
		out = fill_array(w, name, schema, value);
	else if (json_is_object(value))
		out = fill_object(w, schema, value);
	else
		out = json_incref(value);
	w->depth--;
	return out;
}

/* The audit comes first: the names of its parts and people are looked up within it. */
static bool fill_audit(struct walk *w, const json_t *method, json_t *params)
{
	const char *name = !strncmp(w->method, "audit.", 6) ? "id" : "audit";
	json_t *value = json_object_get(params, name), *filled;

	if (!json_is_string(value) || !document_takes(&w->client->document, method, name))
		return true;
	filled = fill_value(w, name, json_object_get(document_parameter(&w->client->document, method, name), "schema"), value);
	if (!filled)
		return false;
	json_object_set_new(params, name, filled);
	w->audit = json_string_value(filled);
	return true;
}

static bool fill_given(struct walk *w, const json_t *method, json_t *params)
{
	json_t *parameter;
	size_t i;

	json_array_foreach(document_parameters(method), i, parameter) {
		const char *name = json_string_value(json_object_get(parameter, "name"));
		json_t *value = name ? json_object_get(params, name) : NULL, *filled;

		if (!value || arguments_is_filled_in(name) || (w->audit && json_string_value(value) == w->audit))
			continue;
		filled = fill_value(w, name, json_object_get(parameter, "schema"), value);
		if (!filled)
			return false;
		json_object_set_new(params, name, filled);
	}
	return true;
}

static bool fill_organisation(struct client *c, const json_t *method, json_t *params, struct failure *f)
{
	json_t *parameter = document_parameter(&c->document, method, "organisation");
	const char *given = json_string_value(json_object_get(params, "organisation")), *told = c->options.organisation, *id;

	if (!parameter || (given && uuid_is(given)))
		return true;
	if (given)
		c->options.organisation = given;
	if (!given && !c->options.organisation && !json_is_true(json_object_get(parameter, "required")))
		return true;
	id = client_organisation(c, f);
	c->options.organisation = told;
	return id && json_object_set_new(params, "organisation", json_string(id)) == 0;
}

static void fill_request_id(struct client *c, const json_t *method, json_t *params)
{
	char id[37];

	if (!document_takes(&c->document, method, "request_id") || json_object_get(params, "request_id"))
		return;
	make_uuid(id);
	json_object_set_new(params, "request_id", json_string(c->options.request_id ? c->options.request_id : id));
}

/* The parameter that names the record which is changed: id, or where there is none (verification.record, release.report) the first
 * required one of a noun that can be read. Its noun's get is written to `get`. */
static json_t *changed_record(const struct client *c, const char *method, const json_t *described, json_t *params, char get[128])
{
	json_t *parameter;
	char noun[64];
	size_t i;

	json_array_foreach(document_parameters(described), i, parameter) {
		const char *name = json_string_value(json_object_get(parameter, "name"));
		json_t *schema = document_parameter_schema(&c->document, parameter);

		if (!name || arguments_is_filled_in(name) || document_kind(&c->document, schema) != KIND_UUID ||
		    !reference_noun(&c->document, method, name, schema, noun))
			continue;
		snprintf(get, 128, "%s.get", noun);
		if (document_method(&c->document, get))
			return json_object_get(params, name);
	}
	return NULL;
}

/* The get of the method's own noun, where it takes no id: organisation.get. */
static bool own_get(const struct client *c, const char *method, char get[128])
{
	json_t *described, *parameter;
	size_t i;

	snprintf(get, 128, "%.*s.get", (int)strcspn(method, "."), method);
	described = document_method(&c->document, get);
	json_array_foreach(document_parameters(described), i, parameter)
		if (!arguments_is_filled_in(json_string_value(json_object_get(parameter, "name"))))
			return false;
	return described != NULL;
}

/* The changed record as it is now, read by its id. */
static json_t *read_record(struct client *c, const char *method, const json_t *described, json_t *params, struct failure *f)
{
	char get[128];
	json_t *ask, *record, *id = changed_record(c, method, described, params, get);

	if (!id && !own_get(c, method, get))
		return NULL;
	ask = json_pack("{s:O*}", "id", id);
	if (json_object_get(params, "organisation"))
		json_object_set(ask, "organisation", json_object_get(params, "organisation"));
	record = client_call(c, get, ask, f);
	json_decref(ask);
	return record;
}

/* What is begun where there is none takes no version then (response.save): the record is looked for within the one that is named. */
static json_t *begun_record(struct client *c, const char *method, const json_t *described, json_t *params, struct failure *f)
{
	json_t *parameter;
	char noun[64];
	size_t i;

	snprintf(noun, sizeof noun, "%.*s", (int)strcspn(method, "."), method);
	json_array_foreach(document_parameters(described), i, parameter) {
		const char *name = json_string_value(json_object_get(parameter, "name"));

		if (name && !arguments_is_filled_in(name) && json_is_true(json_object_get(parameter, "required")))
			return json_object_get(params, name) ? reference_begun(c, noun, name, json_object_get(params, name), f) : NULL;
	}
	return NULL;
}

/* The version of the record as it is now: the change is meant for what the person would see on reading it. */
static bool fill_version(struct client *c, const char *method, const json_t *described, json_t *params, struct failure *f)
{
	json_t *parameter = document_parameter(&c->document, described, "version"), *record, *version;

	if (!parameter || json_object_get(params, "version"))
		return true;
	record = (json_is_true(json_object_get(parameter, "required")) ? read_record : begun_record)(c, method, described, params, f);
	version = json_object_get(record, "version");
	if (version)
		json_object_set(params, "version", version);
	json_decref(record);
	return f->kind == FAILURE_NONE;
}

/* --subject IA-2026-01-F-03 says itself that its noun is finding. */
static void fill_noun(const struct client *c, const json_t *method, json_t *params)
{
	const char *subject = json_string_value(json_object_get(params, "subject")), *noun = subject ? reference_noun_by_form(subject) : NULL;

	if (noun && document_takes(&c->document, method, "noun") && !json_object_get(params, "noun"))
		json_object_set_new(params, "noun", json_string(noun));
}

bool fill_params(struct client *c, const char *method, json_t *params, struct failure *f)
{
	json_t *described = document_method(&c->document, method);
	struct walk w = { .client = c, .method = method, .failure = f };

	if (!described)
		return true;
	fill_noun(c, described, params);
	w.noun = json_string_value(json_object_get(params, "noun"));
	if (!fill_organisation(c, described, params, f) || !fill_audit(&w, described, params) || !fill_given(&w, described, params))
		return false;
	fill_request_id(c, described, params);
	return fill_version(c, method, described, params, f);
}

bool fill_check_required(const struct document *d, const char *method, const json_t *params, struct failure *f)
{
	json_t *parameter;
	char missing[512] = "";
	size_t i, n;

	json_array_foreach(document_parameters(document_method(d, method)), i, parameter) {
		const char *name = json_string_value(json_object_get(parameter, "name"));

		if (!name || !json_is_true(json_object_get(parameter, "required")) || json_object_get(params, name))
			continue;
		n = strlen(missing);
		snprintf(missing + n, sizeof missing - n, "%s--%s", n ? ", " : "", name);
	}
	for (char *p = missing; *p; p++)
		if (*p == '_')
			*p = '-';
	return !*missing || failure_usage(f, "%s also wants %s; --help says what each is.", method, missing);
}
