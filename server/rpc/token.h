/* token.h - how a session or bearer token is written on the wire: n2s_ or n2t_ and 32 random bytes in base64url. */
#ifndef NINETWO_RPC_TOKEN_H
#define NINETWO_RPC_TOKEN_H

#include <stdbool.h>

enum {
	TOKEN_SIZE = 32,		/* bytes */
	TOKEN_TEXT = 4 + 43 + 1,	/* written, with its NUL */
};

enum token_kind { TOKEN_SESSION, TOKEN_BEARER };

/* False: it is no token. kind may be NULL. */
bool token_read(const char *text, unsigned char token[TOKEN_SIZE], enum token_kind *kind);
void token_write(enum token_kind kind, const unsigned char token[TOKEN_SIZE], char text[TOKEN_TEXT]);

#endif
