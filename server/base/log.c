/* log.c - a line is built on the stack and goes out in one write, so that lines of several threads or processes do not mix. */
#include "base/log.h"

#include "base/clock.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_MAX = 2048, VALUE_MAX = 1024 };

struct line {
	char text[LINE_MAX];
	size_t length;
};

static const char *const names[] = { "debug", "info", "warn", "error" };
static atomic_int least = LEVEL_INFO;
static atomic_int output = STDERR_FILENO;

void log_set_level(enum log_level level)
{
	atomic_store(&least, (int)level);
}

void log_set_output(int fd)
{
	atomic_store(&output, fd);
}

int log_level_named(const char *name)
{
	for (int i = 0; i <= LEVEL_ERROR; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

/* One byte always stays free for the newline. */
static void put_bytes(struct line *l, const char *bytes, size_t length)
{
	size_t room = sizeof(l->text) - 1 - l->length;

	if (length > room)
		length = room;
	memcpy(l->text + l->length, bytes, length);
	l->length += length;
}

static bool is_plain(const char *value)
{
	const unsigned char *c;

	for (c = (const unsigned char *)value; *c; c++)
		if (*c <= ' ' || *c == '"' || *c == '=' || *c == '\\' || *c == 0x7f)
			return false;
	return c != (const unsigned char *)value;
}

/* Bytes from 0x80 pass as they are: a reader takes the log as UTF-8 and shows what is broken as broken. */
static void put_escaped(struct line *l, unsigned char c)
{
	char escape[5];

	if (c == '"' || c == '\\')
		snprintf(escape, sizeof(escape), "\\%c", c);
	else if (c < 0x20 || c == 0x7f)
		snprintf(escape, sizeof(escape), "\\x%02x", c);
	else
		snprintf(escape, sizeof(escape), "%c", c);
	put_bytes(l, escape, strlen(escape));
}

static void put_value(struct line *l, const char *value)
{
	size_t used = 0;

	if (!value)
		value = "-";
	if (is_plain(value) && strlen(value) <= VALUE_MAX) {
		put_bytes(l, value, strlen(value));
		return;
	}
	put_bytes(l, "\"", 1);
	for (; *value && used < VALUE_MAX; value++, used++)
		put_escaped(l, (unsigned char)*value);
	put_bytes(l, "\"", 1);
}

/* Reads one argument for the conversion that starts at spec (after the %); returns where the format goes on. */
static const char *put_conversion(struct line *l, const char *spec, va_list *args)
{
	char number[32] = "";
	int longs = 0;
	bool size = false;

	for (; *spec == 'l' || *spec == 'z'; spec++) {
		longs += *spec == 'l';
		size |= *spec == 'z';
	}
	if (*spec == 's') {
		put_value(l, va_arg(*args, const char *));
		return spec + 1;
	}
	if (*spec == 'd' || *spec == 'i') {
		long long v = size ? (long long)va_arg(*args, ptrdiff_t) : longs == 0 ? va_arg(*args, int) :
			longs == 1 ? va_arg(*args, long) : va_arg(*args, long long);

		snprintf(number, sizeof(number), "%lld", v);
	} else if (*spec == 'u' || *spec == 'x') {
		unsigned long long v = size ? va_arg(*args, size_t) : longs == 0 ? va_arg(*args, unsigned int) :
			longs == 1 ? va_arg(*args, unsigned long) : va_arg(*args, unsigned long long);

		snprintf(number, sizeof(number), *spec == 'u' ? "%llu" : "%llx", v);
	} else if (*spec == 'c') {
		snprintf(number, sizeof(number), "%c", va_arg(*args, int));
	}
	put_value(l, number);
	return *spec ? spec + 1 : spec;
}

static void put_log_fields(struct line *l, const char *fmt, va_list *args)
{
	put_bytes(l, " ", 1);
	while (*fmt) {
		size_t literal = strcspn(fmt, "%");

		put_bytes(l, fmt, literal);
		fmt += literal;
		if (*fmt == '%')
			fmt = put_conversion(l, fmt + 1, args);
	}
}

void log_event(enum log_level level, const char *event, const char *fmt, ...)
{
	struct line l = { .length = 0 };
	char now[CLOCK_TEXT];
	va_list args;

	if ((int)level < atomic_load(&least))
		return;
	clock_text(clock_wall_ms(), now);
	put_bytes(&l, "event=", 6);
	put_bytes(&l, event, strlen(event));
	put_bytes(&l, " at=", 4);
	put_bytes(&l, now, strlen(now));
	put_bytes(&l, " level=", 7);
	put_bytes(&l, names[level], strlen(names[level]));
	if (fmt) {
		va_start(args, fmt);
		put_log_fields(&l, fmt, &args);
		va_end(args);
	}
	l.text[l.length++] = '\n';
	/* A log that cannot be written has nowhere to say so. */
	if (write(atomic_load(&output), l.text, l.length) < 0)
		return;
}
