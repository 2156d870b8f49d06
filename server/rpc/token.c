/* token.c - see token.h. */
#include "rpc/token.h"

#include "base/base64url.h"

#include <string.h>

enum { PREFIX = 4 };

static const char prefixes[][PREFIX + 1] = { [TOKEN_SESSION] = "n2s_", [TOKEN_BEARER] = "n2t_" };

bool token_read(const char *text, unsigned char token[TOKEN_SIZE], enum token_kind *kind)
{
	size_t length = 0;

	for (enum token_kind k = TOKEN_SESSION; k <= TOKEN_BEARER; k++) {
		if (strncmp(text, prefixes[k], PREFIX) || strlen(text) != TOKEN_TEXT - 1)
			continue;
		if (kind)
			*kind = k;
		return base64url_decode(text + PREFIX, strlen(text) - PREFIX, token, TOKEN_SIZE, &length) && length == TOKEN_SIZE;
	}
	return false;
}

void token_write(enum token_kind kind, const unsigned char token[TOKEN_SIZE], char text[TOKEN_TEXT])
{
	memcpy(text, prefixes[kind], PREFIX);
	base64url_encode(token, TOKEN_SIZE, text + PREFIX);
}
