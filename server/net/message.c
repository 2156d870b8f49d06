/* message.c - the bytes of a message stand behind the room that lws_write wants for a frame's header, so that one copy serves every
 * receiver: the header depends on the length alone, and what the socket does not take at once libwebsockets copies. */
#include "net/message.h"

#include <libwebsockets.h>
#include <stdlib.h>
#include <string.h>

struct message {
	unsigned int references;
	size_t length;
	unsigned char bytes[];	/* LWS_PRE, the text, NUL */
};

struct message *message_new(const char *text, size_t length)
{
	struct message *m = malloc(sizeof(*m) + LWS_PRE + length + 1);

	if (!m)
		return NULL;
	m->references = 1;
	m->length = length;
	memcpy(m->bytes + LWS_PRE, text, length);
	m->bytes[LWS_PRE + length] = '\0';
	return m;
}

struct message *message_hold(struct message *m)
{
	m->references++;
	return m;
}

void message_drop(struct message *m)
{
	if (m && --m->references == 0)
		free(m);
}

unsigned char *message_bytes(struct message *m, size_t *length)
{
	*length = m->length;
	return m->bytes + LWS_PRE;
}
