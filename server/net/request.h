/* request.h - struct http_request and its states, for http*.c alone. */
#ifndef NINETWO_NET_REQUEST_H
#define NINETWO_NET_REQUEST_H

#include "base/buffer.h"
#include "base/list.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum request_route { ROUTE_NONE, ROUTE_SESSION, ROUTE_PUT, ROUTE_GET };

enum request_state {
	REQUEST_NEW,
	REQUEST_WAITS,		/* for the handler to accept a PUT */
	REQUEST_READS,		/* its body is coming */
	REQUEST_HANDLED,	/* the handler owes an answer */
	REQUEST_STREAMS,	/* the head is given; pieces follow */
	REQUEST_ANSWERED,	/* all of the answer is in `out` */
	REQUEST_FINISHES,	/* and it is out: the connection ends */
	REQUEST_DONE,		/* the answer is out; the rest of the body is read and forgotten, then the connection ends */
	REQUEST_ABORTED,	/* the connection ends */
};

struct http_transfer_handler;

struct http_request {
	struct list node;		/* server->requests */
	uint64_t id;
	struct client *client;
	struct loop_watch *turn;	/* for room to write */
	void *user;
	int method;			/* LWSHUMETH_* */
	enum request_route route;
	enum request_state state;
	const struct http_transfer_handler *transfer;	/* knows of it, and is to hear that it is gone; NULL: it is none */
	bool expects;			/* 100-continue */
	bool paused;
	bool asked;			/* the handler is getting a piece */
	bool chunked;			/* its end is not known beforehand */
	uint64_t length, body_left, swallowed, pieces_left;
	unsigned int retry_after;
	struct buffer in;		/* of the body: all of it for /session, what came early for PUT */
	struct buffer out;		/* LWS_PRE bytes of room, then what is to be sent */
	size_t sent;			/* of `out`, with the room */
	struct buffer cookie;		/* the Set-Cookie line */
	char allow[64];			/* the header lines that a refusal has of its own */
	char agent[201];
};

/* http.c: answers. None of them calls back. The last two give what http_begin is to return. */
extern const char api_policy[];		/* header lines of whatever is not a page */
void request_answer(struct http_request *r, int status, const char *type, const char *extra, const char *body, size_t length);
int request_answer_text(struct http_request *r, int status, const char *text);
int request_refuse(struct http_request *r, int status);

/* http_judge.c */
enum request_origin { ORIGIN_ABSENT, ORIGIN_GOOD, ORIGIN_BAD };
bool request_has(struct http_request *r, unsigned int token);	/* enum lws_token_indexes */
int request_judge(struct http_request *r, size_t path_length);	/* the status to refuse with, or 0; reads length */
enum request_origin request_origin(struct http_request *r);

/* http_route.c */
int route_request(struct http_request *r, const char *path);
void route_body(struct http_request *r);			/* the whole body of POST /session is there */

#endif
