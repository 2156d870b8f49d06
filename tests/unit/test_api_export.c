/* A list as CSV between a client and a database that are both fakes: pages, one at a time, what lets in, and every early end. */
#include "api/export.h"
#include "base/limits.h"
#include "base/log.h"

#include "fake_db.h"
#include "fake_http.h"

#include <openssl/evp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define EXPORT "33333333-3333-7333-8333-333333333333"
#define TICKET "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
#define TOKEN "n2s_" TICKET
#define PAGE(items, after) "{\"method\":\"finding.list\",\"columns\":[\"reference\",\"title\",\"n\"],\"items\":[" items "],\"after\":" after "}"
#define ROW(reference, title, n) "{\"n\":" n ",\"title\":\"" title "\",\"reference\":\"" reference "\"}"

struct stage {
	struct db *db;
	struct exports *exports;
	struct server server;
	struct http_transfer_handler h;
};

static struct stage *stage(void)
{
	struct stage *s = calloc(1, sizeof *s);
	struct error err = { 0 };

	s->db = fake_db_new();
	s->exports = exports_new(s->db, &err);
	exports_attach(s->exports, &s->server);
	s->h = exports_http(s->exports);
	return s;
}

static void leave(struct stage *s)
{
	if (s->server.request.user)
		s->h.gone(s->h.arg, &s->server.request);
}

static void stage_free(struct stage *s)
{
	leave(s);
	exports_attach(s->exports, NULL);
	db_free(s->db);
	assert_int_equal(exports_count(s->exports), 0);
	exports_free(s->exports);
	free(s->server.request.bytes);
	free(s);
}

static struct http_request *get(struct stage *s, const char *ticket, const char *token)
{
	struct http_request *r;

	leave(s);
	r = fake_http(&s->server);
	s->h.get_begin(s->h.arg, r, &(struct http_transfer){ .id = EXPORT, .ticket = ticket, .token = token });
	return r;
}

static void asked_for(const struct stage *s, const char *after)
{
	const struct fake_request *f = &s->db->pending[0];

	assert_int_equal(s->db->count, 1);
	assert_string_equal(f->name, "export_page");
	assert_int_equal(f->kind, DB_READ);
	assert_string_equal(f->params[1], EXPORT);
	if (after)
		assert_string_equal(f->params[2], after);
	else
		assert_null(f->params[2]);
}

static void piece(struct stage *s, struct http_request *r)
{
	s->h.get_piece(s->h.arg, r);
}

static void said(const struct http_request *r, const char *wanted)
{
	assert_int_equal(r->length, strlen(wanted));
	assert_memory_equal(r->bytes, wanted, r->length);
}

static void pages_come_one_after_the_other(void **state)
{
	struct stage *s = stage();
	struct http_request *r = get(s, TICKET, NULL);

	(void)state;
	asked_for(s, NULL);
	fake_db_answer(s->db, PAGE(ROW("F-1", "A, \\\"b\\\"", "1") "," ROW("F-2", "=cmd()", "-2"), "\"place\""));
	assert_int_equal(r->status, 200);
	assert_true(r->head.length == HTTP_UNENDED);
	assert_string_equal(r->body, "text/csv; charset=utf-8; header=present|finding.csv|");
	assert_int_equal(s->db->count, 0);	/* not before the client has taken this one */
	piece(s, r);
	said(r, "reference,title,n\r\nF-1,\"A, \"\"b\"\"\",1\r\nF-2,\"'=cmd()\",-2\r\n");
	piece(s, r);
	asked_for(s, "place");
	r->length = 0;
	fake_db_answer(s->db, PAGE("", "\"further\""));
	asked_for(s, "further");		/* without a line, and not the last */
	fake_db_answer(s->db, PAGE(ROW("F-3", "Last", "3"), "null"));
	said(r, "F-3,Last,3\r\n");
	assert_false(r->ended);
	piece(s, r);
	assert_true(r->ended);
	assert_int_equal(s->db->count, 0);
	stage_free(s);
}

static void a_list_of_nothing_has_its_columns(void **state)
{
	struct stage *s = stage();
	struct http_request *r = get(s, TICKET, NULL);

	(void)state;
	fake_db_answer(s->db, PAGE("", "null"));
	piece(s, r);
	said(r, "reference,title,n\r\n");
	piece(s, r);
	assert_true(r->ended);
	stage_free(s);
}

