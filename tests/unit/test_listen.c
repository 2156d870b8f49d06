/* test_listen.c - addresses, names, sockets handed over by the service manager, limits, and what a server refuses to start with. */
#include "tests/unit/network.h"

#include "base/list.h"
#include "net/address.h"
#include "net/listen.h"
#include "net/loop.h"
#include "net/site.h"

#include "tests/patience.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void reads_addresses(void **state)
{
	static const struct { const char *text, *again; bool loopback; } rows[] = {
		{ "127.0.0.1", "127.0.0.1", true }, { "127.9.9.9", "127.9.9.9", true }, { "10.0.0.1", "10.0.0.1", false },
		{ "::1", "::1", true }, { "2001:db8::1", "2001:db8::1", false }, { "::ffff:127.0.0.1", "127.0.0.1", true },
	};
	static const char *const none[] = { "", "localhost", "1.2.3", "1.2.3.4.5", "1.2.3.4 ", "[::1]", "::1%lo" };
	struct address a, b;
	char text[ADDRESS_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(address_parse(rows[i].text, &a));
		address_text(&a, text);
		assert_string_equal(text, rows[i].again);
		assert_int_equal(address_is_loopback(&a), rows[i].loopback);
		assert_true(address_parse(rows[i].again, &b) && address_equal(&a, &b));
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (address_parse(none[i], &a))
			fail_msg("%s", none[i]);
}

static void reads_addresses_to_listen_on(void **state)
{
	static const char *const good[] = { "127.0.0.1:9200", "[::1]:9200", ":9200", "0.0.0.0:0" };
	static const char *const bad[] = { "", "9200", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:-1", "localhost:1", "::1:9200", "[::1", "127.0.0.1:80x" };
	struct sockaddr_storage at;
	socklen_t length;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (!address_parse_listen(good[i], &at, &length))
			fail_msg("%s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (address_parse_listen(bad[i], &at, &length) && at.ss_family == AF_INET)
			fail_msg("%s", bad[i]);
}

static void counts_by_address(void **state)
{
	struct address_counts *counts = address_counts_new();
	struct address a, b, c;
	struct address_count *x, *y;

	(void)state;
	address_parse("10.0.0.1", &a);
	address_parse("2001:db8::1", &b);
	address_parse("2001:db8::ffff", &c);
	x = address_enter(counts, &a, 2);
	y = address_enter(counts, &a, 2);
	assert_ptr_equal(x, y);
	assert_null(address_enter(counts, &a, 2));
	address_leave(counts, x);
	assert_non_null(address_enter(counts, &a, 2));
	assert_non_null(address_enter(counts, &b, 1));
	assert_null(address_enter(counts, &c, 1));
	address_leave(counts, NULL);
	address_counts_free(counts);
}

static void knows_its_names(void **state)
{
	struct error err = { 0 };
	struct site *s = site_new("https://audit.example.org, https://x.example:8443", &err);

	(void)state;
	assert_non_null(s);
	assert_true(site_add_listener(s, "127.0.0.1:9200", true, false));
	assert_true(site_host_allowed(s, "audit.example.org") && site_host_allowed(s, "AUDIT.example.org"));
	assert_true(site_host_allowed(s, "x.example:8443") && site_host_allowed(s, "127.0.0.1:9200") && site_host_allowed(s, "localhost:9200"));
	assert_false(site_host_allowed(s, "x.example") || site_host_allowed(s, "audit.example.org.evil.example") || site_host_allowed(s, ""));
	assert_true(site_origin_allowed(s, "https://audit.example.org"));
	assert_false(site_origin_allowed(s, "http://audit.example.org") || site_origin_allowed(s, "https://audit.example.org.evil.example"));
	assert_false(site_origin_allowed(s, "null") || site_origin_allowed(s, "") || site_origin_allowed(s, "http://127.0.0.1:9200"));
	site_free(s);
	s = site_new("", &err);
	assert_true(site_add_listener(s, "127.0.0.1:9200", true, true));
	assert_true(site_origin_allowed(s, "http://127.0.0.1:9200") && site_origin_allowed(s, "http://localhost:9200"));
	site_free(s);
	assert_null(site_new("audit.example.org", &err));
	assert_null(site_new("https://audit.example.org/path", &err));
	assert_null(site_new("https://*", &err));
	error_clear(&err);
}

/* --- what a server refuses to start with --- */

static void nothing(void *arg, struct peer *p)
{
	(void)arg, (void)p;
}

static void no_text(void *arg, struct peer *p, const char *text, size_t length)
{
	(void)arg, (void)p, (void)text, (void)length;
}

static const struct peer_handler peers = { .opened = nothing, .text = no_text, .closed = nothing };
static const struct http_handler no_http = { .session = { 0 } };

static void starts_only_where_it_is_safe(void **state)
{
	static const struct { const char *title; struct server_config config; const char *says; } rows[] = {
		{ "plain on every address", { .listen = "0.0.0.0:0" }, "not a loopback address" },
		{ "plain on every IPv6 address", { .listen = ":0" }, "not a loopback address" },
		{ "one of two addresses is open", { .listen = "127.0.0.1:0,0.0.0.0:0" }, "not a loopback address" },
		{ "a proxy but no origin", { .listen = "0.0.0.0:0", .behind_proxy = "10.0.0.1" }, "Give the origin" },
		{ "a proxy by name", { .listen = "127.0.0.1:0", .behind_proxy = "proxy", .origins = "https://x.example" }, "not the numeric address" },
		{ "a certificate without key", { .listen = "127.0.0.1:0", .tls_certificate = "x" }, "belong together" },
		{ "a certificate that is not there", { .listen = "127.0.0.1:0", .tls_certificate = "/no", .tls_key = "/no" }, "cannot be used" },
		{ "TLS here and at a proxy", { .listen = "127.0.0.1:0", .behind_proxy = "10.0.0.1", .tls_certificate = "x", .tls_key = "x", .origins = "https://x.example" },
			"TLS ends here or at the proxy" },
		{ "no address", { .listen = "somewhere" }, "not an address to listen on" },
		{ "a bad origin", { .listen = "127.0.0.1:0", .origins = "x" }, "not an origin" },
		{ "plain on loopback", { .listen = "127.0.0.1:0" }, NULL },
		{ "behind a proxy", { .listen = "0.0.0.0:0", .behind_proxy = "10.0.0.1", .origins = "https://x.example" }, NULL },
	};
	struct error err = { 0 };
	struct loop *loop = loop_new(&err);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct server_config c = rows[i].config;
		struct server *s;

		c.status_listen = "";
		c.origins = c.origins ? c.origins : "";
		c.connections_max = c.connections_per_address = 10;
		s = server_new(loop, &c, &peers, &no_http, &err);
		if (rows[i].says ? s || !strstr(err.message, rows[i].says) : !s)
			fail_msg("%s: %s", rows[i].title, err.message);
		server_free(s);
		error_clear(&err);
	}
	loop_free(loop);
}

static void does_not_share_a_port_by_accident(void **state)
{
	struct error err = { 0 };
	struct list listeners;

	(void)state;
	list_init(&listeners);
	assert_int_equal(listen_open(&listeners, LISTEN_MAIN, "127.0.0.1:0", &err), OK);
	assert_int_not_equal(listen_open(&listeners, LISTEN_MAIN, LIST_ITEM(list_first(&listeners), struct listener, node)->name, &err), OK);
	assert_non_null(strstr(err.message, "in use"));
	listen_close(&listeners);
	error_clear(&err);
}

/* In a process of its own, because the descriptors must be 3 and 4. */
static int inherit(void)
{
	struct list opened, taken;
	struct error err = { 0 };
	unsigned int kinds;
	char pid[32];

	list_init(&opened);
	list_init(&taken);
	if (listen_open(&opened, LISTEN_MAIN, "127.0.0.1:0,127.0.0.1:0", &err) != OK)
		return 1;
	if (dup2(LIST_ITEM(opened.next, struct listener, node)->fd, 103) < 0 || dup2(LIST_ITEM(opened.prev, struct listener, node)->fd, 104) < 0 ||
	    dup2(103, 3) < 0 || dup2(104, 4) < 0)
		return 2;
	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	setenv("LISTEN_PID", "1", 1);
	setenv("LISTEN_FDS", "2", 1);
	setenv("LISTEN_FDNAMES", "main:status", 1);
	if (listen_inherit(&taken, &kinds, &err) != OK || kinds != 0 || getenv("LISTEN_FDS"))
		return 3;
	setenv("LISTEN_PID", pid, 1);
	setenv("LISTEN_FDS", "2", 1);
	setenv("LISTEN_FDNAMES", "main:status", 1);
	if (listen_inherit(&taken, &kinds, &err) != OK || kinds != (1u << LISTEN_MAIN | 1u << LISTEN_STATUS))
		return 4;
	if (LIST_ITEM(taken.prev, struct listener, node)->fd != 4 || LIST_ITEM(taken.prev, struct listener, node)->kind != LISTEN_STATUS)
		return 5;
	setenv("LISTEN_PID", pid, 1);
	setenv("LISTEN_FDS", "100", 1);
	return listen_inherit(&taken, &kinds, &err) == OK ? 6 : 0;
}

static void takes_sockets_from_the_service_manager(void **state)
{
	pid_t child = fork();
	int status;

	(void)state;
	if (child == 0)
		_exit(inherit());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* --- limits --- */

/* The status of a request on it; 0: it was ended without an answer. */
static int healthz(int fd, const struct network *net)
{
	char head[2048];

	client_print(fd, "GET /healthz HTTP/1.1\r\nHost: %s\r\n\r\n", net->address);
	return client_head(fd, head, sizeof(head));
}

/* A WebSocket once there is room for it, which is a moment after another has left. */
static int upgraded(const struct network *net)
{
	int fd = -1;

	expect_soon((fd = client_connect(net->port),
		client_upgrade(fd, net, "") == 101 || (client_close(fd), false)), "there is room");
	return fd;
}

static void limits_connections_of_one_address(void **state)
{
	struct network net;
	int fd[4];

	(void)state;
	network_start(&net, &(struct server_config){ .connections_per_address = 3 }, &peers, &no_http);
	for (int i = 0; i < 3; i++)
		fd[i] = client_connect(net.port);
	assert_int_equal(healthz(fd[2], &net), 200);
	assert_true(client_ended(fd[2]));
	client_close(fd[2]);
	fd[2] = upgraded(&net);
	fd[3] = client_connect(net.port);
	assert_int_equal(healthz(fd[3], &net), 0);
	for (int i = 0; i < 4; i++)
		client_close(fd[i]);
	client_close(upgraded(&net));
	network_stop(&net);
}

static void limits_all_connections(void **state)
{
	struct network net;
	int fd[17];

	(void)state;
	network_start(&net, &(struct server_config){ .connections_max = 16 }, &peers, &no_http);
	for (int i = 0; i < 17; i++)
		fd[i] = client_connect(net.port);
	assert_int_equal(healthz(fd[16], &net), 0);
	assert_int_equal(healthz(fd[15], &net), 200);
	for (int i = 0; i < 17; i++)
		client_close(fd[i]);
	network_stop(&net);
}

static char seen_address[64];
static atomic_int opened, closed;

static void remember_address(void *arg, struct peer *p)
{
	(void)arg;
	snprintf(seen_address, sizeof(seen_address), "%s", peer_address(p));
	opened++;
}

static void forget(void *arg, struct peer *p)
{
	(void)arg, (void)p;
	closed++;
}

/* As whom the server takes one that comes with this header; it has left again. */
static const char *seen_from(const struct network *net, const char *header)
{
	int fd = client_connect(net->port), before = opened;

	assert_int_equal(client_upgrade(fd, net, header), 101);
	expect_soon(opened > before, "the handler hears of a new peer");
	client_close(fd);
	expect_soon(closed == opened, "%d of %d are closed", closed, opened);
	return seen_address;
}

/* Only the proxy's word counts, and of that only the last. */
static void believes_the_proxy_and_nobody_else(void **state)
{
	static char long_chain[7000] = "X-Forwarded-For: ";
	static const struct { const char *header, *address; } rows[] = {
		{ "", "127.0.0.1" },
		{ "X-Forwarded-For: 198.51.100.7\r\n", "198.51.100.7" },
		{ "X-Forwarded-For: 203.0.113.9, 198.51.100.7\r\n", "198.51.100.7" },
		{ "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: 198.51.100.7\r\n", "198.51.100.7" },
		{ "X-Forwarded-For: 2001:db8::7\r\n", "2001:db8::7" },
		{ long_chain, "198.51.100.7" },
		{ "X-Forwarded-For: nonsense\r\n", "127.0.0.1" },
	};
	const struct peer_handler handler = { .opened = remember_address, .text = no_text, .closed = forget };
	struct network net;

	(void)state;
	network_start(&net, &(struct server_config){ .behind_proxy = "127.0.0.1", .origins = "https://audit.example.org", .connections_per_address = 2 },
		&handler, &no_http);
	while (strlen(long_chain) < sizeof(long_chain) - 100)
		strcat(long_chain, "203.0.113.9, ");
	strcat(long_chain, "198.51.100.7\r\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(seen_from(&net, rows[i].header), rows[i].address);
	for (int i = 0; i < 3; i++)
		assert_int_equal(client_upgrade(client_connect(net.port), &net, "X-Forwarded-For: 192.0.2.1\r\n"), i < 2 ? 101 : 429);
	/* Who is not named is the proxy, which is one address too. */
	for (int i = 0; i < 3; i++)
		assert_int_equal(client_upgrade(client_connect(net.port), &net, "X-Forwarded-For: nonsense\r\n"), i < 2 ? 101 : 429);
	network_stop(&net);
	opened = closed = 0;
	network_start(&net, &(struct server_config){ 0 }, &handler, &no_http);
	assert_string_equal(seen_from(&net, "X-Forwarded-For: 198.51.100.7\r\n"), "127.0.0.1");
	network_stop(&net);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_addresses),
		cmocka_unit_test(reads_addresses_to_listen_on),
		cmocka_unit_test(counts_by_address),
		cmocka_unit_test(knows_its_names),
		cmocka_unit_test(starts_only_where_it_is_safe),
		cmocka_unit_test(does_not_share_a_port_by_accident),
		cmocka_unit_test(takes_sockets_from_the_service_manager),
		cmocka_unit_test(limits_connections_of_one_address),
		cmocka_unit_test(limits_all_connections),
		cmocka_unit_test(believes_the_proxy_and_nobody_else),
	};

	return cmocka_run_group_tests_name("listen", tests, NULL, NULL);
}
