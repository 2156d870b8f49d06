/* delivery.h - hands one-time codes to people by a program of the operator's choice.
 *
 * The program is run without a shell, in / and with nothing in its environment but PATH, and reads lines from standard input:
 *
 *	kind: invitation (or: reset)
 *	email: …
 *	name: …
 *	organisation: … (may be empty)
 *	expires_at: …
 *	code: ABCDE-FGHIJ-KLMNO-PQRST
 *
 * Exit status 0 within a minute: it was handed over. Anything else: that code is void, and another one is made later. */
#ifndef NINETWO_AUTH_DELIVERY_H
#define NINETWO_AUTH_DELIVERY_H

#include "base/error.h"
#include "db/db.h"

struct delivery;

/* E_PARAMS when the command is not an absolute path and words. */
struct delivery *delivery_new(const char *command, struct db *db, const struct db_loop *loop, struct error *err);
void delivery_start(struct delivery *d);
void delivery_stop(struct delivery *d);		/* programs that run are left to end by themselves */
void delivery_free(struct delivery *d);		/* accepts NULL; after db_free */

#endif
