/* migrate.h - brings a database to the state of sql/: roles, migrations, definitions, catalogues. Blocking.
 *
 *   roles.sql     every time
 *   migrations/   tables and types, once each, in the order of their names, each in a transaction of its own with its
 *                 row in meta.migration; forward only: one that was applied and has changed since, or is unknown here,
 *                 is refused. What tables' defaults call, core/keys.sql, is loaded before the first of them
 *   core/, rules/, nouns/
 *                 functions, views, policies, triggers, grants, in any order (definition.h, load.h), all in one
 *                 transaction: functions replaced where they stand and validated, views, policies and triggers made
 *                 where they differ; what is in no file any more goes; meta.build(), which makes frames and gates, in
 *                 place likewise; and, last, operator.keep_fingerprint(): what `check` compares. All of it ends as in a
 *                 database that never had anything else. What differed from the fingerprint before is a warning. Left
 *                 alone when nothing in sql/ has changed since. Servers go on meanwhile: a call waits where a view or a
 *                 table that it needs differs; where servers hold the lock of such a one, all of it is tried again
 *   catalogues/   loaded after that; what is there already stays as it is
 *
 * Two at once take turns (advisory lock). */
#ifndef NINETWO_DB_MIGRATE_H
#define NINETWO_DB_MIGRATE_H

#include "base/error.h"
#include "db/session.h"
#include "db/sql_source.h"

#include <stdbool.h>

struct migrate_report {
	int applied;			/* migrations */
	bool rebuilt;			/* definitions and methods */
	int methods;			/* of meta.build(), when rebuilt */
};

/* session: a superuser, or a member of the four owners who may create roles. `again` loads the definitions in any
 * case. */
enum error_code migrate(struct session *session, const struct sql_source *source, bool again,
	struct migrate_report *report, struct error *err);

#endif
