/* The table of methods, and the gate that is made from it. */
#include "base/buffer.h"
#include "rpc/bind.h"
#include "rpc/caller.h"
#include "rpc/discover.h"
#include "rpc/gate.h"
#include "rpc/method.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

#define ORGANISATION "11111111-1111-7111-8111-111111111111"
#define ELSEWHERE "22222222-2222-7222-8222-222222222222"
#define SOME_ID "33333333-3333-7333-8333-333333333333"

static const char catalogue[] =
	"{\"release\":\"abcdef0123456789\",\"rules\":[{\"rule\":\"S1\",\"text\":\"T\",\"helps\":null}],\"sentences\":{\"s1\":\"{person} owns it.\"},"
	"\"schemas\":{\"finding\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\",\"format\":\"uuid\"}}}},"
	"\"methods\":["
	"{\"name\":\"finding.grade\",\"function\":\"finding_grade\",\"doc\":\"Grade it.\",\"roles\":[\"auditor\"],\"access\":\"write\",\"organisation\":true,"
	"\"params\":[{\"name\":\"id\",\"type\":\"uuid\",\"required\":true,\"doc\":\"The finding.\"},"
	"{\"name\":\"version\",\"type\":\"int4\",\"required\":true,\"doc\":\"As seen.\"},"
	"{\"name\":\"grade\",\"type\":\"text\",\"required\":true,\"schema\":{\"enum\":[\"major\",\"minor\"]},\"doc\":\"The grade.\"},"
	"{\"name\":\"reason\",\"type\":\"text\",\"required\":false,\"schema\":{\"minLength\":1,\"maxLength\":10},\"doc\":\"Why.\"},"
	"{\"name\":\"due\",\"type\":\"date\",\"required\":false},{\"name\":\"at\",\"type\":\"timestamptz\",\"required\":false},"
	"{\"name\":\"weight\",\"type\":\"numeric\",\"required\":false},{\"name\":\"big\",\"type\":\"int8\",\"required\":false},"
	"{\"name\":\"sure\",\"type\":\"bool\",\"required\":false},"
	"{\"name\":\"tags\",\"type\":\"text\",\"array\":true,\"required\":false,\"schema\":{\"maxItems\":3,\"items\":{\"type\":\"string\",\"maxLength\":5}}},"
	"{\"name\":\"causes\",\"type\":\"jsonb\",\"required\":false,\"schema\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
	"\"properties\":{\"why\":{\"type\":\"string\"}},\"required\":[\"why\"],\"additionalProperties\":false}}}],"
	"\"result\":{\"$ref\":\"#/components/schemas/finding\"}},"
	"{\"name\":\"finding.get\",\"function\":\"finding_get\",\"doc\":\"Read it.\",\"roles\":[\"member\"],\"access\":\"read\",\"organisation\":true,"
	"\"params\":[{\"name\":\"id\",\"type\":\"uuid\",\"required\":true}],\"result\":{\"$ref\":\"#/components/schemas/finding\"}},"
	"{\"name\":\"finding.change\",\"function\":\"finding_change\",\"doc\":\"Change it.\",\"roles\":[\"auditor\"],\"access\":\"write\",\"organisation\":true,"
	"\"on\":\"finding\",\"from\":[\"draft\"],\"to\":[\"draft\"],\"acts\":\"judges\","
	"\"params\":[{\"name\":\"id\",\"type\":\"uuid\",\"required\":true},"
	"{\"name\":\"title\",\"type\":\"text\",\"required\":false,\"field\":true},"
	"{\"name\":\"effect\",\"type\":\"text\",\"required\":false,\"field\":true,\"schema\":{\"type\":[\"string\",\"null\"],\"enum\":[\"a\",null]}},"
	"{\"name\":\"reason\",\"type\":\"text\",\"required\":false}],\"result\":{\"$ref\":\"#/components/schemas/finding\"}},"
	"{\"name\":\"session.list\",\"function\":\"session_list\",\"doc\":\"Yours.\",\"roles\":[\"signed_in\"],\"access\":\"read\",\"organisation\":false,"
	"\"params\":[],\"result\":{\"type\":\"array\"}}]}";

