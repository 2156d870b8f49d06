/* session_methods.c - session.open, session.current, session.close, and the same over HTTP for browsers. */
#include "api/refusal.h"
#include "auth/sign_in.h"
#include "auth/state.h"
#include "base/buffer.h"
#include "rpc/reply.h"
#include "rpc/request.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

enum {
	ANSWER_MAX = 1024 * 1024,
	COOKIE_SECONDS = 12 * 3600,	/* as long as a session can last at all; the database may end it earlier */
};

#define INFO_PROPERTIES \
	"\"session\":{\"type\":\"string\",\"format\":\"uuid\"},\"person\":{\"type\":\"string\",\"format\":\"uuid\"},\"name\":{\"type\":\"string\"}," \
	"\"kind\":{\"type\":\"string\",\"enum\":[\"session\",\"token\"]}," \
	"\"scope\":{\"type\":[\"array\",\"null\"],\"items\":{\"type\":\"string\"},\"description\":\"Of a bearer token: what it may call.\"}," \
	"\"expires_at\":{\"type\":\"string\",\"format\":\"date-time\"},\"idle_until\":{\"type\":\"string\",\"format\":\"date-time\"}," \
	"\"organisations\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\",\"format\":\"uuid\"}," \
	"\"name\":{\"type\":\"string\"},\"roles\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}},\"required\":[\"id\",\"name\",\"roles\"]," \
	"\"additionalProperties\":false}}"
#define INFO_REQUIRED "\"required\":[\"session\",\"person\",\"name\",\"kind\",\"scope\",\"expires_at\",\"idle_until\",\"organisations\"]"

/* ---- session.open ---- */

struct opening {
	struct auth *auth;
	struct call *call;
	unsigned char token[TOKEN_SIZE];
};

static void opening_free(struct opening *o)
{
	if (o)
		OPENSSL_cleanse(o, sizeof *o);
	free(o);
}

/* The secret goes to the client once, in this answer. */
static void answer_opened(struct opening *o, const struct signed_in *who)
{
	char token[TOKEN_TEXT], quoted[TOKEN_TEXT + 2];
	struct buffer answer;
	struct error err = { 0 };

	token_write(TOKEN_SESSION, who->token, token);
	quoted[0] = '"';
	memcpy(quoted + 1, token, TOKEN_TEXT - 1);
	quoted[TOKEN_TEXT] = '"';
	buffer_init(&answer, ANSWER_MAX);
	reply_with_member(&answer, who->info, "token", quoted, TOKEN_TEXT + 1);
	if (answer.failed) {
		error_set(&err, E_NOT_NOW, NULL);
		call_refuse(o->call, &err);
	} else {
		call_answer(o->call, answer.data, answer.length);
	}
	buffer_wipe(&answer);
	OPENSSL_cleanse(token, sizeof token);
	OPENSSL_cleanse(quoted, sizeof quoted);
}

static enum error_code signed_in_already(struct error *err)
{
	error_set(err, E_BUSINESS, "This connection is signed in already: close it, or open another.");
	error_set_data(err, "{\"rule\":\"signed_in\"}");
	return E_BUSINESS;
}

static void opened_by_password(void *arg, const struct signed_in *who, struct error *err)
{
	struct opening *o = arg;

	if (!who)
		call_refuse(o->call, err);
	else if (rpc_signed_in(o->auth->config.rpc, call_peer(o->call), who->token))
		answer_opened(o, who);
	else {
		sign_in_discard(o->auth, who->token);
		signed_in_already(err);		/* or gone, and then nobody hears this */
		call_refuse(o->call, err);
	}
	opening_free(o);
}

static void opened_by_token(void *arg, const struct db_result *result, struct error *err)
{
	struct opening *o = arg;

	if (err->code == OK && !rpc_signed_in(o->auth->config.rpc, call_peer(o->call), o->token))
		signed_in_already(err);
	if (err->code == OK)
		call_answer(o->call, result->text, result->length);
	else
		call_refuse(o->call, err);
	opening_free(o);
}

static enum error_code open_by_token(struct opening *o, const char *text, struct error *err)
{
	static const char sql[] = "select api.session_info(session => $1::bytea)::text";
	struct db_request request = { .kind = DB_READ, .name = "session_info", .sql = sql, .count = 1, .done = opened_by_token, .arg = o };

	if (!token_read(text, o->token, NULL))
		return error_set(err, E_UNAUTHENTICATED, "This is not a token.");
	request.params[0] = (struct db_param){ .value = (const char *)o->token, .length = TOKEN_SIZE, .binary = true };
	return db_submit(o->auth->config.db, &request, err);
}

static void wipe_string(json_t *value)
{
	if (json_is_string(value))
		OPENSSL_cleanse((void *)(uintptr_t)json_string_value(value), json_string_length(value));
}

