/* test_db_pool.c - the pool on a real PostgreSQL: every request is answered once, whatever happens to it. */
#include "db/db.h"

#include "base/log.h"

#include "tests/patience.h"
#include "tests/unit/forward.h"
#include "tests/unit/poll_loop.h"
#include "tests/unit/trial_cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct trial *trial;

struct fixture {
	struct poll_loop *loop;
	struct db *db;
	int stale;
};

struct answer {
	int calls;
	enum error_code code;
	char message[ERROR_MESSAGE_MAX];
	char text[256], data[256];
	size_t length;
	int *total;			/* counts with it; NULL */
};

static void note(void *arg, const struct db_result *result, struct error *err)
{
	struct answer *a = arg;

	a->calls++;
	a->code = err->code;
	snprintf(a->message, sizeof(a->message), "%s", err->message);
	snprintf(a->text, sizeof(a->text), "%s", result && result->text ? result->text : "");
	snprintf(a->data, sizeof(a->data), "%s", err->data ? err->data : "");
	a->length = result ? result->length : 0;
	if (a->total)
		(*a->total)++;
}

static struct db_request request(enum db_kind kind, const char *sql, struct answer *a)
{
	return (struct db_request){ .kind = kind, .name = "test", .sql = sql, .done = note, .arg = a };
}

static void submit(struct fixture *f, enum db_kind kind, const char *sql, struct answer *a)
{
	struct db_request r = request(kind, sql, a);
	struct error err = { 0 };

	assert_int_equal(db_submit(f->db, &r, &err), OK);
	assert_int_equal(a->calls, 0);
}

static void wait_for(struct fixture *f, struct answer *a)
{
	assert_true(poll_loop_until(f->loop, &a->calls, 1, PATIENCE_MS));
	assert_int_equal(a->calls, 1);
}

static struct answer ask(struct fixture *f, enum db_kind kind, const char *sql)
{
	struct answer a = { 0 };

	submit(f, kind, sql, &a);
	wait_for(f, &a);
	return a;
}

static void wait_ready(struct fixture *f)
{
	expect_soon((poll_loop_for(f->loop, 10), db_ready(f->db)), "the database is there");
}

static struct db_config config_of(int writers, int queue_max)
{
	return (struct db_config){ .conninfo = cluster_conninfo(trial->cluster), .user = "ninetwo_server", .writers = writers, .readers = 1,
		.queue_max = queue_max, .pipeline_max = 4, .timeout_ms = PATIENCE_MS };
}

/* A test that failed half-way stands in no other's way. */
static void mend(void)
{
	trial_sql(trial, "do $$ begin alter role ninetwo_not_yet rename to ninetwo_server;"
		" exception when undefined_object then end $$");
	trial_sql(trial, "alter role ninetwo_server connection limit -1");
	trial_sql(trial, "select pg_advisory_unlock_all()");
}

static struct fixture begin(int writers, int queue_max)
{
	struct db_config config = config_of(writers, queue_max);
	struct fixture f = { .loop = poll_loop_new() };
	struct db_loop loop = poll_loop_db(f.loop);
	struct error err = { 0 };

	mend();
	f.db = db_new(&config, &loop, &err);
	assert_non_null(f.db);
	wait_ready(&f);
	return f;
}

static const char terminate[] =
	"select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'ninetwo_server'";

static void end(struct fixture *f)
{
	db_free(f->db);
	expect_soon(strcmp(trial_value(trial, terminate), "0") == 0, "its sessions end");
	assert_int_equal(poll_loop_left(f->loop), 0);
	poll_loop_free(f->loop);
}

/* --- answers ------------------------------------------------------------------------------------------------------------- */

static void an_answer_is_the_first_column_of_the_first_row(void **state)
{
	struct fixture f = begin(1, 10);
	struct answer a = { 0 };
	struct error err = { 0 };
	struct db_request r = request(DB_READ, "select concat_ws('|', $1::text, encode($2::bytea, 'hex'), $3::int + 1, $4::text is null)", &a);

	(void)state;
	r.count = 4;
	r.params[0] = (struct db_param){ .value = "na\xc3\xafve" };
	r.params[1] = (struct db_param){ .value = "\0\1\2", .length = 3, .binary = true };
	r.params[2] = (struct db_param){ .value = "41" };
	assert_int_equal(db_submit(f.db, &r, &err), OK);
	wait_for(&f, &a);
	assert_int_equal(a.code, OK);
	assert_string_equal(a.text, "na\xc3\xafve|000102|42|t");
	assert_string_equal(ask(&f, DB_WRITE, "select null::text").text, "");
	end(&f);
}

