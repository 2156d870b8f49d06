/* load_sql.h - the statements by which the loader looks at what there is; of load*.c alone. Each is for the transaction
 * that loads, with an empty search_path. */
#ifndef NINETWO_DB_LOAD_SQL_H
#define NINETWO_DB_LOAD_SQL_H

/* What lives in schemas api, gate, method and record and is neither a function nor a view goes; these schemas have
 * their owner, and no grants. */
extern const char load_sql_clear[];

/* Of the schema and name $1, $2: a statement for each function that this transaction has not made, giving it a name
 * that none of ours has, "gone …". */
extern const char load_sql_move[];
/* Every function that is neither made by this transaction nor by meta.build() goes; where something stands on it, it
 * gets such a name. */
extern const char load_sql_others_out[];
extern const char load_sql_moved[];		/* those of such a name */
extern const char load_sql_drop_moved[];	/* drops them; there must be one */

extern const char load_sql_new[];		/* schema, name and number of the functions that this transaction has made */
/* Owner, oid, validator, schema, name and signature of each function that has a validator. */
extern const char load_sql_validate[];

/* Functions and views have the grants that they would have if they were made now. */
extern const char load_sql_default_grants[];
/* Comments of functions, views and their columns that this transaction has not made go, but for those of what
 * meta.build() made, which makes them again. */
extern const char load_sql_drop_comments[];

extern const char load_sql_views[];		/* schema and name of each view */
/* Whether the views of the names $1 and $2 are the same in all but name. */
extern const char load_sql_same_view[];

#endif