static struct method_table *table(void)
{
	struct error err = { 0 };
	struct method_table *t = method_table_new(json_loads(catalogue, 0, NULL), NULL, &err);

	if (!t)
		fail_msg("%s", err.message);
	return t;
}

#define THIRTY_THREE "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define NINETY_NINE THIRTY_THREE THIRTY_THREE THIRTY_THREE
#define GRADE "\"organisation\":\"" ORGANISATION "\",\"request_id\":\"" SOME_ID "\",\"id\":\"" SOME_ID "\",\"version\":1,\"grade\":\"minor\""

static const struct { const char *title, *params, *data; } judged[] = {
	{ "all that is required", "{" GRADE "}", NULL },
	{ "null is absent", "{" GRADE ",\"reason\":null,\"tags\":null}", NULL },
	{ "null is absent, even where it is required", "{" GRADE ",\"id\":null}",
	  "[{\"name\":\"id\",\"problem\":\"is required\"}]" },
	{ "null of something unknown is nothing", "{" GRADE ",\"nothing\":null}", NULL },
	{ "nothing at all: all offences at once", "{}",
	  "[{\"name\":\"organisation\",\"problem\":\"is required\"},{\"name\":\"request_id\",\"problem\":\"is required\"},"
	  "{\"name\":\"id\",\"problem\":\"is required\"},{\"name\":\"version\",\"problem\":\"is required\"},{\"name\":\"grade\",\"problem\":\"is required\"}]" },
	{ "a value that is none of them", "{" GRADE ",\"grade\":\"huge\"}", "[{\"name\":\"grade\",\"problem\":\"must be one of major, minor\"}]" },
	{ "too long", "{" GRADE ",\"reason\":\"12345678901\"}", "[{\"name\":\"reason\",\"problem\":\"must have at most 10 characters\"}]" },
	{ "too short", "{" GRADE ",\"reason\":\"\"}", "[{\"name\":\"reason\",\"problem\":\"must not be empty\"}]" },
	{ "an int4 too large", "{" GRADE ",\"version\":2147483648}", "[{\"name\":\"version\",\"problem\":\"must be at most 2147483647\"}]" },
	{ "an int8 that JSON could not carry exactly", "{" GRADE ",\"big\":9007199254740992}", "[{\"name\":\"big\",\"problem\":\"must be at most 9007199254740991\"}]" },
	{ "a number as text", "{" GRADE ",\"version\":\"1\"}", "[{\"name\":\"version\",\"problem\":\"must be a whole number\"}]" },
	{ "no date", "{" GRADE ",\"due\":\"2026-02-30\"}", "[{\"name\":\"due\",\"problem\":\"must be a date as 2026-05-31\"}]" },
	{ "no time", "{" GRADE ",\"at\":\"yesterday\"}", "[{\"name\":\"at\",\"problem\":\"must be a time as 2026-05-31T12:00:00Z\"}]" },
	{ "a truth as text", "{" GRADE ",\"sure\":\"yes\"}", "[{\"name\":\"sure\",\"problem\":\"must be true or false\"}]" },
	{ "one value of a list", "{" GRADE ",\"tags\":\"a\"}", NULL },
	{ "one that is none of them", "{" GRADE ",\"tags\":\"123456\"}", "[{\"name\":\"tags[0]\",\"problem\":\"must have at most 5 characters\"}]" },
	{ "an item of a list", "{" GRADE ",\"tags\":[\"a\",\"123456\"]}", "[{\"name\":\"tags[1]\",\"problem\":\"must have at most 5 characters\"}]" },
	{ "too many items", "{" GRADE ",\"tags\":[\"a\",\"b\",\"c\",\"d\"]}", "[{\"name\":\"tags\",\"problem\":\"must hold at most 3\"}]" },
	{ "within an object", "{" GRADE ",\"causes\":[{\"why\":\"a\"},{\"wy\":\"b\"}]}",
	  "[{\"name\":\"causes[1].why\",\"problem\":\"is required\"},{\"name\":\"causes[1].wy\",\"problem\":\"is not known here\"}]" },
	{ "a long name that cannot be shown whole", "{" GRADE ",\"causes\":[{\"why\":\"a\",\"" NINETY_NINE "\u00e9\":1}]}",
	  "[{\"name\":\"causes[0]." NINETY_NINE "\",\"problem\":\"is not known here\"}]" },
	{ "unknown and wrong together", "{" GRADE ",\"reason\":7,\"note\":1}",
	  "[{\"name\":\"reason\",\"problem\":\"must be text\"},{\"name\":\"note\",\"problem\":\"is not a parameter of this method\"}]" },
};

