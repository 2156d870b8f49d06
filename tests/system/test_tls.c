/* test_tls.c - TLS 1.2 and 1.3 and nothing older, HTTP/1.1 and no other protocol by ALPN, new certificates without a restart. */
#include "tests/system/deployment.h"
#include "tests/system/expect.h"
#include "tests/system/member.h"
#include "tests/system/raw.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 2 * DEPLOYMENT_PATH };

static struct deployment deployment;
static struct server server;
static struct member administrator;
static char certificate[PATH], key[PATH], origin[64];

/* A certificate of its own for 127.0.0.1, with this serial number. */
static void make_certificate(const char *serial)
{
	char output[4096];
	int status = program_run((const char *[]){ "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
		"-keyout", key, "-out", certificate, "-subj", "/CN=ninetwo", "-days", "2", "-set_serial", serial,
		"-addext", "subjectAltName=IP:127.0.0.1", NULL }, output, sizeof output);

	expect(status == 0, "openssl req: %s", output);
}

/* One handshake as told: what came of it. */
struct handshake { bool done; int version; long serial; char alpn[16]; };

static struct handshake shake(int lowest, int highest, const unsigned char *alpn, unsigned int alpn_length)
{
	struct handshake h = { 0 };
	struct raw r;
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());
	SSL *ssl;
	X509 *peer;
	const unsigned char *chosen = NULL;
	unsigned int length = 0;

	SSL_CTX_set_security_level(context, 0);
	SSL_CTX_set_min_proto_version(context, lowest);
	SSL_CTX_set_max_proto_version(context, highest);
	ssl = SSL_new(context);
	if (alpn)
		SSL_set_alpn_protos(ssl, alpn, alpn_length);
	expect(raw_open(&r, server.port), "the server listens");
	SSL_set_fd(ssl, r.fd);
	h.done = SSL_connect(ssl) == 1;
	h.version = SSL_version(ssl);
	peer = SSL_get1_peer_certificate(ssl);
	if (peer)
		h.serial = ASN1_INTEGER_get(X509_get0_serialNumber(peer));
	SSL_get0_alpn_selected(ssl, &chosen, &length);
	snprintf(h.alpn, sizeof h.alpn, "%.*s", (int)length, chosen ? (const char *)chosen : "");
	X509_free(peer);
	SSL_free(ssl);
	SSL_CTX_free(context);
	ERR_clear_error();
	raw_close(&r);
	return h;
}

static void speaks_1_2_and_1_3(void **state)
{
	struct handshake h = shake(TLS1_2_VERSION, TLS1_2_VERSION, NULL, 0);

	(void)state;
	expect(h.done && h.version == TLS1_2_VERSION, "TLS 1.2");
	h = shake(TLS1_3_VERSION, TLS1_3_VERSION, NULL, 0);
	expect(h.done && h.version == TLS1_3_VERSION, "TLS 1.3");
	h = shake(TLS1_VERSION, TLS1_1_VERSION, NULL, 0);
	expect(!h.done, "nothing older");
}

static void never_offers_h2(void **state)
{
	static const unsigned char both[] = "\x02h2\x08http/1.1", h2[] = "\x02h2";
	struct handshake h = shake(TLS1_2_VERSION, 0, both, sizeof both - 1);

	(void)state;
	expect(h.done && strcmp(h.alpn, "http/1.1") == 0, "of h2 and http/1.1 it takes '%s'", h.alpn);
	h = shake(TLS1_2_VERSION, 0, h2, sizeof h2 - 1);
	expect(strcmp(h.alpn, "h2") != 0, "h2 alone is not taken");
}

static void does_not_speak_plain_on_a_tls_port(void **state)
{
	struct raw r;
	int status;

	(void)state;
	expect(raw_open(&r, server.port), "the server listens");
	raw_print(&r, "GET /healthz HTTP/1.1\r\nHost: %s\r\n\r\n", server.address);
	status = raw_status(&r, PATIENCE_MS);
	expect(status == 0 || status == 400, "status %d", status);
	raw_close(&r);
}

/* One request over TLS; what came back, as far as it fits. */
static void ask(const char *request, char *reply, size_t size)
{
	struct raw r;
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());
	SSL *ssl = SSL_new(context);
	size_t filled = 0;
	int n;

	expect(raw_open(&r, server.port), "the server listens");
	SSL_set_fd(ssl, r.fd);
	expect(SSL_connect(ssl) == 1 && SSL_write(ssl, request, (int)strlen(request)) > 0, "a request over TLS");
	while (filled < size - 1 && (n = SSL_read(ssl, reply + filled, (int)(size - 1 - filled))) > 0)
		filled += (size_t)n;
	reply[filled] = '\0';
	SSL_free(ssl);
	SSL_CTX_free(context);
	ERR_clear_error();
	raw_close(&r);
}

