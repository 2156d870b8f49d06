/* code.h - one-time codes: 20 characters of base32 in groups of five, 100 bits, easy to read out. */
#ifndef NINETWO_DB_CODE_H
#define NINETWO_DB_CODE_H

#include <stdbool.h>

enum {
	CODE_TEXT = 20 + 3 + 1,			/* "ABCDE-FGHIJ-KLMNO-PQRST" and its NUL */
	CODE_DIGEST_TEXT = 2 + 2 * 32 + 1	/* "\x…", a bytea in text form, and its NUL */
};

/* A new code and the SHA-256 of its characters without the dashes, which is all that the database keeps. False: no randomness. */
bool invitation_code_make(char code[CODE_TEXT], char digest[CODE_DIGEST_TEXT]);

#endif
