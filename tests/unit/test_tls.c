/* test_tls.c - the same conversations over TLS: what OpenSSL holds back must come through as what waits in a socket does. */
#include "tests/unit/forward.h"
#include "tests/unit/library_names.h"
#include "tests/unit/network.h"

#include "base/limits.h"
#include "net/tls.h"

#include "tests/patience.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define UUID "0190a3c4-0000-7000-8000-000000000001"

static struct network net;
static char folder[64], certificate[128], key[128];
static atomic_ullong peer, request;
static atomic_ullong bytes_put;
static atomic_bool pause_put;

static void make_certificate(long serial)
{
	EVP_PKEY *pair = EVP_EC_gen("P-256");
	X509 *x = X509_new();
	FILE *f = fopen(key, "w");

	assert_true(pair && x && f);
	PEM_write_PrivateKey(f, pair, NULL, NULL, 0, NULL, NULL);
	fclose(f);
	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), serial);
	X509_gmtime_adj(X509_getm_notBefore(x), 0);
	X509_gmtime_adj(X509_getm_notAfter(x), 86400);
	X509_set_pubkey(x, pair);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC, (const unsigned char *)"ninetwo", -1, -1, 0);
	X509_set_issuer_name(x, X509_get_subject_name(x));
	X509_sign(x, pair, EVP_sha256());
	f = fopen(certificate, "w");
	assert_non_null(f);
	PEM_write_X509(f, x);
	fclose(f);
	X509_free(x);
	EVP_PKEY_free(pair);
}

static void on_opened(void *arg, struct peer *p)
{
	(void)arg;
	peer = peer_id(p);
	peer_signed_in(p);
}

static void send_text(struct peer *p, const char *text, size_t length)
{
	struct message *m = message_new(text, length);

	peer_send(p, m);
	message_drop(m);
}

static void on_text(void *arg, struct peer *p, const char *text, size_t length)
{
	(void)arg;
	if (strcmp(text, "pause") == 0)
		peer_pause(p, true);
	send_text(p, text, length);
}

static void on_closed(void *arg, struct peer *p)
{
	(void)arg, (void)p;
}

static void put_begin(void *arg, struct http_request *r, const struct http_transfer *t)
{
	(void)arg, (void)t;
	request = http_id(r);
	bytes_put = 0;
	http_accept(r);
}

static void put_data(void *arg, struct http_request *r, const void *bytes, size_t length)
{
	(void)arg, (void)bytes;
	bytes_put += length;
	if (pause_put)
		http_pause(r, true);
}

static void put_end(void *arg, struct http_request *r)
{
	(void)arg;
	http_answer(r, 200, "{}", 2);
}

static void get_begin(void *arg, struct http_request *r, const struct http_transfer *t)
{
	(void)arg, (void)t;
	http_head(r, &(struct http_head){ .status = 200, .length = 8ull * LIMIT_EVIDENCE_CHUNK, .type = "application/pdf" });
}

static void get_piece(void *arg, struct http_request *r)
{
	static char piece[LIMIT_EVIDENCE_CHUNK];

	(void)arg;
	http_piece(r, piece, sizeof(piece));
}

static void gone(void *arg, struct http_request *r)
{
	(void)arg, (void)r;
}

static void sign_in(void *arg, struct http_request *r, const char *json, size_t length)
{
	(void)arg, (void)json, (void)length;
	http_cookie(r, "n2s_x", 60);
	http_answer(r, 200, "{}", 2);
}

static int start(void **state)
{
	const struct peer_handler peers = { .opened = on_opened, .text = on_text, .closed = on_closed };
	const struct http_handler http = { .session = { .sign_in = sign_in },
		.evidence = { .put_begin = put_begin, .put_data = put_data, .put_end = put_end, .get_begin = get_begin, .get_piece = get_piece, .gone = gone } };

	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/test_tls.XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(certificate, sizeof(certificate), "%s/certificate.pem", folder);
	snprintf(key, sizeof(key), "%s/key.pem", folder);
	make_certificate(1);
	clock_hold();
	network_start(&net, &(struct server_config){ .tls_certificate = certificate, .tls_key = key, .origins = "https://audit.example.org" }, &peers, &http);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	network_stop(&net);
	unlink(certificate);
	unlink(key);
	return rmdir(folder);
}

