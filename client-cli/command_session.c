/* command_session.c - signing in and out, passwords, and who one is. */
#include "client-cli/command.h"

#include "base/error.h"
#include "client-cli/fill.h"
#include "client-cli/output.h"
#include "client-cli/prompt.h"

#include <stdlib.h>
#include <string.h>

static void keep_answer(struct client *c, const char *email, const json_t *answer)
{
	static const char *const kept[] = { "token", "person", "name", "organisations", "expires_at" };
	json_t *data = c->profile.data;

	profile_set_text(&c->profile, "server", client_server(c));
	profile_set_text(&c->profile, "email", email);
	profile_set_text(&c->profile, "organisation", c->options.organisation);
	profile_set_text(&c->profile, "ca", NULL);
	if (c->options.ca_file) {
		char *whole = realpath(c->options.ca_file, NULL);

		profile_set_text(&c->profile, "ca", whole);
		free(whole);
	}
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		json_object_set(data, kept[i], json_object_get(answer, kept[i]));
}

/* The answer to session.open, completed by session.current where that is a call of its own. */
static json_t *open_session(struct client *c, const char *email, const char *password, struct failure *f)
{
	json_t *params = json_pack("{s:s, s:s}", "email", email, "password", password), *answer, *info;
	struct failure ignored = { 0 };

	answer = client_call(c, "session.open", params, f);
	json_decref(params);
	if (answer && !json_object_get(answer, "organisations")) {
		info = client_call(c, "session.current", NULL, &ignored);
		json_object_update_missing(answer, info);
		json_decref(info);
		failure_clear(&ignored);
	}
	return answer;
}

static void tell_who(const struct client *c)
{
	const char *name = profile_text(&c->profile, "name"), *email = profile_text(&c->profile, "email");
	json_t *mine = json_object_get(c->profile.data, "organisations"), *one;
	size_t i;

	if (c->options.quiet)
		return;
	printf("%s", name ? name : "?");
	if (email)
		printf(" <%s>", email);
	printf(" on %s", client_server(c));
	if (c->options.token_file)
		printf(" (by the token in %s)", c->options.token_file);
	else if (strcmp(c->profile.name, "default"))
		printf(" (as %s)", c->profile.name);
	putchar('\n');
	json_array_foreach(mine, i, one) {
		char *roles = output_cell(json_object_get(one, "roles"));
		const char *organisation = json_string_value(json_object_get(one, "name"));

		printf("  %s: %s\n", organisation ? organisation : "?", *roles ? roles : "no role");
		free(roles);
	}
}

/* What changes a sign-in is not for a token. */
static bool wants_sign_in(const struct client *c, const char *command, struct failure *f)
{
	return !*c->token || failure_usage(f, "%s is not for the token in %s; say --as NAME for a sign-in that is kept.", command, c->options.token_file);
}

static bool sign_in_by_password(struct client *c, const char *email, const char *file, struct failure *f)
{
	char password[PROMPT_SIZE];
	json_t *answer;

	if (!prompt_secret("Password", file, password, f)) {
		prompt_wipe(password);
		return false;
	}
	/* A token kept from before must not go with it: the server would take the connection for its owner's. */
	profile_set_text(&c->profile, "token", NULL);
	answer = open_session(c, email, password, f);
	prompt_wipe(password);
	if (!answer)
		return false;
	keep_answer(c, email, answer);
	json_decref(answer);
	if (!profile_text(&c->profile, "token"))
		return failure_local(f, "The server signed you in without giving a token.");
	if (!profile_save(&c->profile, f))
		return false;
	tell_who(c);
	return true;
}

bool command_login(struct client *c, struct words *w, struct failure *f)
{
	const char *email = NULL, *file = NULL, *option = NULL, *kept;
	const struct own_option own[] = { { "password-file", &file, NULL }, { "email", &option, NULL }, { 0 } };
	char typed[PROMPT_SIZE];

	if (!command_words(c, w, own, &email, 1, f) || !wants_sign_in(c, "login", f))
		return false;
	kept = profile_text(&c->profile, "email");
	if (!email)
		email = option;
	if (!email) {
		if (kept)
			snprintf(typed, sizeof typed, "%s", kept);
		else if (!prompt_line("E-mail", typed, f))
			return false;
		email = typed;
	}
	return sign_in_by_password(c, email, file, f);
}

bool command_logout(struct client *c, struct words *w, struct failure *f)
{
	json_t *result;

	if (!command_words(c, w, NULL, NULL, 0, f) || !wants_sign_in(c, "logout", f) || !client_signed_in(c, f))
		return false;
	result = client_call(c, "session.close", NULL, f);
	json_decref(result);
	/* The server may be away or the session over: the token goes from this machine all the same. */
	if (f->kind == FAILURE_REFUSED && f->code == E_UNAUTHENTICATED)
		failure_clear(f);
	if (f->kind == FAILURE_LOST && c->was_connected)
		failure_clear(f);
	if (!profile_forget_token(&c->profile, f) || f->kind != FAILURE_NONE)
		return false;
	if (!c->options.quiet)
		puts("Signed out.");
	return true;
}

bool command_set_password(struct client *c, struct words *w, struct failure *f)
{
	const char *code_option = NULL, *file = NULL;
	const struct own_option own[] = { { "code", &code_option, NULL }, { "password-file", &file, NULL }, { 0 } };
	char code[PROMPT_SIZE] = "", password[PROMPT_SIZE] = "";
	json_t *params, *result = NULL;

	if (!command_words(c, w, own, NULL, 0, f) || !wants_sign_in(c, "set-password", f))
		return false;
	profile_set_text(&c->profile, "token", NULL);
	if (code_option)
		snprintf(code, sizeof code, "%s", code_option);
	if ((code_option || prompt_secret("One-time code", NULL, code, f)) && prompt_secret("New password", file, password, f)) {
		params = json_pack("{s:s, s:s}", "code", code, "password", password);
		result = client_call(c, "session.set_password", params, f);
		json_decref(params);
	}
	prompt_wipe(code);
	prompt_wipe(password);
	if (result && !c->options.quiet)
		puts("The password is set: ninetwo login.");
	json_decref(result);
	return f->kind == FAILURE_NONE;
}

bool command_whoami(struct client *c, struct words *w, struct failure *f)
{
	json_t *info;
	bool ok = true;

	if (!command_words(c, w, NULL, NULL, 0, f) || !client_signed_in(c, f))
		return false;
	info = client_call(c, "session.current", NULL, f);
	if (!info)
		return false;
	json_object_set(c->profile.data, "organisations", json_object_get(info, "organisations"));
	json_object_set(c->profile.data, "name", json_object_get(info, "name"));
	if (c->options.format == FORMAT_JSON || c->options.field)
		ok = output_result(stdout, &c->options, &c->document, NULL, info, f);
	else
		tell_who(c);
	json_decref(info);
	return ok && (*c->token || profile_save(&c->profile, f));
}
