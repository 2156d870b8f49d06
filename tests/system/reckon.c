/* reckon.c - see reckon.h. */
#include "tests/system/reckon.h"

#include "tests/system/expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lists whatever is not as it should be; nothing, when all is well. */
static const char check_notes[] =
	"create temp table note (what text, request uuid, method text, subject text, version int, name text);"
	"copy note from '%s' (delimiter ' ');"
	"create temp view open_note as select * from note o where what = 'intent'"
	"	and not exists (select from note k where k.what = 'acknowledged' and k.request = o.request);"
	"select format('acknowledged, and not kept: %%s', request) from note n where what = 'acknowledged'"
	"	and (select count(*) from app.request r where r.id = n.request) <> 1 "
	"union all select format('version %%s of %%s was written %%s times', version, subject, count(*)) from ledger.event"
	"	where kind like 'party.%%' and subject in (select n.subject::uuid from note n where what = 'acknowledged') group by subject, version having count(*) <> 1 "
	"union all select format('%%s is at version %%s, acknowledged up to %%s', p.id, p.version, a.version)"
	"	from (select subject, max(version) as version from note where what = 'acknowledged' group by subject) a join app.party p on p.id = a.subject::uuid"
	"	where p.version not between a.version and a.version + (select count(*) from open_note o where o.subject = a.subject) "
	"union all select format('%%s parties, %%s acknowledged', made, meant) from ("
	"	select (select count(*) from app.party p where starts_with(p.legal_identifier, '%s-%d-')) as made,"
	"		(select count(*) from note where what = 'acknowledged' and method = 'party.add') as meant) c"
	"	where made not between meant and meant + (select count(*) from open_note where method = 'party.add') "
	"union all select format('%%s intents are open', count(*)) from open_note having count(*) > 1";

struct asking { struct member *member; int count; };

/* Asked again with its request_id, an acknowledged call answers as before and changes nothing. */
static void ask_again(void *arg, const struct steady_entry *e)
{
	struct asking *a = arg;
	json_t *again;

	if (!e->acknowledged || strcmp(e->method, "party.add") != 0 || a->count++ % 10 != 0)
		return;
	again = member_must(a->member, "party.add", json_pack("{s:s, s:s, s:s, s:[s]}", "request_id", e->request_id, "name", e->name,
		"legal_identifier", e->name, "kinds", "supplier"));
	expect(strcmp(json_string_value(json_object_get(again, "id")), e->subject) == 0, "the same answer again");
	json_decref(again);
}

void reckon_writer(struct deployment *d, const struct steady_writer *w, struct member *asks)
{
	char sql[sizeof check_notes + sizeof w->path + 64], wrong[512];
	struct asking asking = { .member = asks };

	expect(!w->problem[0], "writer %d: %s", w->number, w->problem);
	steady_log_read(w->path, ask_again, &asking);
	expect(asking.count > 0, "writer %d wrote", w->number);
	snprintf(sql, sizeof sql, check_notes, w->path, w->label, w->number);
	deployment_sql(d, sql, wrong, sizeof wrong);
	expect(!wrong[0], "writer %d: %s", w->number, wrong);
}

/* Everything acknowledged was seen, in the version that was acknowledged. */
static void seen_once(void *arg, const struct steady_entry *e)
{
	const struct feed *f = arg;
	size_t times = 0;

	if (!e->acknowledged)
		return;
	for (size_t i = 0; i < f->count; i++)
		times += f->events[i].version == e->version && strcmp(f->events[i].subject, e->subject) == 0;
	expect(times == 1, "version %ld of %s was seen %zu times", e->version, e->name, times);
}

void reckon_seen(const struct steady_writer *w, const struct feed *f)
{
	steady_log_read(w->path, seen_once, (void *)(uintptr_t)f);
}

static int by_subject(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	int order = strcmp(x->subject, y->subject);

	return order ? order : x->position < y->position ? -1 : 1;
}

void reckon_versions(struct feed *f)
{
	qsort(f->events, f->count, sizeof *f->events, by_subject);
	for (size_t i = 1; i < f->count; i++)
		if (strcmp(f->events[i - 1].subject, f->events[i].subject) == 0)
			expect(f->events[i].version > f->events[i - 1].version, "version %lld of %s comes after version %lld",
				(long long)f->events[i].version, f->events[i].subject, (long long)f->events[i - 1].version);
}

void reckon_check(struct deployment *d)
{
	char program[2 * DEPLOYMENT_PATH], output[4096];
	int status;

	snprintf(program, sizeof program, "%s/ninetwod", getenv("NINETWO_BUILD"));
	status = program_run((const char *[]){ program, "check", "--database", d->conninfo, NULL }, output, sizeof output);
	expect(status == 0, "ninetwod check: exit status %d: %s", status, output);
}

/* Everything numbered; the last position. */
json_int_t reckon_last_position(struct deployment *d)
{
	char text[32];

	deployment_await(d, "select count(*) from ledger.pending", "0");
	deployment_sql(d, "select max(d.position) from ledger.delivery d join ledger.position p using (position) "
		"join ledger.event e on e.id = p.event where e.kind like 'party.%'", text, sizeof text);
	return atoll(text);
}

