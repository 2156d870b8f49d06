/* catalogue.h - loads sql/catalogues into the tables of frameworks. index.csv says what each file is: a catalogue (file, name, edition)
 * or a mapping between two (and target_name, target_edition, origin), whose rows are source, target, strength. */
#ifndef NINETWO_DB_CATALOGUE_H
#define NINETWO_DB_CATALOGUE_H

#include "db/session.h"
#include "db/sql_source.h"

/* Nothing happens to what is loaded already. Without index.csv nothing is loaded. */
enum error_code catalogues_load(struct session *s, const struct sql_source *source, struct error *err);

#endif