static void sets_a_cookie_for_this_host_alone(void **state)
{
	char body[256], request[1024], reply[8192], *cookie;

	(void)state;
	snprintf(body, sizeof body, "{\"email\":\"%s\",\"password\":\"%s\"}", ADMINISTRATOR_EMAIL, MEMBER_PASSWORD);
	snprintf(request, sizeof request, "POST /session HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nConnection: close\r\n"
		"Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", origin + strlen("https://"), origin, strlen(body), body);
	ask(request, reply, sizeof reply);
	cookie = strcasestr(reply, "\r\nset-cookie: __Host-");
	expect(cookie, "a __Host- cookie: %s", reply);
	expect(strcasestr(reply, "\r\nstrict-transport-security: max-age="), "Strict-Transport-Security: %s", reply);
	cookie[2 + strcspn(cookie + 2, "\r")] = '\0';
	expect(strcasestr(cookie, "; Secure") && strcasestr(cookie, "; HttpOnly") && strcasestr(cookie, "; SameSite=Strict") &&
		strcasestr(cookie, "; Path=/") && !strcasestr(cookie, "Domain"), "%s", cookie);
}

/* A certificate read at SIGHUP counts for who comes then; who is there stays. */
static void reads_new_certificates_on_sighup(void **state)
{
	struct handshake h = shake(TLS1_2_VERSION, 0, NULL, 0);
	struct member m = member_again(&administrator);

	(void)state;
	expect(h.serial == 1001, "serial %ld", h.serial);
	make_certificate("1002");
	kill(server.pid, SIGHUP);
	expect_soon(shake(TLS1_2_VERSION, 0, NULL, 0).serial == 1002, "the certificate is the new one");
	json_decref(member_must(&m, "session.current", NULL));
	member_leave(&m);
}

static bool server_said(const char *event)
{
	char output[64];

	return program_run((const char *[]){ "grep", "-q", event, server.log, NULL }, output, sizeof output) == 0;
}

static void keeps_the_old_certificate_when_the_new_is_broken(void **state)
{
	char old[PATH + 8];
	struct handshake h;
	FILE *file;

	(void)state;
	snprintf(old, sizeof old, "%s.old", certificate);
	rename(certificate, old);
	file = fopen(certificate, "w");
	fputs("-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n", file);
	fclose(file);
	kill(server.pid, SIGHUP);
	expect_soon(server_said("event=tls.refused"), "the server says that it does not take the certificate");
	h = shake(TLS1_2_VERSION, 0, NULL, 0);
	expect(h.done && h.serial == 1002, "serial %ld", h.serial);
	expect(server_alive(&server), "the server is alive");
	rename(old, certificate);
}

/* Plain only on loopback: anything else does not start. */
static void refuses_to_listen_plain_to_the_world(void **state)
{
	char program[PATH], output[4096];
	int status;

	(void)state;
	snprintf(program, sizeof program, "%s/ninetwod", getenv("NINETWO_BUILD"));
	status = program_run((const char *[]){ "timeout", "60", program, "serve", "--database", deployment.conninfo, "--listen", "0.0.0.0:0",
		"--status-listen", "127.0.0.1:0", NULL }, output, sizeof output);
	expect(status != 0 && status != 124, "exit status %d: %s", status, output);
}

static int set_up(void **state)
{
	(void)state;
	deployment_start(&deployment, "tls", NULL);
	deployment_init(&deployment, "TLS Ltd", ADMINISTRATOR_EMAIL, MANAGEMENT_EMAIL);
	snprintf(certificate, sizeof certificate, "%s/certificate.pem", deployment.folder);
	snprintf(key, sizeof key, "%s/key.pem", deployment.folder);
	make_certificate("1001");
	server.ca_file = certificate;
	server_choose_ports(&deployment, &server);
	snprintf(origin, sizeof origin, "https://127.0.0.1:%d", server.port);
	server_start(&deployment, &server, (const char *[]){ "--tls-certificate", certificate, "--tls-key", key, "--origin", origin, NULL });
	member_join(&administrator, &server, ADMINISTRATOR_EMAIL, deployment.administrator_code);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	member_leave(&administrator);
	if (server_alive(&server))
		server_end(&server, SIGTERM);
	deployment_stop(&deployment);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(speaks_1_2_and_1_3),
		cmocka_unit_test(never_offers_h2),
		cmocka_unit_test(does_not_speak_plain_on_a_tls_port),
		cmocka_unit_test(sets_a_cookie_for_this_host_alone),
		cmocka_unit_test(reads_new_certificates_on_sighup),
		cmocka_unit_test(keeps_the_old_certificate_when_the_new_is_broken),
		cmocka_unit_test(refuses_to_listen_plain_to_the_world),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
