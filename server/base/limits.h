/* limits.h - everything has a maximum, and they are all here. Those that an operator may change are rows of config.h instead. */
#ifndef NINETWO_BASE_LIMITS_H
#define NINETWO_BASE_LIMITS_H

enum {
	/* what comes in */
	LIMIT_MESSAGE = 1024 * 1024,		/* bytes of one WebSocket message; beyond it 1009 */
	LIMIT_MESSAGE_BEFORE_SIGN_IN = 4096,	/* the same, until the peer has signed in */
	LIMIT_JSON_DEPTH = 16,
	LIMIT_BATCH = 20,			/* calls of one JSON-RPC array */
	LIMIT_CALLS_PER_PEER = 32,		/* under way at once for one peer; then reading stops */
	LIMIT_SUBSCRIPTIONS_PER_PEER = 32,	/* organisations that one peer follows */
	LIMIT_SESSION_BODY = 4096,		/* bytes of the body of POST /session */
	LIMIT_EVIDENCE_CHUNK = 256 * 1024,	/* bytes of one stored piece of evidence */
	LIMIT_HTTP_HEADERS = 8 * 1024,		/* bytes of a request's head; beyond it 431, or 414 within its first line */
	LIMIT_HTTP_FIELDS = 64,			/* headers of a request; beyond it 431 */
	LIMIT_HTTP_PATH = 512,			/* bytes of a request's path; beyond it 414 */

	/* what goes out */
	LIMIT_SEND_BYTES = 8 * 1024 * 1024,	/* waiting for one slow reader; beyond it 1013 */
	LIMIT_SEND_BYTES_BEFORE_SIGN_IN = 64 * 1024,	/* the same before the sign-in, beside the description once */
	LIMIT_DESCRIPTION = 4 * 1024 * 1024,	/* bytes of /openrpc.json; a longer one is had by the noun */
	LIMIT_SEND_MESSAGES = 4096,
	LIMIT_HTTP_SLICE = 16 * 1024,		/* bytes given to a socket at once: less than there is room for when it says that there is */

	/* deadlines, in milliseconds */
	LIMIT_HANDSHAKE_MS = 10 * 1000,		/* from accept, or the last answer, to a whole request header */
	LIMIT_BODY_STALL_MS = 20 * 1000,	/* without one byte of the body, or one byte taken by the reader */
	LIMIT_ANSWER_MS = 30 * 1000,		/* for a handler to answer */
	LIMIT_SIGN_IN_MS = 5 * 1000,		/* from the open WebSocket to signed in */
	LIMIT_PING_MS = 30 * 1000,		/* of silence, then a ping */
	LIMIT_SILENCE_MS = 90 * 1000,		/* of silence, then the end */
	LIMIT_CLOSE_MS = 5 * 1000,		/* for the closing handshake */
	LIMIT_SWEEP_MS = 1000,			/* how often deadlines are looked at */

	/* work beside the loop */
	LIMIT_WORKER_QUEUE = 64,		/* jobs waiting for a thread; then not now */
};

#endif
