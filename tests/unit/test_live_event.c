/* test_live_event.c - event.c (a row of the ledger to an event, or to none) and ring.c (the last of them, without a hole). */
#include "tests/unit/fake_events.h"

#include "live/ring.h"
#include "net/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define ORG "00000000-0000-4000-8000-000000000001"
#define ANN "00000000-0000-4000-8000-00000000000a"
#define RECORD "00000000-0000-4000-8000-0000000000b1"
#define PART "00000000-0000-4000-8000-0000000000c1"
#define AT "2026-01-31T12:34:56.789+00:00"

enum { COLUMNS = 12, POSITION = 0, ORGANISATION = 2, ACTOR = 3, KIND = 4, SUBJECT = 5, VERSION = 6, TOKENS = 7, PERSON = 8, TOKEN = 9, LAPSES = 10, REASON = 11 };

static const char *get(const struct db_result *r, int row, int column)
{
	const char *const *cells = r->opaque;

	return cells[row * COLUMNS + column];
}

static struct event *read_row(const char *const cells[COLUMNS])
{
	return event_read(&(struct db_result){ .rows = 1, .get = get, .opaque = cells }, 0);
}

/* A good row, of which a test changes a cell or two. */
static void good(const char *cells[COLUMNS])
{
	const char *const row[COLUMNS] = { "42", AT, ORG, ANN, "finding.changed", RECORD, "3", "{" PART "," ANN "}", NULL, NULL, NULL };

	memcpy(cells, row, sizeof row);
}

static json_t *said(const struct event *e)
{
	size_t length;
	const char *text = (const char *)message_bytes(e->message, &length);
	json_t *whole = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);

	assert_string_equal(json_string_value(json_object_get(whole, "jsonrpc")), "2.0");
	assert_string_equal(json_string_value(json_object_get(whole, "method")), "event");
	assert_null(json_object_get(whole, "id"));
	return whole;
}

static void a_row_becomes_a_notification_without_its_audience(void **state)
{
	const char *cells[COLUMNS];
	struct event *e;
	json_t *whole, *wanted = json_pack("{s:s, s:i, s:s, s:s, s:s, s:s, s:i}", "organisation", ORG, "position", 42, "at", AT, "kind", "finding.changed",
		"actor", ANN, "subject", RECORD, "version", 3);

	(void)state;
	good(cells);
	e = read_row(cells);
	assert_non_null(e);
	assert_int_equal(e->position, 42);
	assert_int_equal(e->effect, EFFECT_NONE);
	assert_int_equal(e->token_count, 2);
	assert_true(e->has_organisation);
	whole = said(e);
	assert_true(json_equal(json_object_get(whole, "params"), wanted));
	json_decref(whole);
	json_decref(wanted);
	event_free(e);
}

static void what_is_null_is_null(void **state)
{
	const char *cells[COLUMNS];
	struct event *e;
	json_t *whole, *params;

	(void)state;
	good(cells);
	cells[ACTOR] = cells[VERSION] = NULL;
	cells[KIND] = "odd \"kind\"\n";
	cells[TOKENS] = "{}";
	e = read_row(cells);
	assert_non_null(e);
	assert_int_equal(e->token_count, 0);
	whole = said(e);
	params = json_object_get(whole, "params");
	assert_true(json_is_null(json_object_get(params, "actor")) && json_is_null(json_object_get(params, "version")));
	assert_string_equal(json_string_value(json_object_get(params, "kind")), "odd \"kind\"\n");
	json_decref(whole);
	event_free(e);
}

static void an_event_of_no_organisation_is_told_to_nobody(void **state)
{
	const char *cells[COLUMNS];
	struct event *e;

	(void)state;
	good(cells);
	cells[ORGANISATION] = NULL;
	cells[KIND] = "session.ended";
	cells[REASON] = "signed_out";
	e = read_row(cells);
	assert_non_null(e);
	assert_false(e->has_organisation);
	assert_null(e->message);
	assert_int_equal(e->effect, EFFECT_SESSION_ENDED);
	assert_string_equal(e->reason, "signed_out");
	event_free(e);
}

