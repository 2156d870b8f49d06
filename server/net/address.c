/* address.c - see address.h. */
#include "net/address.h"

#include "base/list.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const unsigned char v4_prefix[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

void address_of(const struct sockaddr_storage *from, struct address *out)
{
	memset(out, 0, sizeof(*out));
	if (from->ss_family == AF_INET) {
		memcpy(out->bytes, v4_prefix, sizeof(v4_prefix));
		memcpy(out->bytes + 12, &((const struct sockaddr_in *)(const void *)from)->sin_addr, 4);
	} else if (from->ss_family == AF_INET6) {
		memcpy(out->bytes, &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr, 16);
	}
}

bool address_parse(const char *text, struct address *out)
{
	memset(out, 0, sizeof(*out));
	if (inet_pton(AF_INET, text, out->bytes + 12) == 1) {
		memcpy(out->bytes, v4_prefix, sizeof(v4_prefix));
		return true;
	}
	return inet_pton(AF_INET6, text, out->bytes) == 1;
}

static bool is_v4(const struct address *a)
{
	return memcmp(a->bytes, v4_prefix, sizeof(v4_prefix)) == 0;
}

void address_text(const struct address *a, char out[ADDRESS_TEXT])
{
	if (is_v4(a))
		inet_ntop(AF_INET, a->bytes + 12, out, ADDRESS_TEXT);
	else
		inet_ntop(AF_INET6, a->bytes, out, ADDRESS_TEXT);
}

bool address_equal(const struct address *a, const struct address *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

bool address_is_loopback(const struct address *a)
{
	struct address six;

	if (is_v4(a))
		return a->bytes[12] == 127;
	return address_parse("::1", &six) && address_equal(a, &six);
}

static bool parse_port(const char *text, in_port_t *port)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || n > 65535)
		return false;
	*port = htons((uint16_t)n);
	return true;
}

bool address_parse_listen(const char *text, struct sockaddr_storage *out, socklen_t *length)
{
	struct sockaddr_in *four = (struct sockaddr_in *)(void *)out;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)out;
	const char *colon = strrchr(text, ':');
	char host[ADDRESS_TEXT + 2];
	size_t n;

	memset(out, 0, sizeof(*out));
	if (!colon || (n = (size_t)(colon - text)) >= sizeof(host))
		return false;
	memcpy(host, text, n);
	host[n] = '\0';
	if (n > 2 && host[0] == '[' && host[n - 1] == ']') {
		host[n - 1] = '\0';
		six->sin6_family = AF_INET6;
		*length = sizeof(*six);
		return inet_pton(AF_INET6, host + 1, &six->sin6_addr) == 1 && parse_port(colon + 1, &six->sin6_port);
	}
	if (n == 0) {
		six->sin6_family = AF_INET6;
		six->sin6_addr = in6addr_any;
		*length = sizeof(*six);
		return parse_port(colon + 1, &six->sin6_port);
	}
	four->sin_family = AF_INET;
	*length = sizeof(*four);
	return inet_pton(AF_INET, host, &four->sin_addr) == 1 && parse_port(colon + 1, &four->sin_port);
}

enum { BUCKETS = 1024 };

struct address_count {
	struct list node;
	struct address address;
	unsigned int connections;
};

struct address_counts {
	struct list bucket[BUCKETS];
};

struct address_counts *address_counts_new(void)
{
	struct address_counts *counts = malloc(sizeof(*counts));

	for (int i = 0; counts && i < BUCKETS; i++)
		list_init(&counts->bucket[i]);
	return counts;
}

void address_counts_free(struct address_counts *counts)
{
	struct list *node, *after;

	for (int i = 0; counts && i < BUCKETS; i++)
		LIST_EACH(node, after, &counts->bucket[i])
			free(LIST_ITEM(node, struct address_count, node));
	free(counts);
}

static struct list *address_bucket(struct address_counts *counts, const struct address *a)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < sizeof(a->bytes); i++)
		hash = (hash ^ a->bytes[i]) * 16777619u;
	return &counts->bucket[hash % BUCKETS];
}

static struct address_count *find_or_make(struct list *bucket, const struct address *a)
{
	struct list *node, *after;
	struct address_count *count;

	LIST_EACH(node, after, bucket) {
		count = LIST_ITEM(node, struct address_count, node);
		if (address_equal(&count->address, a))
			return count;
	}
	count = calloc(1, sizeof(*count));
	if (!count)
		return NULL;
	count->address = *a;
	list_append(bucket, &count->node);
	return count;
}

struct address_count *address_enter(struct address_counts *counts, const struct address *a, unsigned int most)
{
	struct address whole = *a;
	struct address_count *count;

	if (!is_v4(a))
		memset(whole.bytes + 8, 0, 8);
	count = find_or_make(address_bucket(counts, &whole), &whole);
	if (!count)
		return NULL;
	if (count->connections >= most)
		return NULL;
	count->connections++;
	return count;
}

void address_leave(struct address_counts *counts, struct address_count *count)
{
	(void)counts;
	if (!count || --count->connections > 0)
		return;
	list_remove(&count->node);
	free(count);
}
