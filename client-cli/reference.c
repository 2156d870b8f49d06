/* reference.c - finding ids by name. Only an exact match counts (letters' case apart): a change to the wrong record is worse than a
 * question. */
#include "client-cli/reference.h"

#include "base/error.h"

#include <ctype.h>
#include <string.h>

enum { NOUN_SIZE = 64, NAMES_SHOWN = 5, PAGES_MAX = 50 };

/* What parameters that are not called after their noun mean. */
static const struct { const char *parameter, *noun; } meanings[] = {
	{ "owner", "person" }, { "lead", "person" }, { "verifier", "person" }, { "assignee", "person" }, { "reviewer", "person" },
	{ "recipient", "person" }, { "decider", "person" }, { "evaluator", "person" }, { "evaluated_by", "person" }, { "acting_for", "person" },
	{ "second", "person" }, { "signer", "person" }, { "approver", "person" }, { "answerable", "person" }, { "colleague", "person" },
	{ "sponsor", "person" }, { "to_person", "person" }, { "addressed", "function" }, { "predecessor", "function" },
	{ "successor", "function" }, { "criteria", "requirement" }, { "criterion", "requirement" }, { "source", "requirement" },
	{ "target", "requirement" }, { "proof", "evidence" }, { "files", "evidence" }, { "parties", "party" }, { "follow_up", "audit" },
	{ "revision_of", "evidence" }, { "supplier", "party" }, { "operator", "party" }, { "people", "person" }, { "raised_by", "person" },
	{ "from_check", "check" }, { "on_behalf_of", "party" }, { "affiliate_of", "party" }, { "original", "evidence" },
};

/* How a record may be called: a field of it, and the filter of the list that finds it. Most telling first. */
static const struct { const char *field, *filter; } names[] = {
	{ "reference", "reference" }, { "email", "email" }, { "ref", "ref" }, { "name", "name" }, { "title", "title" },
	{ "name", "q" }, { "title", "q" }, { "legal_identifier", "legal_identifier" }, { "code", "code" },
};
enum { NAMES_COUNT = sizeof names / sizeof *names };

static bool has_list(const struct document *d, const char *noun)
{
	char method[NOUN_SIZE + 8];

	snprintf(method, sizeof method, "%s.list", noun);
	return document_method(d, method) != NULL;
}

/* "functions" -> "function", "parties" -> "party"; the word itself when it is a noun. */
static bool singular_noun(const struct document *d, const char *word, char noun[NOUN_SIZE])
{
	size_t n = strlen(word);

	if (n + 1 >= NOUN_SIZE)
		return false;
	strcpy(noun, word);
	if (has_list(d, noun))
		return true;
	if (n > 3 && !strcmp(word + n - 3, "ies"))
		strcpy(noun + n - 3, "y");
	else if (n > 1 && word[n - 1] == 's')
		noun[n - 1] = '\0';
	return has_list(d, noun);
}

const char *reference_noun(const struct document *d, const char *method, const char *parameter, const json_t *schema, char noun[64])
{
	const char *told = json_string_value(json_object_get(schema, "x-noun"));

	if (told) {
		snprintf(noun, NOUN_SIZE, "%s", told);
		return noun;
	}
	if (!strcmp(parameter, "id") || !strcmp(parameter, "ids") || !strcmp(parameter, "parent")) {
		snprintf(noun, NOUN_SIZE, "%.*s", (int)strcspn(method, "."), method);
		return noun;
	}
	if (singular_noun(d, parameter, noun))
		return noun;
	if (!strcmp(parameter, "part"))
		return strcpy(noun, parameter);
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
		if (!strcmp(meanings[i].parameter, parameter)) {
			snprintf(noun, NOUN_SIZE, "%s", meanings[i].noun);
			return noun;
		}
	return NULL;
}

