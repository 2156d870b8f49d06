/* code.c - see code.h. */
#include "db/code.h"

#include "base/hex.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

enum { CHARACTERS = 20, GROUP = 5, DIGEST = 32 };

bool invitation_code_make(char code[CODE_TEXT], char digest[CODE_DIGEST_TEXT])
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	unsigned char random[CHARACTERS], sum[DIGEST];
	char plain[CHARACTERS];
	bool made = RAND_bytes(random, sizeof(random)) == 1;

	for (int i = 0; i < CHARACTERS; i++) {
		plain[i] = alphabet[random[i] % 32];		/* 256 is a multiple of 32: no character is likelier */
		*code++ = plain[i];
		if (i % GROUP == GROUP - 1)
			*code++ = i == CHARACTERS - 1 ? '\0' : '-';
	}
	made = made && EVP_Digest(plain, sizeof(plain), sum, NULL, EVP_sha256(), NULL) == 1;
	memcpy(digest, "\\x", 2);
	hex_encode(sum, sizeof(sum), digest + 2);
	OPENSSL_cleanse(random, sizeof(random));
	OPENSSL_cleanse(plain, sizeof(plain));
	return made;
}
