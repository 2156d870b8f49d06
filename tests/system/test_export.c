/* test_export.c - a list as CSV: whole, as what its caller may list and nobody else, at any server of the database, and no longer than
 * the session. */
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/member.h"
#include "tests/system/raw.h"

#include "client-cli/transfer.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PEOPLE = 700, TEXT = 1 << 20 };

static struct deployment deployment;
static struct server first, second;
static struct member administrator, management;

static json_t *begun(struct member *m, const char *method)
{
	return member_must(m, "export.begin", json_pack("{s:s, s:{s:s}, s:[s, s]}", "method", method, "params", "sort", "name", "columns", "name", "email"));
}

/* What came of fetching it, to be freed; NULL: f tells. */
static char *fetched(const struct server *s, const json_t *export, struct failure *f)
{
	struct progress progress = { .quiet = true };
	FILE *file = tmpfile();
	struct transfer t = { .server = s->address, .fd = fileno(file), .progress = &progress,
		.id = json_string_value(json_object_get(export, "id")), .ticket = json_string_value(json_object_get(export, "ticket")) };
	char *text = calloc(1, TEXT);

	if (transfer_list(&t, f)) {
		rewind(file);
		expect(fread(text, 1, TEXT - 1, file) == t.offset, "what was counted was written");
	} else {
		free(text);
		text = NULL;
	}
	fclose(file);
	return text;
}

static size_t lines(const char *text)
{
	size_t n = 0;

	while ((text = strstr(text, "\r\n"))) {
		text += 2;
		n++;
	}
	return n;
}

static void all_of_it_comes_from_any_server(void **state)
{
	const struct server *const servers[] = { &first, &second };
	json_t *export = begun(&administrator, "person.list");

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct failure f = { 0 };
		char *text = fetched(servers[i], export, &f);

		expect(text, "server %zu: %s", i, f.message);
		expect(!strncmp(text, "name,email\r\n", 12), "the columns: %.40s", text);
		expect(lines(text) == 1 + PEOPLE + 2, "%zu lines", lines(text));
		expect(strstr(text, "\r\nPerson 7,many7@example.org\r\n"), "a line as it is");
		expect(strstr(text, "\r\n\"'=Person 13\",many13@example.org\r\n"), "and one that is no formula");
		free(text);
	}
	json_decref(export);
}

/* The refusal of a list is that of its export, and what another has begun nobody fetches. */
static void is_for_who_may_list_and_has_begun(void **state)
{
	json_t *refusal, *export = begun(&administrator, "person.list");
	const char *id = json_string_value(json_object_get(export, "id"));
	struct failure f = { 0 };
	struct raw r;

	(void)state;
	expect(member_call(&management, "export.begin", json_pack("{s:s}", "method", "invitation.list"), &refusal) == -32002, "not for management");
	json_decref(refusal);
	json_decref(member_must(&administrator, "export.begin", json_pack("{s:s}", "method", "invitation.list")));
	expect(raw_open(&r, first.port) && raw_print(&r, "GET /export/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n\r\n", id, first.port,
		management.token) && raw_status(&r, PATIENCE_MS) == 401, "another's session");
	raw_close(&r);
	expect(raw_open(&r, first.port) && raw_print(&r, "GET /export/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n\r\n", id, first.port,
		administrator.token) && raw_status(&r, PATIENCE_MS) == 200, "one's own");
	raw_close(&r);
	json_object_set_new(export, "ticket", json_string("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"));
	expect(!fetched(&first, export, &f) && f.code == -32001, "a ticket that is none: %s", f.message);
	failure_clear(&f);
	json_decref(export);
}

static void ends_with_the_session(void **state)
{
	struct failure f = { 0 };
	struct member again;
	json_t *export;

	(void)state;
	member_sign_in(&again, &first, ADMINISTRATOR_EMAIL);
	export = begun(&again, "person.list");
	json_decref(member_must(&again, "session.close", NULL));
	member_leave(&again);
	expect(!fetched(&first, export, &f) && f.code == -32001, "signed out: %s", f.message);
	failure_clear(&f);
	json_decref(export);
}

static int set_up(void **state)
{
	(void)state;
	deployment_start(&deployment, "export", NULL);
	deployment_init(&deployment, "Export Ltd", ADMINISTRATOR_EMAIL, MANAGEMENT_EMAIL);
	server_start(&deployment, &first, NULL);
	server_start(&deployment, &second, NULL);
	member_join(&administrator, &first, ADMINISTRATOR_EMAIL, deployment.administrator_code);
	member_join(&management, &second, MANAGEMENT_EMAIL, deployment.management_code);
	deployment_sql(&deployment, "with made as (insert into app.person (name, email) select case n when 13 then '=' else '' end || 'Person ' || n, "
		"'many' || n || '@example.org' from generate_series(1, 700) n returning *) insert into app.enrolment (organisation, person, name, email) "
		"select o.id, m.id, m.name, m.email from made m, app.organisation o", NULL, 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	member_leave(&administrator);
	member_leave(&management);
	server_end(&first, SIGTERM);
	server_end(&second, SIGTERM);
	deployment_stop(&deployment);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_of_it_comes_from_any_server),
		cmocka_unit_test(is_for_who_may_list_and_has_begun),
		cmocka_unit_test(ends_with_the_session),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
