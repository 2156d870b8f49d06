/* auth.c - see auth.h. */
#include "auth/auth.h"

#include "auth/delivery.h"
#include "auth/state.h"

#include <stdlib.h>

static enum error_code declare(struct auth *a, struct error *err)
{
	if (session_declare(a, err) != OK || set_password_declare(a, err) != OK)
		return err->code;
	return token_declare(a, err);
}

struct auth *auth_new(const struct auth_config *config, struct error *err)
{
	struct auth *a = calloc(1, sizeof *a);
	const char *command = config->delivery_command;

	if (!a) {
		error_set(err, E_NOT_NOW, NULL);
		return NULL;
	}
	a->config = *config;
	a->config.delivery_command = NULL;
	list_init(&a->attempts);
	if (declare(a, err) != OK)
		goto fail;
	if (command && *command) {
		a->delivery = delivery_new(command, config->db, config->loop, err);
		if (!a->delivery)
			goto fail;
	}
	return a;
fail:
	auth_free(a);
	return NULL;
}

void auth_free(struct auth *a)
{
	if (!a)
		return;
	delivery_free(a->delivery);
	free(a);
}

void auth_attach(struct auth *a, struct server *server)
{
	a->server = server;
}

void auth_start(struct auth *a)
{
	if (a->delivery)
		delivery_start(a->delivery);
}

void auth_stop(struct auth *a)
{
	if (a->delivery)
		delivery_stop(a->delivery);
}
