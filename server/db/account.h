/* account.h - leaving root. PostgreSQL refuses root and an unprivileged user cannot read below root's home, so what root starts
 * goes on as an unprivileged user, in a folder of that user's. Never $SUDO_USER: the person's own files are none of our business. */
#ifndef NINETWO_DB_ACCOUNT_H
#define NINETWO_DB_ACCOUNT_H

#include "base/error.h"

/* The user of the installed package. Without it and without --user, root gets an error that says how to create it: a user shared
 * with other daemons (nobody, postgres) is taken only by name. */
#define ACCOUNT_DEFAULT "ninetwo"

/* As root: creates folder (NULL: none) 0700 for the user, then becomes that user for good (user, group, no other groups, HOME set).
 * Not as root: does nothing, and refuses a user that is someone else. user may be NULL. */
enum error_code account_leave_root(const char *user, const char *folder, struct error *err);

#endif
