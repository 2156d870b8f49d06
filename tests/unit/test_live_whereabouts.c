/* test_live_whereabouts.c - whereabouts.c: presence.set and the notification `presence`. Who is on a part's team sees who works on it; who
 * merely sees the audit does not. Real: live/, audience, presence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "live/state.h"

#include "tests/unit/fake_db.h"
#include "tests/unit/fake_listener.h"
#include "tests/unit/fake_loop.h"
#include "tests/unit/fake_peer.h"
#include "tests/unit/fake_rpc.h"

#define ORG "00000000-0000-4000-8000-000000000001"
#define OTHER_ORG "00000000-0000-4000-8000-000000000002"
#define ANN "00000000-0000-4000-8000-00000000000a"
#define BEN "00000000-0000-4000-8000-00000000000b"
#define AUDIT "00000000-0000-4000-8000-0000000000a1"
#define OTHER_AUDIT "00000000-0000-4000-8000-0000000000a2"
#define PART "00000000-0000-4000-8000-0000000000c1"
#define CHECK "00000000-0000-4000-8000-0000000000d1"
#define AWAY "00000000-0000-4000-8000-0000000000f2"

static struct rpc rpc;
static struct db *db;
static struct peers *peers;
static struct live *live;
static struct peer *ann, *ben;		/* on the part's team; sees the audit alone */
static struct call call;

static struct uuid id(const char *text)
{
	struct uuid u;

	assert_true(uuid_read(text, &u));
	return u;
}

/* The peer follows an organisation, as this person, and holds these tokens. */
static struct subscription *follow(const struct peer *p, const char *organisation, const char *person, const char *token, const char *other)
{
	struct uuid org = id(organisation), who = id(person), one = id(token), two = id(other ? other : token);
	struct subscription *s = audience_join(live->audience, p->id, &org, &who, 0);

	assert_non_null(s);
	assert_true(subscription_hold(s, &one, 0) && subscription_hold(s, &two, 0));
	return s;
}

static void opened(void *arg, struct peer *p)
{
	(void)arg, (void)p;
}

static void closed(void *arg, struct peer *p)
{
	(void)arg;
	rpc.closed(rpc.closed_arg, peer_id(p));
}

static int set_up(void **state)
{
	struct error err = { 0 };

	(void)state;
	memset(&rpc, 0, sizeof rpc);
	db = fake_db_new();
	peers = fake_peers_new((struct peer_handler){ .opened = opened, .closed = closed });
	live = live_new(&(struct live_config){ .rpc = &rpc, .db = db, .loop = &fake_loop, .conninfo = "", .user = "" }, &err);
	assert_non_null(live);
	live_attach(live, peers);
	ann = fake_peer_open(peers, NULL);
	ben = fake_peer_open(peers, NULL);
	follow(ann, ORG, ANN, AUDIT, PART);
	follow(ben, ORG, BEN, AUDIT, NULL);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	fake_peers_free(peers);
	live_attach(live, NULL);
	live_free(live);
	db_free(db);
	fake_call_clear(&call);
	assert_null(fake_timers);
	return 0;
}

/* presence.set of a peer in an organisation; what is NULL is left out. */
static enum error_code set(const struct peer *p, const char *organisation, const char *audit, const char *part, const char *check)
{
	fake_call_clear(&call);
	call = (struct call){ .peer = p->id };
	snprintf(call.organisation, sizeof call.organisation, "%s", organisation);
	fake_call(&rpc, "presence.set", &call, json_pack("{s:s*, s:s*, s:s*}", "audit", audit, "part", part, "check", check));
	assert_int_equal(call.answered, 1);
	return call.code;
}

static size_t present(void)
{
	return json_array_size(json_object_get(call.answer, "present"));
}

