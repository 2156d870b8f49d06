/* state.h - what the files of auth/ share. Nobody outside this folder includes it. */
#ifndef NINETWO_AUTH_STATE_H
#define NINETWO_AUTH_STATE_H

#include "auth/auth.h"
#include "base/list.h"

struct delivery;

struct auth {
	struct auth_config config;	/* without the command */
	struct server *server;
	struct delivery *delivery;	/* NULL: no command */
	struct list attempts;		/* to sign in, under way */
};

enum error_code session_declare(struct auth *a, struct error *err);		/* session_methods.c */
enum error_code set_password_declare(struct auth *a, struct error *err);	/* set_password.c */
enum error_code token_declare(struct auth *a, struct error *err);		/* token_create.c */

#endif
