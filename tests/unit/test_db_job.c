/* test_db_job.c - job.c: a request is copied whole, answered once, and wiped. With results as libpq makes them. */
#include "db/job.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

static const struct statement statement = { .name = (char[]){ "s" }, .sql = (char[]){ "select 1" } };

static struct {
	int calls;
	enum error_code code;
	bool result;
	char text[32], cell[32];
	int rows;
} got;

static void done(void *arg, const struct db_result *r, struct error *err)
{
	assert_ptr_equal(arg, &got);
	got.calls++;
	got.code = err->code;
	got.result = r != NULL;
	if (!r)
		return;
	got.rows = r->rows;
	strncpy(got.text, r->text ? r->text : "(null)", sizeof got.text - 1);
	if (r->rows > 1)
		strncpy(got.cell, r->get(r, 1, 1) ? r->get(r, 1, 1) : "(null)", sizeof got.cell - 1);
	assert_int_equal(r->length, r->text ? strlen(r->text) : 0);
}

static struct job *job(enum db_kind kind, bool repeatable)
{
	memset(&got, 0, sizeof got);
	return job_new(&(struct db_request){ .kind = kind, .repeatable = repeatable, .done = done, .arg = &got }, &statement, 7);
}

/* Rows of two columns; NULL is null. */
static PGresult *rows(int count, const char *const cells[])
{
	PGresult *r = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
	PGresAttDesc columns[2] = { { .name = (char[]){ "a" }, .typid = 25 }, { .name = (char[]){ "b" }, .typid = 25 } };

	assert_true(PQsetResultAttrs(r, 2, columns));
	for (int i = 0; i < count; i++)
		for (int k = 0; k < 2; k++) {
			const char *cell = cells[2 * i + k];

			assert_true(PQsetvalue(r, i, k, (char *)(uintptr_t)cell, cell ? (int)strlen(cell) : -1));
		}
	return r;
}

static void parameters_are_copied_in_their_form(void **state)
{
	char text[] = "text", bytes[] = { 'a', '\0', 'b' }, empty[] = "";
	struct db_request request = { .count = 5, .params = { { .value = text }, { .value = NULL }, { .value = bytes, .length = 3, .binary = true },
		{ .value = empty }, { .value = bytes, .length = 0, .binary = true } } };
	struct job *j = job_new(&request, &statement, 0);

	(void)state;
	assert_non_null(j);
	memset(text, 'x', sizeof text);
	memset(bytes, 'x', sizeof bytes);
	assert_int_equal(j->count, 5);
	assert_string_equal(j->values[0], "text");
	assert_int_equal(j->formats[0], 0);
	assert_null(j->values[1]);
	assert_int_equal(j->lengths[1], 0);
	assert_memory_equal(j->values[2], "a\0b", 3);
	assert_int_equal(j->lengths[2], 3);
	assert_int_equal(j->formats[2], 1);
	assert_string_equal(j->values[3], "");
	assert_non_null(j->values[4]);		/* of no bytes, which is not null */
	assert_int_equal(j->lengths[4], 0);
	job_free(j);
	job_free(NULL);
}

static void as_many_parameters_as_there_may_be(void **state)
{
	struct db_request request = { .count = DB_PARAMS_MAX };
	struct job *j;

	(void)state;
	for (int i = 0; i < DB_PARAMS_MAX; i++)
		request.params[i].value = "0123456789";
	j = job_new(&request, &statement, 0);
	assert_non_null(j);
	for (int i = 0; i < DB_PARAMS_MAX; i++)
		assert_string_equal(j->values[i], "0123456789");
	job_free(j);
}

static void reads_may_always_be_repeated(void **state)
{
	static const struct { enum db_kind kind; bool said, is; } cases[] = {
		{ DB_READ, false, true }, { DB_READ, true, true }, { DB_WRITE, false, false }, { DB_WRITE, true, true } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct job *j = job(cases[i].kind, cases[i].said);

		assert_int_equal(j->repeatable, cases[i].is);
		assert_int_equal(j->deadline, 7);
		job_free(j);
	}
}

static void an_answer_is_given_once(void **state)
{
	struct job *j = job(DB_READ, false);
	struct error err = { 0 };

	(void)state;
	j->result = rows(2, (const char *const[]){ "first", NULL, "x", "cell" });
	job_answer(j, &err);
	assert_int_equal(got.calls, 1);
	assert_string_equal(got.text, "first");
	assert_string_equal(got.cell, "cell");
	assert_int_equal(got.rows, 2);
	error_set(&err, E_NOT_NOW, NULL);
	job_answer(j, &err);			/* its time was up meanwhile */
	assert_int_equal(got.calls, 1);
	assert_int_equal(err.code, OK);
	job_free(j);
}

static void nothing_and_null_have_no_text(void **state)
{
	struct error err = { 0 };

	(void)state;
	for (int n = 0; n < 2; n++) {
		struct job *j = job(DB_READ, false);

		j->result = rows(n, (const char *const[]){ NULL, "x" });
		job_answer(j, &err);
		assert_true(got.result);
		assert_string_equal(got.text, "(null)");
		assert_int_equal(got.rows, n);
		job_free(j);
	}
}

static void a_refusal_comes_without_a_result(void **state)
{
	struct job *j = job(DB_WRITE, true);
	struct error err = { 0 };

	(void)state;
	j->result = rows(1, (const char *const[]){ "half", "done" });
	error_set(&err, E_STALE, NULL);
	error_set_data(&err, "{}");
	job_answer(j, &err);
	assert_int_equal(got.code, E_STALE);
	assert_false(got.result);
	assert_null(err.data);
	job_free(j);
}

static void another_try_begins_anew(void **state)
{
	struct job *j = job(DB_WRITE, true);
	struct sqlstate s;
	char table[JOB_TABLE_MAX];

	(void)state;
	j->result = rows(1, (const char *const[]){ "a", "b" });
	j->failure = PQmakeEmptyPGresult(NULL, PGRES_FATAL_ERROR);
	j->preparing = j->unconfirmed = true;
	job_sqlstate(j, &s, table);		/* libpq's own, without a word of the server */
	assert_true(!s.state && !s.table && !s.message && !s.detail);
	job_rewind(j);
	assert_true(!j->result && !j->failure && !j->preparing && !j->unconfirmed);
	job_free(j);
}

/* In place of libcrypto's: notes what it is given, in order. */
static char wiped[4096];

void OPENSSL_cleanse(void *bytes, size_t length)
{
	strncat(wiped, bytes, length);
	memset(bytes, 0, length);
}

static void secrets_are_wiped(void **state)
{
	struct db_request request = { .count = 3, .params = { { .value = "sesame" }, { .value = NULL }, { .value = "open", .length = 4, .binary = true } } };

	(void)state;
	wiped[0] = '\0';
	job_free(job_new(&request, &statement, 0));
	assert_string_equal(wiped, "sesameopen");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters_are_copied_in_their_form),
		cmocka_unit_test(as_many_parameters_as_there_may_be),
		cmocka_unit_test(reads_may_always_be_repeated),
		cmocka_unit_test(an_answer_is_given_once),
		cmocka_unit_test(nothing_and_null_have_no_text),
		cmocka_unit_test(a_refusal_comes_without_a_result),
		cmocka_unit_test(another_try_begins_anew),
		cmocka_unit_test(secrets_are_wiped),
	};

	return cmocka_run_group_tests_name("job", tests, NULL, NULL);
}
