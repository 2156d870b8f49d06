/* document.h - the server's own description of its methods (OpenRPC, from rpc.discover), from which every command is made. */
#ifndef NINETWO_CLIENT_DOCUMENT_H
#define NINETWO_CLIENT_DOCUMENT_H

#include "client-cli/failure.h"

struct document {
	json_t *root;			/* owned; NULL: not loaded */
	json_t *methods;		/* object: name -> method; owned */
};

/* Takes root. False, with nothing kept, when it is no OpenRPC document. */
bool document_set(struct document *d, json_t *root, struct failure *f);
void document_clear(struct document *d);
const char *document_release(const struct document *d);	/* "" when it names none */

/* All borrowed; NULL: there is none. */
json_t *document_method(const struct document *d, const char *name);
json_t *document_parameter(const struct document *d, const json_t *method, const char *name);	/* name, required, schema, … */
json_t *document_parameters(const json_t *method);						/* array */
json_t *document_parameter_schema(const struct document *d, const json_t *parameter);
/* What a rule of separation says and what helps: rule, text, helps (may be null). Accepts NULL. */
const json_t *document_rule(const struct document *d, const char *rule);
json_t *document_result_schema(const struct document *d, const json_t *method);
/* Follows $ref, and of several alternatives takes the one that is not null. Accepts NULL. */
json_t *document_schema(const struct document *d, json_t *schema);

/* What a value is to a person at a keyboard. */
enum kind {
	KIND_TEXT, KIND_UUID, KIND_DATE, KIND_DATE_TIME, KIND_INTEGER, KIND_NUMBER, KIND_BOOLEAN, KIND_OBJECT, KIND_ARRAY, KIND_ANY,
};
enum kind document_kind(const struct document *d, json_t *schema);

/* Whether a parameter is a field of the record that may be emptied: null does so. */
bool document_may_be_empty(const struct document *d, const json_t *parameter);

/* A word for the kind, as help shows it: "DATE", "ID", "major|minor|…" (buffer is used for the latter). */
const char *document_kind_word(const struct document *d, json_t *schema, char *buffer, size_t size);

/* Whether the method works on the records of one organisation, writes, or takes a version: whether it has the parameter. */
bool document_takes(const struct document *d, const json_t *method, const char *parameter);

#endif
