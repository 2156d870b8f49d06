/* test_proxy.c - behind a proxy that appends the client's address: whatever else stands in the head, that address is the one that counts. */
#include "client-cli/deadline.h"
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/raw.h"
#include "tests/unit/library_names.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


#define ORIGIN "https://audit.example.org"

static struct deployment deployment;
static struct server server;

/* Another one for each name. */
static void address_of_client(size_t i, char out[32])
{
	snprintf(out, 32, "10.%zu.%zu.1", i / 200, i % 200);
}

/* The whole log so far: heap text. */
static char *read_log(void)
{
	FILE *in = fopen(server.log, "r");
	char *text = NULL;
	size_t room = 0;

	expect(in, "%s can be read", server.log);
	expect(getdelim(&text, &room, '\0', in) > 0, "%s holds something", server.log);
	fclose(in);
	return text;
}

/* A WebSocket that is refused is logged with the address that it came from. */
static void knows_the_client_whatever_it_sends_before(void **state)
{
	char address[32], line[96], *log;
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < library_name_count; i++) {
		struct raw r;

		if (library_name_means_something(library_names[i]))
			continue;
		address_of_client(i, address);
		expect(raw_open(&r, server.port), "the server listens");
		raw_print(&r, "GET /nowhere HTTP/1.1\r\nHost: audit.example.org\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
			"X-Forwarded-For: 192.0.2.66\r\n%s: x\r\nX-Forwarded-For: %s\r\n\r\n", library_names[i], address);
		expect(raw_status(&r, PATIENCE_MS) == 404, "%s: refused for its path", library_names[i]);
		raw_close(&r);
	}
	log = read_log();
	for (size_t i = 0; i < library_name_count; i++) {
		address_of_client(i, address);
		snprintf(line, sizeof line, " address=%s status=404 ", address);
		if (!library_name_means_something(library_names[i]) && !strstr(log, line) && ++wrong <= 5)
			print_error("behind %s: not from %s\n", library_names[i], address);
	}
	expect(wrong == 0, "%d clients chose their own address", wrong);
	expect(!strstr(log, "192.0.2.66"), "nobody is where they said that they were");
	free(log);
}

static int status_of(const char *request)
{
	struct raw r;
	int status;

	expect(raw_open(&r, server.port), "the server listens");
	raw_print(&r, "%s", request);
	status = raw_status(&r, PATIENCE_MS);
	raw_close(&r);
	return status;
}

static void judges_the_head_before_anything_else(void **state)
{
	(void)state;
	expect(status_of("GET /healthz HTTP/1.1\r\nHost: audit.example.org\r\nX-Auth: a\r\n\r\n") == 200, "an honest header that comes last");
	expect(status_of("GET /healthz HTTP/1.1\r\nHost: audit.example.org\r\nX-A: b\r\nHost: evil.example\r\n\r\n") == 400, "a second Host");
	expect(status_of("POST /session HTTP/1.1\r\nHost: audit.example.org\r\nOrigin: " ORIGIN "\r\nContent-Length: 2\r\nIf: b\r\n"
		"Transfer-Encoding: chunked\r\n\r\n{}") == 400, "a second measure of the body");
	expect(status_of("DELETE /session HTTP/1.1\r\nHost: audit.example.org\r\nContent: b\r\nOrigin: https://evil.example\r\n\r\n") == 403, "an Origin");
	expect(status_of("GET /healthz HTTP/1.1\nHost: audit.example.org\n\n") == 400, "a lone LF");
	expect(status_of("GET /healthz HTTP/1.1\r\nHost: audit.example.org\r\n X: y\r\n\r\n") == 400, "a line that goes on");
	expect(status_of("GET " ORIGIN "/healthz HTTP/1.1\r\nHost: audit.example.org\r\n\r\n") == 200, "an absolute target");
	expect(status_of("GET https://evil.example/healthz HTTP/1.1\r\nHost: audit.example.org\r\n\r\n") == 421, "an absolute target elsewhere");
	expect(status_of("GET /healthz HTTP/2.0\r\nHost: audit.example.org\r\n\r\n") == 505, "another version");
}

/* It serves nevertheless: its folder may come later. */
static void says_that_there_is_no_web_folder(void **state)
{
	char *log = read_log();

	(void)state;
	expect(strstr(log, "event=web.unreadable ") && strstr(log, "folder=/no/web error="), "said at the start: %s", log);
	free(log);
}

static void tls_ends_at_one_place(void **state)
{
	char program[DEPLOYMENT_PATH], output[1024];
	int status;

	(void)state;
	snprintf(program, sizeof program, "%s/ninetwod", getenv("NINETWO_BUILD"));
	status = program_run((const char *[]){ program, "serve", "--database", deployment.conninfo, "--listen", "127.0.0.1:0", "--status-listen", "",
		"--behind-proxy", "127.0.0.1", "--tls-certificate", "a.pem", "--tls-key", "b.pem", "--origin", ORIGIN, NULL }, output, sizeof output);
	expect(status != 0 && strstr(output, "TLS ends here or at the proxy"), "status %d: %s", status, output);
}

static int set_up(void **state)
{
	(void)state;
	library_names_read();
	expect(library_name_count >= 300, "the library knows %zu names", library_name_count);
	deployment_start(&deployment, "proxy", NULL);
	server_start(&deployment, &server, (const char *[]){ "--behind-proxy", "127.0.0.1", "--origin", ORIGIN, "--web", "/no/web", NULL });
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	server_end(&server, SIGTERM);
	deployment_stop(&deployment);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_the_client_whatever_it_sends_before),
		cmocka_unit_test(judges_the_head_before_anything_else),
		cmocka_unit_test(says_that_there_is_no_web_folder),
		cmocka_unit_test(tls_ends_at_one_place),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
