/* digest.h - SHA-256 of a file, read once from start to end. */
#ifndef NINETWO_CLIENT_DIGEST_H
#define NINETWO_CLIENT_DIGEST_H

#include "client-cli/failure.h"

#include <stdint.h>

enum { DIGEST_HEX = 65 };

/* Reads an open file, whose position is at its start again afterwards; size is what was read. */
bool digest_file(int fd, char hex[DIGEST_HEX], uint64_t *size, struct failure *f);

#endif
