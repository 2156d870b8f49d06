/* export.h - a list as CSV over HTTP: GET /export/<id>, page by page from the database to the client. What sql/nouns/export.sql says at its
 * head is the contract with the database.
 *
 * One page is held at a time, and the next is asked for when the client has taken it. Each is judged anew; a refusal before the first bytes is an
 * answer (refusal.h), a later one cuts the connection: what is whole ends with the last chunk of HTTP. */
#ifndef NINETWO_API_EXPORT_H
#define NINETWO_API_EXPORT_H

#include "base/error.h"
#include "db/db.h"
#include "net/http.h"

struct exports;

struct exports *exports_new(struct db *db, struct error *err);		/* db is borrowed */
/* After server_free and db_free: what the database still answers comes back here. Accepts NULL. */
void exports_free(struct exports *e);

/* Says which server it serves: before the first request, and NULL once that has been freed. */
void exports_attach(struct exports *e, struct server *server);
struct http_transfer_handler exports_http(struct exports *e);

int exports_count(const struct exports *e);				/* under way */

#endif
