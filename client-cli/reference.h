/* reference.h - finds the id of a record by what people call it (IA-2026-01-F-03, an e-mail, a name), in the list of
 * its noun. */
#ifndef NINETWO_CLIENT_REFERENCE_H
#define NINETWO_CLIENT_REFERENCE_H

#include "client-cli/client.h"

/* The noun whose record a parameter of a method names: by the schema's x-noun, the parameter's own name, or what it usually means
 * (owner, lead, verifier: a person). NULL: cannot be told. The text is written to noun. */
const char *reference_noun(const struct document *d, const char *method, const char *parameter, const json_t *schema, char noun[64]);

/* What the form of the text alone tells: an e-mail, the reference of an audit or of what is numbered within one. NULL: nothing. */
const char *reference_noun_by_form(const char *text);

/* The id as a new JSON string; noun may be NULL, and audit (an id: where the call is about one). AUDIT/NAME says the audit in the text:
 * IA-2026-01/Backup is a part, IA-2026-01/ann@example.org an assignment. What has no name is meant by what it belongs to: the response of
 * IA-2026-01-F-03, the membership of ann@example.org. NULL with f set: nothing, or several, of that name. */
json_t *reference_resolve(struct client *c, const char *noun, const char *parameter, const char *text, const char *audit, struct failure *f);

/* The one record of a noun within another (id, of the noun `within`) that is begun and not over, as a new reference; NULL: there is none. */
json_t *reference_begun(struct client *c, const char *noun, const char *within, json_t *id, struct failure *f);

#endif
