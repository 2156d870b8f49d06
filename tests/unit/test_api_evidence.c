/* The bytes of evidence between a client and a database that are both fakes: pieces, resuming, ranges, hashing, and every early end. */
#include "api/evidence.h"
#include "base/hex.h"
#include "base/limits.h"
#include "base/log.h"

#include "fake_db.h"
#include "fake_http.h"
#include "fake_loop.h"

#include <openssl/evp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define FILE_ID "33333333-3333-7333-8333-333333333333"
#define TICKET "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
#define TOKEN "n2s_" TICKET
enum { CHUNK = LIMIT_EVIDENCE_CHUNK, FILE_SIZE = 2 * CHUNK + 1000 };

/* What the database holds: one file. */
struct stage {
	struct db *db;
	struct worker *worker;
	struct evidence *evidence;
	struct server server;
	struct http_transfer_handler h;
	unsigned char file[FILE_SIZE], kept[FILE_SIZE];
	size_t size, received;
	bool measured;
	int stored;
};

static void nothing(void *arg)
{
	(void)arg;
}

static struct stage *stage(size_t size)
{
	struct stage *s = calloc(1, sizeof *s);
	struct error err = { 0 };

	s->db = fake_db_new();
	s->size = size;
	for (size_t i = 0; i < size; i++)
		s->file[i] = (unsigned char)(i * 7 + i / CHUNK);
	s->worker = worker_new(1, 4, nothing, NULL, &err);
	s->evidence = evidence_new(&(struct evidence_config){ .db = s->db, .worker = s->worker, .loop = &fake_loop }, &err);
	evidence_attach(s->evidence, &s->server);
	s->h = evidence_http(s->evidence);
	return s;
}

static void stage_free(struct stage *s)
{
	struct evidence_statistics n;

	if (s->server.request.user)
		s->h.gone(s->h.arg, &s->server.request);
	evidence_attach(s->evidence, NULL);
	worker_free(s->worker);
	db_free(s->db);
	evidence_statistics(s->evidence, &n);
	assert_int_equal(n.uploads, 0);
	assert_int_equal(n.downloads, 0);
	evidence_free(s->evidence);
	free(s->server.request.bytes);
	assert_null(fake_timers);
	free(s);
}

static void answer_state(struct stage *s)
{
	char text[512];

	snprintf(text, sizeof text, "{\"evidence\":\"" FILE_ID "\",\"size\":%zu,\"chunk_size\":%d,\"received\":%zu,\"measured\":%s}",
		s->size, CHUNK, s->received, s->measured ? "true" : "false");
	fake_db_answer(s->db, text);
}

static void answer_piece(struct stage *s, const struct fake_request *f)
{
	size_t from = strtoul(f->params[1], NULL, 10) * CHUNK, length = s->size - from < CHUNK ? s->size - from : CHUNK;
	char *text = malloc(2 * length + 3);

	strcpy(text, "\\x");
	hex_encode(s->kept + from, length, text + 2);
	fake_db_answer(s->db, text);
	free(text);
}

static void store_piece(struct stage *s, const struct fake_request *f)
{
	size_t from = strtoul(f->params[1], NULL, 10) * CHUNK, length = s->size - from < CHUNK ? s->size - from : CHUNK;

	memcpy(s->kept + from, f->params[2], length);
	if (from + length > s->received)
		s->received = from + length;
	s->measured = false;
	s->stored++;
	answer_state(s);
}

static void digest_of_pieces(const struct stage *s, unsigned char digest[32])
{
	EVP_MD_CTX *pieces = EVP_MD_CTX_new();

	EVP_DigestInit_ex(pieces, EVP_sha256(), NULL);
	for (size_t at = 0; at < s->size; at += CHUNK) {
		EVP_Digest(s->file + at, s->size - at < CHUNK ? s->size - at : CHUNK, digest, NULL, EVP_sha256(), NULL);
		EVP_DigestUpdate(pieces, digest, 32);
	}
	EVP_DigestFinal_ex(pieces, digest, NULL);
	EVP_MD_CTX_free(pieces);
}

static void take_digest(struct stage *s, const struct fake_request *f)
{
	unsigned char digest[32];

	EVP_Digest(s->file, s->size, digest, NULL, EVP_sha256(), NULL);
	assert_memory_equal(f->params[1], digest, 32);
	digest_of_pieces(s, digest);
	assert_memory_equal(f->params[2], digest, 32);
	s->measured = true;
	answer_state(s);
}

