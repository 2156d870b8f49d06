/* test_db_text.c - the parts of db/ that need no database: the table of SQLSTATEs, connection strings, which of
 * two primaries is the one, CSV. */
#include "db/conninfo.h"
#include "db/csv.h"
#include "db/primary.h"
#include "db/sqlstate.h"
#include "db/statement.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* --- SQLSTATE ------------------------------------------------------------------------------------------------------------ */

static void each_sqlstate_has_its_code(void **state)
{
	static const struct { const char *state, *table; enum error_code code; enum sqlstate_act act; } rows[] = {
		{ "N2001", NULL, E_UNAUTHENTICATED, SQLSTATE_ANSWER },
		{ "N2002", NULL, E_FORBIDDEN, SQLSTATE_ANSWER },
		{ "N2003", NULL, E_SEPARATION, SQLSTATE_ANSWER },
		{ "N2004", NULL, E_NOT_FOUND, SQLSTATE_ANSWER },
		{ "N2005", NULL, E_STALE, SQLSTATE_ANSWER },
		{ "N2006", NULL, E_STATE, SQLSTATE_ANSWER },
		{ "N2007", NULL, E_SLOW_DOWN, SQLSTATE_ANSWER },
		{ "N2009", NULL, E_BUSINESS, SQLSTATE_ANSWER },
		{ "N2602", NULL, E_PARAMS, SQLSTATE_ANSWER },
		{ "N2999", NULL, E_INTERNAL, SQLSTATE_DOUBT },
		{ "40001", NULL, E_NOT_NOW, SQLSTATE_RETRY },
		{ "40P01", NULL, E_NOT_NOW, SQLSTATE_RETRY },
		{ "23P01", "app.claim", E_INTERNAL, SQLSTATE_RETRY },
		{ "23505", "app.request", E_NOT_NOW, SQLSTATE_RETRY },
		{ "23505", "app.party", E_INTERNAL, SQLSTATE_RETRY },
		{ "23505", NULL, E_INTERNAL, SQLSTATE_RETRY },
		{ "55P03", NULL, E_NOT_NOW, SQLSTATE_ANSWER },
		{ "57014", NULL, E_NOT_NOW, SQLSTATE_ANSWER },
		{ "57P01", NULL, E_NOT_NOW, SQLSTATE_AWAY },
		{ "08006", NULL, E_NOT_NOW, SQLSTATE_AWAY },
		{ "25006", NULL, E_NOT_NOW, SQLSTATE_AWAY },
		{ "53100", NULL, E_NOT_NOW, SQLSTATE_FULL },
		{ "3F000", NULL, E_NOT_NOW, SQLSTATE_BARE },
		{ "53300", NULL, E_NOT_NOW, SQLSTATE_ANSWER },
		{ "42883", NULL, E_NOT_NOW, SQLSTATE_STALE },
		{ "0A000", NULL, E_NOT_NOW, SQLSTATE_STALE },
		{ "XX000", NULL, E_INTERNAL, SQLSTATE_DOUBT },
		{ "42703", NULL, E_INTERNAL, SQLSTATE_DOUBT },
		{ "P0001", NULL, E_INTERNAL, SQLSTATE_DOUBT },
		{ "22012", NULL, E_INTERNAL, SQLSTATE_DOUBT },
		{ NULL, NULL, E_NOT_NOW, SQLSTATE_AWAY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sqlstate s = { .state = rows[i].state, .table = rows[i].table, .message = "secret", .detail = "{\"secret\": 1}" };
		struct error err = { 0 };

		assert_int_equal(sqlstate_act(&s), rows[i].act);
		assert_int_equal(sqlstate_error(&err, &s), rows[i].code);
		assert_true(*err.message != '\0');
		if (!rows[i].state || strncmp(rows[i].state, "N2", 2) || rows[i].code == E_INTERNAL)
			assert_null(strstr(err.message, "secret"));
		else
			assert_string_equal(err.data, "{\"secret\": 1}");
		error_clear(&err);
	}
}

static void a_detail_that_is_no_object_is_dropped(void **state)
{
	static const char *const details[] = { "Key (id)=(1) exists.", "[1]", "{\"a\":1,\"a\":2}", "" };

	(void)state;
	for (size_t i = 0; i < sizeof(details) / sizeof(*details); i++) {
		struct sqlstate s = { .state = "N2009", .message = "No.", .detail = details[i] };
		struct error err = { 0 };

		sqlstate_error(&err, &s);
		assert_null(err.data);
		error_clear(&err);
	}
}

/* --- connection strings -------------------------------------------------------------------------------------------------- */

static const char *word(struct conninfo *c, unsigned int attempt, const char *keyword)
{
	const char *const *keywords, *const *values;

	conninfo_words(c, attempt, &keywords, &values);
	for (int i = 0; keywords[i]; i++)
		if (!strcmp(keywords[i], keyword))
			return values[i];
	return NULL;
}

static void the_role_is_ours_and_a_reader_reads(void **state)
{
	struct conninfo_options options = { .user = "ninetwo_server", .application = "ninetwod", .read_only = true };
	struct error err = { 0 };
	struct conninfo *c = conninfo_new("host=/run/x user=root target_session_attrs=read-write options='-c geqo=off'", &options, &err);

	(void)state;
	assert_non_null(c);
	assert_string_equal(word(c, 0, "user"), "ninetwo_server");
	assert_string_equal(word(c, 0, "host"), "/run/x");
	assert_string_equal(word(c, 0, "options"), "-c geqo=off -c default_transaction_read_only=on");
	assert_string_equal(word(c, 0, "target_session_attrs"), "primary");
	conninfo_free(c);
}

static void each_attempt_begins_at_the_next_host(void **state)
{
	struct conninfo_options options = { .resolve = true };
	struct error err = { 0 };
	struct conninfo *c = conninfo_new("postgresql://127.0.0.1:5001,127.0.0.2:5002/ninetwo", &options, &err);

	(void)state;
	assert_non_null(c);
	assert_string_equal(word(c, 0, "host"), "127.0.0.1,127.0.0.2");
	assert_string_equal(word(c, 0, "hostaddr"), "127.0.0.1,127.0.0.2");
	assert_string_equal(word(c, 0, "port"), "5001,5002");
	assert_string_equal(word(c, 1, "host"), "127.0.0.2,127.0.0.1");
	assert_string_equal(word(c, 1, "port"), "5002,5001");
	assert_string_equal(word(c, 0, "target_session_attrs"), "read-write");
	assert_string_equal(word(c, 0, "dbname"), "ninetwo");
	conninfo_free(c);
}

/* Sixteen of the longest still make lists of one length. */
static void refuses_a_port_that_is_longer_than_a_name(void **state)
{
	const struct conninfo_options options = { 0 };
	struct error err = { 0 };
	char text[2048], port[300];

	(void)state;
	memset(port, '1', sizeof(port));
	snprintf(text, sizeof(text), "hostaddr=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16 port=%.256s", port);
	assert_null(conninfo_new(text, &options, &err));
	assert_int_equal(err.code, E_PARAMS);
	assert_non_null(strstr(err.message, "longer than 255 bytes"));
	error_clear(&err);
	snprintf(text, sizeof(text), "hostaddr=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16 port=%.255s", port);
	struct conninfo *c = conninfo_new(text, &options, &err);
	assert_non_null(c);
	assert_int_equal(strlen(word(c, 0, "port")), 16 * 255 + 15);
	conninfo_free(c);
}

static void who_connects_begins_at_a_host_of_its_own(void **state)
{
	struct conninfo_options options = { .resolve = true };
	struct error err = { 0 };
	struct conninfo *c = conninfo_new("host=/a,/b", &options, &err);

	(void)state;
	assert_non_null(c);
	assert_int_equal(conninfo_hosts(c), 2);
	assert_string_equal(word(c, conninfo_turn(c), "host"), "/a,/b");
	assert_string_equal(word(c, conninfo_turn(c), "host"), "/b,/a");
	conninfo_free(c);
}

static void names_are_looked_up_again_without_waiting(void **state)
{
	struct conninfo_options options = { .resolve = true };
	struct error err = { 0 };
	struct conninfo *c = conninfo_new("host=localhost,/run/x port=5001,5002", &options, &err);

	(void)state;
	assert_non_null(c);
	for (int i = 0; i < 50; i++) {
		conninfo_refresh(c);
		usleep(2000);
		assert_int_equal(strncmp(word(c, 0, "host"), "localhost,", 10), 0);
		assert_non_null(strstr(word(c, 0, "host"), ",/run/x"));
		assert_true(*word(c, 0, "hostaddr") != ',');
	}
	conninfo_refresh(c);
	conninfo_free(c);
}

static void a_bad_string_is_refused_without_quoting_it(void **state)
{
	struct conninfo_options options = { 0 };
	struct error err = { 0 };

	(void)state;
	assert_null(conninfo_new("host=x password", &options, &err));
	assert_int_equal(err.code, E_PARAMS);
	assert_null(conninfo_new("sekret=1", &options, &err));
	assert_null(strstr(err.message, "sekret"));
}

/* --- the rest ------------------------------------------------------------------------------------------------------------ */

static void statements_are_known_by_their_text(void **state)
{
	struct statements all = { 0 };
	const struct statement *a = statement_of(&all, "a", "select 1"), *b = statement_of(&all, "a", "select 2");

	(void)state;
	assert_int_equal(a->id, 0);
	assert_int_equal(b->id, 1);
	assert_ptr_equal(statement_of(&all, "a", "select 1"), a);
	statements_clear(&all);
}

static void rows_are_read(void **state)
{
	static const struct { const char *text, *json; } rows[] = {
		{ "a,b\n1,2\n", "[{\"a\":\"1\",\"b\":\"2\"}]" },
		{ "a,b\r\n\"x, \"\"y\"\"\nz\",\r\n", "[{\"a\":\"x, \\\"y\\\"\\nz\",\"b\":\"\"}]" },
		{ "a\n\"\"\nlast", "[{\"a\":\"\"},{\"a\":\"last\"}]" },
		{ "a,b\n", "[]" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct error err = { 0 };
		json_t *got = csv_rows(rows[i].text, NULL, &err), *wanted = json_loads(rows[i].json, 0, NULL);

		assert_non_null(got);
		assert_true(json_equal(got, wanted));
		json_decref(got);
		json_decref(wanted);
	}
}

static void bad_rows_name_their_line(void **state)
{
	static const struct { const char *text, *words; } rows[] = {
		{ "a,b\n1,2\n1\n", "line 3: 1 fields where the header has 2" },
		{ "a\n\"x\n", "a quotation mark is missing" },
		{ "a\n\"x\"y\n", "line 2: text after" },
		{ "a\n\xff\n", "not UTF-8" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct error err = { 0 };

		assert_null(csv_rows(rows[i].text, NULL, &err));
		if (!strstr(err.message, rows[i].words))
			fail_msg("\"%s\" does not say \"%s\"", err.message, rows[i].words);
	}
}

/* --- two primaries ------------------------------------------------------------------------------------------------------- */

static void count(void *arg)
{
	(*(int *)arg)++;
}

static struct primary_user user_of(const char *at, int *told)
{
	return (struct primary_user){ .at = primary_read(at), .behind = count, .arg = told };
}

static void who_is_behind_is_not_used(void **state)
{
	int told = 0;
	struct primary_user old = user_of("77 x00000001", &told), other = user_of("78 x00000001", &told), unknown = user_of(NULL, &told);
	struct primary_user promoted = user_of("77 x0000000A", &told), back = user_of("77 x00000009", &told);

	(void)state;
	assert_true(primary_use(&old));
	assert_true(primary_use(&unknown));
	assert_true(primary_use(&promoted));
	assert_int_equal(told, 1);
	assert_false(primary_use(&back));
	primary_leave(&back);
	primary_leave(&old);
	assert_false(primary_use(&old));
	assert_true(primary_use(&other));	/* of another cluster: nothing can be said of it */
	assert_int_equal(told, 1);
	primary_leave(&promoted);
	primary_leave(&other);
	primary_leave(&unknown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_sqlstate_has_its_code),
		cmocka_unit_test(a_detail_that_is_no_object_is_dropped),
		cmocka_unit_test(the_role_is_ours_and_a_reader_reads),
		cmocka_unit_test(each_attempt_begins_at_the_next_host),
		cmocka_unit_test(refuses_a_port_that_is_longer_than_a_name),
		cmocka_unit_test(who_connects_begins_at_a_host_of_its_own),
		cmocka_unit_test(names_are_looked_up_again_without_waiting),
		cmocka_unit_test(a_bad_string_is_refused_without_quoting_it),
		cmocka_unit_test(statements_are_known_by_their_text),
		cmocka_unit_test(who_is_behind_is_not_used),
		cmocka_unit_test(rows_are_read),
		cmocka_unit_test(bad_rows_name_their_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