static void every_offence_is_named_with_what_would_be_right(void **state)
{
	struct method_table *t = table();
	const struct method *m = method_find(t, "finding.grade");

	(void)state;
	for (size_t i = 0; i < sizeof judged / sizeof *judged; i++) {
		json_t *params = json_loads(judged[i].params, 0, NULL);
		struct error err = { 0 };
		char expected[1024];

		gate_params(m, params, true, &err);
		snprintf(expected, sizeof expected, "{\"params\":%s}", judged[i].data ? judged[i].data : "");
		if (judged[i].data && (err.code != E_PARAMS || !err.data || strcmp(err.data, expected)))
			fail_msg("%s: %d %s", judged[i].title, err.code, err.data ? err.data : "");
		if (!judged[i].data && err.code)
			fail_msg("%s: refused with %s", judged[i].title, err.data ? err.data : "");
		error_clear(&err);
		json_decref(params);
	}
	method_table_drop(t);
}

static void one_offence_is_a_sentence(void **state)
{
	struct method_table *t = table();
	json_t *params = json_loads("{" GRADE ",\"grade\":\"huge\"}", 0, NULL);
	struct error err = { 0 };

	(void)state;
	gate_params(method_find(t, "finding.grade"), params, true, &err);
	assert_string_equal(err.message, "grade must be one of major, minor.");
	error_clear(&err);
	json_decref(params);
	method_table_drop(t);
}

static struct caller *caller(const char *kind_and_scope)
{
	char text[512];
	struct caller *c;

	snprintf(text, sizeof text, "{\"session\":\"%s\",\"person\":\"%s\",%s,\"idle_until\":\"2030-01-01T00:00:00.5+00:00\",\"expires_at\":\"2030-01-01T02:00:00+02:00\","
		"\"organisations\":[{\"id\":\"%s\",\"name\":\"A\",\"roles\":[\"auditor\",\"auditee\"]},{\"id\":\"%s\",\"name\":\"B\",\"roles\":[]}]}",
		SOME_ID, SOME_ID, kind_and_scope, ORGANISATION, ELSEWHERE);
	c = caller_new(text, strlen(text));
	assert_non_null(c);
	return c;
}

static void roles_open_the_gate(void **state)
{
	static const struct { const char *who, *method, *organisation; int code; } rows[] = {
		{ "\"scope\":null", "finding.grade", ORGANISATION, OK },
		{ "\"scope\":null", "finding.grade", ELSEWHERE, E_FORBIDDEN },
		{ "\"scope\":null", "finding.get", ELSEWHERE, E_FORBIDDEN },
		{ "\"scope\":null", "finding.get", ORGANISATION, OK },
		{ "\"scope\":null", "session.list", NULL, OK },
		{ "\"scope\":[\"read\"]", "finding.get", ORGANISATION, OK },
		{ "\"scope\":[\"read\"]", "finding.grade", ORGANISATION, E_FORBIDDEN },
		{ "\"scope\":[\"finding.*\"]", "finding.grade", ORGANISATION, OK },
		{ "\"scope\":[\"find.*\",\"session.list\"]", "finding.grade", ORGANISATION, E_FORBIDDEN },
		{ "\"scope\":[\"find.*\",\"session.list\"]", "session.list", NULL, OK },
		{ "\"scope\":[\"*\"]", "finding.grade", ORGANISATION, OK },
	};
	struct method_table *t = table();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct caller *c = caller(rows[i].who);
		struct error err = { 0 };

		if ((int)gate_roles(method_find(t, rows[i].method), c, rows[i].organisation, &err) != rows[i].code)
			fail_msg("row %zu: %d", i, err.code);
		if (i == 1)
			assert_string_equal(err.data, "{\"roles\":[\"auditor\"]}");
		error_clear(&err);
		caller_drop(c);
	}
	method_table_drop(t);
}

