/* refusal.h - a failure told to a person: the sentence, the rule, what is known about it, and what would help. */
#ifndef NINETWO_CLIENT_REFUSAL_H
#define NINETWO_CLIENT_REFUSAL_H

#include "client-cli/failure.h"

/* Prints to out (standard error, usually), wrapped to width. as_json: the error object as the server gave it, for programs. */
void refusal_print(FILE *out, const struct failure *f, size_t width, bool as_json);

/* What a rule of separation says, in one line; NULL for others. */
const char *refusal_rule(const char *rule);

#endif
