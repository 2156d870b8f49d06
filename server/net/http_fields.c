/* http_fields.c - see http_fields.h. */
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

/* What of the list comes after blanks and commas. */
static const char *next_of_list(const char *text)
{
	return text + strspn(text, " \t,");
}

bool field_names_tag(const char *text, const char *tag)
{
	size_t length = strlen(tag);
	const char *end;

	if (strcmp(text, "*") == 0)
		return true;
	for (text = next_of_list(text); *text; text = next_of_list(end + 1)) {
		text += strncmp(text, "W/", 2) == 0 ? 2 : 0;
		end = *text == '"' ? strchr(text + 1, '"') : NULL;
		if (!end)
			return false;
		if ((size_t)(end + 1 - text) == length && strncmp(text, tag, length) == 0)
			return true;
	}
	return false;
}

/* The weight behind a word of a list: none is the full one, and one that is not above zero means not at all. */
static bool has_weight(const char *text, const char *end)
{
	const char *q = text + strspn(text, "; \t");

	if (q >= end)
		return true;
	if (strncasecmp(q, "q=", 2) != 0)
		return false;
	q += 2 + strspn(q + 2, "0.");
	return *q >= '1' && *q <= '9';
}

bool field_takes_coding(const char *text, const char *coding)
{
	bool any = false;
	size_t length;
	const char *end;

	for (text = next_of_list(text); *text; text = next_of_list(end)) {
		end = text + strcspn(text, ",");
		length = strcspn(text, ",; \t");
		if (length == strlen(coding) && strncasecmp(text, coding, length) == 0)
			return has_weight(text + length, end);
		any = any || (length == 1 && *text == '*' && has_weight(text + 1, end));
	}
	return any;
}
