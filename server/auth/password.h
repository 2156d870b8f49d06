/* password.h - which passwords are good enough, and the key that is made of one (scrypt, on the worker pool). */
#ifndef NINETWO_AUTH_PASSWORD_H
#define NINETWO_AUTH_PASSWORD_H

#include "base/error.h"
#include "base/worker.h"

#include <stddef.h>
#include <stdint.h>

enum {
	PASSWORD_MIN = 15, PASSWORD_MAX = 256,	/* characters */
	SALT_SIZE = 16,				/* bytes of a salt that is made here */
	SALT_MAX = 64,				/* of one that the database gave */
	KEY_SIZE = 32,
};

struct password_cost {
	uint64_t n, r, p;
};
extern const struct password_cost password_cost;	/* what new passwords are hashed with */

/* Judges a new password: its length, and that it is not made of a few of the most common words, rows of keys, repetitions and numbers.
 * `personal` (NULL-terminated; lower case or not) are further words: the person's name and e-mail address. E_PARAMS with data that names the parameter. */
enum error_code password_judge(const char *password, const char *const *personal, struct error *err);

/* key is KEY_SIZE bytes, borrowed until it returns and then wiped; NULL with err set. Called once, on the
 * loop's thread, never from inside password_derive. */
typedef void (*password_done_fn)(void *arg, const unsigned char *key, struct error *err);

/* Copies all it needs. Refuses with E_NOT_NOW when too many are waiting, E_INTERNAL for a cost or a salt that is out of bounds: then done is not called. */
enum error_code password_derive(struct worker *w, const char *password, const unsigned char *salt, size_t salt_length,
	const struct password_cost *cost, password_done_fn done, void *arg, struct error *err);

#endif
