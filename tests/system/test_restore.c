/* test_restore.c - deploy/backup.sh with events that nobody has numbered yet, deploy/restore.sh into an empty cluster: the check finds
 * nothing, writers go on, and subscribers resume or are told to read anew. */
#include "base/base64url.h"
#include "base/hex.h"
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/feed.h"
#include "tests/system/member.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEN = 5, MISSED = 3 };

static struct deployment old, restored;
static struct server server;
static struct member administrator, management;

static void add_party(const char *name)
{
	json_decref(member_must(&administrator, "party.add", json_pack("{s:s, s:s, s:[s]}", "name", name, "legal_identifier", name,
		"kinds", "supplier")));
}

/* A write with no server there to number its event. */
static void add_party_by_sql(const char *name)
{
	unsigned char token[32];
	char hex[2 * sizeof token + 1], sql[1024], request_id[UUID_SIZE];
	size_t length;

	expect(base64url_decode(administrator.token + 4, strlen(administrator.token + 4), token, sizeof token, &length), "a token");
	hex_encode(token, length, hex);
	member_new_uuid(request_id);
	snprintf(sql, sizeof sql, "select api.party_add(session => '\\x%s', organisation => '%s', request_id => '%s', name => '%s', "
		"legal_identifier => '%s', kinds => '{supplier}')", hex, administrator.organisation, request_id, name, name);
	deployment_sql(&old, sql, NULL, 0);
}

static void script(const char *name, const struct deployment *d, const char *folder)
{
	char output[8192], superuser[3 * DEPLOYMENT_PATH];
	int status;

	snprintf(superuser, sizeof superuser, "%s user=postgres", d->conninfo);
	status = program_run((const char *[]){ name, superuser, folder, NULL }, output, sizeof output);
	expect(status == 0, "%s: exit status %d: %s", name, status, output);
}

static void check(const struct deployment *d)
{
	char program[2 * DEPLOYMENT_PATH], output[8192];
	int status;

	snprintf(program, sizeof program, "%s/ninetwod", getenv("NINETWO_BUILD"));
	status = program_run((const char *[]){ program, "check", "--database", d->conninfo, NULL }, output, sizeof output);
	expect(status == 0, "ninetwod check: exit status %d: %s", status, output);
}

static struct feed before;		/* what the subscriber had seen when the machine was lost */

static void backs_up_with_events_pending(void **state)
{
	struct member m = member_again(&management);
	char folder[2 * DEPLOYMENT_PATH], pending[16];

	(void)state;
	feed_subscribe(&before, &m);
	for (int i = 0; i < SEEN; i++) {
		char name[32];

		snprintf(name, sizeof name, "seen-%d", i);
		add_party(name);
	}
	feed_collect(&before, SEEN);
	member_leave(&m);
	member_leave(&administrator);
	member_leave(&management);
	server_end(&server, SIGTERM);
	for (int i = 0; i < MISSED; i++) {
		char name[32];

		snprintf(name, sizeof name, "missed-%d", i);
		add_party_by_sql(name);
	}
	deployment_sql(&old, "select count(*) from ledger.pending", pending, sizeof pending);
	expect(atoi(pending) >= MISSED, "%s events are pending", pending);
	snprintf(folder, sizeof folder, "%s/backup", old.folder);
	script("deploy/backup.sh", &old, folder);
	deployment_stop(&old);
}

static void restores_into_an_empty_cluster(void **state)
{
	char folder[2 * DEPLOYMENT_PATH];

	(void)state;
	deployment_start_empty(&restored, "restored");
	snprintf(folder, sizeof folder, "%s/backup", old.folder);
	script("deploy/restore.sh", &restored, folder);
	check(&restored);
}

static void refuses_a_database_in_use(void **state)
{
	char folder[2 * DEPLOYMENT_PATH], output[4096], superuser[3 * DEPLOYMENT_PATH];

	(void)state;
	snprintf(folder, sizeof folder, "%s/backup", old.folder);
	snprintf(superuser, sizeof superuser, "%s user=postgres", restored.conninfo);
	expect(program_run((const char *[]){ "deploy/restore.sh", superuser, folder, NULL }, output, sizeof output) != 0, "refused");
}

static void goes_on_where_it_was(void **state)
{
	struct member m;
	struct feed resumed = { .position = before.position };

	(void)state;
	server.port = 0;
	server_start(&restored, &server, NULL);
	member_connect(&administrator, &server);
	member_connect(&management, &server);
	m = member_again(&management);
	feed_resume(&resumed, &m);
	expect(!resumed.resync, "a position that was restored is resumed after");
	add_party("after-the-restore");
	feed_collect(&resumed, MISSED + 1);
	expect(resumed.events[0].position == before.position + 1, "without a hole");
	member_leave(&m);
	feed_clear(&resumed);
	check(&restored);
}

/* Who names the old incarnation may have seen what was lost with it. */
static void tells_an_old_incarnation_to_read_anew(void **state)
{
	struct member m = member_again(&management);

	(void)state;
	feed_resume(&before, &m);
	expect(before.resync, "resync");
	member_leave(&m);
	feed_clear(&before);
}

static int set_up(void **state)
{
	(void)state;
	deployment_start(&old, "old", NULL);
	deployment_init(&old, "Restore Ltd", ADMINISTRATOR_EMAIL, MANAGEMENT_EMAIL);
	server_start(&old, &server, NULL);
	member_join(&administrator, &server, ADMINISTRATOR_EMAIL, old.administrator_code);
	member_join(&management, &server, MANAGEMENT_EMAIL, old.management_code);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	member_leave(&administrator);
	member_leave(&management);
	if (server_alive(&server))
		server_end(&server, SIGTERM);
	deployment_stop(&restored);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(backs_up_with_events_pending),
		cmocka_unit_test(restores_into_an_empty_cluster),
		cmocka_unit_test(refuses_a_database_in_use),
		cmocka_unit_test(goes_on_where_it_was),
		cmocka_unit_test(tells_an_old_incarnation_to_read_anew),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
