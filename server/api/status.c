/* status.c - numbers from every module, in Prometheus' text format. Nothing in them tells of a person or a record. */
#include "api/status.h"

#include "base/buffer.h"
#include "base/worker.h"
#include "db/db.h"
#include "live/live.h"
#include "net/server.h"
#include "rpc/rpc.h"

#include <stdbool.h>
#include <stdint.h>

enum { METRICS_MAX = 65536 };

static void metric(struct buffer *b, const char *name, const char *type, const char *help, int64_t value)
{
	buffer_append_format(b, "# HELP ninetwo_%s %s\n# TYPE ninetwo_%s %s\nninetwo_%s %lld\n", name, help, name, type, name, (long long)value);
}

static void gauge(struct buffer *b, const char *name, const char *help, int64_t value)
{
	metric(b, name, "gauge", help, value);
}

static void counter(struct buffer *b, const char *name, const char *help, uint64_t value)
{
	metric(b, name, "counter", help, (int64_t)value);
}

static void network_metrics(struct buffer *b, const struct server *server)
{
	struct server_statistics n;

	server_statistics(server, &n);
	gauge(b, "connections", "Open connections of every kind.", n.connections);
	gauge(b, "peers", "Open WebSockets.", n.peers);
	counter(b, "accepted_total", "Connections accepted.", n.accepted);
	counter(b, "refused_full_total", "Connections refused because there were too many, altogether or from one address.", n.refused_full);
	counter(b, "refused_heads_total", "Requests refused for their head: not as HTTP/1.1 has it, or too long.", n.refused_heads);
	counter(b, "refused_handshake_total", "WebSocket handshakes refused.", n.refused_handshake);
	counter(b, "http_requests_total", "HTTP requests.", n.requests);
	counter(b, "messages_in_total", "WebSocket messages received.", n.messages_in);
	counter(b, "messages_out_total", "WebSocket messages sent.", n.messages_out);
	counter(b, "bytes_in_total", "Bytes of WebSocket messages received.", n.bytes_in);
	counter(b, "bytes_out_total", "Bytes of WebSocket messages sent.", n.bytes_out);
	counter(b, "closed_slow_total", "WebSockets closed because they read too slowly.", n.closed_slow);
}

static void database_metrics(struct buffer *b, const struct db *db)
{
	struct db_statistics d;

	db_statistics(db, &d);
	gauge(b, "database_ready", "1 when the database can be asked.", db_ready(db));
	gauge(b, "database_connections", "Connections to the database that are up.", d.connections);
	gauge(b, "database_queued", "Requests waiting for a database connection.", d.queued);
	gauge(b, "database_in_flight", "Requests sent to the database and not answered yet.", d.in_flight);
	counter(b, "database_requests_total", "Requests to the database.", d.requests);
	counter(b, "database_retries_total", "Requests sent again after a conflict or a lost connection.", d.retries);
	counter(b, "database_failures_total", "Requests that failed.", d.failures);
	counter(b, "database_reconnects_total", "Database connections made again.", d.reconnects);
}

static void call_metrics(struct buffer *b, const struct rpc *rpc)
{
	struct rpc_statistics r;

	rpc_statistics(rpc, &r);
	gauge(b, "calls_in_flight", "Calls under way.", r.in_flight);
	counter(b, "calls_total", "Calls received.", r.calls);
	counter(b, "refusals_total", "Calls answered with an error.", r.refusals);
	counter(b, "slowed_total", "Times that reading from a flooding client was stopped.", r.slowed);
}

static void live_metrics(struct buffer *b, const struct live *live)
{
	struct live_statistics l;

	live_statistics(live, &l);
	gauge(b, "ledger_leads", "1 when this process numbers the events.", l.leads);
	gauge(b, "ledger_position", "Position of the last event handed on.", l.position);
	gauge(b, "ledger_lag_milliseconds", "For how long the oldest event without a position has waited.", l.lag_ms);
	gauge(b, "subscriptions", "Subscriptions to live events.", (int64_t)l.subscriptions);
	counter(b, "events_total", "Events read from the ledger.", l.events);
	counter(b, "deliveries_total", "Events sent, one for each receiver.", l.deliveries);
}

static void worker_metrics(struct buffer *b, struct worker *worker)
{
	struct worker_statistics w;

	worker_statistics(worker, &w);
	gauge(b, "worker_waiting", "Jobs waiting for a thread.", (int64_t)w.waiting);
	gauge(b, "worker_working", "Jobs on a thread.", (int64_t)w.working);
	counter(b, "worker_jobs_total", "Jobs done.", w.worked);
	counter(b, "worker_refused_total", "Jobs refused because too many were waiting.", w.refused);
}

static char *status_metrics(void *arg, size_t *length)
{
	const struct status *s = arg;
	struct buffer b;

	buffer_init(&b, METRICS_MAX);
	gauge(&b, "up", "1.", 1);
	network_metrics(&b, s->server);
	database_metrics(&b, s->db);
	call_metrics(&b, s->rpc);
	live_metrics(&b, s->live);
	worker_metrics(&b, s->worker);
	return buffer_take(&b, length);
}

static bool status_ready(void *arg, const char **why)
{
	const struct status *s = arg;

	*why = db_trouble(s->db);
	if (!*why && !rpc_ready(s->rpc))
		*why = "the methods are being read";
	if (*why)
		return false;
	*why = "ready";
	return true;
}

struct http_status_handler status_handler(struct status *s)
{
	return (struct http_status_handler){ .ready = status_ready, .metrics = status_metrics, .arg = s };
}
