/* buffer.c - growth by doubling; one place decides whether there is room. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 64 };

void buffer_init(struct buffer *b, size_t maximum)
{
	*b = (struct buffer){ .maximum = maximum };
}

void buffer_clear(struct buffer *b)
{
	free(b->data);
	buffer_init(b, b->maximum);
}

void buffer_wipe(struct buffer *b)
{
	if (b->data)
		explicit_bzero(b->data, b->capacity);
	buffer_clear(b);
}

void buffer_reset(struct buffer *b)
{
	b->length = 0;
	b->failed = false;
	if (b->data)
		b->data[0] = '\0';
}

static bool grow(struct buffer *b, size_t needed)
{
	size_t capacity = b->capacity ? b->capacity : FIRST_CAPACITY;
	char *data;

	while (capacity < needed)
		capacity *= 2;
	if (capacity > b->maximum + 1)
		capacity = b->maximum + 1;
	data = realloc(b->data, capacity);
	if (!data)
		return false;
	b->data = data;
	b->capacity = capacity;
	return true;
}

bool buffer_reserve(struct buffer *b, size_t more)
{
	if (b->failed)
		return false;
	if (more > b->maximum - b->length ||
	    (b->length + more + 1 > b->capacity && !grow(b, b->length + more + 1))) {
		b->failed = true;
		return false;
	}
	return true;
}

bool buffer_append(struct buffer *b, const void *bytes, size_t length)
{
	if (!buffer_reserve(b, length))
		return false;
	if (length > 0)
		memcpy(b->data + b->length, bytes, length);
	b->length += length;
	b->data[b->length] = '\0';
	return true;
}

bool buffer_append_text(struct buffer *b, const char *text)
{
	return buffer_append(b, text, strlen(text));
}

bool buffer_append_format(struct buffer *b, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (n < 0)
		b->failed = true;
	if (n < 0 || !buffer_reserve(b, (size_t)n))
		return false;
	va_start(args, fmt);
	vsnprintf(b->data + b->length, (size_t)n + 1, fmt, args);
	va_end(args);
	b->length += (size_t)n;
	return true;
}

/* The two-character escape of c, or NULL when it has none. */
static const char *short_escape(unsigned char c)
{
	switch (c) {
	case '"': return "\\\"";
	case '\\': return "\\\\";
	case '\n': return "\\n";
	case '\r': return "\\r";
	case '\t': return "\\t";
	default: return NULL;
	}
}

bool buffer_append_json(struct buffer *b, const char *text, size_t length)
{
	size_t i, from = 0;

	buffer_append(b, "\"", 1);
	for (i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];
		const char *escape = short_escape(c);

		if (!escape && c >= 0x20)
			continue;
		buffer_append(b, text + from, i - from);
		if (escape)
			buffer_append_text(b, escape);
		else
			buffer_append_format(b, "\\u%04x", c);
		from = i + 1;
	}
	buffer_append(b, text + from, length - from);
	return buffer_append(b, "\"", 1);
}

const char *buffer_text(const struct buffer *b)
{
	return b->data ? b->data : "";
}

char *buffer_take(struct buffer *b, size_t *length)
{
	char *data = NULL;

	if (length)
		*length = b->failed ? 0 : b->length;
	if (b->failed || !b->data) {
		buffer_clear(b);
		return NULL;
	}
	data = b->data;
	b->data = NULL;
	buffer_init(b, b->maximum);
	return data;
}
