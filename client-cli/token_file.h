/* token_file.h - the bearer token of a script, in a file: an argument or the environment would show it to everybody on the machine. */
#ifndef NINETWO_CLIENT_TOKEN_FILE_H
#define NINETWO_CLIENT_TOKEN_FILE_H

#include "client-cli/failure.h"

enum { TOKEN_FILE_MAX = 256 };

/* The first line of the file. False with f set: it cannot be read, holds no token, or others than its owner may read it. */
bool token_file_read(const char *path, char token[TOKEN_FILE_MAX], struct failure *f);

/* A name for what is kept beside a token (where a watch stands, uploads begun), from which the token cannot be told. */
void token_file_name(const char *token, char name[32]);

#endif