/* Letters, then -YYYY-NN: an audit's reference; with -F-NN after it, a finding's, and so on. */
const char *reference_noun_by_form(const char *text)
{
	static const struct { const char *within, *noun; } forms[] = { { "-F-", "finding" }, { "-C-", "check" }, { "-RE-", "release" }, { "-R-", "request" } };
	size_t n = 0;
	int used = 0;

	if (strchr(text, '@'))
		return "person";
	while (isupper((unsigned char)text[n]))
		n++;
	sscanf(text + n, "-%*4[0-9]-%*[0-9]%n", &used);
	if (n == 0 || used == 0)
		return NULL;
	text += n + (size_t)used;
	if (!*text)
		return "audit";
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (!strncmp(text, forms[i].within, strlen(forms[i].within)))
			return strcmp(forms[i].noun, "finding") || !strstr(text, "-A-") ? forms[i].noun : "action";
	return NULL;
}

/* ---- looking through lists ---- */

struct search {
	struct client *client;
	const json_t *method;		/* of the list */
	const char *list;		/* its name */
	const char *noun, *text;
	const char *audit;		/* within which, where the call is about one; or NULL */
	json_t *found;			/* array of records */
	struct failure *failure;
};

static bool is_called(const json_t *record, const char *text)
{
	for (size_t i = 0; i < NAMES_COUNT; i++) {
		const char *name = json_string_value(json_object_get(record, names[i].field));

		if (name && !strcasecmp(name, text))
			return true;
	}
	return false;
}

static const char *record_id(const json_t *record, const char *noun)
{
	const char *id = json_string_value(json_object_get(record, "id"));

	return id ? id : json_string_value(json_object_get(record, noun));
}

static void keep_matches(struct search *s, json_t *items)
{
	json_t *record, *known;
	size_t i, k;

	json_array_foreach(items, i, record) {
		bool twice = (s->text && !is_called(record, s->text)) || !record_id(record, s->noun);

		json_array_foreach(s->found, k, known)
			twice = twice || json_equal(json_object_get(known, "id"), json_object_get(record, "id"));
		if (!twice)
			json_array_append(s->found, record);
	}
}

/* Walks the list with one filter (NULL: none) to its end. */
static bool search_walk(struct search *s, const char *filter, json_t *more)
{
	json_t *params = json_object(), *page, *after;
	const char *organisation;
	int pages = 0;

	if (document_takes(&s->client->document, s->method, "organisation")) {
		organisation = client_organisation(s->client, s->failure);
		json_object_set_new(params, "organisation", json_string(organisation));
	}
	if (more)
		json_object_update(params, more);
	if (filter)
		json_object_set_new(params, filter, json_string(s->text));
	else if (document_takes(&s->client->document, s->method, "limit"))
		json_object_set_new(params, "limit", json_integer(200));
	do {
		page = s->failure->kind == FAILURE_NONE ? client_call(s->client, s->list, params, s->failure) : NULL;
		keep_matches(s, json_is_array(page) ? page : json_object_get(page, "items"));
		after = json_object_get(page, "after");
		json_object_set(params, "after", after);
		after = json_is_string(after) ? after : NULL;
		json_decref(page);
	} while (after && page && ++pages < PAGES_MAX);
	json_decref(params);
	return s->failure->kind == FAILURE_NONE;
}

/* Whether a filter of a list finds everything that a text can be: an e-mail or a reference (each has a form) by its own, a name by any. */
static bool settles(const char *filter, const char *text)
{
	if (strchr(text, '@'))
		return !strcmp(filter, "email");
	if (reference_noun_by_form(text))
		return !strcmp(filter, "reference");
	return !strcmp(filter, "q") || !strcmp(filter, "name") || !strcmp(filter, "title") || !strcmp(filter, "ref");
}

/* Searches by each filter that the list has until something is found. A list that cannot be asked for such a text is
 * walked whole. */
