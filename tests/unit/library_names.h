/* library_names.h - every name of a header (RFC 9110) that begins as one that libwebsockets looks for, whole ones included. The library of
 * this machine is asked, so that what a later version knows is tried with it. */
#ifndef NINETWO_TESTS_UNIT_LIBRARY_NAMES_H
#define NINETWO_TESTS_UNIT_LIBRARY_NAMES_H

#include <libwebsockets.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { LIBRARY_NAMES = 4096, LIBRARY_NAME = 48 };

static char library_names[LIBRARY_NAMES][LIBRARY_NAME];
static size_t library_name_count;

static inline bool library_name_known(const char *name)
{
	for (size_t i = 0; i < library_name_count; i++)
		if (strcmp(library_names[i], name) == 0)
			return true;
	return false;
}

static inline void library_name_add(const char *word)
{
	for (size_t n = 1; n <= strlen(word) && n < LIBRARY_NAME; n++) {
		char name[LIBRARY_NAME] = "";

		if (!strchr("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz", word[n - 1]))
			return;
		memcpy(name, word, n);
		if (!library_name_known(name) && library_name_count < LIBRARY_NAMES)
			memcpy(library_names[library_name_count++], name, sizeof(name));
	}
}

/* Those that mean something to ninetwo itself are left out. */
static inline bool library_name_means_something(const char *name)
{
	static const char *const meant[] = { "host", "origin", "content-length", "transfer-encoding", "x-forwarded-for", "expect" };

	for (size_t i = 0; i < sizeof(meant) / sizeof(meant[0]); i++)
		if (strcmp(meant[i], name) == 0)
			return true;
	return false;
}

static inline void library_names_read(void)
{
	for (int token = 0; token < WSI_TOKEN_COUNT; token++) {
		const unsigned char *word = lws_token_to_string((enum lws_token_indexes)token);

		if (word)
			library_name_add((const char *)word);
	}
}

#endif
