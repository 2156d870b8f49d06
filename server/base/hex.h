/* hex.h - bytes as hexadecimal digits, and back. */
#ifndef NINETWO_BASE_HEX_H
#define NINETWO_BASE_HEX_H

#include <stdbool.h>
#include <stddef.h>

/* Writes 2 * length lower-case digits and a NUL. */
void hex_encode(const void *bytes, size_t length, char *out);
/* Reads exactly 2 * length digits of either case, which must be all of text. */
bool hex_decode(const char *text, void *out, size_t length);
/* The value of one digit, of either case; -1 when it is none. */
int hex_digit(char c);

#endif
