/* stream.c - sockets and OpenSSL behind one read and one write. The descriptor is non-blocking; waiting is always in poll, with
 * the deadline, so that no peer can hold the client for ever. */
#include "client-cli/stream.h"

#include "client-cli/deadline.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct stream {
	int fd;
	SSL_CTX *context;
	SSL *tls;		/* NULL: plain */
};

static bool wait_for_socket(int fd, short events, int64_t deadline)
{
	struct pollfd p = { .fd = fd, .events = events };
	int n;

	do
		n = poll(&p, 1, deadline_left(deadline));
	while (n < 0 && errno == EINTR && deadline_left(deadline) != 0);
	return n > 0;
}

static int connect_to(const struct addrinfo *ai, int64_t deadline)
{
	int fd = socket(ai->ai_family, ai->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, ai->ai_protocol);
	int error = 0, one = 1;
	socklen_t length = sizeof error;

	if (fd < 0)
		return -1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	if (connect(fd, ai->ai_addr, ai->ai_addrlen) == 0)
		return fd;
	if (errno == EINPROGRESS && wait_for_socket(fd, POLLOUT, deadline) &&
	    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) == 0 && error == 0)
		return fd;
	if (error)
		errno = error;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

static int connect_by_name(const struct address *a, int64_t deadline, struct failure *f)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *list;
	int fd = -1, rc = getaddrinfo(a->host, a->port, &hints, &list);

	if (rc) {
		failure_lost(f, "%s: %s.", a->host, gai_strerror(rc));
		return -1;
	}
	for (struct addrinfo *ai = list; ai && fd < 0; ai = ai->ai_next)
		fd = connect_to(ai, deadline);
	if (fd < 0)
		failure_lost(f, "No server answers at %s port %s (%s).", a->host, a->port, strerror(errno));
	freeaddrinfo(list);
	return fd;
}

/* Whether an OpenSSL call that returned rc may be repeated, after waiting for what it wants. */
static bool tls_may_go_on(struct stream *s, int rc, int64_t deadline)
{
	switch (SSL_get_error(s->tls, rc)) {
	case SSL_ERROR_WANT_READ:
		return wait_for_socket(s->fd, POLLIN, deadline);
	case SSL_ERROR_WANT_WRITE:
		return wait_for_socket(s->fd, POLLOUT, deadline);
	default:
		return false;
	}
}

static bool tls_prepare(struct stream *s, const struct address *a, const char *ca_file, struct failure *f)
{
	X509_VERIFY_PARAM *verify;
	bool numeric = a->host[strspn(a->host, "0123456789.")] == '\0' || strchr(a->host, ':');

	s->context = SSL_CTX_new(TLS_client_method());
	if (!s->context || !SSL_CTX_set_min_proto_version(s->context, TLS1_2_VERSION))
		return failure_local(f, "TLS is not to be had on this machine.");
	SSL_CTX_set_verify(s->context, SSL_VERIFY_PEER, NULL);
	SSL_CTX_set_mode(s->context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	if (ca_file ? !SSL_CTX_load_verify_locations(s->context, ca_file, NULL) : !SSL_CTX_set_default_verify_paths(s->context))
		return failure_local(f, "The certificate authorities in '%s' cannot be read.", ca_file ? ca_file : "the system's store");
	s->tls = SSL_new(s->context);
	if (!s->tls || !SSL_set_fd(s->tls, s->fd))
		return failure_local(f, "out of memory");
	verify = SSL_get0_param(s->tls);
	if (numeric)
		return X509_VERIFY_PARAM_set1_ip_asc(verify, a->host) || failure_local(f, "%s is no address.", a->host);
	SSL_set_tlsext_host_name(s->tls, a->host);
	return X509_VERIFY_PARAM_set1_host(verify, a->host, 0) || failure_local(f, "out of memory");
}

static bool tls_shake_hands(struct stream *s, const struct address *a, int64_t deadline, struct failure *f)
{
	long verdict;
	int rc;

	for (;;) {
		ERR_clear_error();
		rc = SSL_connect(s->tls);
		if (rc == 1)
			return true;
		if (!tls_may_go_on(s, rc, deadline))
			break;
	}
	verdict = SSL_get_verify_result(s->tls);
	if (verdict != X509_V_OK)
		return failure_local(f, "The certificate of %s is not to be trusted: %s.", a->host, X509_verify_cert_error_string(verdict));
	return failure_lost(f, "%s does not complete the TLS handshake.", a->host);
}

struct stream *stream_adopt(int fd)
{
	struct stream *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->fd = fd;
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	return s;
}

struct stream *stream_open(const struct address *a, const char *ca_file, int timeout_ms, struct failure *f)
{
	int64_t deadline = deadline_after(timeout_ms);
	int fd = connect_by_name(a, deadline, f);
	struct stream *s;

	if (fd < 0)
		return NULL;
	s = stream_adopt(fd);
	if (!s) {
		close(fd);
		failure_local(f, "out of memory");
		return NULL;
	}
	if (a->tls && (!tls_prepare(s, a, ca_file, f) || !tls_shake_hands(s, a, deadline, f))) {
		stream_free(s);
		return NULL;
	}
	return s;
}

void stream_free(struct stream *s)
{
	if (!s)
		return;
	if (s->tls) {
		SSL_shutdown(s->tls);
		SSL_free(s->tls);
	}
	SSL_CTX_free(s->context);
	close(s->fd);
	free(s);
}

static ssize_t tls_read(struct stream *s, void *buffer, size_t size, int64_t deadline)
{
	int rc, want = size > 1 << 20 ? 1 << 20 : (int)size;

	for (;;) {
		ERR_clear_error();
		rc = SSL_read(s->tls, buffer, want);
		if (rc > 0)
			return rc;
		if (SSL_get_error(s->tls, rc) == SSL_ERROR_ZERO_RETURN)
			return STREAM_END;
		if (!tls_may_go_on(s, rc, deadline))
			return deadline_left(deadline) == 0 ? STREAM_TIMEOUT : STREAM_BROKEN;
	}
}

ssize_t stream_read(struct stream *s, void *buffer, size_t size, int64_t deadline)
{
	ssize_t n;

	if (s->tls)
		return tls_read(s, buffer, size, deadline);
	for (;;) {
		n = recv(s->fd, buffer, size, 0);
		if (n >= 0)
			return n;
		if (errno == EINTR)
			continue;
		if (errno != EAGAIN && errno != EWOULDBLOCK)
			return STREAM_BROKEN;
		if (!wait_for_socket(s->fd, POLLIN, deadline))
			return STREAM_TIMEOUT;
	}
}

static ssize_t write_some(struct stream *s, const char *data, size_t length, int64_t deadline)
{
	ssize_t n;
	int rc;

	if (s->tls) {
		ERR_clear_error();
		rc = SSL_write(s->tls, data, length > 1 << 20 ? 1 << 20 : (int)length);
		return rc > 0 ? rc : tls_may_go_on(s, rc, deadline) ? 0 : -1;
	}
	n = send(s->fd, data, length, MSG_NOSIGNAL);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return wait_for_socket(s->fd, POLLOUT, deadline) ? 0 : -1;
	return n < 0 && errno == EINTR ? 0 : n;
}

bool stream_write(struct stream *s, const void *data, size_t length, int64_t deadline)
{
	const char *p = data;

	while (length > 0) {
		ssize_t n = write_some(s, p, length, deadline);

		if (n < 0)
			return false;
		p += n;
		length -= (size_t)n;
	}
	return true;
}

int stream_descriptor(const struct stream *s)
{
	return s->fd;
}
