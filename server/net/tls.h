/* tls.h - the certificate and what TLS may be spoken. Only for net/. */
#ifndef NINETWO_NET_TLS_H
#define NINETWO_NET_TLS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct tls;

/* Reads the PEM files once, to see that they fit. */
struct tls *tls_new(const char *certificate, const char *key, struct error *err);
void tls_free(struct tls *t);		/* accepts NULL */

/* Sets up the SSL_CTX that libwebsockets has made, and remembers it. 0 on success. */
int tls_attach(struct tls *t, void *ssl_ctx);
/* Reads the files again for connections from now on; on error the old ones stay. */
enum error_code tls_reload(struct tls *t, struct error *err);

/* The handshake of one SSL that libwebsockets has made. `done` is called once, when its handshake is over: from within
 * libwebsockets, or at once. The pair must live until then or until the SSL is gone. */
struct tls_handshake {
	void (*done)(void *arg);
	void *arg;
};
bool tls_on_handshake(void *ssl, struct tls_handshake *handshake);	/* false: out of memory */

/* Looks at what has come, without taking it: at most one record, which is at most 16 KiB. 0: there is nothing yet. -1:
 * it has ended, or is no TLS. */
long tls_peek(void *ssl, void *bytes, size_t length);
/* Sends a last word and then says that it was the last. */
void tls_say_and_end(void *ssl, const void *bytes, size_t length);

#endif
