/* arguments.h - makes the parameters of the method from the words after `ninetwo NOUN VERB`.
 *
 *   --name VALUE, --name=VALUE     a parameter; dashes for underscores
 *   --name, --no-name              a yes-or-no parameter
 *   --name A --name B              a list, one by one (or as one JSON text)
 *   --name a=1 b=2                 an object, by pairs; a list of objects by repeating
 *   --name=, --name ''             empties a field of a record that may be empty; one that is not named stays as it is
 *   WORD                           the next required parameter that no option gave
 */
#ifndef NINETWO_CLIENT_ARGUMENTS_H
#define NINETWO_CLIENT_ARGUMENTS_H

#include "client-cli/document.h"
#include "client-cli/options.h"

/* Returns a new object, or NULL with f set. Options that every command knows go to o, unless the method has a parameter of that name. */
json_t *arguments_parse(const struct document *d, const json_t *method, struct words *w, struct options *o, struct failure *f);

/* Parameters that are never typed: the client fills them in. */
bool arguments_is_filled_in(const char *parameter);

#endif
