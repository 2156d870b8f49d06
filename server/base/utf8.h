/* utf8.h - is this valid UTF-8? */
#ifndef NINETWO_BASE_UTF8_H
#define NINETWO_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* As RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF. NUL is a character like any other. */
bool utf8_valid(const char *text, size_t length);

#endif