static void the_earlier_end_counts(void **state)
{
	struct caller *c = caller("\"scope\":null");

	(void)state;
	assert_true(c->ends_ms == 1893456000000);	/* 2030-01-01T00:00:00Z, both of them to the second */
	caller_drop(c);
	assert_null(caller_new("{\"session\":1}", 13));
	assert_null(caller_new("nonsense", 8));
}

static void parameters_become_a_statement(void **state)
{
	static const char *const expected[] = {
		ORGANISATION, SOME_ID, SOME_ID, "3", "minor", "o'hara \"x\\y\"", "2026-05-31", NULL, "1.25", "9007199254740991", "true",
		"{\"a\",\"b\\\"\\\\,{}\"}", "[{\"why\":\"ä\"}]",
	};
	struct method_table *t = table();
	const struct method *m = method_find(t, "finding.grade");
	json_t *params = json_loads("{" GRADE ",\"version\":3.0,\"reason\":\"o'hara \\\"x\\\\y\\\"\",\"due\":\"2026-05-31\",\"weight\":1.25,"
		"\"big\":9007199254740991,\"sure\":true,\"tags\":[\"a\",\"b\\\"\\\\,{}\"],\"causes\":[{\"why\":\"ä\"}]}", 0, NULL);
	unsigned char token[TOKEN_SIZE] = { 0 };
	struct error err = { 0 };
	struct binding b;

	(void)state;
	assert_int_equal(bind_method(&b, m, token, params, &err), OK);
	assert_int_equal(b.request.kind, DB_WRITE);
	assert_true(b.request.repeatable);
	assert_string_equal(b.request.name, "finding_grade@abcdef012345");
	assert_memory_equal(b.request.sql, "select api.finding_grade(session => $1::bytea, \"organisation\" => $2::uuid, \"request_id\" => $3::uuid, ", 90);
	assert_non_null(strstr(b.request.sql, "\"tags\" => $13::text[], \"causes\" => $14::jsonb)::text"));
	assert_true(b.request.params[0].binary);
	assert_int_equal(b.request.params[0].length, TOKEN_SIZE);
	assert_int_equal(b.request.count, 14);
	for (int i = 1; i < b.request.count; i++) {
		if (expected[i - 1])
			assert_string_equal(b.request.params[i].value, expected[i - 1]);
		else
			assert_null(b.request.params[i].value);
	}
	bind_clear(&b);
	json_decref(params);
	params = json_pack("{s:s, s:s}", "organisation", ORGANISATION, "id", SOME_ID);
	assert_int_equal(bind_method(&b, method_find(t, "finding.get"), token, params, &err), OK);
	assert_int_equal(b.request.kind, DB_READ);
	bind_clear(&b);
	json_decref(params);
	method_table_drop(t);
}

