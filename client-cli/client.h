/* client.h - what one run of the command line works with: whose sign-in, which server, its document, a connection made when needed. */
#ifndef NINETWO_CLIENT_CLIENT_H
#define NINETWO_CLIENT_CLIENT_H

#include "client-cli/connection.h"
#include "client-cli/document.h"
#include "client-cli/options.h"
#include "client-cli/profile.h"
#include "client-cli/token_file.h"

struct client {
	struct options options;
	struct profile profile;
	struct document document;	/* loaded by client_document */
	bool document_is_fresh;		/* from the server in this run, not from the cache */
	struct connection *connection;	/* NULL: none at the moment */
	char token[TOKEN_FILE_MAX];	/* of a token file, wiped at the end; "": the profile's */
	bool was_connected;		/* in this run: a loss is worth reconnecting for */
	json_t *known;			/* references resolved in this run: "noun text" -> id */
};

/* What is asked for by option goes before what the environment says. A token file leaves every kept sign-in alone: the profile is then an
 * empty one, named after the token. */
bool client_start(struct client *c, const struct options *options, struct failure *f);
void client_clear(struct client *c);

/* Where --server says; else where this person is signed in; else where NINETWO_SERVER says. Never NULL. */
const char *client_server(const struct client *c);
const char *client_ca_file(const struct client *c);	/* or NULL */

/* Whether there is a token to sign in with; else f says so. */
bool client_signed_in(const struct client *c, struct failure *f);

/* Connects, with the token of the file or the profile unless there is none. */
bool client_connect(struct client *c, struct failure *f);
void client_disconnect(struct client *c);

/* Makes one call. A connection that is lost, once it stood, is made again and the same call sent again (it carries its
 * request_id) until options.retry_seconds are over; so is one answered "not now". */
json_t *client_call(struct client *c, const char *method, json_t *params, struct failure *f);

/* The document from the cache, else from the server. */
bool client_document(struct client *c, struct failure *f);
/* The document from the cache or none, whatever its age; never connects. */
bool client_document_cached(struct client *c, struct failure *f);
/* The document from the server, because the cached one does not know what was asked for. False with FAILURE_NONE: it is that already. */
bool client_document_refresh(struct client *c, struct failure *f);

/* The organisation to work in: the option's, else the profile's, else the only one. Borrowed text of a UUID, or NULL with f set: several
 * of that name are told apart by their ids. */
const char *client_organisation(struct client *c, struct failure *f);

void make_uuid(char out[37]);	/* version 7: it sorts by time */

#endif
