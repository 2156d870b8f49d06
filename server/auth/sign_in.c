/* sign_in.c - see sign_in.h. An account that does not exist is challenged and hashed like any other, so that nobody learns which exist. */
#include "auth/sign_in.h"

#include "base/code.h"
#include "auth/password.h"
#include "auth/state.h"
#include "base/hex.h"
#include "base/limits.h"
#include "base/log.h"

#include <jansson.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ATTEMPTS_OF_ADDRESS = LIMIT_WORKER_QUEUE / 2 };	/* under way at once: no address may fill the queue of hashing for all others */

struct attempt {
	struct list among;		/* auth->attempts */
	struct auth *auth;
	char *email, *password, *agent;
	char address[64];
	unsigned char token[TOKEN_SIZE], digest[DIGEST_SIZE];
	sign_in_done_fn done;
	void *arg;
};

static void attempt_free(struct attempt *t)
{
	if (!t)
		return;
	if (t->password)
		OPENSSL_cleanse(t->password, strlen(t->password));
	free(t->password);
	free(t->email);
	free(t->agent);
	list_remove(&t->among);
	OPENSSL_cleanse(t, sizeof *t);
	free(t);
}

static void attempt_finish(struct attempt *t, const struct signed_in *who, struct error *err)
{
	t->done(t->arg, who, err);
	attempt_free(t);
}

static struct db_param text_param(const char *text)
{
	return (struct db_param){ .value = text };
}

static struct db_param bytes_param(const unsigned char *bytes, int length)
{
	return (struct db_param){ .value = (const char *)bytes, .length = length, .binary = true };
}

static void attempt_submit(struct attempt *t, struct db_request *request, db_done_fn done)
{
	struct error err = { 0 };

	request->done = done;
	request->arg = t;
	if (db_submit(t->auth->config.db, request, &err) != OK)
		attempt_finish(t, NULL, &err);
	error_clear(&err);
}

/* ---- opened ---- */

static void attempt_told(void *arg, const struct db_result *result, struct error *err)
{
	struct attempt *t = arg;
	struct signed_in who = { .info = NULL };

	if (err->code == OK && !result->text)
		error_set(err, E_INTERNAL, NULL);
	if (err->code == OK) {
		memcpy(who.token, t->token, TOKEN_SIZE);
		who.info = result->text;
		who.info_length = result->length;
	}
	attempt_finish(t, err->code == OK ? &who : NULL, err);
	OPENSSL_cleanse(&who, sizeof who);
}

/* The database says no by a value, so that its counter stays. */
static void take_refusal(const json_t *answer, struct error *err)
{
	json_int_t code = json_integer_value(json_object_get(answer, "code"));
	json_t *wait = json_object_get(answer, "retry_after_ms");
	const char *message = json_string_value(json_object_get(answer, "message"));
	char data[64];

	error_set(err, code == E_SLOW_DOWN ? E_SLOW_DOWN : E_UNAUTHENTICATED, "%s", message ? message : "The e-mail address or the password is wrong.");
	if (json_is_integer(wait) && json_integer_value(wait) > 0) {
		snprintf(data, sizeof data, "{\"retry_after_ms\":%lld}", (long long)json_integer_value(wait));
		error_set_data(err, data);
	}
}

static void attempt_opened(void *arg, const struct db_result *result, struct error *err)
{
	static const char sql[] = "select api.session_info(session => $1::bytea)::text";
	struct attempt *t = arg;
	struct db_request request = { .kind = DB_READ, .name = "session_info", .sql = sql, .count = 1 };
	json_t *answer = err->code == OK && result->text ? json_loadb(result->text, result->length, 0, NULL) : NULL;

	if (err->code == OK && !json_is_true(json_object_get(answer, "ok")))
		take_refusal(answer, err);
	json_decref(answer);
	if (err->code != OK) {
		log_info("sign_in.refused", "code=%d address=%s", (int)err->code, t->address);
		attempt_finish(t, NULL, err);
		return;
	}
	log_info("sign_in.opened", "address=%s", t->address);
	request.params[0] = bytes_param(t->token, TOKEN_SIZE);
	attempt_submit(t, &request, attempt_told);
}

/* ---- challenged ---- */

static void attempt_derived(void *arg, const unsigned char *key, struct error *err)
{
	static const char sql[] =
		"select api.session_open(email => $1::text, key => $2::bytea, token_digest => $3::bytea, address => $4::inet, agent => $5::text)::text";
	struct attempt *t = arg;
	struct db_request request = { .kind = DB_WRITE, .name = "session_open", .sql = sql, .count = 5 };

	if (!key || secret_make(t->token, TOKEN_SIZE, err) != OK) {
		attempt_finish(t, NULL, err);
		return;
	}
	digest_of(t->token, TOKEN_SIZE, t->digest);
	request.params[0] = text_param(t->email);
	request.params[1] = bytes_param(key, KEY_SIZE);
	request.params[2] = bytes_param(t->digest, DIGEST_SIZE);
	request.params[3] = text_param(t->address);
	request.params[4] = text_param(*t->agent ? t->agent : NULL);
	attempt_submit(t, &request, attempt_opened);
}

