/* test_presence.c - who is where, seen on both servers of one database by those who hold the place's token. What stands for the audit here
 * is a token that both people hold anyway: presence asks for nothing else. */
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/member.h"

#include <signal.h>
#include <string.h>

static struct deployment deployment;
static struct server first, second;
static struct member administrator, management;
static char place[UUID_SIZE], check_id[UUID_SIZE];

static struct member subscribed(const struct member *m, const struct server *s)
{
	struct member there = *m;

	member_connect(&there, s);
	json_decref(member_must(&there, "events.subscribe", NULL));
	return there;
}

static json_t *here(void)
{
	return json_pack("{s:s, s:s}", "audit", place, "check", check_id);
}

static size_t set(struct member *m, json_t *params)
{
	json_t *answer = member_must(m, "presence.set", params);
	size_t n = json_array_size(json_object_get(answer, "present"));

	json_decref(answer);
	return n;
}

static void expect_told(struct member *m, const struct member *who, bool present)
{
	json_t *told = member_notified(m, "presence");

	expect(told, "waited a minute in vain: %s is told", m->email);
	expect(strcmp(json_string_value(json_object_get(told, "person")), who->person) == 0, "who");
	expect(json_is_true(json_object_get(told, "present")) == present, "whether they are there");
	expect(strcmp(json_string_value(json_object_get(told, "audit")), place) == 0, "where");
	json_decref(told);
}

static void needs_a_subscription_and_the_token(void **state)
{
	struct member m = member_again(&administrator);
	json_t *refusal;

	(void)state;
	expect(member_call(&m, "presence.set", here(), &refusal) == -32009, "not subscribed");
	json_decref(refusal);
	json_decref(member_must(&m, "events.subscribe", NULL));
	expect(member_call(&m, "presence.set", json_pack("{s:s}", "audit", check_id), &refusal) == -32004, "not held");
	json_decref(refusal);
	member_leave(&m);
}

static void is_seen_on_both_servers(void **state)
{
	struct member ada = subscribed(&administrator, &first), max = subscribed(&management, &second);

	(void)state;
	expect(set(&ada, here()) == 1, "alone");
	expect_told(&ada, &ada, true);
	expect_told(&max, &ada, true);
	expect(set(&max, here()) == 2, "both");
	expect_told(&max, &max, true);
	expect_told(&ada, &max, true);
	expect(set(&max, NULL) == 0, "nowhere");
	expect_told(&ada, &max, false);
	member_leave(&ada);
	expect_told(&max, &max, false);
	expect_told(&max, &ada, false);
	member_leave(&max);
}

/* Somebody without the token is told nothing: of where she is at last they are told, and of nothing before it. */
static void is_for_holders_only(void **state)
{
	struct member ada = subscribed(&administrator, &first), max = subscribed(&management, &first);
	json_t *told;

	(void)state;
	expect(set(&ada, json_pack("{s:s}", "audit", administrator.person)) == 1, "a place of one's own");
	told = member_notified(&ada, "presence");
	expect(told, "waited a minute in vain: she herself is told");
	json_decref(told);
	expect(set(&ada, here()) == 1, "a place of many");
	expect_told(&max, &ada, true);
	member_leave(&ada);
	member_leave(&max);
}

static int set_up(void **state)
{
	(void)state;
	deployment_start(&deployment, "presence", NULL);
	deployment_init(&deployment, "Presence Ltd", ADMINISTRATOR_EMAIL, MANAGEMENT_EMAIL);
	server_start(&deployment, &first, NULL);
	server_start(&deployment, &second, NULL);
	member_join(&administrator, &first, ADMINISTRATOR_EMAIL, deployment.administrator_code);
	member_join(&management, &second, MANAGEMENT_EMAIL, deployment.management_code);
	deployment_sql(&deployment, "select app.role_token(id, 'directory') from app.organisation", place, sizeof place);
	member_new_uuid(check_id);
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
		cmocka_unit_test(needs_a_subscription_and_the_token),
		cmocka_unit_test(is_seen_on_both_servers),
		cmocka_unit_test(is_for_holders_only),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
