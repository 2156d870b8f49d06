/* refusal.h - a failure told to a person: the sentence, the rule, what is known about it, and what would help. */
#ifndef NINETWO_CLIENT_REFUSAL_H
#define NINETWO_CLIENT_REFUSAL_H

#include "client-cli/document.h"

/* Prints to out (standard error, usually), wrapped to width. `noun` is what the command was about: with its record's schema in the
 * document, the current record of a stale refusal is shown in its own order. What the rule says and what helps against it stand in the
 * document too; without them its name alone is told. */
void refusal_print(FILE *out, const struct failure *f, size_t width, const struct document *d, const char *noun);
/* The error object as the server gave it, for programs; other failures in words. */
void refusal_print_json(FILE *out, const struct failure *f);

#endif
