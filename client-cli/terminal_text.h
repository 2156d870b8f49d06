/* terminal_text.h - text from outside on a terminal: how wide it is, cut to a width, and never able to command the terminal. */
#ifndef NINETWO_CLIENT_TERMINAL_TEXT_H
#define NINETWO_CLIENT_TERMINAL_TEXT_H

#include <stddef.h>
#include <stdio.h>

/* The columns that text takes: combining marks none, East Asian wide characters and emoji two, what is no UTF-8 one a byte. */
size_t terminal_text_width(const char *text);

/* Prints text on one line; control characters (also those of C1) and line breaks become spaces. Longer than `most` columns, it is cut
 * and ends in an ellipsis. Returns the columns printed. */
size_t terminal_text_print(FILE *out, const char *text, size_t most);

/* The same, wrapped at spaces to `width` columns, every further line beginning with `indent` spaces; line breaks are kept. `at` is the
 * column at which the first line starts. */
void terminal_text_wrap(FILE *out, const char *text, size_t at, size_t indent, size_t width);

/* The terminal's columns: as asked for (0: not), else of stdout, else $COLUMNS, else 100. */
size_t terminal_width(int asked);

#endif
