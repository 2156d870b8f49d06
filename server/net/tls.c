/* tls.c - TLS 1.2 with forward secrecy and authenticated encryption, and 1.3; no renegotiation, no compression, no session kept here.
 *
 * A connection keeps the certificate it began with, because OpenSSL copies it into each new SSL: reloading disturbs nobody. */
#include "net/tls.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct tls {
	char *certificate, *key;
	SSL_CTX *ctx;			/* libwebsockets' */
};

enum { CERTIFICATE, KEY };

static const struct {
	const char *name, *setting, *form;
} files[] = {
	[CERTIFICATE] = { "certificate", "tls_certificate", "It must be PEM: the server's certificate, then those that lead to its issuer" },
	[KEY] = { "key", "tls_key", "It must be the key of the certificate, in PEM, without a passphrase" },
};

static enum error_code refused(struct error *err, int file, const char *path)
{
	unsigned long why = ERR_peek_error();		/* the first is the cause */
	const char *text = why ? ERR_reason_error_string(why) : NULL;

	ERR_clear_error();
	return error_set(err, E_PARAMS, "The %s %s cannot be used: %s. %s.", files[file].name, path, text ? text : "its text makes no sense", files[file].form);
}

/* OpenSSL says of a file that cannot be read only that it could not, and of a folder not even that. */
static enum error_code readable(struct error *err, int file, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), why = 0;
	char byte;

	if (fd < 0 || read(fd, &byte, 1) < 0)
		why = errno;
	if (fd >= 0)
		close(fd);
	if (why)
		error_set(err, E_PARAMS, "The %s %s cannot be used: %s. Give %s a file that the user who runs this may read.", files[file].name, path,
			strerror(why), files[file].setting);
	return err->code;
}

/* Nobody is there to be asked. */
static int no_passphrase(char *text, int size, int writing, void *arg)
{
	(void)text, (void)size, (void)writing, (void)arg;
	return -1;
}

static enum error_code tls_load(SSL_CTX *ctx, const struct tls *t, struct error *err)
{
	if (readable(err, CERTIFICATE, t->certificate) != OK || readable(err, KEY, t->key) != OK)
		return err->code;
	ERR_clear_error();
	SSL_CTX_set_default_passwd_cb(ctx, no_passphrase);
	if (SSL_CTX_use_certificate_chain_file(ctx, t->certificate) != 1)
		return refused(err, CERTIFICATE, t->certificate);
	if (SSL_CTX_use_PrivateKey_file(ctx, t->key, SSL_FILETYPE_PEM) != 1 || SSL_CTX_check_private_key(ctx) != 1)
		return refused(err, KEY, t->key);
	return OK;
}

/* Loads them into a context of its own first: files that do not fit must not leave half of themselves in the one in
 * use. */
static enum error_code try_files(const struct tls *t, struct error *err)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
	enum error_code rc;

	if (!ctx)
		return error_set(err, E_INTERNAL, "Out of memory.");
	rc = tls_load(ctx, t, err);
	SSL_CTX_free(ctx);
	return rc;
}

struct tls *tls_new(const char *certificate, const char *key, struct error *err)
{
	struct tls *t = calloc(1, sizeof(*t));

	if (t) {
		t->certificate = strdup(certificate);
		t->key = strdup(key);
	}
	if (!t || !t->certificate || !t->key)
		error_set(err, E_INTERNAL, "Out of memory.");
	else if (try_files(t, err) == OK)
		return t;
	tls_free(t);
	return NULL;
}

void tls_free(struct tls *t)
{
	if (!t)
		return;
	free(t->certificate);
	free(t->key);
	free(t);
}

int tls_attach(struct tls *t, void *ssl_ctx)
{
	struct error err = { 0 };
	enum error_code rc;

	t->ctx = ssl_ctx;
	SSL_CTX_set_min_proto_version(t->ctx, TLS1_2_VERSION);
	SSL_CTX_set_options(t->ctx, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
	SSL_CTX_set_session_cache_mode(t->ctx, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_num_tickets(t->ctx, 0);
	SSL_CTX_set_cipher_list(t->ctx, "ECDHE+AESGCM:ECDHE+CHACHA20");
	SSL_CTX_set_mode(t->ctx, SSL_MODE_RELEASE_BUFFERS);
	rc = tls_load(t->ctx, t, &err);
	error_clear(&err);
	return rc == OK ? 0 : -1;
}

enum error_code tls_reload(struct tls *t, struct error *err)
{
	enum error_code rc = try_files(t, err);

	return rc == OK ? tls_load(t->ctx, t, err) : rc;
}

/* --- one connection ------------------------------------------------------------------------------------------------------------ */

static int handshake_index(void)
{
	static int index = -1;

	if (index < 0)
		index = SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL);
	return index;
}

static void on_info(const SSL *ssl, int where, int value)
{
	struct tls_handshake *h = where & SSL_CB_HANDSHAKE_DONE ? SSL_get_ex_data(ssl, handshake_index()) : NULL;

	(void)value;
	if (!h)
		return;
	/* TLS 1.3 calls new keys a handshake too. */
	SSL_set_ex_data((SSL *)(uintptr_t)ssl, handshake_index(), NULL);
	h->done(h->arg);
}

bool tls_on_handshake(void *ssl, struct tls_handshake *handshake)
{
	/* A client that is quick has its last word there when the first of ours is out. */
	if (SSL_is_init_finished(ssl)) {
		handshake->done(handshake->arg);
		return true;
	}
	SSL_set_info_callback(ssl, on_info);
	return SSL_set_ex_data(ssl, handshake_index(), handshake) == 1;
}

long tls_peek(void *ssl, void *bytes, size_t length)
{
	int n, why;

	ERR_clear_error();
	n = SSL_peek(ssl, bytes, (int)length);
	if (n > 0)
		return n;
	why = SSL_get_error(ssl, n);
	ERR_clear_error();
	return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE ? 0 : -1;
}

void tls_say_and_end(void *ssl, const void *bytes, size_t length)
{
	ERR_clear_error();
	if (SSL_write(ssl, bytes, (int)length) == (int)length)
		SSL_shutdown(ssl);
	ERR_clear_error();
}
