/* command.h - the commands that are not made from the document, and the one that is. */
#ifndef NINETWO_CLIENT_COMMAND_H
#define NINETWO_CLIENT_COMMAND_H

#include "client-cli/client.h"

/* The cursor stands after the command's own words. */
typedef bool (*command_fn)(struct client *c, struct words *w, struct failure *f);

struct command {
	const char *name;
	const char *synopsis;		/* what follows the name */
	const char *doc;
	const char *examples;		/* lines, or NULL */
	command_fn run;
};

extern const struct command commands[];		/* ends with a name of NULL */
const struct command *command_find(const char *name);

/* NOUN VERB …: the cursor stands at the noun. */
bool command_method(struct client *c, struct words *w, struct failure *f);
/* The method of "noun" "verb" (dashes for underscores), asking the server anew when the cached document does not know it.
 * NULL with f set. The name is written to name. */
json_t *command_find_method(struct client *c, const char *noun, const char *verb, char name[128], struct failure *f);

/* Whether a list is to be had as CSV by the server, whole; and that, to standard output. */
bool command_exports(const struct client *c, const json_t *method, const json_t *params);
bool command_export(struct client *c, const char *name, json_t *params, struct failure *f);

bool command_login(struct client *c, struct words *w, struct failure *f);
bool command_logout(struct client *c, struct words *w, struct failure *f);
bool command_set_password(struct client *c, struct words *w, struct failure *f);
bool command_whoami(struct client *c, struct words *w, struct failure *f);
bool command_watch(struct client *c, struct words *w, struct failure *f);
bool command_evidence(struct client *c, struct words *w, struct failure *f);
bool command_call(struct client *c, struct words *w, struct failure *f);
bool command_can(struct client *c, struct words *w, struct failure *f);
bool command_may(struct client *c, struct words *w, struct failure *f);
bool command_help(struct client *c, struct words *w, struct failure *f);
bool command_completion(struct client *c, struct words *w, struct failure *f);
bool command_complete(struct client *c, struct words *w, struct failure *f);
bool command_version(struct client *c, struct words *w, struct failure *f);

/* Options of a command itself: a row each, texts borrowed. */
struct own_option {
	const char *name;
	const char **text;		/* takes a value */
	bool *flag;			/* takes none */
};
/* Reads all words: own options, those that every command knows, and up to `most` plain words into plain. */
bool command_words(struct client *c, struct words *w, const struct own_option *own, const char **plain, int most, struct failure *f);

/* The text of an object's member; "" when there is none. Borrowed from the object. */
const char *command_text(const json_t *object, const char *member);

/* Help of a command of the table, and of a method. */
void help_command(FILE *out, const struct command *command);
void help_method(FILE *out, const struct document *d, const json_t *method);

#endif
