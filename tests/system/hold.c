/* hold.c - see hold.h. */
#include "tests/system/hold.h"

#include "tests/system/expect.h"

#include <libpq-fe.h>
#include <stdarg.h>
#include <stdio.h>

enum { SQL_MAX = 4096 };

static PGconn *open_connection(const struct deployment *d)
{
	char conninfo[3 * DEPLOYMENT_PATH];
	PGconn *pg;

	snprintf(conninfo, sizeof conninfo, "%s user=postgres options='-c jit=off'", d->conninfo);
	pg = PQconnectdb(conninfo);
	expect(PQstatus(pg) == CONNECTION_OK, "%s", PQerrorMessage(pg));
	return pg;
}

void hold_open(struct hold *h, const struct deployment *d)
{
	h->asks = open_connection(d);
	h->holds = open_connection(d);
}

void hold_close(struct hold *h)
{
	PQfinish(h->asks);
	PQfinish(h->holds);
	*h = (struct hold){ 0 };
}

static void run(PGconn *pg, const char *sql, char *out, size_t size)
{
	PGresult *result = PQexec(pg, sql);
	ExecStatusType status = PQresultStatus(result);

	expect(status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK, "%s: %s", sql, PQerrorMessage(pg));
	if (out)
		snprintf(out, size, "%s", PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "");
	PQclear(result);
}

void hold_ask(struct hold *h, char *out, size_t size, const char *fmt, ...)
{
	char sql[SQL_MAX];
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(sql, sizeof sql, fmt, args);
	va_end(args);
	expect(n >= 0 && (size_t)n < sizeof sql, "%s: too long", sql);
	run(h->asks, sql, out, size);
}

void hold_begin(struct hold *h, enum hold_place place)
{
	run(h->holds, "begin", NULL, 0);
	run(h->holds, place == HOLD_BEGINNING ? "lock table app.request in access exclusive mode" : "lock table app.request in share mode", NULL, 0);
}

void hold_end(struct hold *h)
{
	run(h->holds, "commit", NULL, 0);
}