static enum error_code opening_begin(struct opening *o, const json_t *params, struct error *err)
{
	json_t *email = json_object_get(params, "email"), *password = json_object_get(params, "password"), *token = json_object_get(params, "token");
	enum error_code code;

	if (call_person(o->call))
		return signed_in_already(err);
	if (token && !email && !password)
		code = open_by_token(o, json_string_value(token), err);
	else if (email && password && !token)
		code = sign_in(o->auth, json_string_value(email), json_string_value(password), call_address(o->call), "", opened_by_password, o, err);
	else {
		code = error_set(err, E_PARAMS, "Sign in with email and password, or with token.");
		error_set_data(err, "{\"params\":[{\"name\":\"email\",\"problem\":\"is given with password, and neither with token\"}]}");
	}
	wipe_string(password);
	wipe_string(token);
	return code;
}

static void session_open_method(void *arg, struct call *call, const json_t *params)
{
	struct opening *o = calloc(1, sizeof *o);
	struct error err = { 0 };

	if (!o) {
		error_set(&err, E_NOT_NOW, NULL);
		call_refuse(call, &err);
		return;
	}
	o->auth = arg;
	o->call = call;
	if (opening_begin(o, params, &err) == OK)
		return;
	call_refuse(call, &err);
	opening_free(o);
}

/* ---- session.current, session.close ---- */

static void session_current_method(void *arg, struct call *call, const json_t *params)
{
	static const char sql[] = "select api.session_info(session => $1::bytea)::text";
	struct db_request request = { .kind = DB_READ, .name = "session_info", .sql = sql, .count = 1 };

	(void)arg;
	(void)params;
	request.params[0] = (struct db_param){ .value = (const char *)call_token(call), .length = TOKEN_SIZE, .binary = true };
	call_query(call, &request);
}

static void session_closed(void *arg, const struct db_result *result, struct error *err)
{
	struct opening *o = arg;
	uint64_t peer = call_peer(o->call);
	bool ok = err->code == OK;

	if (ok)
		call_answer(o->call, result->text, result->length);
	else
		call_refuse(o->call, err);
	(ok ? rpc_signed_out : rpc_not_signed_out)(o->auth->config.rpc, peer);
	opening_free(o);
}

static void session_close_method(void *arg, struct call *call, const json_t *params)
{
	static const char sql[] = "select api.session_close(session => $1::bytea)::text";
	struct opening *o = calloc(1, sizeof *o);
	struct db_request request = { .kind = DB_WRITE, .name = "session_close", .sql = sql, .count = 1,
		.done = session_closed, .arg = o };
	struct auth *a = arg;
	struct error err = { 0 };

	(void)params;
	if (!o) {
		error_set(&err, E_NOT_NOW, NULL);
		call_refuse(call, &err);
		return;
	}
	o->auth = a;
	o->call = call;
	request.params[0] = (struct db_param){ .value = (const char *)call_token(call), .length = TOKEN_SIZE, .binary = true };
	if (db_submit(a->config.db, &request, &err) == OK) {
		rpc_signing_out(a->config.rpc, call_peer(call));
		return;
	}
	call_refuse(call, &err);
	opening_free(o);
}

/* ---- HTTP ---- */

struct exchange {
	struct auth *auth;
	uint64_t request;
};

static struct http_request *request_of(const struct exchange *x)
{
	return x->auth->server ? http_find(x->auth->server, x->request) : NULL;
}

static void signed_in_by_http(void *arg, const struct signed_in *who, struct error *err)
{
	struct exchange *x = arg;
	struct http_request *r = request_of(x);
	char token[TOKEN_TEXT];

	if (!r && who) {
		sign_in_discard(x->auth, who->token);
	} else if (r && who) {
		token_write(TOKEN_SESSION, who->token, token);
		http_cookie(r, token, COOKIE_SECONDS);
		http_answer(r, 200, who->info, who->info_length);
		OPENSSL_cleanse(token, sizeof token);
	} else if (r) {
		refusal_answer(r, 0, err);
	}
	free(x);
}

static bool is_text(const json_t *value, size_t max)
{
	return json_is_string(value) && json_string_length(value) > 0 && json_string_length(value) <= max;
}

static enum error_code begin_sign_in(struct exchange *x, struct http_request *r, const json_t *body, struct error *err)
{
	json_t *email = json_object_get(body, "email"), *password = json_object_get(body, "password");
	enum error_code code;

	if (!json_is_object(body) || json_object_size(body) != 2 || !is_text(email, 4 * EMAIL_MAX) || !is_text(password, 1024))
		return error_set(err, E_PARAMS, "The body is an object with email and password.");
	code = sign_in(x->auth, json_string_value(email), json_string_value(password), http_address(r), http_agent(r), signed_in_by_http, x, err);
	wipe_string(password);
	return code;
}