static void large_values_go_both_ways(void **state)
{
	enum { SIZE = 3 * 1024 * 1024 };
	struct fixture f = begin(1, 10);
	struct answer a = { 0 };
	struct error err = { 0 };
	struct db_request r = request(DB_READ, "select $1::text || $1::text", &a);
	char *text = malloc(SIZE + 1);

	(void)state;
	memset(text, 'x', SIZE);
	text[SIZE] = '\0';
	r.count = 1;
	r.params[0].value = text;
	assert_int_equal(db_submit(f.db, &r, &err), OK);
	free(text);
	wait_for(&f, &a);
	assert_int_equal(a.length, 2 * SIZE);
	end(&f);
}

static void a_refusal_keeps_its_sentence_and_its_data(void **state)
{
	struct fixture f = begin(1, 10);
	struct answer a = ask(&f, DB_WRITE, "select trial.refuse('N2003', 'O operates Backup.', '{\"rule\": \"S1\"}')");

	(void)state;
	assert_int_equal(a.code, E_SEPARATION);
	assert_string_equal(a.message, "O operates Backup.");
	assert_string_equal(a.data, "{\"rule\": \"S1\"}");
	end(&f);
}

static void an_error_that_is_not_ours_is_not_quoted(void **state)
{
	struct fixture f = begin(1, 10);
	struct answer a = ask(&f, DB_WRITE, "select 1 / (length('secret') - 6)");

	(void)state;
	assert_int_equal(a.code, E_INTERNAL);
	assert_string_equal(a.message, error_sentence(E_INTERNAL));
	assert_int_equal(ask(&f, DB_WRITE, "select trial.refuse('N2999', 'secret', '{}')").code, E_INTERNAL);
	end(&f);
}

static void a_request_that_fails_leaves_its_neighbours_alone(void **state)
{
	struct fixture f = begin(1, 100);
	struct answer a[30] = { 0 };
	int total = 0;

	(void)state;
	for (int i = 0; i < 30; i++) {
		a[i].total = &total;
		submit(&f, DB_WRITE, i % 3 == 1 ? "select trial.refuse('N2009', 'No.', '{}')" : "select trial.count('neighbour')", &a[i]);
	}
	assert_true(poll_loop_until(f.loop, &total, 30, PATIENCE_MS));
	for (int i = 0; i < 30; i++) {
		assert_int_equal(a[i].calls, 1);
		assert_int_equal(a[i].code, i % 3 == 1 ? E_BUSINESS : OK);
	}
	assert_string_equal(trial_value(trial, "select count(*) from trial.done where what = 'neighbour'"), "20");
	end(&f);
}

static void a_commit_that_fails_is_a_failure(void **state)
{
	struct fixture f = begin(1, 10);

	(void)state;
	assert_int_equal(ask(&f, DB_WRITE, "insert into trial.late (id) values (7) returning id").code, E_INTERNAL);
	assert_string_equal(trial_value(trial, "select count(*) from trial.late"), "0");
	assert_int_equal(ask(&f, DB_WRITE, "select 1").code, OK);
	end(&f);
}

static void a_reader_cannot_write(void **state)
{
	struct fixture f = begin(1, 10);
	struct db_statistics s;

	(void)state;
	assert_int_equal(ask(&f, DB_READ, "select trial.count('read')").code, E_INTERNAL);
	db_statistics(f.db, &s);
	assert_int_equal(s.reconnects, 0);
	end(&f);
}

/* --- races --------------------------------------------------------------------------------------------------------------- */

static void a_lost_race_is_run_again(void **state)
{
	static const char *const sql[] = {
		"select trial.fail_first(3, '40001', 'a')", "select trial.fail_first(3, '40P01', 'b')", "select trial.fail_first(3, '23P01', 'c')",
	};
	struct fixture f = begin(1, 10);
	struct db_statistics s;

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_string_equal(ask(&f, DB_WRITE, sql[i]).text, "4");
	db_statistics(f.db, &s);
	assert_int_equal(s.retries, 9);
	end(&f);
}

