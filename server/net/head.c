/* head.c - RFC 9112 (HTTP/1.1) and RFC 9110 (its fields), where they leave a choice the strict one. */
#include "net/head.h"

#include "base/limits.h"

#include <string.h>
#include <strings.h>

enum rule {
	ONCE,			/* twice is refused */
	MANY,			/* a list, which may be spread over lines */
	OURS,			/* read here, and not handed on as it came */
};

enum known_name { CONTENT_LENGTH, EXPECT, HOST, ORIGIN, TRANSFER_ENCODING, UPGRADE, X_FORWARDED_FOR, OTHERS };

/* What ninetwo reads of a request. A header that is not here is not for it. */
static const struct known { const char *name; enum rule rule; } known[] = {
	[CONTENT_LENGTH] = { "Content-Length", ONCE },
	[EXPECT] = { "Expect", ONCE },
	[HOST] = { "Host", OURS },
	[ORIGIN] = { "Origin", ONCE },
	[TRANSFER_ENCODING] = { "Transfer-Encoding", OURS },
	[UPGRADE] = { "Upgrade", OURS },
	[X_FORWARDED_FOR] = { "X-Forwarded-For", OURS },
	[OTHERS] = { "Accept", MANY },
	{ "Accept-Encoding", MANY },
	{ "Authorization", ONCE },
	{ "Connection", MANY },
	{ "Content-Range", ONCE },
	{ "Content-Type", ONCE },
	{ "Cookie", ONCE },
	{ "If-Modified-Since", ONCE },
	{ "If-None-Match", MANY },
	{ "If-Range", ONCE },
	{ "Range", ONCE },
	{ "Sec-WebSocket-Key", ONCE },
	{ "Sec-WebSocket-Protocol", MANY },
	{ "Sec-WebSocket-Version", ONCE },
	{ "User-Agent", ONCE },
};

enum { KNOWN = sizeof(known) / sizeof(known[0]) };

#define ALPHANUMERIC "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
static const char token_characters[] = "!#$%&'*+-.^_`|~" ALPHANUMERIC;
static const char host_characters[] = "-._~!$&'()*+,;=%:[]" ALPHANUMERIC;

void head_init(struct head *h)
{
	memset(h, 0, sizeof(*h));
	buffer_init(&h->line, LIMIT_HTTP_HEADERS);
	/* A target without a path gets one, an absolute one its Host line. */
	buffer_init(&h->out, LIMIT_HTTP_HEADERS + 1024);
	h->why = "";
}

void head_clear(struct head *h)
{
	buffer_wipe(&h->line);
	buffer_wipe(&h->out);
}

static int head_refuse(struct head *h, int status, const char *why)
{
	h->why = why;
	return status;
}

static bool all_of(const char *text, size_t length, const char *characters)
{
	return length > 0 && strspn(text, characters) >= length;
}

/* --- the request line ----------------------------------------------------------------------------------------------------------- */

/* Ends the text at the first space. NULL: there is none. */
static char *after_space(char *text)
{
	char *space = strchr(text, ' ');

	if (!space)
		return NULL;
	*space = '\0';
	return space + 1;
}

static int judge_version(struct head *h, const char *version)
{
	if (strlen(version) != 8 || strncmp(version, "HTTP/", 5) != 0 || version[6] != '.' || !strchr("0123456789", version[5]) ||
	    !strchr("0123456789", version[7]))
		return head_refuse(h, 400, "The request line is not: method, one space, target, one space, HTTP/1.1.");
	if (version[5] != '1')
		return head_refuse(h, 505, "The version is HTTP/1.1 or 1.0.");
	h->version_1_0 = version[7] == '0';
	return HEAD_MORE;
}

static int judge_method(struct head *h, const char *method)
{
	static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS" };

	if (!all_of(method, strlen(method), token_characters))
		return head_refuse(h, 400, "The method is not a word.");
	h->options = strcmp(method, "OPTIONS") == 0;
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (strcmp(method, methods[i]) == 0)
			return HEAD_MORE;
	return head_refuse(h, 501, "There is no such method here.");
}

static bool is_hexadecimal(char c)
{
	return c && strchr("0123456789abcdefABCDEF", c);
}

static bool good_path(const char *path)
{
	for (; *path; path++)
		if (*path <= ' ' || *path > '~' || *path == '#' || (*path == '%' && !(is_hexadecimal(path[1]) && is_hexadecimal(path[2]))))
			return false;
	return true;
}

static bool good_host(const char *host)
{
	return all_of(host, strlen(host), host_characters);
}

/* What stands behind the scheme of an absolute target; NULL when it is none of HTTP's. */
static const char *absolute(const char *target)
{
	return strncasecmp(target, "http://", 7) == 0 ? target + 7 : strncasecmp(target, "https://", 8) == 0 ? target + 8 : NULL;
}

