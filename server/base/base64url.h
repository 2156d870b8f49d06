/* base64url.h - RFC 4648 section 5, without padding: how tokens are written. */
#ifndef NINETWO_BASE_BASE64URL_H
#define NINETWO_BASE_BASE64URL_H

#include <stdbool.h>
#include <stddef.h>

#define BASE64URL_LENGTH(bytes) (((bytes) * 4 + 2) / 3)	/* without NUL */

/* Writes BASE64URL_LENGTH(length) characters and a NUL. */
void base64url_encode(const void *bytes, size_t length, char *out);
/* Reads text of text_length characters into at most `room` bytes. Refuses padding, other alphabets and stray last bits,
 * so that one value has one spelling. *length receives the number of bytes. */
bool base64url_decode(const char *text, size_t text_length, void *out, size_t room, size_t *length);

#endif
