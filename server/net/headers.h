/* headers.h - the head of every answer, written by ourselves so that each carries the same protections. */
#ifndef NINETWO_NET_HEADERS_H
#define NINETWO_NET_HEADERS_H

#include "base/buffer.h"

#include <stdbool.h>

const char *headers_phrase(int status);
/* Status line, and what every answer has. secure adds Strict-Transport-Security. */
void headers_begin(struct buffer *b, int status, bool secure);

#endif
