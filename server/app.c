/* app.c - the only place that knows all modules.
 *
 * The end takes the steps of the beginning backwards: nobody new is let in, what is under way is finished (for `grace` seconds at most),
 * everybody connected is told 1001, the loop ends, and the modules are freed in reverse. A second signal skips the waiting. */
#include "app.h"

#include "api/description.h"
#include "api/evidence.h"
#include "api/export.h"
#include "api/status.h"
#include "auth/auth.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/worker.h"
#include "db/account.h"
#include "db/cluster.h"
#include "db/db.h"
#include "db/keeper.h"
#include "live/live.h"
#include "net/loop.h"
#include "net/server.h"
#include "rpc/rpc.h"

#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { GOODBYE_MS = 1500, RECHECK_MS = 500 };

struct app {
	struct config *config;
	int argc;
	char *const *argv;
	struct loop *loop;
	struct db_loop db_loop;
	struct cluster *cluster;
	struct keeper *keeper;		/* of the private cluster; NULL without one */
	struct db *db;
	struct worker *worker;
	struct loop_waker *worker_waker;
	struct rpc *rpc;
	struct auth *auth;
	struct evidence *evidence;
	struct exports *exports;
	struct live *live;
	struct server *server;
	struct loop_timer *grace, *recheck;
	struct status status;
	bool ending, said_goodbye;
	int exit_status;
};

/* --- the pool's view of the loop ------------------------------------------------------------------------------------------------- */

static_assert((int)DB_READABLE == (int)LOOP_READABLE && (int)DB_WRITEABLE == (int)LOOP_WRITEABLE, "one mask for both");

static struct db_watch *app_watch(void *loop, int fd, int events, void (*ready)(void *arg, int events), void *arg)
{
	return (struct db_watch *)loop_watch(loop, fd, events, ready, arg);
}

static void app_rewatch(struct db_watch *w, int events)
{
	loop_rewatch((struct loop_watch *)w, events);
}

static void app_unwatch(struct db_watch *w)
{
	loop_unwatch((struct loop_watch *)w);
}

static void *app_after(void *loop, unsigned int ms, void (*fn)(void *arg), void *arg)
{
	return loop_after(loop, ms, fn, arg);
}

static void app_cancel(void *timer)
{
	loop_cancel(timer);
}

/* --- the end -------------------------------------------------------------------------------------------------------------------- */

static void all_gone(void *arg)
{
	struct app *a = arg;

	loop_stop(a->loop);
}

static void app_say_goodbye(void *arg)
{
	struct app *a = arg;

	loop_cancel(a->grace);
	a->grace = NULL;
	if (a->said_goodbye)
		return;
	a->said_goodbye = true;
	server_close_all(a->server, GOODBYE_MS, all_gone, a);
}

static void app_grace_over(void *arg)
{
	struct app *a = arg;

	a->grace = NULL;
	log_warn("app.impatient", "grace=%ld", a->config->grace);
	app_say_goodbye(a);
}

static void drained(void *arg)
{
	app_say_goodbye(arg);
}

static void app_end(struct app *a, int exit_status)
{
	if (a->ending) {
		loop_stop(a->loop);
		return;
	}
	log_info("app.ending", NULL);
	notify_service("STOPPING=1");
	a->ending = true;
	a->exit_status = exit_status;
	server_stop_listening(a->server);
	keeper_stop(a->keeper);
	auth_stop(a->auth);
	a->grace = loop_after(a->loop, (unsigned int)a->config->grace * 1000, app_grace_over, a);
	rpc_drain(a->rpc, drained, a);
}

static void on_terminate(void *arg)
{
	app_end(arg, 0);
}

/* --- reloading ------------------------------------------------------------------------------------------------------------------ */

static void setting_differs(const char *name, bool applied)
{
	log_info("config.differs", "setting=%s applied=%s", name, applied ? "yes" : "after-restart");
}

static void reload_config(struct app *a)
{
	struct config fresh;
	struct buffer problems;
	char **argv = calloc((size_t)a->argc + 1, sizeof(char *));
	int argc = a->argc;

	if (!argv)
		return;
	memcpy(argv, a->argv, (size_t)argc * sizeof(char *));
	buffer_init(&problems, 65536);
	if (config_load(&fresh, &argc, argv, &problems) && log_level_named(fresh.log_level) >= 0) {
		config_apply(a->config, &fresh, setting_differs);
		log_set_level((enum log_level)log_level_named(a->config->log_level));
	} else {
		log_error("config.refused", "problems=%s", buffer_text(&problems));
	}
	buffer_clear(&problems);
	config_clear(&fresh);
	free(argv);
}

