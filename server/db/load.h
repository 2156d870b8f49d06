/* load.h - makes what the definitions say, within the caller's transaction. Blocking. E_NOT_NOW: a lock was not to
 * be had; E_BUSINESS names the file and the line. The caller rolls back in either case. */
#ifndef NINETWO_DB_LOAD_H
#define NINETWO_DB_LOAD_H

#include "db/definition.h"
#include "db/session.h"

/* Functions with their comments and grants, and nothing else: what tables' defaults need before there are tables. */
enum error_code load_keys(struct session *s, const struct definitions *keys, struct error *err);

/* Functions, views, comments, grants, and every function validated. Schemas api, method and record must be new. What
 * other functions there were in the schemas of functions (app, auth, ledger, operator, meta) is out of the way after
 * that, and gone with load_drop_others, when nothing stands on it any more. A function has no grant but by default
 * and by the definitions. */
enum error_code load_bodies(struct session *s, const struct definitions *all, struct error *err);
enum error_code load_drop_others(struct session *s, struct error *err);

/* Policies and triggers, each only where it differs: its comment says from which text it was made, and what
 * PostgreSQL then had, so that one which somebody altered is made again. What has such a comment and is not defined
 * any more goes; what has none was made by the migration of its table and stays. */
enum error_code load_guards(struct session *s, const struct definitions *all, struct error *err);

/* The list as it stands, in as few messages as owners allow. With LOAD_HEADS functions whose body is SQL are made
 * without it. */
enum load_part { LOAD_WHOLE, LOAD_HEADS };
enum error_code load_list(struct session *s, const struct definition *const *list, size_t count, enum load_part part,
	struct error *err);

#endif