static bool search_list(struct search *s, json_t *more)
{
	bool settled = false;

	for (size_t i = 0; i < NAMES_COUNT && json_array_size(s->found) == 0; i++) {
		if (!document_takes(&s->client->document, s->method, names[i].filter))
			continue;
		if (!strcmp(names[i].filter, "email") && !strchr(s->text, '@'))
			continue;
		settled = settled || settles(names[i].filter, s->text);
		if (!search_walk(s, names[i].filter, more))
			return false;
	}
	return json_array_size(s->found) > 0 || settled || search_walk(s, NULL, more);
}

/* Whether the record has ended, is decided or is no longer held. */
static bool is_over(const json_t *record)
{
	return json_is_string(json_object_get(record, "ended_on")) || json_is_string(json_object_get(record, "decided_at")) ||
	       json_is_false(json_object_get(record, "current"));
}

/* Keeps, of several, those that are not over, unless all are. */
static void keep_open(json_t *found)
{
	size_t i, over = 0, count = json_array_size(found);
	json_t *record;

	json_array_foreach(found, i, record)
		over += is_over(record);
	for (i = count; over < count && i-- > 0;)
		if (is_over(json_array_get(found, i)))
			json_array_remove(found, i);
}

/* IA-2026-01/ann@example.org: somebody's assignment, declaration, interest in that audit. */
static bool search_of_person(struct search *s, json_t *more)
{
	json_t *person = reference_resolve(s->client, "person", "person", s->text, NULL, s->failure);
	const char *text = s->text;
	bool ok;

	if (!person)
		return false;
	json_object_set_new(more, "person", person);
	s->text = NULL;
	ok = search_walk(s, NULL, more);
	s->text = text;
	keep_open(s->found);
	return ok;
}

/* ---- what has no name of its own: a response, a membership ---- */

static bool has_names(const struct document *d, const char *noun)
{
	json_t *schemas = json_object_get(json_object_get(d->root, "components"), "schemas");
	json_t *fields = json_object_get(json_object_get(schemas, noun), "properties");

	for (size_t i = 0; i < NAMES_COUNT; i++)
		if (!fields || json_object_get(fields, names[i].field))
			return true;
	return false;
}

/* The noun within whose record one without a name is looked for, by the form of its reference (a finding's response); NULL: none. */
static const char *noun_around(const struct search *s)
{
	bool nameless = s->method && !has_names(&s->client->document, s->noun) && !strchr(s->text, '/');
	const char *noun = nameless ? reference_noun_by_form(s->text) : NULL;

	return noun && document_takes(&s->client->document, s->method, noun) ? noun : NULL;
}

static bool no_name(const struct search *s, const char *parameter, const char *within)
{
	bool of_person = document_takes(&s->client->document, s->method, "person"), of_audit = document_takes(&s->client->document, s->method, "audit");

	return failure_usage(s->failure, "%s: '%s' is no id, and %s %s has no name; say its id, as `ninetwo %s list` shows it%s%s.", parameter, s->text,
			     strchr("aeiou", *s->noun) ? "an" : "a", s->noun, s->noun, within ? ", or its " : of_person && of_audit ? ", or AUDIT/E-MAIL" : of_person ? ", or the e-mail of its person" : "",
			     within ? within : "");
}

/* IA-2026-01-F-03: its response that is being written, its dispute that is not decided. */
static bool search_of_record(struct search *s, const char *within, const char *parameter)
{
	const char *text = s->text;
	json_t *more, *id;
	bool ok;

	id = reference_resolve(s->client, within, parameter, text, NULL, s->failure);
	if (!id)
		return false;
	more = json_pack("{s:o}", within, id);
	s->text = NULL;
	ok = search_walk(s, NULL, more);
	s->text = text;
	json_decref(more);
	keep_open(s->found);
	return ok;
}

/* Searches by the person that a record is about, or says that such a record has no name. */
static bool search_nameless(struct search *s, const char *parameter)
{
	json_t *more;
	bool ok;

	if (!strchr(s->text, '@') || strchr(s->text, '/') || !document_takes(&s->client->document, s->method, "person"))
		return strchr(s->text, '/') || no_name(s, parameter, document_takes(&s->client->document, s->method, "finding") ? "finding" : NULL);
	more = json_object();
	ok = search_of_person(s, more);
	json_decref(more);
	return ok;
}

