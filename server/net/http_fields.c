/* http_fields.c */
#include "net/http_fields.h"

#include "base/uuid.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Digits, all of it; libwebsockets would take "-5". */
bool field_number(const char *text, uint64_t *out)
{
	uint64_t n = 0;
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > 15 || text[digits])
		return false;
	for (; *text; text++)
		n = n * 10 + (uint64_t)(*text - '0');
	*out = n;
	return true;
}

bool field_uuid(const char *text, char out[37])
{
	struct uuid id;

	if (!uuid_is(text) || !uuid_read(text, &id))
		return false;
	uuid_write(&id, out);
	return true;
}

/* "bytes 0-99/1000" or "bytes 0-99/" and a star. */
bool field_content_range(const char *text, struct http_transfer *t)
{
	char first[20], last[20], total[20];
	uint64_t end;
	int used = 0;

	if (sscanf(text, "bytes %19[0-9]-%19[0-9]/%19[0-9*]%n", first, last, total, &used) != 3 || text[used])
		return false;
	if (!field_number(first, &t->offset) || !field_number(last, &end) || end < t->offset || end - t->offset + 1 != t->length)
		return false;
	t->total = UINT64_MAX;
	return strcmp(total, "*") == 0 || (field_number(total, &t->total) && t->total > end);
}

/* A range that is not understood is as good as none (RFC 9110): the whole is sent. */
void field_range(const char *text, struct http_transfer *t)
{
	char first[20] = "", last[20] = "";
	const char *dash;

	if (strncmp(text, "bytes=", 6) != 0 || strchr(text, ',') || !(dash = strchr(text, '-')))
		return;
	text += 6;
	if ((size_t)(dash - text) >= sizeof(first) || strlen(dash + 1) >= sizeof(last))
		return;
	memcpy(first, text, (size_t)(dash - text));
	strcpy(last, dash + 1);
	if (!first[0]) {
		t->ranged = t->suffix = field_number(last, &t->length);
		return;
	}
	t->last = UINT64_MAX;
	t->ranged = field_number(first, &t->first) && (!last[0] || (field_number(last, &t->last) && t->last >= t->first));
}

/* ";q=0", ";q=0.000" */
static bool weighs_nothing(const char *parameters)
{
	const char *q = parameters + strspn(parameters, " \t;");

	return (*q == 'q' || *q == 'Q') && q[1] == '=' && strspn(q + 2, "0.") == strcspn(q + 2, " \t;,");
}

bool field_accepts(const char *list, const char *coding)
{
	const char *one = list;
	size_t n;

	for (one += strspn(one, " \t,"); *one; one += strspn(one, " \t,")) {
		n = strcspn(one, " \t;,");
		if (n == strlen(coding) && strncasecmp(one, coding, n) == 0)
			return !weighs_nothing(one + n);
		one += strcspn(one, ",");
	}
	return false;
}

/* Compared weakly (RFC 9110): a proxy that compresses marks our tag with W/. */
bool field_matches(const char *list, const char *tag)
{
	const char *one = list;
	size_t n;

	if (strcmp(list, "*") == 0)
		return true;
	for (one += strspn(one, " \t,"); *one; one += strspn(one, " \t,")) {
		if (strncmp(one, "W/", 2) == 0)
			one += 2;
		n = strcspn(one, " \t,");
		if (n == strlen(tag) && strncmp(one, tag, n) == 0)
			return true;
		one += n;
	}
	return false;
}