static struct exchange *exchange_new(struct auth *a, struct http_request *r)
{
	struct exchange *x = calloc(1, sizeof *x);

	if (!x) {
		http_answer(r, 503, NULL, 0);
		return NULL;
	}
	*x = (struct exchange){ .auth = a, .request = http_id(r) };
	return x;
}

static void http_sign_in(void *arg, struct http_request *r, const char *json, size_t length)
{
	struct exchange *x = exchange_new(arg, r);
	struct error err = { 0 };
	json_t *body;

	if (!x)
		return;
	body = request_json(json, length, &err);
	if (!body || begin_sign_in(x, r, body, &err) != OK) {
		refusal_answer(r, 0, &err);
		free(x);
	}
	json_decref(body);
	error_clear(&err);
}

/* A session that was over anyway is signed out too. */
static void signed_out_by_http(void *arg, const struct db_result *result, struct error *err)
{
	struct exchange *x = arg;
	struct http_request *r = request_of(x);

	(void)result;
	if (r && (err->code == OK || err->code == E_UNAUTHENTICATED)) {
		http_cookie(r, NULL, 0);
		http_answer(r, 204, NULL, 0);
	} else if (r) {
		refusal_answer(r, 0, err);
	}
	free(x);
}

static void http_sign_out(void *arg, struct http_request *r, const char *token)
{
	static const char sql[] = "select api.session_close(session => $1::bytea)::text";
	struct db_request request = { .kind = DB_WRITE, .name = "session_close", .sql = sql, .count = 1, .done = signed_out_by_http };
	unsigned char bytes[TOKEN_SIZE];
	struct error err = { 0 };
	struct exchange *x;

	if (!token_read(token, bytes, NULL)) {
		http_cookie(r, NULL, 0);
		http_answer(r, 204, NULL, 0);
		return;
	}
	x = exchange_new(arg, r);
	if (!x)
		return;
	request.params[0] = (struct db_param){ .value = (const char *)bytes, .length = TOKEN_SIZE, .binary = true };
	request.arg = x;
	if (db_submit(x->auth->config.db, &request, &err) != OK) {
		refusal_answer(r, 0, &err);
		free(x);
	}
	error_clear(&err);
	OPENSSL_cleanse(bytes, sizeof bytes);
}

struct http_session_handler auth_http(struct auth *a)
{
	return (struct http_session_handler){ .sign_in = http_sign_in, .sign_out = http_sign_out, .arg = a };
}

/* ---- declarations ---- */

enum error_code session_declare(struct auth *a, struct error *err)
{
	static const char open[] = "{\"name\":\"session.open\",\"doc\":\"Sign this connection in, with e-mail address and password or with a token.\","
		"\"roles\":[\"anyone\"],\"access\":\"recorded\",\"organisation\":false,\"secret\":true,\"params\":["
		"{\"name\":\"email\",\"type\":\"text\",\"required\":false,\"schema\":{\"minLength\":1,\"maxLength\":254},\"doc\":\"The person's e-mail address.\"},"
		"{\"name\":\"password\",\"type\":\"text\",\"required\":false,\"schema\":{\"minLength\":1,\"maxLength\":256},\"doc\":\"Their password.\"},"
		"{\"name\":\"token\",\"type\":\"text\",\"required\":false,\"schema\":{\"minLength\":1,\"maxLength\":100},"
		"\"doc\":\"Instead of both: a session's or a bearer token.\"}],"
		"\"result\":{\"type\":\"object\",\"properties\":{" INFO_PROPERTIES ",\"token\":{\"type\":\"string\","
		"\"description\":\"The new session's token; shown once, and only when a password was given.\"}}," INFO_REQUIRED ",\"additionalProperties\":false}}";
	static const char current[] = "{\"name\":\"session.current\",\"doc\":\"Who this connection is signed in as, and the roles held.\","
		"\"roles\":[\"signed_in\"],\"access\":\"read\",\"organisation\":false,\"params\":[],"
		"\"result\":{\"type\":\"object\",\"properties\":{" INFO_PROPERTIES "}," INFO_REQUIRED ",\"additionalProperties\":false}}";
	static const char close[] = "{\"name\":\"session.close\",\"doc\":\"Sign out: end the session and close its connections.\","
		"\"roles\":[\"signed_in\"],\"access\":\"recorded\",\"organisation\":false,\"params\":[],"
		"\"result\":{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}},\"required\":[\"ok\"],\"additionalProperties\":false}}";

	if (rpc_declare(a->config.rpc, open, session_open_method, a, err) != OK ||
	    rpc_declare(a->config.rpc, current, session_current_method, a, err) != OK)
		return err->code;
	return rpc_declare(a->config.rpc, close, session_close_method, a, err);
}
