/* export.c - GET: pages to lines of CSV to the client, one page at a time, as fast as it reads. See export.h. */
#include "api/export.h"

#include "api/refusal.h"
#include "api/transfer.h"
#include "base/cell.h"
#include "rpc/token.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_MAX = 64 * 1024 * 1024 };	/* bytes of a page as CSV */

struct exports {
	struct db *db;
	struct server *server;
	struct list all;
	int count;
};

struct export {
	struct list among;
	struct exports *owner;
	uint64_t request;
	bool gone, busy;		/* its request has ended; a statement is under way */
	bool answered, last;		/* the head is given; there is no page after this one */
	char id[37];
	unsigned char secret[TICKET_SIZE];	/* the digest of what lets in */
	char *after;			/* where the next page begins; NULL: at the beginning */
	struct buffer csv;		/* of this page */
	size_t given;			/* of these bytes */
};

static void export_free(struct export *x)
{
	x->owner->count--;
	list_remove(&x->among);
	OPENSSL_cleanse(x->secret, sizeof x->secret);
	buffer_clear(&x->csv);
	free(x->after);
	free(x);
}

static struct http_request *export_request(const struct export *x)
{
	return x->owner->server && !x->gone ? http_find(x->owner->server, x->request) : NULL;
}

/* Before the head it is an answer; after it the connection is cut, so that half a list cannot look whole. */
static void export_refuse(struct export *x, struct error *err)
{
	struct http_request *r = export_request(x);

	if (r && x->answered)
		http_abort(r);
	else if (r)
		refusal_answer(r, 0, err);
	error_clear(err);
}

/* ---- a page ---- */

/* "finding.csv" of finding.list */
static void export_send_head(struct export *x, const char *method)
{
	char name[80];
	struct http_head head = { .status = 200, .length = HTTP_UNENDED, .type = "text/csv; charset=utf-8; header=present", .filename = name };

	snprintf(name, sizeof name, "%.*s.csv", (int)strcspn(method, "."), method);
	x->answered = true;
	http_head(export_request(x), &head);
}

/* Takes up the lines of a page, with the names of the columns before the first. */
static bool export_take(struct export *x, const json_t *page)
{
	const json_t *columns = json_object_get(page, "columns");
	const char *after = json_string_value(json_object_get(page, "after"));
	json_t *record;
	size_t i;

	buffer_reset(&x->csv);
	x->given = 0;
	if (!x->answered)
		cell_append_csv_line(&x->csv, columns, NULL);
	json_array_foreach(json_object_get(page, "items"), i, record)
		cell_append_csv_line(&x->csv, columns, record);
	free(x->after);
	x->after = after ? strdup(after) : NULL;
	x->last = !after;
	return json_is_array(columns) && !x->csv.failed && (x->last || x->after);
}

/* What was asked for: a piece of the page that is there, or the end. False: neither is there. */
static bool export_give(struct export *x, struct http_request *r)
{
	size_t left = x->csv.length - x->given, length = left < CHUNK ? left : CHUNK;

	if (length == 0 && !x->last)
		return false;
	if (length > 0)
		http_piece(r, x->csv.data + x->given, length);
	else
		http_end(r);
	x->given += length;
	return true;
}

static enum error_code export_ask(struct export *x, struct error *err);

static void export_page_known(void *arg, const struct db_result *result, struct error *err)
{
	struct export *x = arg;
	json_t *page = err->code == OK && result->text ? json_loadb(result->text, result->length, 0, NULL) : NULL;
	const char *method = json_string_value(json_object_get(page, "method"));
	struct http_request *r;

	x->busy = false;
	r = export_request(x);
	if (x->gone) {
		export_free(x);
	} else if (err->code != OK || !r) {
		export_refuse(x, err);
	} else if (!method || !export_take(x, page)) {
		error_set(err, E_INTERNAL, NULL);
		export_refuse(x, err);
	} else if (!x->answered) {
		export_send_head(x, method);
	} else if (!export_give(x, r) && export_ask(x, err) != OK) {
		export_refuse(x, err);		/* a page without a line, and not the last: on to the next */
	}
	json_decref(page);
}

static enum error_code export_ask(struct export *x, struct error *err)
{
	struct db_request request = { .kind = DB_READ, .name = "export_page", .count = 3, .done = export_page_known, .arg = x,
		.sql = "select api.export_page(ticket => $1::bytea, export => $2::uuid, after => $3::text)::text" };

	request.params[0] = (struct db_param){ .value = (const char *)x->secret, .length = TICKET_SIZE, .binary = true };
	request.params[1].value = x->id;
	request.params[2].value = x->after;
	x->busy = db_submit(x->owner->db, &request, err) == OK;
	return err->code;
}

/* ---- the handler ---- */

/* The digest of the ticket, or of the session's token where a browser has no ticket. */
static bool export_secret(struct export *x, const struct http_transfer *asked)
{
	unsigned char token[TOKEN_SIZE];
	bool good = !asked->ticket && asked->token && token_read(asked->token, token, NULL);

	if (good)
		EVP_Digest(token, sizeof token, x->secret, NULL, EVP_sha256(), NULL);
	OPENSSL_cleanse(token, sizeof token);
	return good || (asked->ticket && ticket_digest(asked->ticket, x->secret));
}

static void export_begin(void *arg, struct http_request *r, const struct http_transfer *asked)
{
	struct exports *e = arg;
	struct export *x = calloc(1, sizeof *x);
	struct error err = { 0 };

	if (!x) {
		http_answer(r, 503, NULL, 0);
		return;
	}
	*x = (struct export){ .owner = e, .request = http_id(r) };
	snprintf(x->id, sizeof x->id, "%s", asked->id);
	buffer_init(&x->csv, PAGE_MAX);
	list_append(&e->all, &x->among);
	e->count++;
	http_set_user(r, x);
	if (!export_secret(x, asked))
		error_set(&err, E_UNAUTHENTICATED, NULL);
	else
		export_ask(x, &err);
	if (err.code != OK)
		export_refuse(x, &err);
}

static void export_piece(void *arg, struct http_request *r)
{
	struct export *x = http_user(r);
	struct error err = { 0 };

	(void)arg;
	if (!export_give(x, r) && export_ask(x, &err) != OK)
		export_refuse(x, &err);
}

static void export_gone(void *arg, struct http_request *r)
{
	struct export *x = http_user(r);

	(void)arg;
	if (!x)
		return;
	http_set_user(r, NULL);
	x->gone = true;
	if (!x->busy)
		export_free(x);
}

struct http_transfer_handler exports_http(struct exports *e)
{
	return (struct http_transfer_handler){ .get_begin = export_begin, .get_piece = export_piece, .gone = export_gone, .arg = e };
}

/* ---- life ---- */

struct exports *exports_new(struct db *db, struct error *err)
{
	struct exports *e = calloc(1, sizeof *e);

	if (!e) {
		error_set(err, E_NOT_NOW, NULL);
		return NULL;
	}
	e->db = db;
	list_init(&e->all);
	return e;
}

void exports_free(struct exports *e)
{
	struct list *node;

	if (!e)
		return;
	while ((node = list_first(&e->all)))
		export_free(LIST_ITEM(node, struct export, among));
	free(e);
}

void exports_attach(struct exports *e, struct server *server)
{
	e->server = server;
}

int exports_count(const struct exports *e)
{
	return e->count;
}