/* Answers one statement as PostgreSQL would. */
static void answer_next(struct stage *s)
{
	const struct fake_request *f = &s->db->pending[0];

	if (!strcmp(f->name, "evidence_upload_state"))
		answer_state(s);
	else if (!strcmp(f->name, "evidence_chunk_put"))
		store_piece(s, f);
	else if (!strcmp(f->name, "evidence_chunk_get"))
		answer_piece(s, f);
	else if (!strcmp(f->name, "evidence_measured"))
		take_digest(s, f);
	else if (!strcmp(f->name, "evidence_download_state"))
		fake_db_answer(s->db, "{\"evidence\":\"" FILE_ID "\",\"file_name\":\"plan.pdf\",\"media_type\":\"application/pdf\",\"size\":525288,\"sha256\":\"ab\"}");
	else
		fail_msg("%s was not expected", f->name);
}

/* Until nothing is under way any more: neither a statement nor a job. */
static void settle(struct stage *s)
{
	struct worker_statistics n;

	do {
		while (s->db->count)
			answer_next(s);
		worker_statistics(s->worker, &n);
		if (n.waiting || n.working)
			usleep(1000);
		worker_deliver(s->worker);
		worker_statistics(s->worker, &n);
	} while (s->db->count || n.waiting || n.working);
}

static struct http_request *put(struct stage *s, size_t offset, size_t length, size_t total)
{
	struct http_transfer t = { .id = FILE_ID, .ticket = TICKET, .offset = offset, .length = length, .total = total };
	struct http_request *r = fake_http(&s->server);

	s->h.put_begin(s->h.arg, r, &t);
	return r;
}

/* Gives [from, to) as the network would: in small parts, none while paused. */
static void send_bytes(struct stage *s, struct http_request *r, size_t from, size_t to)
{
	while (from < to && r->open) {
		size_t part = to - from < 40000 ? to - from : 40000;

		while (r->paused && s->db->count)
			answer_next(s);
		assert_false(r->paused);
		s->h.put_data(s->h.arg, r, s->file + from, part);
		from += part;
	}
}

static void a_file_goes_up_in_pieces_and_is_read_back(void **state)
{
	struct stage *s = stage(FILE_SIZE);
	struct http_request *r = put(s, 0, FILE_SIZE, FILE_SIZE);

	(void)state;
	assert_false(r->accepted);
	answer_next(s);
	assert_true(r->accepted);
	send_bytes(s, r, 0, FILE_SIZE);
	s->h.put_end(s->h.arg, r);
	settle(s);
	assert_int_equal(r->status, 200);
	assert_non_null(strstr(r->body, "\"measured\":true"));
	assert_memory_equal(s->kept, s->file, FILE_SIZE);
	assert_int_equal(s->stored, 3);
	assert_true(r->pauses > 0);
	stage_free(s);
}

static void an_empty_file_is_a_file(void **state)
{
	struct stage *s = stage(0);
	struct http_request *r = put(s, 0, 0, 0);

	(void)state;
	answer_next(s);
	s->h.put_end(s->h.arg, r);
	settle(s);
	assert_int_equal(r->status, 200);
	assert_true(s->measured);
	stage_free(s);
}

static void an_interrupted_upload_goes_on_where_whole_pieces_end(void **state)
{
	struct stage *s = stage(FILE_SIZE);
	struct http_request *r = put(s, 0, FILE_SIZE, FILE_SIZE);

	(void)state;
	answer_next(s);
	send_bytes(s, r, 0, CHUNK + 5000);
	s->h.gone(s->h.arg, r);			/* while the first piece is being stored */
	settle(s);
	assert_int_equal(s->received, CHUNK);

	r = put(s, CHUNK + 5000, FILE_SIZE - CHUNK - 5000, FILE_SIZE);
	answer_next(s);
	assert_int_equal(r->status, 409);
	assert_non_null(strstr(r->body, "\"received\":262144"));
	s->h.gone(s->h.arg, r);

	r = put(s, CHUNK, FILE_SIZE - CHUNK, FILE_SIZE);
	answer_next(s);
	send_bytes(s, r, CHUNK, FILE_SIZE);
	s->h.put_end(s->h.arg, r);
	settle(s);
	assert_int_equal(r->status, 200);
	assert_memory_equal(s->kept, s->file, FILE_SIZE);
	stage_free(s);
}

