/* terminal_text.c - UTF-8, its widths, and what must not reach a terminal. Independent of the locale, so that scripts under LANG=C
 * print the same. */
#include "client-cli/terminal_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_DEFAULT = 100, WIDTH_LEAST = 20, WIDTH_MOST = 1000 };

struct range { uint32_t first, last; };

static const struct range none[] = {
	{ 0x0300, 0x036f }, { 0x0483, 0x0489 }, { 0x0591, 0x05bd }, { 0x0610, 0x061a }, { 0x064b, 0x065f }, { 0x0900, 0x0902 },
	{ 0x093c, 0x093c }, { 0x0e31, 0x0e31 }, { 0x0e34, 0x0e3a }, { 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff }, { 0x200b, 0x200f },
	{ 0x202a, 0x202e }, { 0x2060, 0x2064 }, { 0x2066, 0x206f }, { 0x20d0, 0x20ff }, { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f },
	{ 0xfeff, 0xfeff }, { 0x1f3fb, 0x1f3ff }, { 0xe0100, 0xe01ef },
};
static const struct range wide[] = {
	{ 0x1100, 0x115f }, { 0x231a, 0x231b }, { 0x2e80, 0x303e }, { 0x3041, 0x33ff }, { 0x3400, 0x4dbf }, { 0x4e00, 0x9fff },
	{ 0xa000, 0xa4cf }, { 0xa960, 0xa97f }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff }, { 0xfe30, 0xfe6f }, { 0xff00, 0xff60 },
	{ 0xffe0, 0xffe6 }, { 0x1f300, 0x1f3fa }, { 0x1f400, 0x1f64f }, { 0x1f680, 0x1f6ff }, { 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd },
};

static bool is_in(const struct range *ranges, size_t count, uint32_t c)
{
	for (size_t i = 0; i < count; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

/* One character; a byte that starts none is taken alone. */
static size_t decode(const char *text, uint32_t *c)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t length = p[0] < 0x80 ? 1 : p[0] >> 5 == 6 ? 2 : p[0] >> 4 == 14 ? 3 : p[0] >> 3 == 30 ? 4 : 0;

	*c = length == 1 ? p[0] : length == 0 ? 0xfffd : p[0] & (0xffu >> (length + 1));
	for (size_t i = 1; i < length; i++) {
		if (p[i] >> 6 != 2) {
			*c = 0xfffd;
			return 1;
		}
		*c = *c << 6 | (p[i] & 0x3f);
	}
	return length ? length : 1;
}

/* Controls, and the marks that turn the direction of writing and can make a line read as another. */
static bool is_unprintable(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029;
}

static size_t columns_of(uint32_t c)
{
	if (is_unprintable(c))
		return 1;
	if (c >= 0x300 && is_in(none, sizeof none / sizeof *none, c))
		return 0;
	return c >= 0x1100 && is_in(wide, sizeof wide / sizeof *wide, c) ? 2 : 1;
}

size_t terminal_text_width(const char *text)
{
	size_t width = 0;
	uint32_t c;

	while (*text) {
		text += decode(text, &c);
		width += columns_of(c);
	}
	return width;
}

static void put_printable(FILE *out, const char *text, size_t length, uint32_t c)
{
	if (is_unprintable(c))
		fputc(' ', out);
	else if (c == 0xfffd)
		fputs("\xef\xbf\xbd", out);
	else
		fwrite(text, 1, length, out);
}

size_t terminal_text_print(FILE *out, const char *text, size_t most)
{
	bool cut = terminal_text_width(text) > most;
	size_t at = 0, room = cut && most > 0 ? most - 1 : most;
	uint32_t c;

	while (*text) {
		size_t length = decode(text, &c), columns = columns_of(c);

		if (at + columns > room)
			break;
		put_printable(out, text, length, c);
		at += columns;
		text += length;
	}
	if (cut && most > 0) {
		fputs("\xe2\x80\xa6", out);
		at++;
	}
	return at;
}

static void new_line(FILE *out, size_t indent)
{
	fprintf(out, "\n%*s", (int)indent, "");
}

/* Prints one word; returns where the text goes on. */
static const char *put_word(FILE *out, const char *text, size_t *at)
{
	uint32_t c;

	while (*text && *text != ' ' && *text != '\n') {
		size_t length = decode(text, &c);

		put_printable(out, text, length, c);
		*at += columns_of(c);
		text += length;
	}
	return text;
}

static size_t word_width(const char *text)
{
	size_t width = 0;
	uint32_t c;

	while (*text && *text != ' ' && *text != '\n') {
		text += decode(text, &c);
		width += columns_of(c);
	}
	return width;
}

void terminal_text_wrap(FILE *out, const char *text, size_t at, size_t indent, size_t width)
{
	size_t spaces = 0;

	while (*text) {
		if (*text == ' ') {
			spaces++;
			text++;
			continue;
		}
		if (*text == '\n' || (at > indent && at + spaces + word_width(text) > width)) {
			new_line(out, indent);
			at = indent;
			spaces = 0;
			text += *text == '\n';
			continue;
		}
		fprintf(out, "%*s", (int)spaces, "");
		at += spaces;
		spaces = 0;
		text = put_word(out, text, &at);
	}
}

size_t terminal_width(int asked)
{
	struct winsize size;
	const char *columns = getenv("COLUMNS");
	long width = asked;

	if (width <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		width = size.ws_col;
	if (width <= 0 && columns)
		width = strtol(columns, NULL, 10);
	if (width <= 0)
		width = WIDTH_DEFAULT;
	return (size_t)(width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width);
}