static void rights_name_the_person_and_the_token(void **state)
{
	static const struct { const char *kind; enum event_effect effect; } rows[] = {
		{ "token.gained", EFFECT_GAINED }, { "token.changed", EFFECT_CHANGED }, { "token.lost", EFFECT_LOST }, { "token.gained.more", EFFECT_NONE } };
	const char *cells[COLUMNS];
	struct event *e;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		good(cells);
		cells[KIND] = rows[i].kind;
		cells[PERSON] = ANN;
		cells[TOKEN] = PART;
		cells[LAPSES] = "1767225600000";
		e = read_row(cells);
		assert_non_null(e);
		assert_int_equal(e->effect, rows[i].effect);
		assert_true(e->lapses_ms == 1767225600000);
		event_free(e);
		for (int column = PERSON; column <= TOKEN; column++) {
			good(cells);
			cells[KIND] = rows[i].kind;
			cells[PERSON] = column == PERSON ? NULL : ANN;
			cells[TOKEN] = column == TOKEN ? "no uuid" : PART;
			e = read_row(cells);
			assert_int_equal(e != NULL, rows[i].effect == EFFECT_NONE);
			event_free(e);
		}
	}
}

static void a_row_that_makes_no_sense_is_no_event(void **state)
{
	static const struct { int column; const char *text; } rows[] = {
		{ ORGANISATION, "" }, { ORGANISATION, "not an id" }, { SUBJECT, "0" }, { TOKENS, "{" PART ",}" }, { TOKENS, "{,}" }, { TOKENS, "{" PART "," "x}" },
		{ TOKENS, "{NULL}" }, { TOKENS, "{\"" PART "\"}" },
	};
	const char *cells[COLUMNS];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		good(cells);
		cells[rows[i].column] = rows[i].text;
		if (read_row(cells))
			fail_msg("column %d: \"%s\" is taken", rows[i].column, rows[i].text);
	}
}

static void a_kind_too_long_for_a_notification_is_no_event(void **state)
{
	const char *cells[COLUMNS];
	static char kind[4096];

	(void)state;
	memset(kind, 'k', sizeof kind - 1);
	good(cells);
	cells[KIND] = kind;
	assert_null(read_row(cells));
	event_free(NULL);
}

static void what_is_json_already_is_wrapped(void **state)
{
	struct message *m = event_message("{\"position\":7}, and not this", 14);
	size_t length;

	(void)state;
	assert_non_null(m);
	assert_string_equal((const char *)message_bytes(m, &length), "{\"jsonrpc\":\"2.0\",\"method\":\"event\",\"params\":{\"position\":7}}");
	message_drop(m);
}

/* --- the ring ------------------------------------------------------------------------------------------------------------ */

static void push(struct ring *r, int64_t from, int64_t to)
{
	for (; from <= to; from++)
		ring_push(r, fake_event(from, 1, 0, 0));
}

static void an_empty_ring_begins_after_its_position(void **state)
{
	struct ring *r = ring_new();

	(void)state;
	assert_int_equal(ring_last(r), 0);
	assert_int_equal(ring_oldest(r), 1);
	ring_reset(r, 1000000007);
	assert_int_equal(ring_last(r), 1000000007);
	assert_int_equal(ring_oldest(r), 1000000008);
	push(r, 1000000008, 1000000008);
	assert_int_equal(ring_at(r, 1000000008)->position, 1000000008);
	ring_free(r);
	ring_free(NULL);
}

static void the_oldest_make_room(void **state)
{
	struct ring *r = ring_new();

	(void)state;
	push(r, 1, RING_EVENTS);
	assert_int_equal(ring_oldest(r), 1);
	push(r, RING_EVENTS + 1, RING_EVENTS + 3);
	assert_int_equal(ring_oldest(r), 4);
	assert_int_equal(ring_last(r), RING_EVENTS + 3);
	for (int64_t p = ring_oldest(r); p <= ring_last(r); p++)
		assert_int_equal(ring_at(r, p)->position, p);
	ring_reset(r, 5);
	assert_int_equal(ring_oldest(r), 6);
	push(r, 6, 9);
	assert_int_equal(ring_oldest(r), 6);
	assert_int_equal(ring_at(r, 9)->position, 9);
	ring_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_becomes_a_notification_without_its_audience),
		cmocka_unit_test(what_is_null_is_null),
		cmocka_unit_test(an_event_of_no_organisation_is_told_to_nobody),
		cmocka_unit_test(rights_name_the_person_and_the_token),
		cmocka_unit_test(a_row_that_makes_no_sense_is_no_event),
		cmocka_unit_test(a_kind_too_long_for_a_notification_is_no_event),
		cmocka_unit_test(what_is_json_already_is_wrapped),
		cmocka_unit_test(an_empty_ring_begins_after_its_position),
		cmocka_unit_test(the_oldest_make_room),
	};

	return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