/* The last that p was told is that the person is, or is no longer, at this place. */
static void told(const struct peer *p, int count, const char *person, const char *part, const char *check, bool here)
{
	json_t *m = json_loads(fake_peer_heard(p), JSON_REJECT_DUPLICATES, NULL), *said = json_object_get(m, "params");
	const char *said_part = json_string_value(json_object_get(said, "part")), *said_check = json_string_value(json_object_get(said, "check"));

	assert_int_equal(p->count, count);
	assert_string_equal(json_string_value(json_object_get(m, "method")), "presence");
	assert_string_equal(json_string_value(json_object_get(said, "organisation")), ORG);
	assert_string_equal(json_string_value(json_object_get(said, "audit")), AUDIT);
	assert_string_equal(json_string_value(json_object_get(said, "person")), person);
	assert_string_equal(said_part ? said_part : "", part);
	assert_string_equal(said_check ? said_check : "", check);
	assert_int_equal(json_is_true(json_object_get(said, "present")), here);
	json_decref(m);
}

static void who_does_not_follow_cannot_be_anywhere(void **state)
{
	struct peer *stranger = fake_peer_open(peers, NULL);

	(void)state;
	assert_int_equal(set(stranger, ORG, AUDIT, NULL, NULL), E_BUSINESS);
	assert_int_equal(set(ann, OTHER_ORG, AUDIT, NULL, NULL), E_BUSINESS);
	assert_int_equal(set(ann, "", AUDIT, NULL, NULL), E_BUSINESS);
	assert_int_equal(ann->count + ben->count + stranger->count, 0);
}

static void only_where_the_caller_may_see(void **state)
{
	(void)state;
	assert_int_equal(set(ann, ORG, OTHER_AUDIT, NULL, NULL), E_NOT_FOUND);
	assert_int_equal(set(ben, ORG, AUDIT, PART, NULL), E_NOT_FOUND);
	assert_int_equal(set(ben, ORG, OTHER_AUDIT, PART, CHECK), E_NOT_FOUND);
	assert_int_equal(ann->count + ben->count, 0);
	assert_int_equal(set(ben, ORG, AUDIT, NULL, NULL), OK);
	assert_int_equal(present(), 1);
}

static void a_right_that_has_lapsed_is_none(void **state)
{
	struct peer *late = fake_peer_open(peers, NULL);
	struct uuid audit = id(AUDIT);

	(void)state;
	assert_true(subscription_hold(follow(late, ORG, BEN, PART, NULL), &audit, live_now() - 1));
	assert_int_equal(set(late, ORG, AUDIT, NULL, NULL), E_NOT_FOUND);
	assert_int_equal(set(ann, ORG, AUDIT, NULL, NULL), OK);
	assert_int_equal(late->count, 0);
}

static void an_audit_is_told_to_whoever_sees_it(void **state)
{
	struct peer *elsewhere = fake_peer_open(peers, NULL), *outsider = fake_peer_open(peers, NULL);

	(void)state;
	follow(elsewhere, OTHER_ORG, BEN, AUDIT, NULL);
	follow(outsider, ORG, BEN, OTHER_AUDIT, NULL);
	assert_int_equal(set(ann, ORG, AUDIT, NULL, NULL), OK);
	assert_int_equal(present(), 1);
	told(ben, 1, ANN, "", "", true);
	assert_int_equal(elsewhere->count + outsider->count, 0);
	assert_int_equal(set(ben, ORG, AUDIT, NULL, NULL), OK);
	assert_int_equal(present(), 2);
}

static void a_part_is_told_to_its_team_alone(void **state)
{
	struct peer *colleague = fake_peer_open(peers, NULL);

	(void)state;
	follow(colleague, ORG, BEN, AUDIT, PART);
	assert_int_equal(set(ann, ORG, AUDIT, PART, CHECK), OK);
	assert_int_equal(present(), 1);
	told(colleague, 1, ANN, PART, CHECK, true);
	assert_int_equal(ben->count, 0);
	assert_int_equal(set(ben, ORG, AUDIT, NULL, NULL), OK);
	assert_int_equal(present(), 1);			/* ben, who does not see ann */
	assert_int_equal(set(colleague, ORG, AUDIT, NULL, NULL), OK);
	assert_int_equal(present(), 3);
}