/* Absent is unchanged, null empties: the statement is told which fields the call named. */
static void a_change_names_what_it_changes(void **state)
{
	static const struct { const char *members, *named, *problem; } rows[] = {
		{ "", "{}", NULL },
		{ ",\"title\":\"new\"", "{\"title\"}", NULL },
		{ ",\"title\":\"new\",\"effect\":null", "{\"title\",\"effect\"}", NULL },
		{ ",\"effect\":\"a\",\"reason\":null", "{\"effect\"}", NULL },
		{ ",\"title\":null", NULL, "[{\"name\":\"title\",\"problem\":\"must be text\"}]" },
	};
	struct method_table *t = table();
	const struct method *m = method_find(t, "finding.change");

	(void)state;
	assert_non_null(strstr(m->sql, ", \"reason\" => $7::text, named => $8::text[])::text"));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[400], expected[200];
		unsigned char token[TOKEN_SIZE] = { 0 };
		struct error err = { 0 };
		struct binding b;
		json_t *params;

		snprintf(text, sizeof text, "{\"organisation\":\"" ORGANISATION "\",\"request_id\":\"" SOME_ID "\",\"id\":\"" SOME_ID "\"%s}", rows[i].members);
		params = json_loads(text, 0, NULL);
		gate_params(m, params, true, &err);
		snprintf(expected, sizeof expected, "{\"params\":%s}", rows[i].problem ? rows[i].problem : "");
		if (rows[i].problem) {
			assert_string_equal(err.data, expected);
		} else {
			assert_int_equal(err.code, OK);
			assert_int_equal(bind_method(&b, m, token, params, &err), OK);
			assert_int_equal(b.request.count, 8);
			assert_string_equal(b.request.params[7].value, rows[i].named);
			bind_clear(&b);
		}
		error_clear(&err);
		json_decref(params);
	}
	method_table_drop(t);
}

/* Each replaces a text in the catalogue above by one that cannot be served. */
static void a_catalogue_that_cannot_be_served_fails_the_start(void **state)
{
	static const struct { const char *from, *to, *says; } rows[] = {
		{ "\"roles\":[\"auditor\"]", "\"roles\":[]", "it says no role" },
		{ "\"roles\":[\"auditor\"]", "\"rolls\":[1]", "it says no role" },
		{ "\"roles\":[\"auditor\"]", "\"roles\":[\"auditors\"]", "unknown role auditors" },
		{ "\"type\":\"numeric\"", "\"type\":\"money\"", "unknown type of parameter weight" },
		{ "\"access\":\"write\"", "\"access\":\"all\"", "access" },
		{ "finding.get", "finding.grade", "declared twice" },
		{ "finding.get", "findingget", "not noun.verb" },
		{ "\"function\":\"finding_get\",", "", "names no function" },
		{ "\"doc\":\"Grade it.\",", "", "no doc" },
		{ "\"maxItems\":3", "\"maxItem\":3", "maxItem" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *at = strstr(catalogue, rows[i].from);
		char text[sizeof catalogue + 64];
		struct error err = { 0 };

		assert_non_null(at);
		snprintf(text, sizeof text, "%.*s%s%s", (int)(at - catalogue), catalogue, rows[i].to, at + strlen(rows[i].from));
		assert_null(method_table_new(json_loads(text, 0, NULL), NULL, &err));
		assert_int_equal(err.code, E_INTERNAL);
		if (!strstr(err.message, rows[i].says))
			fail_msg("said \"%s\", not \"%s\"", err.message, rows[i].says);
		error_clear(&err);
	}
}

static json_t *described(const char *text)
{
	json_t *document = json_loads(text, 0, NULL);

	assert_non_null(document);
	return document;
}

static const json_t *method_of(const json_t *document, size_t i)
{
	return json_array_get(json_object_get(document, "methods"), i);
}

static const json_t *components_of(const json_t *document, const char *kind)
{
	return json_object_get(json_object_get(document, "components"), kind);
}

static const char *text_at(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static void discovery_shows_what_the_table_holds(void **state)
{
	struct method_table *t = table();
	json_t *events = json_pack("[{s:s}]", "name", "event"), *document;
	struct error err = { 0 };
	const json_t *grade;

	(void)state;
	assert_int_equal(discover_write(t, events, "1.2.3", &err), OK);
	assert_int_equal(strlen(t->description.text), t->description.length);
	document = described(t->description.text);
	grade = method_of(document, 2);
	assert_string_equal(text_at(grade, "name"), "finding.grade");
	assert_int_equal(json_array_size(json_object_get(grade, "params")), 13);
	assert_string_equal(text_at(json_array_get(json_object_get(grade, "params"), 1), "name"), "request_id");
	assert_string_equal(json_string_value(json_array_get(json_object_get(grade, "x-roles"), 0)), "auditor");
	assert_non_null(json_object_get(components_of(document, "schemas"), "finding"));
	assert_int_equal(json_array_size(json_object_get(document, "x-events")), 1);
	json_decref(document);
	json_decref(events);
	method_table_drop(t);
}

static const json_t *parameter_of(const json_t *method, const char *name)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(method, "params"), i, one)
		if (!strcmp(text_at(one, "name"), name))
			return one;
	return NULL;
}