static void a_part_of_the_file_is_stored_and_answered_with_how_far_it_came(void **state)
{
	struct stage *s = stage(FILE_SIZE);
	struct http_request *r = put(s, 0, CHUNK + 77, FILE_SIZE);

	(void)state;
	answer_next(s);
	send_bytes(s, r, 0, CHUNK + 77);
	s->h.put_end(s->h.arg, r);
	settle(s);
	assert_int_equal(r->status, 200);
	assert_non_null(strstr(r->body, "\"received\":262144,\"measured\":false"));
	s->h.gone(s->h.arg, r);

	r = put(s, 0, 0, 0);
	answer_next(s);
	s->h.put_end(s->h.arg, r);
	assert_int_equal(r->status, 200);
	assert_non_null(strstr(r->body, "\"received\":262144"));
	stage_free(s);
}

static void what_does_not_fit_is_refused_before_a_byte_is_read(void **state)
{
	static const struct { size_t offset, length, total; int status; } rows[] = {
		{ 0, FILE_SIZE + 1, FILE_SIZE + 1, 400 },
		{ 0, FILE_SIZE + 1, (size_t)-1, 400 },
		{ 0, 100, FILE_SIZE + 5, 400 },
		{ CHUNK, 100, FILE_SIZE, 409 },
		{ 5, 100, FILE_SIZE, 409 },
		{ FILE_SIZE, 1, (size_t)-1, 409 },
	};
	struct stage *s = stage(FILE_SIZE);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct http_request *r = put(s, rows[i].offset, rows[i].length, rows[i].total);

		answer_next(s);
		assert_int_equal(r->status, rows[i].status);
		assert_false(r->accepted);
		s->h.gone(s->h.arg, r);
	}
	stage_free(s);
}

/* What has come goes on where a piece begins, or at the end of the file. */
static void an_upload_does_not_go_on_in_the_middle_of_a_piece(void **state)
{
	static const struct { size_t offset; bool fits; } rows[] = {
		{ CHUNK, true }, { CHUNK - 1, false }, { CHUNK + 1, false }, { 1, false }, { 0, true },
	};
	struct stage *s = stage(FILE_SIZE);
	char text[200];

	(void)state;
	snprintf(text, sizeof text, "{\"evidence\":\"" FILE_ID "\",\"size\":%d,\"chunk_size\":%d,\"received\":%d}", (int)FILE_SIZE, (int)CHUNK, (int)CHUNK);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct http_request *r = put(s, rows[i].offset, 10, FILE_SIZE);

		fake_db_answer(s->db, text);
		assert_int_equal(r->accepted, rows[i].fits);
		assert_int_equal(r->status, rows[i].fits ? 0 : 409);
		s->h.gone(s->h.arg, r);
	}
	stage_free(s);
}

static void a_ticket_is_for_one_file_and_must_be_alive(void **state)
{
	struct stage *s = stage(FILE_SIZE);
	struct http_transfer t = { .id = FILE_ID, .length = 5, .total = 5 };
	struct http_request *r = fake_http(&s->server);

	(void)state;
	s->h.put_begin(s->h.arg, r, &t);
	assert_int_equal(r->status, 401);
	s->h.gone(s->h.arg, r);
	t.ticket = "nonsense";
	r = fake_http(&s->server);
	s->h.put_begin(s->h.arg, r, &t);
	assert_int_equal(r->status, 401);
	s->h.gone(s->h.arg, r);
	r = put(s, 0, 5, FILE_SIZE);
	fake_db_refuse(s->db, E_UNAUTHENTICATED, "Sign in first.", NULL);
	assert_int_equal(r->status, 401);
	s->h.gone(s->h.arg, r);
	r = put(s, 0, 5, FILE_SIZE);
	fake_db_answer(s->db, "{\"evidence\":\"44444444-3333-7333-8333-333333333333\",\"size\":9,\"chunk_size\":262144,\"received\":0}");
	assert_int_equal(r->status, 401);
	s->h.gone(s->h.arg, r);
	s->db->full = true;
	r = put(s, 0, 5, FILE_SIZE);
	assert_int_equal(r->status, 503);
	stage_free(s);
}

static void a_refusal_in_the_middle_is_the_answer(void **state)
{
	struct stage *s = stage(FILE_SIZE);
	struct http_request *r = put(s, 0, FILE_SIZE, FILE_SIZE);

	(void)state;
	answer_next(s);
	s->h.put_data(s->h.arg, r, s->file, CHUNK);
	assert_true(r->paused);
	fake_db_refuse(s->db, E_UNAUTHENTICATED, "Sign in first.", NULL);
	assert_int_equal(r->status, 401);
	s->h.put_data(s->h.arg, r, s->file, 100);
	s->h.put_end(s->h.arg, r);
	assert_int_equal(s->db->count, 0);
	stage_free(s);
}