static void leaving_a_part_for_the_audit_tells_both(void **state)
{
	struct peer *colleague = fake_peer_open(peers, NULL);

	(void)state;
	follow(colleague, ORG, BEN, AUDIT, PART);
	assert_int_equal(set(ann, ORG, AUDIT, PART, NULL), OK);
	assert_int_equal(set(ann, ORG, AUDIT, NULL, NULL), OK);
	told(ben, 1, ANN, "", "", true);
	assert_int_equal(colleague->count, 3);		/* came, left the part, is in the audit */
	told(colleague, 3, ANN, "", "", true);
}

static void without_an_audit_it_is_nowhere(void **state)
{
	(void)state;
	assert_int_equal(set(ann, ORG, AUDIT, NULL, NULL), OK);
	assert_int_equal(set(ann, ORG, NULL, NULL, NULL), OK);
	assert_int_equal(present(), 0);
	told(ben, 2, ANN, "", "", false);
	assert_int_equal(set(ann, ORG, NULL, PART, CHECK), OK);
	assert_int_equal(ben->count, 2);
}

static void who_loses_the_right_is_there_no_more(void **state)
{
	struct event lost = { .has_organisation = true, .organisation = id(ORG), .effect = EFFECT_LOST, .person = id(BEN), .token = id(AUDIT) };

	(void)state;
	assert_int_equal(set(ann, ORG, AUDIT, NULL, NULL), OK);
	whereabouts_lost(live, &lost);			/* somebody else's */
	assert_int_equal(ben->count, 1);
	lost.person = id(ANN);
	lost.organisation = id(OTHER_ORG);
	whereabouts_lost(live, &lost);
	assert_int_equal(ben->count, 1);
	lost.organisation = id(ORG);
	whereabouts_lost(live, &lost);
	told(ben, 2, ANN, "", "", false);
	assert_int_equal(set(ben, ORG, AUDIT, NULL, NULL), OK);
	assert_int_equal(present(), 1);
}

static void who_hangs_up_has_left(void **state)
{
	(void)state;
	assert_int_equal(set(ann, ORG, AUDIT, NULL, NULL), OK);
	fake_peer_leave(peers, ann);
	told(ben, 2, ANN, "", "", false);
}

static void another_process_is_shown_by_the_same_rules(void **state)
{
	static const char in_part[] = "{\"process\":\"" AWAY "\",\"places\":[[7,\"" ORG "\",\"" BEN "\",\"" AUDIT "\",\"" PART "\",null]]}";
	static const char in_audit[] = "{\"process\":\"" AWAY "\",\"places\":[[8,\"" ORG "\",\"" BEN "\",\"" AUDIT "\",null,null]]}";

	(void)state;
	presence_heard(live->presence, in_part);
	told(ann, 1, BEN, PART, "", true);
	assert_int_equal(ben->count, 0);
	presence_heard(live->presence, in_audit);
	told(ann, 2, BEN, "", "", true);
	told(ben, 1, BEN, "", "", true);
}

static void after_the_network_nobody_is_told(void **state)
{
	(void)state;
	assert_int_equal(set(ann, ORG, AUDIT, NULL, NULL), OK);
	live_attach(live, NULL);
	assert_int_equal(set(ann, ORG, NULL, NULL, NULL), OK);
	assert_int_equal(ben->count, 1);
	live_attach(live, peers);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(who_does_not_follow_cannot_be_anywhere),
		TEST(only_where_the_caller_may_see),
		TEST(a_right_that_has_lapsed_is_none),
		TEST(an_audit_is_told_to_whoever_sees_it),
		TEST(a_part_is_told_to_its_team_alone),
		TEST(leaving_a_part_for_the_audit_tells_both),
		TEST(without_an_audit_it_is_nowhere),
		TEST(who_loses_the_right_is_there_no_more),
		TEST(who_hangs_up_has_left),
		TEST(another_process_is_shown_by_the_same_rules),
		TEST(after_the_network_nobody_is_told),
	};

	return cmocka_run_group_tests_name("whereabouts", tests, NULL, NULL);
}