static void carries_messages_of_every_length(void **state)
{
	static char big[LIMIT_MESSAGE], back[LIMIT_MESSAGE + 1];
	static const size_t lengths[] = { 0, 1, 125, 126, 511, 512, 513, 4096, 16383, 16384, 16385, 65535, 65536, 200000, LIMIT_MESSAGE };
	int fd = client_connect_tls(net.port, NULL);
	size_t length;

	(void)state;
	assert_int_equal(client_upgrade(fd, &net, ""), 101);
	memset(big, 'a', sizeof(big));
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		client_frame(fd, 1, true, big, lengths[i]);
		assert_int_equal(client_next(fd, back, sizeof(back), &length), 1);
		assert_int_equal(length, lengths[i]);
	}
	client_close(fd);
}

static void resume(void *arg)
{
	struct peer *p = peer_find(server_peers(net.server), peer);

	(void)arg;
	assert_non_null(p);
	send_text(p, "resumed", 7);
	peer_pause(p, false);
}

/* Meanwhile the loop reads, and writes, what it may. */
static void serve_others(void)
{
	for (int i = 0; i < 2; i++) {
		int fd = client_connect_tls(net.port, NULL);
		char head[4096];

		client_print(fd, "GET /healthz HTTP/1.1\r\nHost: %s\r\n\r\n", net.address);
		assert_int_equal(client_head(fd, head, sizeof(head)), 200);
		client_close(fd);
	}
}

/* Several messages in one record: OpenSSL has them all when the first is handed on. */
static void hands_on_what_openssl_holds(void **state)
{
	static const unsigned char frames[] = { 0x81, 0x81, 0, 0, 0, 0, 'a', 0x81, 0x81, 0, 0, 0, 0, 'b', 0x81, 0x81, 0, 0, 0, 0, 'c' };
	static char pieces[40000];
	char text[64];
	size_t length, n = 0;
	int fd = client_connect_tls(net.port, NULL);

	(void)state;
	assert_int_equal(client_upgrade(fd, &net, ""), 101);
	client_write(fd, frames, sizeof(frames));
	for (int i = 0; i < 3; i++) {
		assert_int_equal(client_next(fd, text, sizeof(text), &length), 1);
		assert_int_equal(text[0], 'a' + i);
	}
	client_text(fd, "pause");
	assert_int_equal(client_next(fd, text, sizeof(text), &length), 1);
	for (int i = 0; i < 1000; i++, n += 7)
		memcpy(pieces + n, frames, 7);
	client_write(fd, pieces, n);
	serve_others();
	network_do(&net, resume, NULL);
	while (client_next(fd, text, sizeof(text), &length) == 1 && strcmp(text, "resumed") != 0)
		n -= 7;
	assert_true(n > 0);
	for (; n > 0; n -= 7)
		assert_int_equal(client_next(fd, text, sizeof(text), &length), 1);
	client_close(fd);
}

static void speaks_http_1_1_only(void **state)
{
	char head[4096];
	int fd = client_connect_tls(net.port, "h2");

	(void)state;
	client_print(fd, "GET /healthz HTTP/1.1\r\nHost: %s\r\n\r\n", net.address);
	assert_int_equal(client_head(fd, head, sizeof(head)), 200);
	assert_non_null(strstr(head, "Strict-Transport-Security: max-age=31536000"));
	client_close(fd);
	fd = client_connect(net.port);
	client_print(fd, "GET /healthz HTTP/1.1\r\nHost: %s\r\n\r\n", net.address);
	assert_int_equal(client_head(fd, head, sizeof(head)), 0);
	client_close(fd);
}

static void sets_a_host_cookie(void **state)
{
	char head[4096];
	int fd = client_connect_tls(net.port, NULL);

	(void)state;
	client_print(fd, "POST /session HTTP/1.1\r\nHost: audit.example.org\r\nOrigin: https://audit.example.org\r\nContent-Type: application/json\r\n"
		"Content-Length: 2\r\n\r\n{}");
	assert_int_equal(client_head(fd, head, sizeof(head)), 200);
	assert_non_null(strstr(head, "Set-Cookie: __Host-ninetwo=n2s_x; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure\r\n"));
	client_close(fd);
	/* The origin of the listening address is one of plain servers only. */
	fd = client_connect_tls(net.port, NULL);
	client_print(fd, "POST /session HTTP/1.1\r\nHost: %s\r\nOrigin: https://%s\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
		net.address, net.address);
	assert_int_equal(client_head(fd, head, sizeof(head)), 403);
	client_close(fd);
}

