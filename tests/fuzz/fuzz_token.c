/* Tokens and base64url: one value has one spelling, so what is read is written again as the same text. */
#include "base/base64url.h"
#include "base/hex.h"
#include "base/utf8.h"
#include "rpc/token.h"
#include "tests/fuzz/fuzz.h"

static void check_base64url(const char *text, size_t size)
{
	unsigned char bytes[256];
	char again[BASE64URL_LENGTH(sizeof bytes) + 1];
	size_t length;

	if (!base64url_decode(text, size, bytes, sizeof bytes, &length))
		return;
	must(length <= sizeof bytes);
	base64url_encode(bytes, length, again);
	must(strlen(again) == size && memcmp(again, text, size) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), again[TOKEN_TEXT];
	unsigned char token[TOKEN_SIZE];
	enum token_kind kind;

	check_base64url(text, size);
	if (token_read(text, token, &kind)) {
		token_write(kind, token, again);
		must(strcmp(again, text) == 0);
	}
	hex_decode(text, token, sizeof token);
	utf8_valid(text, size);
	free(text);
	return 0;
}
