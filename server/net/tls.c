/* tls.c - TLS 1.2 with forward secrecy and authenticated encryption, and 1.3; no renegotiation, no compression, no session kept here.
 *
 * A connection keeps the certificate it began with, because OpenSSL copies it into each new SSL: reloading disturbs nobody. */
#include "net/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>

struct tls {
	char *certificate, *key;
	SSL_CTX *ctx;			/* libwebsockets' */
};

static enum error_code refused(struct error *err, const char *what, const char *path)
{
	unsigned long why = ERR_peek_last_error();
	char text[160] = "it could not be read";

	if (why)
		ERR_error_string_n(why, text, sizeof(text));
	ERR_clear_error();
	return error_set(err, E_PARAMS, "The %s %s cannot be used: %s.", what, path, text);
}

static enum error_code load(SSL_CTX *ctx, const struct tls *t, struct error *err)
{
	ERR_clear_error();
	if (SSL_CTX_use_certificate_chain_file(ctx, t->certificate) != 1)
		return refused(err, "certificate", t->certificate);
	if (SSL_CTX_use_PrivateKey_file(ctx, t->key, SSL_FILETYPE_PEM) != 1)
		return refused(err, "key", t->key);
	if (SSL_CTX_check_private_key(ctx) != 1)
		return refused(err, "key", t->key);
	return OK;
}

/* Into a context of its own first: files that do not fit must not leave half of themselves in the one in use. */
static enum error_code try_files(const struct tls *t, struct error *err)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
	enum error_code rc;

	if (!ctx)
		return error_set(err, E_INTERNAL, "Out of memory.");
	rc = load(ctx, t, err);
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
	rc = load(t->ctx, t, &err);
	error_clear(&err);
	return rc == OK ? 0 : -1;
}

enum error_code tls_reload(struct tls *t, struct error *err)
{
	enum error_code rc = try_files(t, err);

	return rc == OK ? load(t->ctx, t, err) : rc;
}