static void a_race_is_not_run_for_ever(void **state)
{
	struct fixture f = begin(1, 10);
	struct answer a = ask(&f, DB_WRITE, "select trial.fail_first(100, '40001', 'd')");

	(void)state;
	assert_int_equal(a.code, E_NOT_NOW);
	assert_non_null(strstr(a.data, "retry_after_ms"));
	assert_string_equal(trial_value(trial, "select last_value from trial.tries_d"), "6");
	end(&f);
}

static void a_key_that_was_taken_meanwhile_is_tried_again(void **state)
{
	struct fixture f = begin(1, 10);
	struct db_statistics s;

	(void)state;
	assert_int_equal(ask(&f, DB_WRITE, "insert into app.request (id) values (1) returning id").code, E_NOT_NOW);
	db_statistics(f.db, &s);
	assert_int_equal(s.retries, 5);
	assert_int_equal(ask(&f, DB_WRITE, "insert into trial.other (id) values (1) returning id").code, E_INTERNAL);
	db_statistics(f.db, &s);
	assert_int_equal(s.retries, 10);
	end(&f);
}

/* --- lost connections ---------------------------------------------------------------------------------------------------- */

/* So many statements wait in their sessions, from trial_hold on. */
static void wait_held(struct fixture *f, int count)
{
	expect_soon((poll_loop_for(f->loop, 10), trial_held(trial) == count), "%d statements wait", count);
}

/* The sessions of those that were held are ended; were they sent again, they would not be held. */
static void lose_held(struct fixture *f, int count)
{
	wait_held(f, count);
	trial_value(trial, terminate);
	trial_let_go(trial);
}

/* So many connections were lost since the beginning. */
static void wait_lost(struct fixture *f, uint64_t count)
{
	struct db_statistics s;

	expect_soon((poll_loop_for(f->loop, 10), db_statistics(f->db, &s), s.reconnects == count),
		"it is noticed what was lost");
}

static void a_read_survives_its_connection(void **state)
{
	struct fixture f = begin(1, 10);
	struct answer a = { 0 };

	(void)state;
	trial_hold(trial);
	submit(&f, DB_READ, "select 'done' " TRIAL_HELD_FROM, &a);
	lose_held(&f, 1);
	wait_for(&f, &a);
	assert_int_equal(a.code, OK);
	assert_string_equal(a.text, "done");
	end(&f);
}

static void a_repeatable_write_is_sent_once_more(void **state)
{
	struct fixture f = begin(1, 10);
	struct answer a = { 0 };
	struct db_request r = request(DB_WRITE, "select trial.count('repeatable') " TRIAL_HELD_FROM, &a);
	struct error err = { 0 };

	(void)state;
	r.repeatable = true;
	trial_hold(trial);
	assert_int_equal(db_submit(f.db, &r, &err), OK);
	lose_held(&f, 1);
	wait_for(&f, &a);
	assert_int_equal(a.code, OK);
	end(&f);
}

static void the_outcome_of_another_write_is_unknown(void **state)
{
	struct fixture f = begin(1, 10);
	struct answer a = { 0 };

	(void)state;
	trial_hold(trial);
	submit(&f, DB_WRITE, "select trial.count('unknown') " TRIAL_HELD_FROM, &a);
	lose_held(&f, 1);
	wait_for(&f, &a);
	assert_int_equal(a.code, E_NOT_NOW);
	assert_non_null(strstr(a.data, "\"outcome\":\"unknown\""));
	wait_ready(&f);
	assert_int_equal(ask(&f, DB_WRITE, "select 1").code, OK);
	end(&f);
}

static void all_of_a_lost_pipeline_are_answered_once(void **state)
{
	struct fixture f = begin(1, 100);
	struct answer a[40] = { 0 };
	struct db_statistics s;
	int total = 0;

	(void)state;
	trial_hold(trial);
	for (int i = 0; i < 40; i++) {
		a[i].total = &total;
		submit(&f, i % 2 ? DB_WRITE : DB_READ,
			i < 2 ? "select 1 " TRIAL_HELD_FROM : "select pg_sleep(0.02)", &a[i]);
	}
	lose_held(&f, 2);
	assert_true(poll_loop_until(f.loop, &total, 40, PATIENCE_MS));
	wait_ready(&f);
	assert_int_equal(ask(&f, DB_READ, "select 1").code, OK);
	assert_int_equal(ask(&f, DB_WRITE, "select 1").code, OK);
	for (int i = 0; i < 40; i++)
		assert_int_equal(a[i].calls, 1);
	db_statistics(f.db, &s);
	assert_int_equal(s.reconnects, 2);
	assert_int_equal(s.queued + s.in_flight, 0);
	end(&f);
}

