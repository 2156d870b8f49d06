/* trial_source.h - a folder of SQL files, small and whole, and what migrating from it says. Uses a trial's cluster. */
#ifndef NINETWO_TESTS_TRIAL_SOURCE_H
#define NINETWO_TESTS_TRIAL_SOURCE_H

#include "db/migrate.h"
#include "tests/unit/trial_cluster.h"

/* A cluster and an empty folder; false when there is none. And away with both. */
bool source_open(void);
void source_close(void);
struct trial *source_trial(void);

void source_put(const char *name, const char *text);
void source_take_away(const char *name);
/* The smallest sql/ that can be migrated, in an empty database: two migrations, method.here(). To be called before
 * each test. */
int source_fresh(void **state);

/* Migrates; ends the test when that fails, or when it does not and should, or says something else. */
struct migrate_report source_migrated(bool again);
void source_refused(const char *words);

#endif
