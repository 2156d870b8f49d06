/* test_db_sql_text.c - SQL taken apart: tokens, statements; what a definition is, and in which order definitions are
 * made. No database. */
#include "db/definition.h"
#include "db/sql_text.h"

#include "tests/unit/trial_cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* --- tokens ------------------------------------------------------------------------------------------------------- */

static const char letters[] = { [SQL_WORD] = 'w', [SQL_NAME] = 'n', [SQL_STRING] = 's', [SQL_NUMBER] = '1',
	[SQL_SYMBOL] = '.', [SQL_BROKEN] = '!' };

/* The kinds of a text's tokens, a letter each. */
static const char *kinds(const char *text)
{
	struct sql_scan s = { text, text + strlen(text), 1 };
	static char out[64];
	size_t n = 0;
	struct sql_token t;

	while (n < sizeof(out) - 1 && (t = sql_scan_next(&s)).kind != SQL_END) {
		out[n++] = letters[t.kind];
		if (t.kind == SQL_BROKEN)
			break;
	}
	out[n] = '\0';
	return out;
}

static void tokens_are_those_of_postgresql(void **state)
{
	static const struct { const char *text, *kinds; } rows[] = {
		{ "", "" }, { " \t\n-- nothing", "" }, { "/* a /* b */ c */x", "w" }, { "/* a /* b */ c", "!" },
			{ "a--b\nc", "ww" }, { "a/**/b", "ww" },
		{ "'it''s'", "s" }, { "'a\\'", "s" }, { "'a", "!" }, { "e'a\\'b'", "s" }, { "E'a\\\\'", "s" },
			{ "e'a\\'", "!" }, { "fe'a\\'", "ws" },
		{ "E'a'\n'b\\'c'", "s" }, { "E'a' -- b\n -- c\n'\\''", "s" }, { "E'a' 'b\\'", "ss" }, { "E'a' --'\n x", "sw" },
			{ "'a'\n'b\\'", "ss" },
		{ "\"a\"\"b\"", "n" }, { "\"a", "!" }, { "U&\"a\" u&'b'", "w.nw.s" },
		{ "$$a;'$$", "s" }, { "$a$ $$ $b$ $a$", "s" }, { "$a$ $A$", "!" }, { "$1", ".1" }, { "a$b$c", "w" },
			{ "$a", ".w" }, { "$$", "!" }, { "$$$$", "s" },
		{ "$\303\244$x$\303\244$", "s" }, { "12.5e3", "1.1" }, { "a.b::c[1]", "w.w..w.1." },
			{ "\303\244\303\266", "w" }, { "'/*'", "s" }, { "a-/*x*/-b", "w..w" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(kinds(rows[i].text), rows[i].kinds))
			fail_msg("<%s> is %s, not %s", rows[i].text, kinds(rows[i].text), rows[i].kinds);
}

static void a_name_is_what_it_stands_for(void **state)
{
	static const struct { const char *text, *name; } rows[] = {
		{ "Finding", "finding" }, { "\"Finding\"", "Finding" }, { "\"a\"\"b\"", "a\"b" }, { "'a'", NULL },
			{ "(", NULL },
		{ "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg",
			"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg" },
		{ "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg", NULL },
	};
	char name[SQL_NAME_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sql_scan s = { rows[i].text, rows[i].text + strlen(rows[i].text), 1 };
		struct sql_token t = sql_scan_next(&s);

		assert_int_equal(sql_token_name(&t, name), rows[i].name != NULL);
		if (rows[i].name)
			assert_string_equal(name, rows[i].name);
	}
}

/* --- statements --------------------------------------------------------------------------------------------------- */

/* "line:statement|line:statement|", or what is wrong. */
static const char *statements(const char *text)
{
	struct sql_scan s = { text, text + strlen(text), 1 };
	struct sql_statement one;
	struct error err = { 0 };
	static char out[600];
	int n = 0;

	*out = '\0';
	while (sql_statement_next(&s, &one, &err))
		n += snprintf(out + n, sizeof(out) - (size_t)n, "%d:%.*s|", one.line, (int)one.length, one.text);
	if (err.code != OK)
		snprintf(out, sizeof(out), "%s", err.message);
	error_clear(&err);
	return out;
}

static void a_statement_ends_at_its_own_semicolon(void **state)
{
	static const struct { const char *text, *statements; } rows[] = {
		{ "", "" }, { ";;\n ; -- no\n", "" }, { "a", "1:a|" }, { "a ; \n\n b -- c\n ;c", "1:a|3:b|4:c|" },
			{ "a ';' \";\" $$;$$ /*;*/ -- ;\n;b", "1:a ';' \";\" $$;$$|2:b|" },
		{ "create rule r as do (a; b); c", "1:create rule r as do (a; b)|1:c|" }, { "a[1;2];", "1:a[1;2]|" },
		{ "create or replace function f() returns int begin atomic select 1; select case when a then b end; end; c",
			"1:create or replace function f() returns int begin atomic select 1; select case when a then b end;"
			" end|1:c|" },
		{ "create procedure p(begin int) begin atomic end; begin; end",
			"1:create procedure p(begin int) begin atomic end|1:begin|1:end|" },
		{ "begin; select 1; end;", "1:begin|1:select 1|1:end|" },
		{ "a\n'b", "line 2: what begins here does not end" }, { "a;\n\n/* b", "line 3: what begins here does not end" },
		{ "a\n)", "line 2: this closes a bracket that was not opened" },
		{ "a;\nb (\n;", "line 2: the statement that begins here does not end" },
		{ "create function f() begin atomic select 1;", "line 1: the statement that begins here does not end" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(statements(rows[i].text), rows[i].statements);
}

/* --- definitions -------------------------------------------------------------------------------------------------- */

static char folder[64];
static struct sql_source *source;
static struct definitions all;

static void read_text(const char *text)
{
	char path[128];
	struct error err = { 0 };
	FILE *f;

	sql_source_free(source);
	definitions_clear(&all);
	snprintf(path, sizeof(path), "%s/nouns/a.sql", folder);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	source = sql_source_open(folder, &err);
	assert_non_null(source);
	if (definitions_read(&all, source, "nouns/", &err) != OK)
		fail_msg("%s", err.message);
}

static void what_a_definition_is_of_is_read_from_it(void **state)
{
	static const struct {
		const char *text;
		enum definition_kind kind;
		const char *role, *schema, *name, *own;
	} rows[] = {
		{ "create or replace function app.f(a int default app.g()) returns int", DEFINES_FUNCTION, "ninetwo_owner",
			"app", "f", "" },
		{ "CREATE OR REPLACE PROCEDURE Auth . P()", DEFINES_FUNCTION, "ninetwo_auth", "auth", "p", "" },
		{ "create or replace function api.f()", DEFINES_FUNCTION, "ninetwo_auth", "api", "f", "" },
		{ "create view record.v with (security_invoker) as select 1", DEFINES_VIEW, "ninetwo_api", "record", "v", "" },
		{ "create policy \"a on\" on ledger.event for select to x using (exists (select from app.f))", DEFINES_POLICY,
			"ninetwo_ledger", "ledger", "event", "a on" },
		{ "create trigger t before update of a, b on app.x for each row", DEFINES_TRIGGER, "ninetwo_owner", "app", "x",
			"t" },
		{ "create constraint trigger t after insert on meta.x", DEFINES_TRIGGER, "ninetwo_api", "meta", "x", "t" },
		{ "comment on column record.finding.title is 'app.x'", DEFINES_GRANT, "ninetwo_api", "record", "finding", "" },
		{ "comment on function operator.f(app.title) is ''", DEFINES_GRANT, "ninetwo_owner", "operator", "f", "" },
		{ "grant select (a, b) on auth.session to ninetwo_api", DEFINES_GRANT, "ninetwo_auth", "auth", "session", "" },
		{ "grant execute on function app.f(app.title), app.g() to ninetwo_auth", DEFINES_GRANT, "ninetwo_owner", "app",
			"f", "" },
		{ "revoke all on schema api from public", DEFINES_GRANT, "ninetwo_api", "api", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		read_text(rows[i].text);
		assert_int_equal(all.count, 1);
		assert_int_equal(all.list[0].kind, rows[i].kind);
		assert_string_equal(all.list[0].role, rows[i].role);
		assert_string_equal(all.list[0].schema, rows[i].schema);
		assert_string_equal(all.list[0].name, rows[i].name);
		assert_string_equal(all.list[0].own, rows[i].own);
	}
}

static const char *digest(const char *text)
{
	static char out[2][DEFINITION_DIGEST];
	static int which;

	read_text(text);
	which = !which;
	definition_digest(&all.list[0], out[which]);
	return out[which];
}

static void a_digest_is_of_what_matters(void **state)
{
	static const char *const same[] = {
		"create policy p on app.x using (a = 'B c')", "CREATE  POLICY\n\tp -- why\nON app.X USING(a='B c')",
		"create policy p on app.x using (/**/a = 'B c');;",
	};
	static const char *const others[] = {
		"create policy p on app.x using (a = 'b c')", "create policy p on app.x using (a = 'B  c')",
		"create policy \"P\" on app.x using (a = 'B c')",
		"create policy p on app.x using (a = 'B' 'c')", "create policy p on app.x using (a2 = 'B c')",
	};

	(void)state;
	for (size_t i = 1; i < 3; i++)
		assert_string_equal(digest(same[0]), digest(same[i]));
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_string_not_equal(digest(same[0]), digest(others[i]));
}

/* The names of the definitions of those kinds, in their order. */
static const char *order(enum definition_kind first, enum definition_kind last)
{
	static char out[300];
	struct error err = { 0 };
	size_t count;
	const struct definition **list = definitions_of(&all, first, last, &count, &err);
	int n = 0;

	assert_non_null(list);
	*out = '\0';
	for (size_t i = 0; i < count; i++)
		n += snprintf(out + n, sizeof(out) - (size_t)n, "%s%s%s%s", i ? " " : "", list[i]->name,
			*list[i]->own ? "." : "", list[i]->own);
	free(list);
	return out;
}

static void what_is_named_comes_first(void **state)
{
	(void)state;
	read_text("create view record.c as select record.b.x from record.b, app.z;"
		"create view record.b as select from record.\"a\"; create view record.a as select 'record.d';"
		"create view record.d as select from record . c; create view record.e as select from other.a");
	assert_string_equal(order(DEFINES_VIEW, DEFINES_VIEW), "a b c d e");
	assert_string_equal(order(DEFINES_FUNCTION, DEFINES_FUNCTION), "");
	/* in a circle each comes once */
	read_text("create or replace function app.a() return app.b(); create or replace function app.b() return app.c();"
		"create or replace function app.c() return app.a(); create or replace function app.d() as $$ app.e() $$;"
		"create or replace function app.e() return 1");
	assert_string_equal(order(DEFINES_FUNCTION, DEFINES_FUNCTION), "c b a d e");
	read_text("create trigger z after insert on app.b; create policy z on app.b; create policy y on app.b;"
		"create policy x on app.c; create policy x on app.a");
	assert_string_equal(order(DEFINES_POLICY, DEFINES_TRIGGER), "a.x b.y b.z b.z c.x");
}

static void the_body_is_found(void **state)
{
	static const struct { const char *text; int line; const char *of_sql; } rows[] = {
		{ "create or replace function app.f()\nlanguage sql as\n$$ x $$", 3, NULL },
		{ "create or replace function app.f(a text default 'x')\nreturns int return\n1", 1, "return\n1" },
		{ "create or replace function app.f(return int)\nas 'a', 'b'", 2, NULL },
		{ "create or replace procedure app.f() begin atomic end", 1, "begin atomic end" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		read_text(rows[i].text);
		assert_int_equal(definition_body_line(&all.list[0]), rows[i].line);
		if (rows[i].of_sql)
			assert_string_equal(all.list[0].text.text + all.list[0].head, rows[i].of_sql);
		else
			assert_int_equal(all.list[0].head, 0);
	}
}

static bool make_folder(void)
{
	char path[128];
	FILE *f;

	if (!trial_folder(folder, sizeof(folder)))
		return false;
	snprintf(path, sizeof(path), "%s/nouns", folder);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/roles.sql", folder);
	f = fopen(path, "w");
	return f && fclose(f) == 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_are_those_of_postgresql),
		cmocka_unit_test(a_name_is_what_it_stands_for),
		cmocka_unit_test(a_statement_ends_at_its_own_semicolon),
		cmocka_unit_test(what_a_definition_is_of_is_read_from_it),
		cmocka_unit_test(a_digest_is_of_what_matters),
		cmocka_unit_test(what_is_named_comes_first),
		cmocka_unit_test(the_body_is_found),
	};
	int failed = 1;

	if (make_folder())
		failed = cmocka_run_group_tests(tests, NULL, NULL);
	definitions_clear(&all);
	sql_source_free(source);
	trial_remove(folder);
	return failed;
}