enum { ENDLESS = 1000 * 1000 };	/* a queue that never is the reason of a refusal */

static bool is_refused(struct fixture *f, enum db_kind kind, struct answer *a)
{
	struct db_request r = request(kind, "select 1", a);
	struct error err = { 0 };
	bool refused = db_submit(f->db, &r, &err) == E_NOT_NOW;

	error_clear(&err);
	return refused;
}

static struct answer waited;	/* of those that came before it was known to be away */

/* Until all have been tried in vain; meanwhile requests wait. */
static void wait_away(struct fixture *f)
{
	waited = (struct answer){ 0 };
	expect_soon((poll_loop_for(f->loop, 10),
		is_refused(f, DB_READ, &waited) && is_refused(f, DB_WRITE, &waited)), "it is away");
	assert_false(db_ready(f->db));
}

static void while_the_database_is_away_it_says_so(void **state)
{
	struct fixture f = begin(2, ENDLESS);
	struct answer a = { 0 };
	struct db_request r = request(DB_READ, "select 1", &a);
	struct error err = { 0 };

	(void)state;
	trial_sql(trial, "alter role ninetwo_server connection limit 0");
	trial_value(trial, terminate);
	wait_away(&f);
	assert_int_equal(db_submit(f.db, &r, &err), E_NOT_NOW);
	assert_non_null(strstr(err.data, "retry_after_ms"));
	error_clear(&err);
	trial_sql(trial, "alter role ninetwo_server connection limit -1");
	wait_ready(&f);
	assert_int_equal(ask(&f, DB_READ, "select 1").code, OK);
	assert_int_equal(a.calls, 0);
	end(&f);
}

static void a_superuser_is_refused(void **state)
{
	struct db_config config = config_of(1, ENDLESS);
	struct fixture f = { .loop = poll_loop_new() };
	struct db_loop loop = poll_loop_db(f.loop);
	struct error err = { 0 };

	(void)state;
	config.user = CLUSTER_SUPERUSER;
	f.db = db_new(&config, &loop, &err);
	assert_non_null(f.db);
	wait_away(&f);
	assert_int_equal(waited.calls, 0);
	end(&f);
}

/* What was answered before the setting had reached everybody is asked again. */
static bool waits_for_its_standby(struct fixture *f, struct answer *a)
{
	if (a->calls) {
		*a = (struct answer){ 0 };
		submit(f, DB_WRITE, "select trial.count('standby')", a);
	}
	poll_loop_for(f->loop, 10);
	return strcmp(trial_value(trial,
		"select count(*) from pg_stat_activity where wait_event = 'SyncRep'"), "1") == 0;
}

static void a_commit_without_its_standby_is_unknown(void **state)
{
	struct fixture f = begin(1, 10);
	struct answer a = { 0 };

	(void)state;
	trial_sql(trial, "alter role ninetwo_server set synchronous_commit = on");
	trial_sql(trial, "alter system set synchronous_standby_names = 'nobody'");
	trial_sql(trial, "select pg_reload_conf()");
	trial_value(trial, terminate);		/* for the role's setting */
	wait_lost(&f, 2);
	wait_ready(&f);
	submit(&f, DB_WRITE, "select trial.count('standby')", &a);
	expect_soon(waits_for_its_standby(&f, &a), "a commit waits for its standby");
	assert_int_equal(a.calls, 0);
	trial_value(trial, "select count(pg_cancel_backend(pid)) from pg_stat_activity where wait_event = 'SyncRep'");
	wait_for(&f, &a);
	assert_int_equal(a.code, E_NOT_NOW);
	assert_non_null(strstr(a.data, "\"outcome\":\"unknown\""));
	trial_sql(trial, "alter system reset synchronous_standby_names");
	trial_sql(trial, "select pg_reload_conf()");
	end(&f);
}

/* --- what only the operator can mend ------------------------------------------------------------------------------------ */

/* The lines of the log that begin with this event, written while `what` runs. */
static int logged(struct fixture *f, const char *event, void (*what)(struct fixture *f))
{
	char line[2048], begins[64];
	FILE *log = tmpfile();
	int count = 0;

	assert_non_null(log);
	snprintf(begins, sizeof(begins), "event=%s ", event);
	log_set_output(fileno(log));
	what(f);
	log_set_output(STDERR_FILENO);
	rewind(log);
	while (fgets(line, sizeof(line), log))
		count += !strncmp(line, begins, strlen(begins)) && strstr(line, "level=error");
	fclose(log);
	return count;
}