static void resume_put(void *arg)
{
	struct http_request *r = http_find(net.server, request);

	(void)arg;
	if (r)
		http_pause(r, false);
}

static void takes_and_gives_files(void **state)
{
	static char bytes[500000], back[8 * LIMIT_EVIDENCE_CHUNK + 1];
	char head[4096];
	int fd = client_connect_tls(net.port, NULL);

	(void)state;
	client_print(fd, "PUT /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\nContent-Length: %zu\r\n\r\n", net.address, sizeof(bytes));
	client_write(fd, bytes, sizeof(bytes));
	assert_int_equal(client_head(fd, head, sizeof(head)), 200);
	assert_int_equal(bytes_put, sizeof(bytes));
	client_close(fd);
	pause_put = true;
	fd = client_connect_tls(net.port, NULL);
	client_print(fd, "PUT /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\nContent-Length: 100000\r\n\r\n", net.address);
	client_write(fd, bytes, 100000);
	expect_soon((network_do(&net, resume_put, NULL), bytes_put == 100000), "all comes when it goes on");
	pause_put = false;
	network_do(&net, resume_put, NULL);
	assert_int_equal(client_head(fd, head, sizeof(head)), 200);
	client_close(fd);
	fd = client_connect_tls(net.port, NULL);
	client_print(fd, "GET /evidence/" UUID " HTTP/1.1\r\nHost: %s\r\n\r\n", net.address);
	assert_int_equal(client_head(fd, head, sizeof(head)), 200);
	serve_others();
	assert_int_equal(client_read(fd, back, sizeof(back) - 1), sizeof(back) - 1);
	client_close(fd);
}

static enum error_code reloaded;

static void reload(void *arg)
{
	struct error err = { 0 };

	(void)arg;
	reloaded = server_reload_tls(net.server, &err);
	error_clear(&err);
}

static long serial_of_a_new_connection(void)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
	SSL *ssl = SSL_new(ctx);
	int fd = client_connect(net.port);
	X509 *x;
	long serial;

	SSL_set_fd(ssl, fd);
	assert_int_equal(SSL_connect(ssl), 1);
	x = SSL_get1_peer_certificate(ssl);
	serial = ASN1_INTEGER_get(X509_get0_serialNumber(x));
	X509_free(x);
	SSL_free(ssl);
	SSL_CTX_free(ctx);
	client_close(fd);
	return serial;
}

static void reads_certificates_again_without_disturbing_anybody(void **state)
{
	char text[64];
	size_t length;
	int fd = client_connect_tls(net.port, NULL);
	FILE *f;

	(void)state;
	assert_int_equal(client_upgrade(fd, &net, ""), 101);
	assert_int_equal(serial_of_a_new_connection(), 1);
	make_certificate(2);
	network_do(&net, reload, NULL);
	assert_int_equal(reloaded, OK);
	assert_int_equal(serial_of_a_new_connection(), 2);
	f = fopen(key, "w");
	fputs("nonsense", f);
	fclose(f);
	network_do(&net, reload, NULL);
	assert_int_not_equal(reloaded, OK);
	assert_int_equal(serial_of_a_new_connection(), 2);
	client_text(fd, "still here");
	assert_int_equal(client_next(fd, text, sizeof(text), &length), 1);
	assert_string_equal(text, "still here");
	client_close(fd);
}

static void refuses(const char *certificate_path, const char *key_path, const char *said)
{
	struct error err = { 0 };

	assert_null(tls_new(certificate_path, key_path, &err));
	assert_int_equal(err.code, E_PARAMS);
	assert_string_equal(err.message, said);
	error_clear(&err);
}

