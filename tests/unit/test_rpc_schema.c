/* What the validator says of a value: one row, one case. */
#include "rpc/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct row {
	const char *title, *schema, *value, *problems;	/* "path: problem; …"; "" fits */
} rows[] = {
	{ "anything fits the empty schema", "{}", "[1]", "" },
	{ "a type", "{\"type\":\"string\"}", "7", "p: must be text; " },
	{ "one of two types", "{\"type\":[\"string\",\"null\"]}", "null", "" },
	{ "none of two types", "{\"type\":[\"string\",\"null\"]}", "1", "p: must be null or text; " },
	{ "an integer is a number", "{\"type\":\"number\"}", "3", "" },
	{ "3.0 is an integer", "{\"type\":\"integer\"}", "3.0", "" },
	{ "3.5 is no integer", "{\"type\":\"integer\"}", "3.5", "p: must be a whole number; " },
	{ "true is no integer", "{\"type\":\"integer\"}", "true", "p: must be a whole number; " },
	{ "a wrong type of something formatted says the format", "{\"type\":\"string\",\"format\":\"uuid\"}", "7", "p: must be a UUID; " },
	{ "a UUID", "{\"type\":\"string\",\"format\":\"uuid\"}", "\"018F0000-0000-7000-8000-00000000000a\"", "" },
	{ "a UUID with braces", "{\"type\":\"string\",\"format\":\"uuid\"}", "\"{18f00000-0000-7000-8000-0000000000a}\"", "p: must be a UUID; " },
	{ "a short UUID", "{\"type\":\"string\",\"format\":\"uuid\"}", "\"018f\"", "p: must be a UUID; " },
	{ "a leap day", "{\"type\":\"string\",\"format\":\"date\"}", "\"2028-02-29\"", "" },
	{ "no leap day", "{\"type\":\"string\",\"format\":\"date\"}", "\"2027-02-29\"", "p: must be a date as 2026-05-31; " },
	{ "no leap day in a century", "{\"type\":\"string\",\"format\":\"date\"}", "\"2100-02-29\"", "p: must be a date as 2026-05-31; " },
	{ "a date and more", "{\"type\":\"string\",\"format\":\"date\"}", "\"2026-05-31T\"", "p: must be a date as 2026-05-31; " },
	{ "a time", "{\"type\":\"string\",\"format\":\"date-time\"}", "\"2026-05-31T23:59:59.123456+02:00\"", "" },
	{ "a time without offset", "{\"type\":\"string\",\"format\":\"date-time\"}", "\"2026-05-31T23:59:59\"", "p: must be a time as 2026-05-31T12:00:00Z; " },
	{ "a time with hour 24", "{\"type\":\"string\",\"format\":\"date-time\"}", "\"2026-05-31T24:00:00Z\"", "p: must be a time as 2026-05-31T12:00:00Z; " },
	{ "too short", "{\"minLength\":2}", "\"a\"", "p: must have at least 2 characters; " },
	{ "empty", "{\"minLength\":1}", "\"\"", "p: must not be empty; " },
	{ "length counts characters, not bytes", "{\"maxLength\":3}", "\"äöü\"", "" },
	{ "too long", "{\"maxLength\":3}", "\"äöüß\"", "p: must have at most 3 characters; " },
	{ "a pattern", "{\"pattern\":\"^[A-Z]{2}-[0-9]+$\"}", "\"IA-7\"", "" },
	{ "not the pattern", "{\"pattern\":\"^[A-Z]{2}-[0-9]+$\"}", "\"ia-7\"", "p: must match ^[A-Z]{2}-[0-9]+$; " },
	{ "not the pattern, in words", "{\"pattern\":\"^[^@ ]+@[^@ ]+$\",\"x-problem\":\"must be an e-mail address\"}", "\"ann\"", "p: must be an e-mail address; " },
	{ "within bounds", "{\"minimum\":1,\"maximum\":200}", "200", "" },
	{ "below", "{\"minimum\":1,\"maximum\":200}", "0", "p: must be at least 1; " },
	{ "above", "{\"minimum\":1,\"maximum\":200}", "201", "p: must be at most 200; " },
	{ "one of the values", "{\"enum\":[\"major\",\"minor\"]}", "\"minor\"", "" },
	{ "none of the values", "{\"enum\":[\"major\",\"minor\",null]}", "\"MINOR\"", "p: must be one of major, minor, null; " },
	{ "the only value", "{\"enum\":[false]}", "false", "" },
	{ "not the only value", "{\"enum\":[\"a\"]}", "\"b\"", "p: must be a; " },
	{ "an item", "{\"items\":{\"type\":\"integer\"}}", "[1,\"x\",null]", "p[1]: must be a whole number; p[2]: must be a whole number; " },
	{ "too few", "{\"minItems\":1}", "[]", "p: must hold at least 1; " },
	{ "too many are not looked at", "{\"maxItems\":1,\"items\":{\"type\":\"integer\"}}", "[\"a\",\"b\"]", "p: must hold at most 1; " },
	{ "a member is missing and another unknown, both said",
	  "{\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"],\"additionalProperties\":false}", "{\"b\":1}",
	  "p.a: is required; p.b: is not known here; " },
	{ "required without a schema of its own", "{\"required\":[\"a\"]}", "{\"a\":1}", "" },
	{ "others must fit too", "{\"properties\":{\"a\":{}},\"additionalProperties\":{\"type\":\"boolean\"}}", "{\"a\":1,\"b\":2}", "p.b: must be true or false; " },
	{ "a nested path", "{\"items\":{\"properties\":{\"id\":{\"type\":\"string\",\"format\":\"uuid\"}}}}", "[{},{\"id\":\"x\"}]", "p[1].id: must be a UUID; " },
	{ "a reference", "{\"$ref\":\"#/components/schemas/thing\"}", "{\"name\":7}", "p.name: must be text; " },
	{ "a reference to itself ends", "{\"$ref\":\"#/components/schemas/loop\"}", "1", "p: is nested too deep; " },
	{ "a tree of references", "{\"$ref\":\"#/components/schemas/tree\"}", "{\"children\":[{\"children\":[{\"x\":1}]}]}", "p.children[0].children[0].x: is not known here; " },
	{ "a reference to nothing", "{\"$ref\":\"#/components/schemas/none\"}", "1", "p: is declared as none, which is not described; " },
	{ "one of two forms", "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}", "3", "" },
	{ "neither of two forms", "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}", "true", "p: must have one of the 2 forms that are described; " },
	{ "x or null is explained as x", "{\"oneOf\":[{\"$ref\":\"#/components/schemas/thing\"},{\"type\":\"null\"}]}", "{\"name\":7}", "p.name: must be text; " },
	{ "one of, and only one", "{\"oneOf\":[{\"type\":\"number\"},{\"type\":\"integer\"}]}", "3", "p: fits several of the forms that exclude each other; " },
};