/* Its host counts, and the Host line does not (RFC 9112, 3.2.2). Leaves the path in *target, which may begin with its query. */
static int take_authority(struct head *h, const char **target)
{
	const char *host = absolute(*target);
	size_t length = strcspn(host, "/?");

	if (length >= sizeof(h->host))
		return head_refuse(h, 414, "The target names a host that is too long.");
	memcpy(h->host, host, length);
	h->host[length] = '\0';
	*target = host + length;
	return good_host(h->host) ? HEAD_MORE : head_refuse(h, 400, "The target names no host as a host is written.");
}

static int judge_target(struct head *h, const char **target)
{
	int status = HEAD_MORE;

	if (h->hides && absolute(*target))
		return head_refuse(h, 400, "An absolute URI cannot be taken within TLS.");
	if (absolute(*target))
		status = take_authority(h, target);
	if (status != HEAD_MORE)
		return status;
	if (!h->host[0] && **target != '/' && !(h->options && strcmp(*target, "*") == 0))
		return head_refuse(h, 400, "The target is neither a path nor an absolute URI of http or https.");
	if (!good_path(*target))
		return head_refuse(h, 400, "The target holds what must be percent-encoded, or is wrongly so.");
	if (strcspn(*target, "?") > LIMIT_HTTP_PATH)
		return head_refuse(h, 414, "The path is too long.");
	return HEAD_MORE;
}

static int take_start(struct head *h, char *line)
{
	char *rest = after_space(line), *version = rest ? after_space(rest) : NULL;
	const char *target = rest;
	int status = version ? judge_version(h, version) : head_refuse(h, 400,
		"The request line is not: method, one space, target, one space, HTTP/1.1.");

	if (status == HEAD_MORE)
		status = judge_method(h, line);
	if (status == HEAD_MORE)
		status = judge_target(h, &target);
	if (status != HEAD_MORE)
		return status;
	h->part = HEAD_FIELDS;
	/* An origin form is on the wire as it came; "*" means the whole server, whose only resource of that kind is the root. */
	buffer_append_format(&h->out, "%s %s%s HTTP/1.%c\r\n", line, *target == '/' ? "" : "/", *target == '*' ? "" : target, h->version_1_0 ? '0' : '1');
	return HEAD_MORE;
}

/* --- its fields ------------------------------------------------------------------------------------------------------------------ */

static size_t find_known(const char *name)
{
	size_t i = 0;

	while (i < KNOWN && strcasecmp(known[i].name, name) != 0)
		i++;
	return i;
}

/* Without the white space around it. */
static char *trimmed(char *value)
{
	size_t length;

	value += strspn(value, " \t");
	length = strlen(value);
	while (length > 0 && (value[length - 1] == ' ' || value[length - 1] == '\t'))
		length--;
	value[length] = '\0';
	return value;
}

static int take_host(struct head *h, const char *host)
{
	if (!good_host(host))
		return head_refuse(h, 400, "Host is not as a host is written.");
	if (!h->host[0])
		buffer_append_format(&h->out, "Host: %s\r\n", host);
	return HEAD_MORE;
}

/* What only "chunked" ends is a body whose end can be told; but here a body has a length. */
static void take_coding(struct head *h, const char *coding)
{
	h->bad_coding = h->bad_coding || h->chunked || strcasecmp(coding, "chunked") != 0;
	h->chunked = true;
}

/* The last word is the proxy's, which may add a line of its own below one that the client sent, or append to it. */
static void take_forwarded(struct head *h, const char *value)
{
	const char *last = strrchr(value, ',');

	last = last ? last + 1 : value;
	last += strspn(last, " \t");
	h->forwarded[0] = '\0';
	if (strlen(last) < sizeof(h->forwarded))
		strcpy(h->forwarded, last);
}

/* Another protocol than this one need not be taken up: the request is answered as if that had not been asked. */
static void take_upgrade(struct head *h, const char *value)
{
	static const char name[] = "websocket";

	while (*value) {
		size_t length = strcspn(value, ", \t");

		h->websocket = h->websocket || (length == sizeof(name) - 1 && strncasecmp(value, name, length) == 0);
		value += length;
		value += strspn(value, ", \t");
	}
}

static int take_header_value(struct head *h, size_t name, const char *value)
{
	if (name == CONTENT_LENGTH && (!all_of(value, strlen(value), "0123456789") || strlen(value) > 15))
		return head_refuse(h, 400, "Content-Length is not a number of at most 15 digits.");
	if (name == ORIGIN && !*value)
		return head_refuse(h, 400, "Origin is empty.");
	if (!*value)
		return HEAD_MORE;
	if (name == EXPECT && h->version_1_0)
		return HEAD_MORE;	/* of a client that cannot mean it */
	if (name == EXPECT && strcasecmp(value, "100-continue") != 0)
		return head_refuse(h, 417, "Nothing but 100-continue can be expected.");
	buffer_append_format(&h->out, "%s: %s\r\n", known[name].name, value);
	return HEAD_MORE;
}