static void fill_up(struct fixture *f)
{
	for (int i = 0; i < 3; i++) {
		struct answer a = ask(f, DB_WRITE, "do $$ begin raise exception using errcode = 'disk_full'; end $$");

		assert_int_equal(a.code, E_NOT_NOW);
		assert_non_null(strstr(a.message, "no room"));
	}
	assert_non_null(strstr(db_trouble(f->db), "no room"));
}

static void a_full_disk_is_logged_once_and_not_ready_until_it_is_over(void **state)
{
	struct fixture f = begin(1, 10);

	(void)state;
	assert_null(db_trouble(f.db));
	assert_int_equal(logged(&f, "db.full", fill_up), 1);
	assert_true(db_ready(f.db));
	assert_int_equal(ask(&f, DB_READ, "select 1").code, OK);
	assert_non_null(db_trouble(f.db));
	clock_forward(PATIENCE_MS + 1);
	assert_null(db_trouble(f.db));
	end(&f);
}

static void ask_for_what_is_not_there(struct fixture *f)
{
	assert_int_equal(ask(f, DB_READ, "select not_there.catalogue()").code, E_NOT_NOW);
	assert_int_equal(ask(f, DB_READ, "select not_there.catalogue()").code, E_NOT_NOW);
	assert_non_null(strstr(db_trouble(f->db), "ninetwod migrate"));
}

static void a_database_without_our_schemas_was_never_migrated(void **state)
{
	struct fixture f = begin(1, 10);

	(void)state;
	assert_int_equal(logged(&f, "db.not-migrated", ask_for_what_is_not_there), 1);
	end(&f);
}

static bool was_never_migrated(const struct fixture *f)
{
	const char *trouble = db_trouble(f->db);

	return trouble && strstr(trouble, "ninetwod migrate");
}

static void try_without_our_roles(struct fixture *f)
{
	wait_away(f);
	expect_soon((poll_loop_for(f->loop, 10), was_never_migrated(f)), "the operator is told what to do");
}

static void nor_was_one_without_our_roles(void **state)
{
	struct db_config config = config_of(1, ENDLESS);
	struct fixture f = { .loop = poll_loop_new() };
	struct db_loop loop = poll_loop_db(f.loop);
	struct error err = { 0 };

	(void)state;
	trial_sql(trial, "alter role ninetwo_server rename to ninetwo_not_yet");
	f.db = db_new(&config, &loop, &err);
	assert_int_equal(logged(&f, "db.not-migrated", try_without_our_roles), 1);
	trial_sql(trial, "alter role ninetwo_not_yet rename to ninetwo_server");
	wait_ready(&f);
	end(&f);
}

/* --- time and room ------------------------------------------------------------------------------------------------------- */

static void what_takes_too_long_is_answered(void **state)
{
	struct fixture f = begin(1, 10);
	struct answer read = { 0 }, write = { 0 }, behind = { 0 };
	struct db_statistics s;

	(void)state;
	trial_hold(trial);
	submit(&f, DB_READ, "select 1 " TRIAL_HELD_FROM, &read);
	submit(&f, DB_WRITE, "select 1 " TRIAL_HELD_FROM, &write);
	submit(&f, DB_WRITE, "select 1", &behind);
	wait_held(&f, 2);
	clock_forward(PATIENCE_MS + 1);
	wait_for(&f, &write);
	assert_int_equal(read.code, E_NOT_NOW);
	assert_null(strstr(read.data, "unknown"));
	assert_int_equal(write.code, E_NOT_NOW);
	assert_non_null(strstr(write.data, "unknown"));
	wait_for(&f, &behind);
	trial_let_go(trial);
	wait_lost(&f, 2);
	wait_ready(&f);
	assert_int_equal(ask(&f, DB_READ, "select 1").code, OK);
	assert_int_equal(ask(&f, DB_WRITE, "select 1").code, OK);
	assert_int_equal(read.calls, 1);
	assert_int_equal(write.calls, 1);
	assert_int_equal(behind.calls, 1);
	db_statistics(f.db, &s);
	assert_int_equal(s.queued + s.in_flight, 0);
	end(&f);
}