/* ---- within an audit ---- */

/* Parts have no list of their own: the audit holds them. */
static bool search_parts(struct search *s, const char *audit)
{
	json_t *params = json_pack("{s:s}", "id", audit), *record;
	const char *organisation = client_organisation(s->client, s->failure);

	json_object_set_new(params, "organisation", json_string(organisation));
	record = organisation ? client_call(s->client, "audit.get", params, s->failure) : NULL;
	json_decref(params);
	keep_matches(s, json_object_get(record, "parts"));
	json_decref(record);
	return s->failure->kind == FAILURE_NONE;
}

static bool search_in(struct search *s, const char *audit)
{
	json_t *more;
	bool ok;

	if (!s->method)
		return search_parts(s, audit);
	more = json_pack("{s:s}", "audit", audit);
	ok = strchr(s->text, '@') && document_takes(&s->client->document, s->method, "person") ? search_of_person(s, more) : search_list(s, more);
	json_decref(more);
	return ok;
}

/* IA-2026-01/Backup: the record of that name in that audit. Without the prefix, in the audit that the call is about. */
static bool search_within_audit(struct search *s)
{
	const char *slash = strchr(s->text, '/');
	char audit[256];
	json_t *id;
	bool ok;

	if (s->method && !document_takes(&s->client->document, s->method, "audit"))
		return true;
	snprintf(audit, sizeof audit, "%.*s", slash ? (int)(slash - s->text) : 0, s->text);
	if (!slash || !reference_noun_by_form(audit))
		return !s->audit || search_in(s, s->audit);
	id = reference_resolve(s->client, "audit", "audit", audit, NULL, s->failure);
	if (!id)
		return false;
	s->text = slash + 1;
	ok = search_in(s, json_string_value(id));
	json_decref(id);
	return ok;
}

/* The list of evidence is what one supplied oneself, unless it is asked of an audit: so of every audit that one sees. */
static bool search_every_audit(struct search *s)
{
	struct search audits = { .client = s->client, .noun = "audit", .list = "audit.list", .failure = s->failure };
	json_t *audit, *more;
	bool ok;
	size_t i;

	audits.method = document_method(&s->client->document, audits.list);
	if (!audits.method || strcmp(s->noun, "evidence") || !document_takes(&s->client->document, s->method, "audit"))
		return true;
	audits.found = json_array();
	ok = search_walk(&audits, NULL, NULL);
	/* Who may list no audits has what they supplied. */
	if (!ok && s->failure->kind == FAILURE_REFUSED) {
		failure_clear(s->failure);
		ok = true;
	}
	json_array_foreach(audits.found, i, audit) {
		more = json_pack("{s:O}", "audit", json_object_get(audit, "id"));
		ok = ok && search_walk(s, NULL, more);
		json_decref(more);
	}
	json_decref(audits.found);
	return ok;
}

/* A name, or where there is none what tells records of one list apart. */
static void describe_record(const json_t *record, char *out, size_t size)
{
	static const char *const telling[] = { "audit_reference", "part_title", "function_name", "party_name", "framework_name", "role", "kind", "state", "result",
					       "from_date", "until_date" };
	const json_t *round = json_object_get(record, "round");
	size_t n = 0;

	for (size_t i = 0; i < NAMES_COUNT; i++) {
		const char *name = json_string_value(json_object_get(record, names[i].field));

		if (name) {
			snprintf(out, size, "%s", name);
			return;
		}
	}
	*out = '\0';
	if (json_is_integer(round))
		n = (size_t)snprintf(out, size, "round %" JSON_INTEGER_FORMAT, json_integer_value(round));
	for (size_t i = 0; i < sizeof telling / sizeof *telling && n < size; i++) {
		const char *text = json_string_value(json_object_get(record, telling[i]));

		if (text)
			n += (size_t)snprintf(out + n, size - n, "%s%s", n ? " " : "", text);
	}
}

