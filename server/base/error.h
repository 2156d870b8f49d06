/* error.h - errors are values: a code that is the wire's contract and one sentence for a person. */
#ifndef NINETWO_BASE_ERROR_H
#define NINETWO_BASE_ERROR_H

#include <stddef.h>

enum { ERROR_MESSAGE_MAX = 512 };

/* The wire's codes. The one table of number, name and default sentence is in error.c. */
enum error_code {
	OK = 0,
	E_PARSE = -32700,
	E_REQUEST = -32600,
	E_METHOD = -32601,
	E_PARAMS = -32602,
	E_INTERNAL = -32603,
	E_UNAUTHENTICATED = -32001,
	E_FORBIDDEN = -32002,
	E_SEPARATION = -32003,
	E_NOT_FOUND = -32004,
	E_STALE = -32005,
	E_STATE = -32006,
	E_SLOW_DOWN = -32007,
	E_NOT_NOW = -32008,
	E_BUSINESS = -32009,
};

struct error {
	enum error_code code;
	char message[ERROR_MESSAGE_MAX];	/* one plain sentence, UTF-8, never SQL, a stack or a secret */
	char *data;				/* JSON text of error.data, or NULL; owned, freed by error_clear */
};

/* Sets code and sentence; NULL fmt takes the table's sentence. Drops earlier data. Returns code, so `return error_set(...)` reads well. */
enum error_code error_set(struct error *err, enum error_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Takes a copy of json (JSON text). Out of memory leaves data NULL. */
void error_set_data(struct error *err, const char *json);

/* Moves *from into *to and empties *from. */
void error_move(struct error *to, struct error *from);
void error_clear(struct error *err);

const char *error_name(enum error_code code);		/* "separation"; "unknown" for others */
const char *error_sentence(enum error_code code);

#endif