static void assert_described(const json_t *object, const char *name, const char *as)
{
	char *text = json_dumps(json_object_get(object, name), JSON_COMPACT | JSON_ENCODE_ANY);

	if (!text || strcmp(text, as))
		fail_msg("%s is %s, not %s", name, text ? text : "absent", as);
	free(text);
}

/* For clients that speak for themselves: which fields a change may name and empty, on what, from where to where, and all words. */
static void discovery_says_what_a_change_changes_and_all_words(void **state)
{
	struct method_table *t = table();
	json_t *events = json_array(), *document;
	const json_t *change, *get;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(discover_write(t, events, "1", &err), OK);
	document = described(t->description.text);
	change = method_of(document, 0);
	get = method_of(document, 1);
	assert_string_equal(text_at(change, "name"), "finding.change");
	assert_described(change, "x-on", "\"finding\"");
	assert_described(change, "x-from", "[\"draft\"]");
	assert_described(change, "x-to", "[\"draft\"]");
	assert_described(change, "x-acts", "\"judges\"");
	assert_null(json_object_get(get, "x-on"));
	assert_null(json_object_get(get, "x-acts"));
	assert_true(json_is_true(json_object_get(parameter_of(change, "title"), "x-field")));
	assert_described(parameter_of(change, "title"), "schema", "{\"type\":\"string\"}");
	assert_true(json_is_true(json_object_get(parameter_of(change, "effect"), "x-field")));
	assert_described(parameter_of(change, "effect"), "schema", "{\"type\":[\"string\",\"null\"],\"enum\":[\"a\",null]}");
	assert_null(json_object_get(parameter_of(change, "reason"), "x-field"));
	assert_described(document, "x-rules", "[{\"rule\":\"S1\",\"text\":\"T\",\"helps\":null}]");
	assert_described(document, "x-sentences", "{\"s1\":\"{person} owns it.\"}");
	json_decref(document);
	json_decref(events);
	method_table_drop(t);
}

static bool holds(const json_t *set, const char *name)
{
	const json_t *one;
	size_t i;

	json_array_foreach((json_t *)set, i, one)
		if (!strcmp(json_string_value(one), name))
			return true;
	return false;
}

/* Each method names a set, and each name in it an error: nothing that many share stands in each of them. */
static void errors_stand_once(void **state)
{
	struct method_table *t = table();
	json_t *events = json_array(), *document, *name;
	const json_t *errors, *sets, *set;
	struct error err = { 0 };
	size_t k;

	(void)state;
	assert_int_equal(discover_write(t, events, "1", &err), OK);
	document = described(t->description.text);
	errors = components_of(document, "errors");
	sets = components_of(document, "x-errors");
	assert_int_equal(json_object_size(errors), 14);
	for (size_t i = 0; i < t->count; i++) {
		assert_null(json_object_get(method_of(document, i), "errors"));
		set = json_object_get(sets, text_at(method_of(document, i), "x-errors"));
		assert_true(json_array_size(set) >= 6);
		json_array_foreach((json_t *)set, k, name)
			assert_non_null(json_object_get(errors, json_string_value(name)));
		assert_int_equal(holds(set, "state"), t->methods[i].access == ACCESS_WRITE);
		assert_int_equal(holds(set, "stale"), method_param(&t->methods[i], "version") != NULL);
		assert_true(holds(set, "forbidden"));	/* a token's scope refuses outside organisations too */
		assert_false(holds(set, "parse"));
	}
	assert_null(strstr(t->description.text, "#/components/errors/"));
	json_decref(document);
	json_decref(events);
	method_table_drop(t);
}