static void a_full_queue_refuses(void **state)
{
	struct fixture f = begin(1, 3);
	struct answer a[8] = { 0 };
	struct error err = { 0 };
	int total = 0, refused = 0;

	(void)state;
	for (int i = 0; i < 8; i++) {
		struct db_request r = request(DB_WRITE, "select pg_sleep(0.01)", &a[i]);

		a[i].total = &total;
		if (db_submit(f.db, &r, &err) == E_NOT_NOW)
			refused++;
	}
	assert_int_equal(refused, 1);		/* four in flight, three waiting */
	assert_true(poll_loop_until(f.loop, &total, 7, PATIENCE_MS));
	assert_int_equal(a[7].calls, 0);
	error_clear(&err);
	end(&f);
}

static void a_slow_request_holds_nobody_up(void **state)
{
	struct fixture f = begin(2, 100);
	struct answer slow = { 0 }, quick[20] = { 0 };
	int total = 0;

	(void)state;
	trial_hold(trial);
	submit(&f, DB_WRITE, "select 1 " TRIAL_HELD_FROM, &slow);
	wait_held(&f, 1);
	clock_forward(1000);
	for (int i = 0; i < 20; i++) {
		quick[i].total = &total;
		submit(&f, DB_WRITE, "select 1", &quick[i]);
	}
	assert_true(poll_loop_until(f.loop, &total, 20, PATIENCE_MS));
	assert_int_equal(slow.calls, 0);
	trial_let_go(trial);
	wait_for(&f, &slow);
	end(&f);
}

/* --- a catalogue that changes -------------------------------------------------------------------------------------------- */

static void note_stale(void *arg)
{
	(*(int *)arg)++;
}

static void a_function_that_is_gone_makes_the_catalogue_stale(void **state)
{
	struct fixture f = begin(1, 10);

	(void)state;
	db_on_stale_catalogue(f.db, note_stale, &f.stale);
	trial_sql(trial, "create function trial.here() returns text language sql return 'here'");
	assert_string_equal(ask(&f, DB_READ, "select trial.here()").text, "here");
	trial_sql(trial, "drop function trial.here()");
	assert_int_equal(ask(&f, DB_READ, "select trial.here()").code, E_NOT_NOW);
	assert_int_equal(f.stale, 1);
	trial_sql(trial, "create function trial.here() returns text language sql return 'again'");
	assert_string_equal(ask(&f, DB_READ, "select trial.here()").text, "again");
	end(&f);
}

/* Whatever fails for no reason that the table knows may have run while its functions were made anew. */
static void what_may_have_been_made_anew_is_run_again(void **state)
{
	static const char *const states[] = { "XX000", "42P01", "42703", "42804", "P0001", "22023", "0A000", "42883" };
	struct fixture f = begin(1, 10);
	struct db_statistics s;
	char sql[100];

	(void)state;
	db_on_stale_catalogue(f.db, note_stale, &f.stale);
	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++) {
		trial_sql(trial, "alter sequence trial.tries_e restart");
		snprintf(sql, sizeof(sql), "select trial.fail_first(2, '%s', 'e')", states[i]);
		assert_string_equal(ask(&f, DB_WRITE, sql).text, "3");
		assert_int_equal(f.stale, 0);
		db_statistics(f.db, &s);
		assert_int_equal(s.retries, 4 * i + 2);
		/* and not for ever */
		trial_sql(trial, "alter sequence trial.tries_e restart");
		snprintf(sql, sizeof(sql), "select trial.fail_first(100, '%s', 'e')", states[i]);
		assert_int_equal(ask(&f, DB_WRITE, sql).code, i < 6 ? E_INTERNAL : E_NOT_NOW);
		assert_int_equal(f.stale, i >= 6);
		assert_string_equal(trial_value(trial, "select last_value from trial.tries_e"), "3");
		f.stale = 0;
	}
	end(&f);
}

static void a_statement_that_was_forgotten_is_prepared_again(void **state)
{
	struct fixture f = begin(1, 10);

	(void)state;
	db_on_stale_catalogue(f.db, note_stale, &f.stale);
	assert_int_equal(ask(&f, DB_WRITE, "select 'kept'").code, OK);
	assert_int_equal(ask(&f, DB_WRITE, "deallocate all").code, OK);
	assert_string_equal(ask(&f, DB_WRITE, "select 'kept'").text, "kept");
	assert_int_equal(f.stale, 0);
	end(&f);
}