static void a_client_that_ignores_the_pause_is_cut_off(void **state)
{
	struct stage *s = stage(FILE_SIZE);
	struct http_request *r = put(s, 0, FILE_SIZE, FILE_SIZE);

	(void)state;
	answer_next(s);
	for (int i = 0; i < 20 && r->open; i++)
		s->h.put_data(s->h.arg, r, s->file, CHUNK);
	assert_int_equal(r->status, 503);
	stage_free(s);
}

static void hashing_may_outlast_the_answer_and_the_client(void **state)
{
	struct stage *s = stage(FILE_SIZE);
	struct http_request *r = put(s, 0, FILE_SIZE, FILE_SIZE);

	(void)state;
	answer_next(s);
	send_bytes(s, r, 0, FILE_SIZE);
	s->h.put_end(s->h.arg, r);
	while (strcmp(s->db->pending[0].name, "evidence_chunk_get"))
		answer_next(s);
	fake_fire(20000);
	assert_int_equal(r->status, 202);
	s->h.gone(s->h.arg, r);
	settle(s);
	assert_true(s->measured);

	r = put(s, 0, 0, 0);
	answer_next(s);
	assert_int_equal(r->status, 200);
	assert_non_null(strstr(r->body, "\"measured\":true"));
	stage_free(s);
}

static void the_end_may_come_after_any_step(void **state)
{
	(void)state;
	for (int steps = 0; steps < 8; steps++) {
		struct stage *s = stage(FILE_SIZE);
		struct http_request *r = put(s, 0, FILE_SIZE, FILE_SIZE);
		bool ended = false;

		for (int i = 0; i < steps; i++) {
			if (r->accepted && !ended) {
				send_bytes(s, r, 0, FILE_SIZE);
				s->h.put_end(s->h.arg, r);
				ended = true;
			} else if (s->db->count) {
				answer_next(s);
			}
		}
		stage_free(s);
	}
}

/* ---- down ---- */

static struct http_request *get(struct stage *s, struct http_transfer t)
{
	struct http_request *r = fake_http(&s->server);

	strcpy(t.id, FILE_ID);
	memcpy(s->kept, s->file, s->size);
	s->h.get_begin(s->h.arg, r, &t);
	return r;
}

/* As the network does: asks for a piece whenever the last one has gone. */
static void drain(struct stage *s, struct http_request *r)
{
	while (r->headed && !r->aborted && r->length < r->head.length) {
		s->h.get_piece(s->h.arg, r);
		settle(s);
	}
}

static void a_file_or_a_range_of_it_comes_down(void **state)
{
	static const struct { const char *title; struct http_transfer t; int status; size_t from, length; } rows[] = {
		{ "whole", { .ticket = TICKET }, 200, 0, FILE_SIZE },
		{ "a range within a piece", { .ticket = TICKET, .ranged = true, .first = 10, .last = 19 }, 206, 10, 10 },
		{ "over an edge", { .ticket = TICKET, .ranged = true, .first = CHUNK - 1, .last = CHUNK }, 206, CHUNK - 1, 2 },
		{ "to the end", { .ticket = TICKET, .ranged = true, .first = CHUNK + 1, .last = UINT64_MAX }, 206, CHUNK + 1, CHUNK + 999 },
		{ "beyond the end", { .ticket = TICKET, .ranged = true, .first = FILE_SIZE - 1, .last = 10 * FILE_SIZE }, 206, FILE_SIZE - 1, 1 },
		{ "the last bytes", { .ticket = TICKET, .ranged = true, .suffix = true, .length = 5 }, 206, FILE_SIZE - 5, 5 },
		{ "more last bytes than there are", { .ticket = TICKET, .ranged = true, .suffix = true, .length = 10 * FILE_SIZE }, 206, 0, FILE_SIZE },
		{ "after the end", { .ticket = TICKET, .ranged = true, .first = FILE_SIZE, .last = UINT64_MAX }, 416, 0, 0 },
		{ "no last bytes", { .ticket = TICKET, .ranged = true, .suffix = true, .length = 0 }, 416, 0, 0 },
	};
	struct stage *s = stage(FILE_SIZE);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct http_request *r = get(s, rows[i].t);

		answer_next(s);
		drain(s, r);
		if (r->status != rows[i].status || r->length != rows[i].length)
			fail_msg("%s: %d, %zu bytes", rows[i].title, r->status, r->length);
		if (r->length)
			assert_memory_equal(r->bytes, s->file + rows[i].from, r->length);
		if (r->status != 416)
			assert_string_equal(r->body, "application/pdf|plan.pdf|ab");
		s->h.gone(s->h.arg, r);
	}
	stage_free(s);
}