static void write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* Which file, why, and what would help: for whoever starts it, in their words and not in OpenSSL's numbers. */
static void says_what_is_wrong_with_which_file(void **state)
{
	char said[512];

	(void)state;
	make_certificate(3);
	refuses("/nowhere", key, "The certificate /nowhere cannot be used: No such file or directory. "
		"Give tls_certificate a file that the user who runs this may read.");
	refuses(certificate, "/nowhere", "The key /nowhere cannot be used: No such file or directory. Give tls_key a file that the user who runs this may read.");
	snprintf(said, sizeof(said), "The key %s cannot be used: Is a directory. Give tls_key a file that the user who runs this may read.", folder);
	refuses(certificate, folder, said);
	snprintf(said, sizeof(said), "The key %s cannot be used: Permission denied. Give tls_key a file that the user who runs this may read.", key);
	assert_int_equal(chmod(key, 0), 0);
	refuses(certificate, key, said);
	assert_int_equal(chmod(key, 0600), 0);
	snprintf(said, sizeof(said), "The certificate %s cannot be used: no start line. It must be PEM: the server's certificate, then those that lead to its issuer.", key);
	refuses(key, key, said);
}

static void takes_no_key_but_the_certificates_own(void **state)
{
	static const char form[] = "It must be the key of the certificate, in PEM, without a passphrase.";
	EVP_PKEY *other = EVP_EC_gen("P-256");
	struct error err = { 0 };
	char said[512];
	FILE *f = fopen(key, "w");

	(void)state;
	assert_true(other && f);
	PEM_write_PrivateKey(f, other, NULL, NULL, 0, NULL, NULL);
	fclose(f);
	snprintf(said, sizeof(said), "The key %s cannot be used: key values mismatch. %s", key, form);
	refuses(certificate, key, said);
	f = fopen(key, "w");
	assert_non_null(f);
	PEM_write_PrivateKey(f, other, EVP_aes_128_cbc(), (const unsigned char *)"sesame", 6, NULL, NULL);
	fclose(f);
	assert_null(tls_new(certificate, key, &err));	/* and asks nobody for the passphrase */
	assert_non_null(strstr(err.message, form));
	error_clear(&err);
	write_text(key, "nonsense\n");
	assert_null(tls_new(certificate, key, &err));
	assert_non_null(strstr(err.message, form));
	error_clear(&err);
	EVP_PKEY_free(other);
}

/* The status of what is sent in records of so many bytes. */
static int ask_in_records(const char *text, size_t record)
{
	int fd = client_connect_tls(net.port, NULL), status;
	char head[4096];

	for (size_t at = 0, length = strlen(text); at < length; at += record)
		client_write(fd, text + at, length - at < record ? length - at : record);
	status = client_head(fd, head, sizeof(head));
	if (!client_ended(fd))
		fail_msg("still open: %s", text);
	client_close(fd);
	return status;
}

#define HOST "Host: audit.example.org\r\n"
#define ORIGIN "Origin: https://audit.example.org\r\n"

