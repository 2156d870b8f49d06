/* load.h - makes what the definitions say, within the caller's transaction. Blocking. E_NOT_NOW: a lock was not to
 * be had; E_BUSINESS names the file and the line. The caller rolls back in either case. */
#ifndef NINETWO_DB_LOAD_H
#define NINETWO_DB_LOAD_H

#include "db/definition.h"
#include "db/session.h"

/* Functions with their comments and grants, and nothing else: what tables' defaults need before there are tables. */
enum error_code load_keys(struct session *s, const struct definitions *keys, struct error *err);

/* Before all else: of schemas api, gate, method and record, which are ours alone, what is neither a function nor a view
 * goes, and so do their own grants, which roles.sql makes. */
enum error_code load_clear(struct session *s, struct error *err);

/* Functions, views, comments, grants, and every function validated. What is there already keeps its oid, so that a call
 * which is running finds it, but for
 *   a function of another result, other arguments or other names of them, and
 *   a view that differs, with what stands on it,
 * each of which is made anew. What is defined no more goes: a function on which something stands is out of the way
 * after that, and gone with load_drop_others. What meta.build() has made is for it to make again, or to drop.
 * A function or view has no grant but by default and by the definitions, and no comment but by them. */
enum error_code load_bodies(struct session *s, const struct definitions *all, struct error *err);
enum error_code load_views(struct session *s, const struct definitions *all, struct error *err);
enum error_code load_drop_others(struct session *s, struct error *err);

/* Policies and triggers, each only where it differs: its comment says from which text it was made, and what
 * PostgreSQL then had, so that one which somebody altered is made again. What has such a comment and is not defined
 * any more goes; what has none was made by the migration of its table and stays. */
enum error_code load_guards(struct session *s, const struct definitions *all, struct error *err);
/* Only locks the tables on which one differs, all at once, as load_guards does; E_NOT_NOW is all that can be wrong. For
 * who locks something else as well: who reads both would hold one and wait for the other. */
enum error_code load_lock_guards(struct session *s, const struct definitions *all, struct error *err);

/* The list as it stands, in as few messages as owners allow. With LOAD_HEADS functions whose body is SQL are made
 * without it, and old ones that cannot be replaced are put out of the way. */
enum load_part { LOAD_WHOLE, LOAD_HEADS };
enum error_code load_list(struct session *s, const struct definition *const *list, size_t count, enum load_part part,
	struct error *err);

#endif
