/* tls.h - the certificate and what TLS may be spoken. Only for net/. */
#ifndef NINETWO_NET_TLS_H
#define NINETWO_NET_TLS_H

#include "base/error.h"

struct tls;

/* Reads the PEM files once, to see that they fit. */
struct tls *tls_new(const char *certificate, const char *key, struct error *err);
void tls_free(struct tls *t);		/* accepts NULL */

/* Sets up the SSL_CTX that libwebsockets has made, and remembers it. 0 on success. */
int tls_attach(struct tls *t, void *ssl_ctx);
/* Reads the files again for connections from now on; on error the old ones stay. */
enum error_code tls_reload(struct tls *t, struct error *err);

#endif