static void on_hangup(void *arg)
{
	struct app *a = arg;
	struct error err = { 0 };

	notify_service("RELOADING=1");
	reload_config(a);
	if (server_reload_tls(a->server, &err) != OK)
		log_error("tls.refused", "why=%s", err.message);
	else if (a->config->tls_certificate)
		log_info("tls.reloaded", "certificate=%s", a->config->tls_certificate);
	error_clear(&err);
	notify_service("READY=1");
}

/* --- the beginning --------------------------------------------------------------------------------------------------------------- */

static void cannot_serve(struct app *a, const char *why)
{
	log_error("app.cannot-serve", "why=%s", why);
	app_end(a, 1);
}

static void cluster_lost(void *arg, const char *why)
{
	cannot_serve(arg, why);
}

static void announce(struct app *a)
{
	log_info("app.ready", "release=%s", rpc_release(a->rpc));
	notify_service("READY=1");
	auth_start(a->auth);
}

static void check_powers(void *arg);

static void on_powers(void *arg, const struct db_result *result, struct error *err)
{
	struct app *a = arg;

	if (a->ending)
		return;
	if (err->code != OK || !result->text)
		a->recheck = loop_after(a->loop, RECHECK_MS, check_powers, a);
	else if (strcmp(result->text, "true") == 0)
		cannot_serve(a, "the login role is a superuser or bypasses row-level security: the database would protect nothing from this server");
	else
		announce(a);
}

/* Policies do not bind whoever has such powers. */
static void check_powers(void *arg)
{
	struct app *a = arg;
	struct db_request request = { .kind = DB_READ, .repeatable = true, .name = "powers", .done = on_powers, .arg = a,
		.sql = "select (rolsuper or rolbypassrls)::text from pg_catalog.pg_roles where rolname = current_user" };
	struct error err = { 0 };

	a->recheck = NULL;
	if (db_submit(a->db, &request, &err) != OK && !a->ending)
		a->recheck = loop_after(a->loop, RECHECK_MS, check_powers, a);
	error_clear(&err);
}

static void on_methods_ready(void *arg, struct error *err)
{
	struct app *a = arg;

	if (err->code != OK)
		cannot_serve(a, err->message);
	else if (!a->recheck)
		check_powers(a);
}

static void on_stale_catalogue(void *arg)
{
	struct app *a = arg;

	rpc_reload_soon(a->rpc);
}

static void wake_loop(void *arg)
{
	struct app *a = arg;

	loop_wake(a->worker_waker);
}

static void app_deliver(void *arg)
{
	struct app *a = arg;

	worker_deliver(a->worker);
}

static enum error_code start_database(struct app *a, struct error *err)
{
	struct config *c = a->config;
	struct db_config pool = { .conninfo = c->database, .user = "ninetwo_server", .writers = (int)c->writers, .readers = (int)c->readers,
		.queue_max = (int)c->queue, .pipeline_max = (int)c->pipeline };

	if (c->database_password)
		setenv("PGPASSWORD", c->database_password, 1);
	if (!c->database) {
		a->cluster = cluster_open(&(struct cluster_config){ .data = c->data, .must_exist = true }, err);
		if (!a->cluster)
			return err->code;
		pool.conninfo = cluster_conninfo(a->cluster);
	}
	a->db = db_new(&pool, &a->db_loop, err);
	if (!a->db)
		return err->code;
	db_on_stale_catalogue(a->db, on_stale_catalogue, a);
	return OK;
}

static enum error_code start_worker(struct app *a, struct error *err)
{
	a->worker_waker = loop_waker_new(a->loop, app_deliver, a);
	if (!a->worker_waker)
		return error_set(err, E_INTERNAL, "Out of memory.");
	a->worker = worker_new((int)a->config->workers, LIMIT_WORKER_QUEUE, wake_loop, a, err);
	if (!a->worker)
		return err->code;
	if (a->cluster)
		a->keeper = keeper_new(&(struct keeper_config){ .cluster = a->cluster, .db = a->db, .worker = a->worker, .loop = &a->db_loop,
			.gave_up = cluster_lost, .arg = a });
	return a->cluster && !a->keeper ? error_set(err, E_INTERNAL, "Out of memory.") : OK;
}

static enum error_code start_calls(struct app *a, struct error *err)
{
	const struct config *c = a->config;

	a->rpc = rpc_new(&(struct rpc_config){ .db = a->db, .loop = &a->db_loop, .version = NINETWO_VERSION,
		.calls_per_second = (int)c->calls_per_second, .calls_burst = (int)(2 * c->calls_per_second) }, err);
	if (!a->rpc)
		return err->code;
	a->auth = auth_new(&(struct auth_config){ .db = a->db, .worker = a->worker, .loop = &a->db_loop, .rpc = a->rpc,
		.delivery_command = c->delivery_command }, err);
	if (!a->auth)
		return err->code;
	a->evidence = evidence_new(&(struct evidence_config){ .db = a->db, .worker = a->worker, .loop = &a->db_loop }, err);
	if (!a->evidence)
		return err->code;
	a->exports = exports_new(a->db, err);
	if (!a->exports)
		return err->code;
	a->live = live_new(&(struct live_config){ .rpc = a->rpc, .db = a->db, .loop = &a->db_loop,
		.conninfo = a->cluster ? cluster_conninfo(a->cluster) : c->database, .user = "ninetwo_feed" }, err);
	return a->live ? OK : err->code;
}

