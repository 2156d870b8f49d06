/* buffer.h - bytes that grow, up to a maximum given at init.
 *
 * The bytes are always followed by a NUL that is not counted, so that data can be handed on as text.
 * A call that would exceed the maximum, or finds no memory, changes nothing, marks the buffer as failed and returns false;
 * a failed buffer refuses further bytes, so a sequence of appends needs one check at its end. */
#ifndef NINETWO_BASE_BUFFER_H
#define NINETWO_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer {
	char *data;		/* NULL while nothing was ever appended */
	size_t length;
	size_t capacity;
	size_t maximum;
	bool failed;
};

void buffer_init(struct buffer *b, size_t maximum);
void buffer_clear(struct buffer *b);		/* frees; the buffer may be used again */
void buffer_wipe(struct buffer *b);		/* buffer_clear, after overwriting what was held: for secrets */
void buffer_reset(struct buffer *b);		/* empties, keeps the memory */

bool buffer_append(struct buffer *b, const void *bytes, size_t length);
bool buffer_append_text(struct buffer *b, const char *text);
bool buffer_append_format(struct buffer *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Appends text as a JSON string with its quotes. The text must be valid UTF-8. */
bool buffer_append_json(struct buffer *b, const char *text, size_t length);

/* Room for more bytes without growing step by step. */
bool buffer_reserve(struct buffer *b, size_t more);

const char *buffer_text(const struct buffer *b);	/* borrowed; "" when empty */
/* Moves the bytes out (caller frees); NULL when empty or failed. The buffer is as after init. */
char *buffer_take(struct buffer *b, size_t *length);

#endif