static void a_page_that_is_long_goes_in_pieces(void **state)
{
	enum { ROWS = 100, TEXT = 20000 };
	struct stage *s = stage();
	struct http_request *r = get(s, TICKET, NULL);
	char *page = malloc(ROWS * (TEXT + 100)), *at = page, title[TEXT + 1];
	size_t before;

	(void)state;
	memset(title, 'x', TEXT);
	title[TEXT] = '\0';
	at += sprintf(at, "{\"method\":\"finding.list\",\"columns\":[\"title\"],\"after\":null,\"items\":[");
	for (int i = 0; i < ROWS; i++)
		at += sprintf(at, "%s{\"title\":\"%s\"}", i ? "," : "", title);
	strcpy(at, "]}");
	fake_db_answer(s->db, page);
	while (!r->ended) {
		before = r->length;
		piece(s, r);
		assert_true(r->length - before <= LIMIT_EVIDENCE_CHUNK);
	}
	assert_int_equal(r->length, strlen("title\r\n") + ROWS * (TEXT + 2));
	assert_int_equal(s->db->submitted, 1);
	free(page);
	stage_free(s);
}

static void the_ticket_or_the_session_lets_in(void **state)
{
	struct stage *s = stage();
	unsigned char secret[32], digest[32];

	(void)state;
	for (unsigned char i = 0; i < sizeof secret; i++)
		secret[i] = i;
	EVP_Digest(secret, sizeof secret, digest, NULL, EVP_sha256(), NULL);
	get(s, TICKET, NULL);
	assert_memory_equal(s->db->pending[0].params[0], digest, sizeof digest);
	fake_db_answer(s->db, PAGE("", "null"));
	get(s, NULL, TOKEN);
	assert_memory_equal(s->db->pending[0].params[0], digest, sizeof digest);
	fake_db_answer(s->db, PAGE("", "null"));
	assert_int_equal(get(s, NULL, NULL)->status, 401);
	assert_int_equal(get(s, "nonsense", TOKEN)->status, 401);
	assert_int_equal(get(s, NULL, TICKET)->status, 401);
	assert_int_equal(s->db->submitted, 2);
	stage_free(s);
}

static void a_refusal_is_the_answer_and_later_cuts(void **state)
{
	struct stage *s = stage();
	struct http_request *r = get(s, TICKET, NULL);

	(void)state;
	fake_db_refuse(s->db, E_UNAUTHENTICATED, "Sign in.", NULL);
	assert_int_equal(r->status, 401);
	assert_non_null(strstr(r->body, "Sign in."));
	r = get(s, TICKET, NULL);
	fake_db_answer(s->db, "{\"columns\":7}");
	assert_int_equal(r->status, 500);
	s->db->full = true;
	assert_int_equal(get(s, TICKET, NULL)->status, 503);
	s->db->full = false;
	r = get(s, TICKET, NULL);
	fake_db_answer(s->db, PAGE(ROW("F-1", "One", "1"), "\"place\""));
	piece(s, r);
	piece(s, r);
	fake_db_refuse(s->db, E_FORBIDDEN, "No longer.", NULL);
	assert_true(r->aborted && !r->ended);
	r = get(s, TICKET, NULL);
	fake_db_answer(s->db, PAGE(ROW("F-1", "One", "1"), "\"place\""));
	piece(s, r);
	s->db->full = true;
	piece(s, r);
	assert_true(r->aborted && !r->ended);
	stage_free(s);
}

static void the_client_may_leave_at_any_time(void **state)
{
	struct stage *s = stage();
	struct http_request *r = get(s, TICKET, NULL);

	(void)state;
	leave(s);
	r->open = false;
	fake_db_answer(s->db, PAGE("", "null"));
	assert_int_equal(exports_count(s->exports), 0);
	r = get(s, TICKET, NULL);
	fake_db_answer(s->db, PAGE(ROW("F-1", "One", "1"), "\"place\""));
	piece(s, r);
	piece(s, r);
	leave(s);
	assert_int_equal(exports_count(s->exports), 1);
	fake_db_refuse(s->db, E_FORBIDDEN, "No longer.", NULL);
	assert_int_equal(exports_count(s->exports), 0);
	assert_false(r->aborted);
	get(s, TICKET, NULL);			/* and the server while a page is read */
	stage_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_come_one_after_the_other),
		cmocka_unit_test(a_list_of_nothing_has_its_columns),
		cmocka_unit_test(a_page_that_is_long_goes_in_pieces),
		cmocka_unit_test(the_ticket_or_the_session_lets_in),
		cmocka_unit_test(a_refusal_is_the_answer_and_later_cuts),
		cmocka_unit_test(the_client_may_leave_at_any_time),
	};

	log_set_level(LEVEL_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
