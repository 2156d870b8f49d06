/* token_create.c - token.create: the secret is made here and shown once; the database is given its digest. */
#include "base/code.h"
#include "auth/state.h"
#include "base/buffer.h"
#include "rpc/bind.h"
#include "rpc/reply.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWER_MAX = 64 * 1024 };

struct making {
	struct call *call;
	unsigned char token[TOKEN_SIZE];
};

static void making_free(struct making *m)
{
	OPENSSL_cleanse(m, sizeof *m);
	free(m);
}

static void making_done(void *arg, const struct db_result *result, struct error *err)
{
	struct making *m = arg;
	char quoted[TOKEN_TEXT + 1] = "\"";
	struct buffer answer;

	buffer_init(&answer, ANSWER_MAX);
	if (err->code == OK) {
		token_write(TOKEN_BEARER, m->token, quoted + 1);
		quoted[TOKEN_TEXT] = '"';
		reply_with_member(&answer, result->text, "token", quoted, TOKEN_TEXT + 1);
		if (answer.failed)
			error_set(err, E_NOT_NOW, NULL);
	}
	if (err->code == OK)
		call_answer(m->call, answer.data, answer.length);
	else
		call_refuse(m->call, err);
	OPENSSL_cleanse(quoted, sizeof quoted);
	buffer_wipe(&answer);
	making_free(m);
}

static enum error_code making_submit(struct auth *a, struct making *m, const json_t *params, struct error *err)
{
	static const char sql[] = "select api.token_create(session => $1::bytea, request_id => $2::uuid, token_digest => $3::bytea, name => $4::text, "
		"scope => $5::text[], expires_on => $6::date)::text";
	/* Not repeatable: what the first try answered would be lost, and with it the secret. */
	struct db_request request = { .kind = DB_WRITE, .name = "token_create", .sql = sql, .count = 6,
		.done = making_done, .arg = m };
	char *scope = bind_array(json_object_get(params, "scope"), P_TEXT);
	unsigned char digest[DIGEST_SIZE];

	if (!scope)
		return error_set(err, E_NOT_NOW, NULL);
	digest_of(m->token, TOKEN_SIZE, digest);
	request.params[0] = (struct db_param){ .value = (const char *)call_token(m->call), .length = TOKEN_SIZE, .binary = true };
	request.params[1].value = json_string_value(json_object_get(params, "request_id"));
	request.params[2] = (struct db_param){ .value = (const char *)digest, .length = DIGEST_SIZE, .binary = true };
	request.params[3].value = json_string_value(json_object_get(params, "name"));
	request.params[4].value = scope;
	request.params[5].value = json_string_value(json_object_get(params, "expires_on"));
	db_submit(a->config.db, &request, err);
	free(scope);
	return err->code;
}

static void token_create(void *arg, struct call *call, const json_t *params)
{
	struct making *m = calloc(1, sizeof *m);
	struct error err = { 0 };

	if (!m) {
		error_set(&err, E_NOT_NOW, NULL);
		call_refuse(call, &err);
		return;
	}
	m->call = call;
	if (secret_make(m->token, TOKEN_SIZE, &err) == OK && making_submit(arg, m, params, &err) == OK)
		return;
	call_refuse(call, &err);
	making_free(m);
}

enum error_code token_declare(struct auth *a, struct error *err)
{
	static const char declaration[] = "{\"name\":\"token.create\",\"doc\":\"Make a bearer token for a script; the answer shows its secret, once.\","
		"\"roles\":[\"signed_in\"],\"access\":\"write\",\"organisation\":false,\"secret\":true,\"params\":["
		"{\"name\":\"name\",\"type\":\"text\",\"required\":true,\"schema\":{\"minLength\":1,\"maxLength\":100},\"doc\":\"What it is for.\"},"
		"{\"name\":\"scope\",\"type\":\"text\",\"array\":true,\"required\":true,"
		"\"schema\":{\"minItems\":1,\"maxItems\":50,\"items\":{\"type\":\"string\",\"pattern\":\"^([*]|read|[a-z]+[.]([*]|[a-z_]+))$\"}},"
		"\"doc\":\"What it may call: finding.* or finding.list, read (whatever only reads), or *.\"},"
		"{\"name\":\"expires_on\",\"type\":\"date\",\"required\":true,\"doc\":\"Its last day, within a year.\"}],"
		"\"result\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\",\"format\":\"uuid\"},\"name\":{\"type\":\"string\"},"
		"\"scope\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"created_at\":{\"type\":\"string\",\"format\":\"date-time\"},"
		"\"seen_at\":{\"type\":\"string\",\"format\":\"date-time\"},\"expires_at\":{\"type\":\"string\",\"format\":\"date-time\"},"
		"\"ended_at\":{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"},\"ended_by\":{\"type\":[\"string\",\"null\"]},"
		"\"token\":{\"type\":\"string\",\"description\":\"The secret; shown once.\"}},"
		"\"required\":[\"id\",\"name\",\"scope\",\"created_at\",\"seen_at\",\"expires_at\",\"ended_at\",\"ended_by\",\"token\"],"
		"\"additionalProperties\":false}}";

	return rpc_declare(a->config.rpc, declaration, token_create, a, err);
}