static bool read_challenge(const json_t *challenge, unsigned char salt[SALT_MAX], size_t *salt_length, struct password_cost *cost)
{
	const char *hex = json_string_value(json_object_get(challenge, "salt"));
	size_t length = hex ? strlen(hex) / 2 : 0;

	if (length == 0 || length > SALT_MAX || !hex_decode(hex, salt, length))
		return false;
	*salt_length = length;
	cost->n = (uint64_t)json_integer_value(json_object_get(challenge, "n"));
	cost->r = (uint64_t)json_integer_value(json_object_get(challenge, "r"));
	cost->p = (uint64_t)json_integer_value(json_object_get(challenge, "p"));
	return true;
}

static void attempt_derive(struct attempt *t, const json_t *challenge, struct error *err)
{
	unsigned char salt[SALT_MAX];
	struct password_cost cost;
	size_t length;

	if (!read_challenge(challenge, salt, &length, &cost))
		error_set(err, E_INTERNAL, NULL);
	else if (password_derive(t->auth->config.worker, t->password, salt, length, &cost,
			attempt_derived, t, err) == OK)
		return;
	attempt_finish(t, NULL, err);
}

static void attempt_challenged(void *arg, const struct db_result *result, struct error *err)
{
	struct attempt *t = arg;
	json_t *challenge = err->code == OK && result->text ? json_loadb(result->text, result->length, 0, NULL) : NULL;
	json_int_t wait = json_integer_value(json_object_get(challenge, "wait_ms"));
	char data[64];

	if (err->code != OK) {
		attempt_finish(t, NULL, err);
	} else if (wait > 0) {
		snprintf(data, sizeof data, "{\"retry_after_ms\":%lld}", (long long)wait);
		error_set(err, E_SLOW_DOWN, "Too many attempts: wait a little.");
		error_set_data(err, data);
		log_info("sign_in.refused", "code=%d address=%s", (int)err->code, t->address);
		attempt_finish(t, NULL, err);
	} else {
		attempt_derive(t, challenge, err);
	}
	json_decref(challenge);
}

/* A zone (fe80::1%eth0) is no part of an address to PostgreSQL. */
static struct attempt *attempt_new(struct auth *a, const char *email, const char *password, const char *address, const char *agent)
{
	struct attempt *t = calloc(1, sizeof *t);

	if (!t)
		return NULL;
	*t = (struct attempt){ .auth = a, .email = strdup(email), .password = strdup(password), .agent = strdup(agent) };
	snprintf(t->address, sizeof t->address, "%.*s", (int)strcspn(address, "%"), address);
	list_init(&t->among);
	if (t->email && t->password && t->agent)
		return t;
	attempt_free(t);
	return NULL;
}

static int attempts_of(const struct auth *a, const char *address)
{
	int n = 0;

	for (const struct list *node = a->attempts.next; node != &a->attempts; node = node->next)
		n += !strcmp(LIST_ITEM(node, const struct attempt, among)->address, address);
	return n;
}

static enum error_code ask_challenge(struct attempt *t, struct error *err)
{
	static const char sql[] = "select api.session_challenge(email => $1::text, address => $2::inet)::text";
	struct db_request request = { .kind = DB_READ, .name = "session_challenge", .sql = sql, .count = 2,
		.done = attempt_challenged, .arg = t };

	request.params[0] = text_param(t->email);
	request.params[1] = text_param(t->address);
	return db_submit(t->auth->config.db, &request, err);
}

enum error_code sign_in(struct auth *a, const char *email, const char *password, const char *address, const char *agent,
	sign_in_done_fn done, void *arg, struct error *err)
{
	struct attempt *t = attempt_new(a, email, password, address, agent);

	if (!t)
		return error_set(err, E_NOT_NOW, NULL);
	t->done = done;
	t->arg = arg;
	if (attempts_of(a, t->address) >= ATTEMPTS_OF_ADDRESS) {
		error_set(err, E_SLOW_DOWN, "Too many attempts at once: wait a little.");
		error_set_data(err, "{\"retry_after_ms\":1000}");
	} else if (ask_challenge(t, err) == OK) {
		list_append(&a->attempts, &t->among);
		return OK;
	}
	attempt_free(t);
	return err->code;
}

static void discarded(void *arg, const struct db_result *result, struct error *err)
{
	(void)arg;
	(void)result;
	(void)err;
}

void sign_in_discard(struct auth *a, const unsigned char token[TOKEN_SIZE])
{
	static const char sql[] = "select api.session_close(session => $1::bytea)::text";
	struct db_request request = { .kind = DB_WRITE, .name = "session_close", .sql = sql, .count = 1, .done = discarded };
	struct error err = { 0 };

	request.params[0] = bytes_param(token, TOKEN_SIZE);
	db_submit(a->config.db, &request, &err);
	error_clear(&err);
}