static int take_known(struct head *h, size_t name, const char *value)
{
	bool again = h->seen & 1u << name;

	h->seen |= 1u << name;
	if (again && (known[name].rule == ONCE || name == HOST))
		return head_refuse(h, 400, "A header that may stand once stands twice.");
	switch (name) {
	case HOST:
		return take_host(h, value);
	case TRANSFER_ENCODING:
		take_coding(h, value);
		return HEAD_MORE;
	case UPGRADE:
		take_upgrade(h, value);
		return HEAD_MORE;
	case X_FORWARDED_FOR:
		take_forwarded(h, value);
		return HEAD_MORE;
	default:
		return take_header_value(h, name, value);
	}
}

static int take_field(struct head *h, char *line)
{
	char *colon = strchr(line, ':');
	size_t name;

	if (*line == ' ' || *line == '\t')
		return head_refuse(h, 400, "A header goes on in the next line.");
	if (!colon || !all_of(line, (size_t)(colon - line), token_characters))
		return head_refuse(h, 400,
			"A header's line is not: name, colon, value; nothing stands between the first two.");
	if (++h->fields > LIMIT_HTTP_FIELDS)
		return head_refuse(h, 431, "There are too many headers.");
	*colon = '\0';
	if (h->hides && h->hides(line))
		return head_refuse(h, 400, "A header of that name cannot be taken within TLS.");
	name = find_known(line);
	return name < KNOWN ? take_known(h, name, trimmed(colon + 1)) : HEAD_MORE;
}

/* --- the end of it ----------------------------------------------------------------------------------------------------------------- */

static bool head_has(const struct head *h, size_t name)
{
	return h->seen & 1u << name;
}

static int judge_coding(struct head *h)
{
	if (!head_has(h, TRANSFER_ENCODING))
		return HEAD_MORE;
	if (head_has(h, CONTENT_LENGTH))
		return head_refuse(h, 400, "Content-Length and Transfer-Encoding exclude each other.");
	if (h->version_1_0)
		return head_refuse(h, 400, "HTTP/1.0 has no Transfer-Encoding.");
	if (h->bad_coding)
		return head_refuse(h, 501, "There is no such Transfer-Encoding here.");
	return head_refuse(h, 411, "A body needs its Content-Length.");
}

static int take_end(struct head *h)
{
	int status = head_has(h, HOST) ? judge_coding(h) : head_refuse(h, 400, "There is no Host.");

	if (status == HEAD_MORE && h->hides && head_has(h, UPGRADE) && !h->websocket)
		status = head_refuse(h, 400,
			"An upgrade to another protocol than websocket cannot be taken within TLS.");
	if (status != HEAD_MORE)
		return status;
	if (h->host[0])
		buffer_append_format(&h->out, "Host: %s\r\n", h->host);
	h->websocket = h->websocket && !h->version_1_0;
	if (h->websocket)
		buffer_append_text(&h->out, "Upgrade: websocket\r\n");
	buffer_append_text(&h->out, "\r\n");
	h->part = HEAD_OVER;
	return h->out.failed ? head_refuse(h, 431, "The head is too long.") : HEAD_WHOLE;
}

/* --- line by line ------------------------------------------------------------------------------------------------------------------- */

static int take_line(struct head *h)
{
	char *line = h->line.data;
	int status;

	line[h->line.length - 1] = '\0';	/* in place of the CR */
	if (h->part == HEAD_START)
		/* An empty line before a request is to be overlooked: some clients end a body with one. */
		status = *line ? take_start(h, line) : h->taken > 2 ? head_refuse(h, 400, "The request line is empty.")
			: HEAD_MORE;
	else
		status = *line ? take_field(h, line) : take_end(h);
	buffer_reset(&h->line);
	return status;
}

static int head_too_long(struct head *h)
{
	return h->part == HEAD_START ? head_refuse(h, 414, "The request line is too long.")
		: head_refuse(h, 431, "The head is too long.");
}

static int take_byte(struct head *h, char c)
{
	bool after_return = h->line.length > 0 && h->line.data[h->line.length - 1] == '\r';

	if (++h->taken > LIMIT_HTTP_HEADERS)
		return head_too_long(h);
	if (c == '\n' && after_return)
		return take_line(h);
	if (c == '\n' || after_return)
		return head_refuse(h, 400, "Lines end in CR LF, and these stand nowhere else.");
	if (((unsigned char)c < ' ' && c != '\t' && c != '\r') || c == 0x7f)
		return head_refuse(h, 400, "The head holds a control character.");
	return buffer_append(&h->line, &c, 1) ? HEAD_MORE : head_refuse(h, 503, "Out of memory.");
}

int head_take(struct head *h, const char *bytes, size_t length, size_t *used)
{
	int status = HEAD_MORE;

	for (*used = 0; *used < length && status == HEAD_MORE; ++*used)
		status = take_byte(h, bytes[*used]);
	return status;
}