#define INFO(organisations) "{\"session\":\"" FILE_ID "\",\"person\":\"" FILE_ID "\",\"organisations\":[" organisations "]}"
#define FIRST "{\"id\":\"11111111-1111-7111-8111-111111111111\",\"roles\":[\"auditor\"]}"
#define SECOND "{\"id\":\"22222222-2222-7222-8222-222222222222\",\"roles\":[\"auditor\"]}"

static void a_session_is_given_a_ticket_by_the_organisation_that_has_the_file(void **state)
{
	struct stage *s = stage(FILE_SIZE);
	struct http_request *r = get(s, (struct http_transfer){ .token = TOKEN });

	(void)state;
	assert_string_equal(s->db->pending[0].name, "session_info");
	fake_db_answer(s->db, INFO(FIRST "," SECOND));
	assert_string_equal(s->db->pending[0].name, "evidence_download_begin");
	fake_db_refuse(s->db, E_NOT_FOUND, "No.", NULL);
	assert_string_equal(s->db->pending[0].params[1], "22222222-2222-7222-8222-222222222222");
	fake_db_answer(s->db, "{\"ticket\":\"" TICKET "\"}");
	answer_next(s);
	drain(s, r);
	assert_int_equal(r->length, FILE_SIZE);
	assert_null(strstr(r->body, TICKET));
	s->h.gone(s->h.arg, r);

	r = get(s, (struct http_transfer){ .token = TOKEN });
	fake_db_answer(s->db, INFO(FIRST));
	fake_db_refuse(s->db, E_FORBIDDEN, "No.", NULL);
	assert_int_equal(r->status, 404);
	s->h.gone(s->h.arg, r);
	r = get(s, (struct http_transfer){ .token = TOKEN });
	fake_db_refuse(s->db, E_UNAUTHENTICATED, "Sign in.", NULL);
	assert_int_equal(r->status, 401);
	s->h.gone(s->h.arg, r);
	r = get(s, (struct http_transfer){ .token = NULL });
	assert_int_equal(r->status, 401);
	stage_free(s);
}

static void a_download_that_fails_in_the_middle_is_cut(void **state)
{
	struct stage *s = stage(FILE_SIZE);
	struct http_request *r = get(s, (struct http_transfer){ .ticket = TICKET });

	(void)state;
	answer_next(s);
	s->h.get_piece(s->h.arg, r);
	answer_next(s);
	s->h.get_piece(s->h.arg, r);
	fake_db_refuse(s->db, E_UNAUTHENTICATED, "Sign in.", NULL);
	assert_true(r->aborted);
	s->h.gone(s->h.arg, r);

	r = get(s, (struct http_transfer){ .ticket = TICKET });
	answer_next(s);
	s->h.get_piece(s->h.arg, r);
	s->h.gone(s->h.arg, r);			/* the client left while a piece was read */
	r->headed = false;
	settle(s);
	stage_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_goes_up_in_pieces_and_is_read_back),
		cmocka_unit_test(an_empty_file_is_a_file),
		cmocka_unit_test(an_interrupted_upload_goes_on_where_whole_pieces_end),
		cmocka_unit_test(a_part_of_the_file_is_stored_and_answered_with_how_far_it_came),
		cmocka_unit_test(what_does_not_fit_is_refused_before_a_byte_is_read),
		cmocka_unit_test(an_upload_does_not_go_on_in_the_middle_of_a_piece),
		cmocka_unit_test(a_ticket_is_for_one_file_and_must_be_alive),
		cmocka_unit_test(a_refusal_in_the_middle_is_the_answer),
		cmocka_unit_test(a_client_that_ignores_the_pause_is_cut_off),
		cmocka_unit_test(hashing_may_outlast_the_answer_and_the_client),
		cmocka_unit_test(the_end_may_come_after_any_step),
		cmocka_unit_test(a_file_or_a_range_of_it_comes_down),
		cmocka_unit_test(a_session_is_given_a_ticket_by_the_organisation_that_has_the_file),
		cmocka_unit_test(a_download_that_fails_in_the_middle_is_cut),
	};

	log_set_level(LEVEL_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