static enum error_code start_network(struct app *a, struct error *err)
{
	const struct config *c = a->config;
	struct server_config network = { .listen = c->listen, .status_listen = c->status_listen, .origins = c->origin,
		.tls_certificate = c->tls_certificate, .tls_key = c->tls_key, .behind_proxy = c->behind_proxy, .web = c->web,
		.connections_max = (unsigned int)c->connections, .connections_per_address = (unsigned int)c->connections_per_address };
	struct peer_handler peers = rpc_peer_handler(a->rpc);
	struct http_handler http = { .session = auth_http(a->auth), .evidence = evidence_http(a->evidence), .exports = exports_http(a->exports),
		.document = description_http(a->rpc), .status = status_handler(&a->status) };

	a->server = server_new(a->loop, &network, &peers, &http, err);
	if (!a->server)
		return err->code;
	a->status = (struct status){ .db = a->db, .rpc = a->rpc, .live = a->live, .worker = a->worker, .server = a->server };
	rpc_attach(a->rpc, server_peers(a->server));
	live_attach(a->live, server_peers(a->server));
	auth_attach(a->auth, a->server);
	evidence_attach(a->evidence, a->server);
	exports_attach(a->exports, a->server);
	return OK;
}

static enum error_code start_signals(struct app *a, struct error *err)
{
	if (loop_on_signal(a->loop, SIGTERM, on_terminate, a, err) != OK || loop_on_signal(a->loop, SIGINT, on_terminate, a, err) != OK ||
	    loop_on_signal(a->loop, SIGHUP, on_hangup, a, err) != OK)
		return err->code;
	return OK;
}

static enum error_code app_start(struct app *a, struct error *err)
{
	a->loop = loop_new(err);
	if (!a->loop)
		return err->code;
	a->db_loop = (struct db_loop){ .loop = a->loop, .watch = app_watch, .rewatch = app_rewatch,
		.unwatch = app_unwatch, .after = app_after, .cancel = app_cancel };
	if (start_database(a, err) != OK || start_worker(a, err) != OK || start_calls(a, err) != OK || start_network(a, err) != OK ||
	    start_signals(a, err) != OK)
		return err->code;
	if (rpc_start(a->rpc, on_methods_ready, a, err) != OK || live_start(a->live, err) != OK)
		return err->code;
	return OK;
}

/* Accepts what app_start has left half built. */
static void app_stop(struct app *a)
{
	a->ending = true;
	if (a->live)
		live_stop(a->live);
	loop_cancel(a->grace);
	loop_cancel(a->recheck);
	server_free(a->server);
	if (a->rpc)
		rpc_attach(a->rpc, NULL);
	if (a->live)
		live_attach(a->live, NULL);
	if (a->auth)
		auth_attach(a->auth, NULL);
	if (a->evidence)
		evidence_attach(a->evidence, NULL);
	if (a->exports)
		exports_attach(a->exports, NULL);
	keeper_stop(a->keeper);
	worker_free(a->worker);
	keeper_free(a->keeper);
	db_free(a->db);
	auth_free(a->auth);
	evidence_free(a->evidence);
	exports_free(a->exports);
	rpc_free(a->rpc);
	live_free(a->live);
	loop_waker_free(a->worker_waker);
	loop_free(a->loop);
	if (a->cluster && cluster_close(a->cluster))
		log_info("cluster.stopped", NULL);
}

/* Root has no business here: what root starts goes on as somebody else, or not at all. */
static enum error_code leave_root(const struct config *c, struct error *err)
{
	if (c->user && account_leave_root(c->user, c->database ? NULL : c->data, err) != OK)
		return err->code;
	if (geteuid() == 0)
		return error_set(err, E_PARAMS, "ninetwod does not serve as root: start it as an unprivileged user, or give --user NAME.");
	return OK;
}

int app_serve(struct config *config, int argc, char *const argv[])
{
	struct app a = { .config = config, .argc = argc, .argv = argv };
	struct error err = { 0 };

	if (leave_root(config, &err) == OK && app_start(&a, &err) == OK) {
		loop_run(a.loop);
	} else {
		fprintf(stderr, "ninetwod: %s\n", err.message);
		a.exit_status = 1;
	}
	app_stop(&a);
	error_clear(&err);
	return a.exit_status;
}
