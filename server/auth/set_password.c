/* set_password.c - session.set_password: a person chooses their own password with a one-time code. The code is looked at before any hashing,
 * so that guessing codes costs us nothing; a new password ends every session there was. */
#include "base/code.h"
#include "auth/password.h"
#include "auth/state.h"

#include <jansson.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct change {
	struct auth *auth;
	struct call *call;
	char *password;
	unsigned char digest[DIGEST_SIZE], salt[SALT_SIZE];
};

static void change_free(struct change *c)
{
	if (c->password)
		OPENSSL_cleanse(c->password, strlen(c->password));
	free(c->password);
	OPENSSL_cleanse(c, sizeof *c);
	free(c);
}

static void change_refuse(struct change *c, struct error *err)
{
	call_refuse(c->call, err);
	change_free(c);
}

static void change_done(void *arg, const struct db_result *result, struct error *err)
{
	struct change *c = arg;

	if (err->code != OK) {
		change_refuse(c, err);
		return;
	}
	call_answer(c->call, result->text, result->length);
	change_free(c);
}

static void change_derived(void *arg, const unsigned char *key, struct error *err)
{
	static const char sql[] = "select api.password_set(code_digest => $1::bytea, salt => $2::bytea, key => $3::bytea)::text";
	struct change *c = arg;
	struct db_request request = { .kind = DB_WRITE, .name = "password_set", .sql = sql, .count = 3,
		.done = change_done, .arg = c };

	request.params[0] = (struct db_param){ .value = (const char *)c->digest, .length = DIGEST_SIZE, .binary = true };
	request.params[1] = (struct db_param){ .value = (const char *)c->salt, .length = SALT_SIZE, .binary = true };
	request.params[2] = (struct db_param){ .value = (const char *)key, .length = KEY_SIZE, .binary = true };
	if (!key || db_submit(c->auth->config.db, &request, err) != OK)
		change_refuse(c, err);
}

/* The words of the person's name and of their address may not make up the password. */
static enum error_code change_judge(const struct change *c, const json_t *challenge, struct error *err)
{
	const char *name = json_string_value(json_object_get(challenge, "name")), *email = json_string_value(json_object_get(challenge, "email"));
	const char *words[32] = { NULL };
	char text[1024];
	size_t n = 0;

	snprintf(text, sizeof text, "%s %s", name ? name : "", email ? email : "");
	for (char *rest = NULL, *word = strtok_r(text, " .@-_+", &rest); word && n < 31; word = strtok_r(NULL, " .@-_+", &rest))
		words[n++] = word;
	return password_judge(c->password, words, err);
}

static void change_challenged(void *arg, const struct db_result *result, struct error *err)
{
	struct change *c = arg;
	json_t *challenge = err->code == OK && result->text ? json_loadb(result->text, result->length, 0, NULL) : NULL;

	if (err->code == OK)
		change_judge(c, challenge, err);
	if (err->code == OK && secret_make(c->salt, SALT_SIZE, err) == OK)
		password_derive(c->auth->config.worker, c->password, c->salt, SALT_SIZE, &password_cost,
			change_derived, c, err);
	if (err->code != OK)
		change_refuse(c, err);
	json_decref(challenge);
}

static enum error_code change_begin(struct change *c, const json_t *params, struct error *err)
{
	static const char sql[] = "select api.code_challenge(code_digest => $1::bytea)::text";
	struct db_request request = { .kind = DB_WRITE, .name = "code_challenge", .sql = sql, .count = 1,
		.done = change_challenged, .arg = c };
	json_t *password = json_object_get(params, "password"), *code = json_object_get(params, "code");

	c->password = strdup(json_string_value(password));
	OPENSSL_cleanse((void *)(uintptr_t)json_string_value(password), json_string_length(password));
	if (!c->password)
		return error_set(err, E_NOT_NOW, NULL);
	if (!code_digest(json_string_value(code), c->digest)) {
		error_set(err, E_PARAMS, "The code has 20 letters and digits, as ABCDE-FGHIJ-KLMNO-PQRST.");
		error_set_data(err, "{\"params\":[{\"name\":\"code\",\"problem\":\"must be 20 letters and digits\"}]}");
		return E_PARAMS;
	}
	request.params[0] = (struct db_param){ .value = (const char *)c->digest, .length = DIGEST_SIZE, .binary = true };
	return db_submit(c->auth->config.db, &request, err);
}

static void set_password(void *arg, struct call *call, const json_t *params)
{
	struct change *c = calloc(1, sizeof *c);
	struct error err = { 0 };

	if (!c) {
		error_set(&err, E_NOT_NOW, NULL);
		call_refuse(call, &err);
		return;
	}
	c->auth = arg;
	c->call = call;
	if (change_begin(c, params, &err) != OK)
		change_refuse(c, &err);
}

enum error_code set_password_declare(struct auth *a, struct error *err)
{
	static const char declaration[] = "{\"name\":\"session.set_password\",\"doc\":\"Set your own password with a one-time code. Ends your sessions.\","
		"\"roles\":[\"anyone\"],\"access\":\"recorded\",\"organisation\":false,\"params\":["
		"{\"name\":\"code\",\"type\":\"text\",\"required\":true,\"schema\":{\"maxLength\":60},\"doc\":\"The code that you were given.\"},"
		"{\"name\":\"password\",\"type\":\"text\",\"required\":true,\"schema\":{\"minLength\":15,\"maxLength\":256},"
		"\"doc\":\"15 to 256 characters of any kind; not made of the most common words.\"}],"
		"\"result\":{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"},\"person\":{\"type\":\"string\",\"format\":\"uuid\"},"
		"\"email\":{\"type\":\"string\"}},\"required\":[\"ok\",\"person\",\"email\"],\"additionalProperties\":false}}";

	return rpc_declare(a->config.rpc, declaration, set_password, a, err);
}
