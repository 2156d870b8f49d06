/* value.h - from a word of the command line to a JSON value of the kind that a schema asks for. References and relative dates stay
 * as typed: they are completed later (fill.h), alike for words, JSON and batches. */
#ifndef NINETWO_CLIENT_VALUE_H
#define NINETWO_CLIENT_VALUE_H

#include "client-cli/document.h"

/* A new reference, or NULL with f set. `name` is for the sentence. Objects: JSON text, or @FILE (@- is standard input). */
json_t *value_parse(const struct document *d, json_t *schema, const char *name, const char *text, struct failure *f);

/* JSON text, @FILE or @- (standard input). `what` is for the sentence. */
json_t *value_json(const char *what, const char *text, struct failure *f);

/* Whether a word reads as NAME=VALUE with a plain name. */
bool value_is_pair(const char *word);
/* Puts a pair into an object by the schema of its property. */
bool value_add_pair(const struct document *d, json_t *schema, json_t *object, const char *word, struct failure *f);

#endif
