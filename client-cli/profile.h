/* profile.h - what is kept between two commands: sign-ins, each under a name, and small files beside them.
 *
 * Everything lies in one folder, 0700: $NINETWO_HOME, else $XDG_CONFIG_HOME/ninetwo, else ~/.config/ninetwo. A sign-in is a file of
 * its own, 0600, replaced as a whole, so that several people can be signed in at once on one machine. */
#ifndef NINETWO_CLIENT_PROFILE_H
#define NINETWO_CLIENT_PROFILE_H

#include "client-cli/failure.h"

struct profile {
	char name[64];
	json_t *data;		/* server, email, person, name, token, organisation, organisations, ca; owned; never NULL once loaded */
};

/* name NULL: "default". A profile that does not exist is empty, not a failure. */
bool profile_load(struct profile *p, const char *name, struct failure *f);
bool profile_save(const struct profile *p, struct failure *f);
bool profile_forget_token(struct profile *p, struct failure *f);
void profile_clear(struct profile *p);		/* wipes the token */
const char *profile_text(const struct profile *p, const char *member);	/* borrowed or NULL */
void profile_set_text(struct profile *p, const char *member, const char *value);	/* NULL removes */

/* A small JSON file of the profile's: "position", "uploads". read: NULL when there is none. */
json_t *profile_read_file(const struct profile *p, const char *suffix);
bool profile_write_file(const struct profile *p, const char *suffix, const json_t *value, struct failure *f);

/* Below $XDG_CACHE_HOME/ninetwo (or ~/.cache/ninetwo, or $NINETWO_HOME/cache). name: a file name without slashes. */
json_t *profile_cache_read(const char *name);
void profile_cache_write(const char *name, const json_t *value);	/* a cache that cannot be written is none */

#endif
