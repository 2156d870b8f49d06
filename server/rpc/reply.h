/* reply.h - what goes back: results spliced untouched around PostgreSQL's text, errors, notifications. Each appends JSON text to `out`; check
 * out->failed at the end. `id` is JSON text. */
#ifndef NINETWO_RPC_REPLY_H
#define NINETWO_RPC_REPLY_H

#include "base/buffer.h"
#include "base/error.h"

void reply_result(struct buffer *out, const char *id, const char *json, size_t length);	/* json NULL: null */
void reply_error(struct buffer *out, const char *id, const struct error *err);
void reply_notification(struct buffer *out, const char *method, const char *params, size_t length);

/* The JSON text of an object (NULL: an empty one) with one more member, whose value is JSON text. */
void reply_with_member(struct buffer *out, const char *object, const char *name, const char *value, size_t length);

#endif
