/* address.c - parsing a server's address. */
#include "client-cli/address.h"

#include <ctype.h>
#include <string.h>

static const struct { const char *prefix; bool tls; } schemes[] = {
	{ "wss://", true }, { "https://", true }, { "ws://", false }, { "http://", false },
};

bool address_is_loopback(const char *host)
{
	/* 127.0.0.1.example.org is a name, and may be anybody's. */
	return !strcmp(host, "localhost") || !strcmp(host, "::1") || (!strncmp(host, "127.", 4) && !host[strspn(host, "0123456789.")]);
}

static const char *scheme_of(const char *text, const char **rest)
{
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		size_t n = strlen(schemes[i].prefix);

		if (!strncasecmp(text, schemes[i].prefix, n)) {
			*rest = text + n;
			return schemes[i].tls ? "tls" : "plain";
		}
	}
	*rest = text;
	return NULL;
}

/* Splits host and port; returns what follows them, NULL when it is none. */
static const char *address_split(struct address *a, const char *text)
{
	const char *host = text, *end;
	size_t length;

	if (*text == '[') {
		host = text + 1;
		end = strchr(host, ']');
		if (!end)
			return NULL;
		text = end + 1;
	} else {
		end = text + strcspn(text, ":/");
		text = end;
	}
	length = (size_t)(end - host);
	if (length == 0 || length >= sizeof a->host)
		return NULL;
	memcpy(a->host, host, length);
	a->host[length] = '\0';
	if (*text != ':')
		return text;
	length = strspn(++text, "0123456789");
	if (length == 0 || length >= sizeof a->port)
		return NULL;
	memcpy(a->port, text, length);
	a->port[length] = '\0';
	return text + length;
}

static bool host_is_clean(const char *host)
{
	for (; *host; host++)
		if (!isalnum((unsigned char)*host) && !strchr("-._:%", *host))
			return false;
	return true;
}

bool address_parse(struct address *a, const char *text, struct failure *f)
{
	const char *rest, *scheme = scheme_of(text, &rest);

	memset(a, 0, sizeof *a);
	rest = address_split(a, rest);
	if (!rest || (*rest && *rest != '/') || !host_is_clean(a->host))
		return failure_usage(f, "'%s' is no address of a server; write it like wss://audit.example.org or 127.0.0.1:9200.", text);
	a->tls = scheme ? !strcmp(scheme, "tls") : !address_is_loopback(a->host);
	if (!*a->port)
		strcpy(a->port, a->tls ? "443" : "80");
	if (!a->tls && !address_is_loopback(a->host))
		return failure_usage(f, "%s would be spoken to without encryption; use wss://%s.", a->host, a->host);
	return true;
}

void address_host_header(const struct address *a, char *out, size_t size)
{
	bool six = strchr(a->host, ':'), usual = !strcmp(a->port, a->tls ? "443" : "80");

	snprintf(out, size, "%s%s%s%s%s", six ? "[" : "", a->host, six ? "]" : "", usual ? "" : ":", usual ? "" : a->port);
}
