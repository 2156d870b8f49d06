/* code.c - see code.h. */
#include "base/code.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <ctype.h>
#include <string.h>

enum { LETTERS = 20, GROUP = 5 };

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void digest_of(const void *bytes, size_t length, unsigned char digest[DIGEST_SIZE])
{
	EVP_Digest(bytes, length, digest, NULL, EVP_sha256(), NULL);
}

enum error_code secret_make(unsigned char *bytes, size_t length, struct error *err)
{
	return RAND_bytes(bytes, (int)length) == 1 ? OK : error_set(err, E_NOT_NOW, NULL);
}

enum error_code code_make(char text[CODE_TEXT], unsigned char digest[DIGEST_SIZE], struct error *err)
{
	unsigned char random[LETTERS];
	char *at = text;

	if (secret_make(random, sizeof random, err) != OK)
		return err->code;
	for (int i = 0; i < LETTERS; i++) {
		if (i && i % GROUP == 0)
			*at++ = '-';
		*at++ = alphabet[random[i] % 32];
	}
	*at = '\0';
	explicit_bzero(random, sizeof random);
	code_digest(text, digest);
	return OK;
}

bool code_digest(const char *text, unsigned char digest[DIGEST_SIZE])
{
	char letters[LETTERS];
	size_t n = 0;

	for (; *text; text++) {
		char c = (char)toupper((unsigned char)*text);

		if (c == '-' || isspace((unsigned char)c))
			continue;
		if (n == LETTERS || !strchr(alphabet, c))
			return false;
		letters[n++] = c;
	}
	if (n == LETTERS)
		digest_of(letters, LETTERS, digest);
	explicit_bzero(letters, sizeof letters);
	return n == LETTERS;
}
