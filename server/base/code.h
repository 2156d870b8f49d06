/* code.h - one-time codes by which people set their own password: 100 random bits in base32, in four groups of five. Only the digest is kept. */
#ifndef NINETWO_BASE_CODE_H
#define NINETWO_BASE_CODE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	CODE_TEXT = 20 + 3 + 1,		/* "ABCDE-FGHIJ-KLMNO-PQRST" and its NUL */
	DIGEST_SIZE = 32,
};

enum error_code code_make(char text[CODE_TEXT], unsigned char digest[DIGEST_SIZE], struct error *err);
/* The digest of a code as a person typed it: lower case, spaces and missing dashes are forgiven. False: it is no code. */
bool code_digest(const char *text, unsigned char digest[DIGEST_SIZE]);

/* SHA-256. */
void digest_of(const void *bytes, size_t length, unsigned char digest[DIGEST_SIZE]);
/* Random bytes for secrets. */
enum error_code secret_make(unsigned char *bytes, size_t length, struct error *err);

#endif