static void note(void *arg, const char *path, const char *problem)
{
	char *out = arg;
	size_t length = strlen(out);

	snprintf(out + length, 512 - length, "%s: %s; ", path, problem);
}

static struct schemas *components(void)
{
	static const struct { const char *name, *json; } all[] = {
		{ "thing", "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}}" },
		{ "loop", "{\"$ref\":\"#/components/schemas/loop\"}" },
		{ "tree", "{\"properties\":{\"children\":{\"items\":{\"$ref\":\"#/components/schemas/tree\"}}},\"additionalProperties\":false}" },
	};
	struct schemas *s = schemas_new();
	struct error err = { 0 };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		json_t *json = json_loads(all[i].json, 0, NULL);

		assert_int_equal(schemas_add(s, all[i].name, json, &err), OK);
		json_decref(json);
	}
	return s;
}

static void says_what_is_wrong_and_where(void **state)
{
	struct schemas *s = components();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		json_t *json = json_loads(rows[i].schema, 0, NULL), *value = json_loads(rows[i].value, JSON_DECODE_ANY, NULL);
		struct error err = { 0 };
		struct schema *schema = schema_compile(json, s, &err);
		char said[512] = "";
		bool fits;

		assert_non_null(schema);
		fits = schema_check(schema, value, "p", note, said);
		if (strcmp(said, rows[i].problems) || fits != !*rows[i].problems)
			fail_msg("%s: said \"%s\", not \"%s\"", rows[i].title, said, rows[i].problems);
		assert_int_equal(schema_check(schema, value, "p", NULL, NULL), fits);
		schema_free(schema);
		json_decref(json);
		json_decref(value);
	}
	schemas_free(s);
}

static void what_nobody_could_check_is_refused(void **state)
{
	static const char *const bad[] = {
		"[]", "{\"type\":\"strin\"}", "{\"type\":3}", "{\"format\":\"email\"}", "{\"minLength\":-1}", "{\"pattern\":\"(\"}", "{\"enum\":1}",
		"{\"$ref\":\"other.json\"}", "{\"oneOf\":[]}", "{\"anyOf\":[{}]}", "{\"allOf\":[{}]}", "{\"properties\":[]}", "{\"required\":\"a\"}", "{\"items\":3}",
		"{\"properties\":{\"a\":{\"not\":{}}}}", "{\"minimum\":\"1\"}", "{\"uniqueItems\":true}", "{\"const\":1}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		json_t *json = json_loads(bad[i], 0, NULL);
		struct error err = { 0 };

		assert_non_null(json);
		if (schema_compile(json, NULL, &err))
			fail_msg("%s compiled", bad[i]);
		assert_int_equal(err.code, E_INTERNAL);
		error_clear(&err);
		json_decref(json);
	}
}

static void a_path_longer_than_its_room_is_cut(void **state)
{
	json_t *json = json_loads("{\"additionalProperties\":{\"additionalProperties\":{\"additionalProperties\":{\"type\":\"string\"}}}}", 0, NULL);
	json_t *value = json_object(), *at = value;
	struct error err = { 0 };
	struct schema *schema = schema_compile(json, NULL, &err);
	char name[200];

	(void)state;
	memset(name, 'n', sizeof name);
	name[sizeof name - 1] = '\0';
	for (int i = 0; i < 3; i++) {
		json_t *next = json_object();

		json_object_set_new(at, name, next);
		at = next;
	}
	assert_false(schema_check(schema, value, "", NULL, NULL));
	schema_free(schema);
	json_decref(json);
	json_decref(value);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_is_wrong_and_where),
		cmocka_unit_test(what_nobody_could_check_is_refused),
		cmocka_unit_test(a_path_longer_than_its_room_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
