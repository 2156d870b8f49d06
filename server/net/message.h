/* message.h - what net/ itself needs of struct message, which peer.h declares for the layers above. */
#ifndef NINETWO_NET_MESSAGE_H
#define NINETWO_NET_MESSAGE_H

#include "net/peer.h"

/* The text of a message, with LWS_PRE writeable bytes before it; borrowed. */
unsigned char *message_bytes(struct message *m, size_t *length);

#endif
