/* peer.h - a WebSocket client that costs next to nothing: one buffer, no allocation for each message, made for tens of thousands of them
 * on one epoll loop. It trusts the server that it measures. */
#ifndef TESTS_BENCH_PEER_H
#define TESTS_BENCH_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PEER_BUFFER = 512, PEER_TOKEN = 64 };

struct peer {
	int fd;
	size_t filled;			/* bytes in buffer: the beginning of a frame */
	uint64_t left;			/* bytes of the frame under way that are still to come, and are of no interest */
	bool text;			/* the frame under way is a whole text message */
	size_t length;			/* of the message that was just received */
	char buffer[PEER_BUFFER + 1];	/* its beginning, NUL-terminated when peer_read says there is one */
};

/* What peer_open and everything here does when it fails: says why and ends the program. */
_Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Connects (blocking), upgrades with the token as bearer (NULL: none), and becomes non-blocking. */
void peer_open(struct peer *p, int port, const char *token);
void peer_send(struct peer *p, const char *text, size_t length);
/* Reads what there is. True: a message is whole, its beginning in buffer; call again, there may be more. */
bool peer_read(struct peer *p);
/* Sends, and waits for the reply: for preparing, not for measuring. */
void peer_call(struct peer *p, const char *text);
void peer_close(struct peer *p);

double now_s(void);			/* monotonic seconds */
double median(double *values, int count);	/* sorts them */
void listen_all(int epoll, struct peer *peers, int count);	/* adds them to an epoll, data.ptr the peer */

#endif