static char *unpacked(const struct description *d)
{
	char *text = calloc(1, d->length + 1);
	z_stream z = { .next_in = (unsigned char *)d->packed, .avail_in = (unsigned int)d->packed_length,
		.next_out = (unsigned char *)text, .avail_out = (unsigned int)d->length };

	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.total_out, d->length);
	assert_int_equal(z.avail_in, 0);
	inflateEnd(&z);
	return text;
}

static void the_packed_description_is_the_same_and_smaller(void **state)
{
	struct method_table *t = table(), *same = table(), *other = table();
	json_t *events = json_array();
	struct error err = { 0 };
	char *text;

	(void)state;
	assert_int_equal(discover_write(t, events, "1", &err), OK);
	assert_int_equal(discover_write(same, events, "1", &err), OK);
	assert_int_equal(discover_write(other, events, "2", &err), OK);
	assert_null(t->description.packed);
	description_pack(&t->description);
	description_pack(&same->description);
	description_pack(&other->description);
	text = unpacked(&t->description);
	assert_string_equal(text, t->description.text);
	assert_true(t->description.packed_length < t->description.length / 3);
	assert_string_equal(t->description.digest, same->description.digest);
	assert_string_not_equal(t->description.digest, other->description.digest);
	free(text);
	json_decref(events);
	method_table_drop(t);
	method_table_drop(same);
	method_table_drop(other);
}

#define READS(name) "{\"name\":\"" name "\",\"function\":\"f\",\"doc\":\"D\",\"roles\":[\"member\"],\"access\":\"read\","

static void one_noun_is_described_with_what_it_speaks_of(void **state)
{
	static const char nested[] = "{\"release\":\"1\",\"schemas\":{"
		"\"a\":{\"properties\":{\"b\":{\"$ref\":\"#/components/schemas/b\"}}},"
		"\"b\":{\"items\":{\"oneOf\":[{\"$ref\":\"#/components/schemas/a\"},{\"type\":\"null\"}]}},\"c\":{},\"d\":{}},"
		"\"methods\":[" READS("one.get") "\"params\":[],\"result\":{\"$ref\":\"#/components/schemas/a\"}},"
		READS("one.put") "\"params\":[{\"name\":\"p\",\"type\":\"jsonb\",\"schema\":{\"$ref\":\"#/components/schemas/c\"}}],"
		"\"result\":{}}," READS("ones.get") "\"params\":[],\"result\":{}}]}";
	struct error err = { 0 };
	struct method_table *t = method_table_new(json_loads(nested, 0, NULL), NULL, &err);
	json_t *document;
	char *text;

	(void)state;
	assert_non_null(t);
	text = discover_noun(t, "one", "1", &err);
	document = described(text);
	assert_int_equal(json_array_size(json_object_get(document, "methods")), 2);
	assert_int_equal(json_object_size(components_of(document, "schemas")), 3);	/* a, b and c */
	assert_int_equal(json_object_size(components_of(document, "errors")), 14);
	assert_int_equal(json_object_size(components_of(document, "x-errors")), 1);
	assert_string_equal(text_at(document, "x-release"), "1");
	assert_null(discover_noun(t, "on", "1", &err));
	assert_int_equal(err.code, E_PARAMS);
	assert_null(discover_noun(t, "one.get", "1", &err));
	assert_null(discover_noun(t, "", "1", &err));
	error_clear(&err);
	json_decref(document);
	free(text);
	method_table_drop(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_offence_is_named_with_what_would_be_right),
		cmocka_unit_test(one_offence_is_a_sentence),
		cmocka_unit_test(roles_open_the_gate),
		cmocka_unit_test(the_earlier_end_counts),
		cmocka_unit_test(parameters_become_a_statement),
		cmocka_unit_test(a_change_names_what_it_changes),
		cmocka_unit_test(a_catalogue_that_cannot_be_served_fails_the_start),
		cmocka_unit_test(discovery_shows_what_the_table_holds),
		cmocka_unit_test(discovery_says_what_a_change_changes_and_all_words),
		cmocka_unit_test(errors_stand_once),
		cmocka_unit_test(the_packed_description_is_the_same_and_smaller),
		cmocka_unit_test(one_noun_is_described_with_what_it_speaks_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
