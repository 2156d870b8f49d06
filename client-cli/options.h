/* options.h - the options that every command knows, and a cursor over the words of the command line. */
#ifndef NINETWO_CLIENT_OPTIONS_H
#define NINETWO_CLIENT_OPTIONS_H

#include "client-cli/failure.h"

/* The words still to be read. */
struct words {
	int count;
	char **list;		/* borrowed */
	int next;
};

enum format { FORMAT_TABLE, FORMAT_JSON, FORMAT_CSV };

/* All text is borrowed from the command line or the environment. */
struct options {
	const char *as;			/* profile, of --as */
	const char *token_file;		/* of --token-file */
	const char *usual_as, *usual_token_file;	/* of the environment; client_start settles which of the four counts */
	const char *server;		/* of --server; NULL: see client_server */
	const char *usual_server;	/* of the environment */
	const char *organisation;	/* id or name; NULL: the profile's */
	const char *ca_file;
	const char *request_id;
	const char *columns;		/* comma-separated */
	const char *field;		/* dotted path into the result */
	enum format format;
	int width;			/* of the table; 0: the terminal's */
	int retry_seconds;		/* how long a lost connection is tried again */
	bool all;
	bool quiet;
	bool help;
};

/* Begins with what the environment says: NINETWO_AS, NINETWO_TOKEN_FILE, NINETWO_SERVER, NINETWO_CA; one that is empty
 * is none. */
void options_start(struct options *o);
/* Takes the option that stands at the cursor. False with FAILURE_NONE: it is none of these. */
bool options_take(struct options *o, struct words *w, struct failure *f);
/* One line per option: "--json\tprint the result as JSON". */
void options_describe(FILE *out);
const char *options_name(size_t i);	/* "json", …; NULL past the last */

/* Whether word is --name or --name=value; dashes and underscores are one. For --name=value *value points into word. */
bool option_is(const char *word, const char *name, const char **value);
/* The value of the option at the cursor, after "=" or as the next word; NULL with f set when there is none. Moves past both. */
const char *option_value(struct words *w, const char *attached, struct failure *f);

#endif