static void judges_the_head_within_tls(void **state)
{
	static const struct { const char *request; int status; bool may_be_cut; } rows[] = {
		{ "GET /healthz HTTP/1.1\r\n" HOST "\r\n", 200, false },
		{ "GET /healthz HTTP/1.1\r\n" HOST "Accept: a\r\nSec-WebSocket-Key: a\r\nX-B: c\r\n\r\n", 200, false },
		{ "POST /session HTTP/1.1\r\n" HOST ORIGIN "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 200, false },
		{ "GET /healthz HTTP/1.1\r\n" HOST "X-Auth: a\r\nOrigin: https://evil.example\r\n\r\n", 400, false },
		{ "GET /healthz HTTP/1.1\r\n" HOST "X-Auth: a\r\n\r\n", 400, false },
		{ "GET /healthz HTTP/1.1\r\n" HOST "Put-Away: a\r\n\r\n", 400, false },
		{ "GET /healthz HTTP/1.1\n" HOST "\r\n", 400, false },
		{ "GET /healthz HTTP/1.1\r\n" HOST " a: b\r\n\r\n", 400, false },
		{ "GET /healthz HTTP/1.1\r\n" HOST HOST "\r\n", 400, false },
		{ "POST /session HTTP/1.1\r\n" HOST ORIGIN "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411, false },
		{ "POST /session HTTP/1.1\r\n" HOST ORIGIN "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, false },
		{ "GET https://audit.example.org/ HTTP/1.1\r\n" HOST "\r\n", 400, false },
		{ "GET /healthz HTTP/1.1\r\n" HOST "Upgrade: h2c\r\n\r\n", 400, false },
		/* libwebsockets ends these itself when it gets to see the beginning of the line before the end has come */
		{ "BREW / HTTP/1.1\r\n" HOST "\r\n", 501, true },
		{ "CONNECT a:1 HTTP/1.1\r\n" HOST "\r\n", 501, true },
		{ "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, true },
		{ "no HTTP\r\n\r\n", 400, true },
	};
	static const size_t records[] = { 10000, 40, 1 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (size_t k = 0; k < sizeof(records) / sizeof(records[0]); k++) {
			int status = ask_in_records(rows[i].request, records[k]);

			if (status != rows[i].status && !(rows[i].may_be_cut && records[k] == 1 && status == 0))
				fail_msg("%s: %d instead of %d, in records of %zu", rows[i].request, status, rows[i].status, records[k]);
		}
}

/* Whoever is still sending gets to read why not. */
static void answers_who_sends_on(void **state)
{
	static char much[200000] = "GET / HTTP/1.1\r\n" HOST "X: ";

	(void)state;
	memset(much + strlen(much), 'x', sizeof(much) - strlen(much) - 1);
	assert_int_equal(ask_in_records(much, 5000), 431);
}

/* Of whatever begins as a name that the library knows: answered, or refused because the next line would be hidden. */
static void takes_no_name_that_hides_the_next(void **state)
{
	int taken = 0, refused = 0;

	(void)state;
	for (size_t i = 0; i < library_name_count; i++) {
		char text[256];
		int status;

		if (library_name_means_something(library_names[i]))
			continue;
		snprintf(text, sizeof(text), "DELETE /healthz HTTP/1.1\r\n" HOST "%.40s: x\r\nOrigin: \r\n\r\n", library_names[i]);
		assert_int_equal(ask_in_records(text, 10000), 400);
		snprintf(text, sizeof(text), "GET /healthz HTTP/1.1\r\n" HOST "%.40s: x\r\n\r\n", library_names[i]);
		status = ask_in_records(text, 10000);
		if (status != 200 && status != 400)
			fail_msg("%s: %d", library_names[i], status);
		taken += status == 200;
		refused += status == 400;
	}
	assert_true(taken > 50 && refused > 400);
}

static void ends_a_head_that_does_not_come(void **state)
{
	int fd = client_connect_tls(net.port, NULL), silent = client_connect_tls(net.port, NULL);
	char head[4096];

	(void)state;
	client_print(fd, "GET /healthz HT");
	serve_others();
	clock_forward(LIMIT_HANDSHAKE_MS);
	assert_int_equal(client_head(fd, head, sizeof(head)), 408);
	assert_true(client_ended(fd));
	assert_true(client_ended(silent));
	client_close(fd);
	client_close(silent);
}

static void ends_a_handshake_that_does_not_come(void **state)
{
	int fd = client_connect(net.port);

	(void)state;
	client_write(fd, "\x16\x03\x01", 3);
	serve_others();
	clock_forward(LIMIT_HANDSHAKE_MS);
	assert_true(client_ended(fd));
	client_close(fd);
}

int main(int argc, char *argv[])
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(carries_messages_of_every_length),
		cmocka_unit_test(hands_on_what_openssl_holds),
		cmocka_unit_test(speaks_http_1_1_only),
		cmocka_unit_test(sets_a_host_cookie),
		cmocka_unit_test(takes_and_gives_files),
		cmocka_unit_test(judges_the_head_within_tls),
		cmocka_unit_test(answers_who_sends_on),
		cmocka_unit_test(takes_no_name_that_hides_the_next),
		cmocka_unit_test(ends_a_head_that_does_not_come),
		cmocka_unit_test(reads_certificates_again_without_disturbing_anybody),
		cmocka_unit_test(says_what_is_wrong_with_which_file),
		cmocka_unit_test(takes_no_key_but_the_certificates_own),
		cmocka_unit_test(ends_a_handshake_that_does_not_come),
	};

	library_names_read();
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("tls", tests, start, stop);
}