static void a_result_of_another_shape_is_prepared_again(void **state)
{
	struct fixture f = begin(1, 10);

	(void)state;
	trial_sql(trial, "create table trial.shape (a int); insert into trial.shape values (1); grant select on trial.shape to ninetwo_server");
	assert_string_equal(ask(&f, DB_READ, "select * from trial.shape").text, "1");
	trial_sql(trial, "alter table trial.shape alter a type text using 'one'");
	assert_string_equal(ask(&f, DB_READ, "select * from trial.shape").text, "one");
	end(&f);
}

/* --- the end ------------------------------------------------------------------------------------------------------------- */

static void set_flag(void *arg)
{
	(*(int *)arg)++;
}

static void a_drain_finishes_what_is_in_flight(void **state)
{
	struct fixture f = begin(1, 100);
	struct answer a[12] = { 0 }, refused = { 0 };
	struct db_request r = request(DB_READ, "select 1", &refused);
	struct error err = { 0 };
	int drained = 0;

	(void)state;
	for (int i = 0; i < 12; i++)
		submit(&f, DB_WRITE, "select trial.count('drain') from pg_sleep(0.02)", &a[i]);
	db_drain(f.db, PATIENCE_MS, set_flag, &drained);
	assert_int_equal(drained, 0);
	assert_int_equal(db_submit(f.db, &r, &err), E_NOT_NOW);
	error_clear(&err);
	assert_true(poll_loop_until(f.loop, &drained, 1, PATIENCE_MS));
	for (int i = 0; i < 12; i++)
		assert_int_equal(a[i].code, OK);
	assert_int_equal(a[11].calls, 1);
	end(&f);
	assert_int_equal(drained, 1);
}

static void a_drain_does_not_wait_for_ever(void **state)
{
	struct fixture f = begin(1, 100);
	struct answer read = { 0 }, write = { 0 };
	int drained = 0;

	(void)state;
	trial_hold(trial);
	submit(&f, DB_READ, "select 1 " TRIAL_HELD_FROM, &read);
	submit(&f, DB_WRITE, "select 1 " TRIAL_HELD_FROM, &write);
	db_drain(f.db, 200, set_flag, &drained);
	assert_true(poll_loop_until(f.loop, &drained, 1, PATIENCE_MS));
	trial_let_go(trial);
	assert_int_equal(read.calls, 1);
	assert_int_equal(write.calls, 1);
	assert_int_equal(read.code, E_NOT_NOW);
	assert_non_null(strstr(write.data, "unknown"));
	end(&f);
	assert_int_equal(read.calls, 1);
	assert_int_equal(write.calls, 1);
}

static void an_idle_drain_ends_later_all_the_same(void **state)
{
	struct fixture f = begin(1, 100);
	int drained = 0;

	(void)state;
	db_drain(f.db, 10 * PATIENCE_MS, set_flag, &drained);
	assert_int_equal(drained, 0);
	assert_true(poll_loop_until(f.loop, &drained, 1, PATIENCE_MS));
	end(&f);
}

static void freeing_answers_what_is_left(void **state)
{
	struct fixture f = begin(1, 100);
	struct answer a[10] = { 0 };

	(void)state;
	trial_hold(trial);
	for (int i = 0; i < 10; i++)
		submit(&f, i % 2 ? DB_WRITE : DB_READ, "select 1 " TRIAL_HELD_FROM, &a[i]);
	wait_held(&f, 2);
	end(&f);
	trial_let_go(trial);
	for (int i = 0; i < 10; i++) {
		assert_int_equal(a[i].calls, 1);
		assert_int_equal(a[i].code, E_NOT_NOW);
	}
}

struct chain {
	struct fixture *f;
	int left, total;
};

static void next_of_chain(void *arg, const struct db_result *result, struct error *err)
{
	struct chain *c = arg;
	struct db_request r = { .kind = DB_READ, .name = "chain", .sql = "select 'link'", .done = next_of_chain, .arg = c };

	assert_int_equal(err->code, OK);
	assert_string_equal(result->text, "link");
	c->total++;
	if (c->left-- > 0)
		assert_int_equal(db_submit(c->f->db, &r, err), OK);
}

