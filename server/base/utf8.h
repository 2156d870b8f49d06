/* utf8.h - is this valid UTF-8, and where may it be cut? */
#ifndef NINETWO_BASE_UTF8_H
#define NINETWO_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* As RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF. NUL is a character like any other. */
bool utf8_valid(const char *text, size_t length);

/* Ends valid UTF-8 that was cut after `length` bytes before a character of which not all is there. */
void utf8_cut(char *text, size_t length);

#endif