static void several(const struct search *s, const char *parameter)
{
	char list[768] = "", name[100];
	json_t *record;
	size_t i;

	json_array_foreach(s->found, i, record) {
		size_t n = strlen(list);

		describe_record(record, name, sizeof name);
		if (i < NAMES_SHOWN && n < sizeof list)
			snprintf(list + n, sizeof list - n, "%s%s %s", i ? ", " : "", name, record_id(record, s->noun));
	}
	failure_usage(s->failure, "%s: '%s' may be any of %zu records (%s%s); say which by its id.", parameter, s->text,
		      json_array_size(s->found), list, json_array_size(s->found) > NAMES_SHOWN ? ", …" : "");
}

static json_t *search_outcome(const struct search *s, const char *parameter)
{
	size_t count = json_array_size(s->found);

	if (s->failure->kind != FAILURE_NONE)
		return NULL;
	if (count == 1)
		return json_string(record_id(json_array_get(s->found, 0), s->noun));
	if (count == 0)
		failure_code(s->failure, E_NOT_FOUND, "No %s is called '%s', or it is not for you to see.", s->noun, s->text);
	else
		several(s, parameter);
	return NULL;
}

static bool search(struct search *s, const char *parameter)
{
	const char *within = noun_around(s);

	if (within)
		return search_of_record(s, within, parameter);
	if (!search_within_audit(s) || !s->method || json_array_size(s->found) > 0)
		return s->failure->kind == FAILURE_NONE;
	if (!has_names(&s->client->document, s->noun))
		return search_nameless(s, parameter);
	return search_list(s, NULL) && (json_array_size(s->found) > 0 || search_every_audit(s));
}

static json_t *search_noun(struct client *c, const char *noun, const char *parameter, const char *text, const char *audit, struct failure *f)
{
	struct search s = { .client = c, .noun = noun, .text = text, .audit = audit, .failure = f };
	char list[NOUN_SIZE + 8];
	json_t *id;

	snprintf(list, sizeof list, "%s.list", noun);
	s.list = list;
	s.method = document_method(&c->document, list);
	if (!s.method && strcmp(noun, "part")) {
		failure_usage(f, "%s: '%s' is no id, and a %s cannot be looked up by name.", parameter, text, noun);
		return NULL;
	}
	s.found = json_array();
	search(&s, parameter);
	id = search_outcome(&s, parameter);
	json_decref(s.found);
	return id;
}

json_t *reference_resolve(struct client *c, const char *noun, const char *parameter, const char *text, const char *audit, struct failure *f)
{
	const char *form = reference_noun_by_form(text);
	char key[512];
	json_t *id;

	if (!noun)
		noun = form;
	if (!noun) {
		failure_usage(f, "%s: '%s' is no id.", parameter, text);
		return NULL;
	}
	snprintf(key, sizeof key, "%s %s %s", noun, audit ? audit : "", text);
	id = json_object_get(c->known, key);
	if (id)
		return json_incref(id);
	id = search_noun(c, noun, parameter, text, audit, f);
	if (id)
		json_object_set(c->known, key, id);
	return id;
}

json_t *reference_begun(struct client *c, const char *noun, const char *within, json_t *id, struct failure *f)
{
	struct search s = { .client = c, .noun = noun, .failure = f };
	char list[NOUN_SIZE + 8];
	json_t *more, *record = NULL;

	snprintf(list, sizeof list, "%s.list", noun);
	s.list = list;
	s.method = document_method(&c->document, list);
	if (!document_takes(&c->document, s.method, within))
		return NULL;
	s.found = json_array();
	more = json_pack("{s:O}", within, id);
	if (search_walk(&s, NULL, more)) {
		keep_open(s.found);
		record = json_array_get(s.found, 0);
		record = json_array_size(s.found) == 1 && !is_over(record) ? json_incref(record) : NULL;
	}
	json_decref(more);
	json_decref(s.found);
	return record;
}