static void an_answer_may_ask_again(void **state)
{
	struct fixture f = begin(1, 100);
	struct chain c = { &f, 200, 0 };
	struct db_request r = { .kind = DB_READ, .name = "chain", .sql = "select 'link'", .done = next_of_chain, .arg = &c };
	struct error err = { 0 };

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(db_submit(f.db, &r, &err), OK);
	assert_true(poll_loop_until(f.loop, &c.total, 204, PATIENCE_MS));
	end(&f);
}

static const char fixture_sql[] =
	"create role ninetwo_server login; create schema trial; create schema app; grant usage on schema trial, app to ninetwo_server;"
	"create table trial.done (what text); create table trial.late (id int primary key);"
	"create table app.request (id int primary key); insert into app.request values (1);"
	"create table trial.other (id int primary key); insert into trial.other values (1);"
	"create sequence trial.tries_a; create sequence trial.tries_b; create sequence trial.tries_c; create sequence trial.tries_d;"
	"create sequence trial.tries_e;"
	"grant all on all tables in schema trial, app to ninetwo_server; grant all on all sequences in schema trial to ninetwo_server;"
	"create function trial.refuse(state text, message text, detail text) returns text language plpgsql as $$"
	" begin raise exception using errcode = state, message = message, detail = detail; end $$;"
	"create function trial.count(what text) returns text language plpgsql as $$"
	" begin insert into trial.done values (what); return what; end $$;"
	"create function trial.fail_first(times int, state text, which text) returns text language plpgsql as $$"
	" declare n bigint := nextval('trial.tries_' || which);"
	" begin if n <= times then raise exception using errcode = state; end if; return n; end $$;"
	"create function trial.no() returns trigger language plpgsql as $$ begin raise exception 'late'; end $$;"
	"create constraint trigger no after insert on trial.late deferrable initially deferred for each row execute function trial.no();";

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_the_first_column_of_the_first_row),
		cmocka_unit_test(large_values_go_both_ways),
		cmocka_unit_test(a_refusal_keeps_its_sentence_and_its_data),
		cmocka_unit_test(an_error_that_is_not_ours_is_not_quoted),
		cmocka_unit_test(a_request_that_fails_leaves_its_neighbours_alone),
		cmocka_unit_test(a_commit_that_fails_is_a_failure),
		cmocka_unit_test(a_reader_cannot_write),
		cmocka_unit_test(a_lost_race_is_run_again),
		cmocka_unit_test(a_race_is_not_run_for_ever),
		cmocka_unit_test(a_key_that_was_taken_meanwhile_is_tried_again),
		cmocka_unit_test(a_read_survives_its_connection),
		cmocka_unit_test(a_repeatable_write_is_sent_once_more),
		cmocka_unit_test(the_outcome_of_another_write_is_unknown),
		cmocka_unit_test(all_of_a_lost_pipeline_are_answered_once),
		cmocka_unit_test(while_the_database_is_away_it_says_so),
		cmocka_unit_test(a_superuser_is_refused),
		cmocka_unit_test(a_full_disk_is_logged_once_and_not_ready_until_it_is_over),
		cmocka_unit_test(a_database_without_our_schemas_was_never_migrated),
		cmocka_unit_test(nor_was_one_without_our_roles),
		cmocka_unit_test(what_takes_too_long_is_answered),
		cmocka_unit_test(a_full_queue_refuses),
		cmocka_unit_test(a_slow_request_holds_nobody_up),
		cmocka_unit_test(a_function_that_is_gone_makes_the_catalogue_stale),
		cmocka_unit_test(what_may_have_been_made_anew_is_run_again),
		cmocka_unit_test(a_statement_that_was_forgotten_is_prepared_again),
		cmocka_unit_test(a_result_of_another_shape_is_prepared_again),
		cmocka_unit_test(a_drain_finishes_what_is_in_flight),
		cmocka_unit_test(a_drain_does_not_wait_for_ever),
		cmocka_unit_test(an_idle_drain_ends_later_all_the_same),
		cmocka_unit_test(freeing_answers_what_is_left),
		cmocka_unit_test(an_answer_may_ask_again),
		cmocka_unit_test(a_commit_without_its_standby_is_unknown),
	};
	struct error err = { 0 };
	int failed = 1;

	if (!trial_unprivileged())
		return 1;
	trial = trial_new();
	if (trial && session_run(trial->admin, NULL, fixture_sql, &err) == OK)
		failed = cmocka_run_group_tests(tests, NULL, NULL);
	else
		fprintf(stderr, "%s\n", err.message);
	trial_free(trial);
	return failed;
}
