/* evidence.c - see evidence.h: what uploads and downloads share, and which of them a request is. */
#include "api/evidence.h"

#include "api/refusal.h"
#include "api/transfer.h"
#include "base/base64url.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

struct http_request *transfer_request(const struct transfer *t)
{
	return t->owner->server && !t->gone ? http_find(t->owner->server, t->request) : NULL;
}

bool ticket_digest(const char *text, unsigned char digest[TICKET_SIZE])
{
	unsigned char secret[TICKET_SIZE];
	size_t length = 0;
	bool good = text && base64url_decode(text, strlen(text), secret, sizeof secret, &length) && length == TICKET_SIZE;

	if (good)
		EVP_Digest(secret, sizeof secret, digest, NULL, EVP_sha256(), NULL);
	OPENSSL_cleanse(secret, sizeof secret);
	return good;
}

enum error_code transfer_query(struct transfer *t, struct db_request *request, db_done_fn done, void *arg, struct error *err)
{
	request->kind = DB_WRITE;
	request->repeatable = true;	/* the same piece again replaces it by itself */
	request->params[0] = (struct db_param){ .value = (const char *)t->ticket, .length = TICKET_SIZE, .binary = true };
	request->done = done;
	request->arg = arg;
	t->busy = db_submit(t->owner->config.db, request, err) == OK;
	return err->code;
}

/* ---- the handler ---- */

static void put_begin(void *arg, struct http_request *r, const struct http_transfer *asked)
{
	upload_begin(arg, r, asked);
}

static void put_data(void *arg, struct http_request *r, const void *bytes, size_t length)
{
	struct evidence *e = arg;

	e->counted.bytes_in += length;
	upload_data(r, bytes, length);
}

static void put_end(void *arg, struct http_request *r)
{
	(void)arg;
	upload_ended(r);
}

static void get_begin(void *arg, struct http_request *r, const struct http_transfer *asked)
{
	download_begin(arg, r, asked);
}

static void get_piece(void *arg, struct http_request *r)
{
	(void)arg;
	download_piece(r);
}

static bool transfer_is_among(const struct list *head, const struct transfer *t)
{
	for (const struct list *node = head->next; node != head; node = node->next)
		if (node == &t->among)
			return true;
	return false;
}

static void gone(void *arg, struct http_request *r)
{
	struct evidence *e = arg;
	struct transfer *t = http_user(r);

	if (!t)
		return;
	http_set_user(r, NULL);
	t->gone = true;
	if (t->busy)
		return;
	if (transfer_is_among(&e->uploads, t))
		upload_free(t);
	else
		download_free(t);
}

struct http_transfer_handler evidence_http(struct evidence *e)
{
	return (struct http_transfer_handler){ .put_begin = put_begin, .put_data = put_data, .put_end = put_end,
		.get_begin = get_begin, .get_piece = get_piece, .gone = gone, .arg = e };
}

/* ---- life ---- */

struct evidence *evidence_new(const struct evidence_config *config, struct error *err)
{
	struct evidence *e = calloc(1, sizeof *e);

	if (!e) {
		error_set(err, E_NOT_NOW, NULL);
		return NULL;
	}
	e->config = *config;
	list_init(&e->uploads);
	list_init(&e->downloads);
	return e;
}

void evidence_free(struct evidence *e)
{
	struct list *node;

	if (!e)
		return;
	while ((node = list_first(&e->uploads)))
		upload_free(LIST_ITEM(node, struct transfer, among));
	while ((node = list_first(&e->downloads)))
		download_free(LIST_ITEM(node, struct transfer, among));
	free(e);
}

void evidence_attach(struct evidence *e, struct server *server)
{
	e->server = server;
}

void evidence_statistics(const struct evidence *e, struct evidence_statistics *out)
{
	*out = e->counted;
}
