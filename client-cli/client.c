/* client.c - connecting when needed, calling again after a loss, and the cached document. */
#include "client-cli/client.h"

#include "base/error.h"
#include "base/uuid.h"
#include "client-cli/deadline.h"

#include <ctype.h>
#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

enum { PAUSE_FIRST_MS = 100, PAUSE_MOST_MS = 2000, CACHE_SECONDS = 3600 };
#define SERVER_DEFAULT "127.0.0.1:9200"

void make_uuid(char out[37])
{
	struct uuid id = { 0 };
	unsigned char *b = id.bytes;
	struct timeval now;
	uint64_t ms;

	gettimeofday(&now, NULL);
	ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_usec / 1000;
	RAND_bytes(b, sizeof id.bytes);
	for (int i = 0; i < 6; i++)
		b[i] = (unsigned char)(ms >> (40 - 8 * i));
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x70);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	uuid_write(&id, out);
}

/* A sign-in or a token, never the one for the other: who acts must not depend on which was looked at first. */
static bool choose_sign_in(struct options *o, struct failure *f)
{
	if (o->as && o->token_file)
		return failure_usage(f, "--as and --token-file are two ways to sign in; say one.");
	if (o->as || o->token_file)
		return true;
	if (o->usual_as && o->usual_token_file)
		return failure_usage(f, "NINETWO_AS and NINETWO_TOKEN_FILE are both set; say which by --as or --token-file.");
	o->as = o->usual_as;
	o->token_file = o->usual_token_file;
	return true;
}

bool client_start(struct client *c, const struct options *options, struct failure *f)
{
	char name[32];

	*c = (struct client){ .options = *options };
	c->known = json_object();
	if (options->request_id && !uuid_is(options->request_id))
		return failure_usage(f, "--request-id wants a UUID, not '%s'.", options->request_id);
	if (!choose_sign_in(&c->options, f))
		return false;
	if (!c->options.token_file)
		return profile_load(&c->profile, c->options.as, f);
	if (!token_file_read(c->options.token_file, c->token, f))
		return false;
	token_file_name(c->token, name);
	return profile_load(&c->profile, name, f);
}

void client_disconnect(struct client *c)
{
	connection_free(c->connection);
	c->connection = NULL;
}

void client_clear(struct client *c)
{
	client_disconnect(c);
	document_clear(&c->document);
	profile_clear(&c->profile);
	OPENSSL_cleanse(c->token, sizeof c->token);
	json_decref(c->known);
	c->known = NULL;
}

const char *client_server(const struct client *c)
{
	const char *kept = profile_text(&c->profile, "server");

	if (c->options.server)
		return c->options.server;
	if (kept && (profile_text(&c->profile, "token") || !c->options.usual_server))
		return kept;
	return c->options.usual_server ? c->options.usual_server : SERVER_DEFAULT;
}

const char *client_ca_file(const struct client *c)
{
	return c->options.ca_file ? c->options.ca_file : profile_text(&c->profile, "ca");
}

bool client_signed_in(const struct client *c, struct failure *f)
{
	if (*c->token || profile_text(&c->profile, "token"))
		return true;
	if (strcmp(c->profile.name, "default"))
		return failure_code(f, E_UNAUTHENTICATED, "You are not signed in as %s.", c->profile.name);
	return failure_code(f, E_UNAUTHENTICATED, "You are not signed in.");
}

/* A token that was kept goes to the server that gave it and to no other; for one in a file its user says where. */
static const char *token_for(const struct client *c, const char *server)
{
	const char *kept = profile_text(&c->profile, "server");

	if (*c->token)
		return c->token;
	return kept && !strcmp(kept, server) ? profile_text(&c->profile, "token") : NULL;
}

/* Signing in would be no help to a script. */
static void explain_token(const struct client *c, const char *method, struct failure *f)
{
	const char *file = c->options.token_file;
	char help[512];

	if (!*c->token || f->kind != FAILURE_REFUSED || f->data)
		return;
	if (f->code == E_UNAUTHENTICATED)
		snprintf(help, sizeof help, "The token in %s has ended, or %s did not make it: `ninetwo token list` shows those of yours.", file, client_server(c));
	else if (f->code == E_FORBIDDEN)
		snprintf(help, sizeof help, "%s is not within the scope of the token in %s.%s", method, file,
			 !strcmp(method, "session.current") ? " Say which organisation by --organisation and its id." : "");
	else
		return;
	f->data = json_pack("{s:s}", "help", help);
}

bool client_connect(struct client *c, struct failure *f)
{
	struct connection_options options = { .server = client_server(c), .ca_file = client_ca_file(c) };

	if (c->connection)
		return true;
	options.token = token_for(c, options.server);
	c->connection = connection_open(&options, f);
	if (c->connection)
		c->was_connected = true;
	return c->connection != NULL;
}

static json_t *call_once(struct client *c, const char *method, json_t *params, struct failure *f)
{
	json_t *result = client_connect(c, f) ? connection_call(c->connection, method, params, f) : NULL;

	if (f->kind == FAILURE_LOST)
		client_disconnect(c);
	explain_token(c, method, f);
	return result;
}

static bool is_worth_repeating(const struct client *c, const struct failure *f)
{
	return (f->kind == FAILURE_LOST && c->was_connected) || (f->kind == FAILURE_REFUSED && f->code == E_NOT_NOW);
}

static int pause_after(const struct failure *f, int pause_ms, int64_t deadline)
{
	json_int_t asked = json_integer_value(json_object_get(f->data, "retry_after_ms"));
	int left = deadline_left(deadline);

	if (asked > pause_ms && asked < 60000)
		pause_ms = (int)asked;
	return pause_ms < left ? pause_ms : left;
}

json_t *client_call(struct client *c, const char *method, json_t *params, struct failure *f)
{
	int64_t deadline = deadline_after((int64_t)c->options.retry_seconds * 1000);
	int pause_ms = PAUSE_FIRST_MS;
	json_t *result;

	for (;;) {
		failure_clear(f);
		result = call_once(c, method, params, f);
		if (result || !is_worth_repeating(c, f) || deadline_left(deadline) == 0)
			return result;
		poll(NULL, 0, pause_after(f, pause_ms, deadline));
		pause_ms = pause_ms * 2 < PAUSE_MOST_MS ? pause_ms * 2 : PAUSE_MOST_MS;
	}
}

/* ---- the document ---- */

/* One cached document per server: the name of the file is its address, made harmless. */
static void cache_name(const struct client *c, char out[160])
{
	snprintf(out, 160, "document-%s", client_server(c));
	for (char *p = out; *p; p++)
		if (!isalnum((unsigned char)*p))
			*p = '-';
}

static bool from_cache(struct client *c, json_int_t oldest)
{
	struct failure ignored = { 0 };
	char name[160];
	json_t *kept, *root;
	json_int_t age;

	cache_name(c, name);
	kept = profile_cache_read(name);
	age = (json_int_t)time(NULL) - json_integer_value(json_object_get(kept, "at"));
	root = json_object_get(kept, "document");
	if (root && age >= 0 && age < oldest)
		document_set(&c->document, json_incref(root), &ignored);
	json_decref(kept);
	failure_clear(&ignored);
	return c->document.root != NULL;
}

static bool from_server(struct client *c, struct failure *f)
{
	json_t *root = client_call(c, "rpc.discover", NULL, f), *kept;
	char name[160];

	if (!root || !document_set(&c->document, root, f))
		return false;
	c->document_is_fresh = true;
	kept = json_pack("{s:I, s:s, s:O}", "at", (json_int_t)time(NULL), "release", document_release(&c->document), "document", root);
	cache_name(c, name);
	if (kept)
		profile_cache_write(name, kept);
	json_decref(kept);
	return true;
}

bool client_document(struct client *c, struct failure *f)
{
	return c->document.root || from_cache(c, CACHE_SECONDS) || from_server(c, f);
}

bool client_document_cached(struct client *c, struct failure *f)
{
	return c->document.root || from_cache(c, INT_MAX) || failure_local(f, "There is no description kept of %s.", client_server(c));
}

bool client_document_refresh(struct client *c, struct failure *f)
{
	return !c->document_is_fresh && from_server(c, f);
}

/* ---- the organisation ---- */

/* Those of mine that are meant: the one of that id, all of that name, or all (NULL). A new array. */
static json_t *meant(const struct client *c, const char *wanted)
{
	json_t *list = json_array(), *one;
	size_t i;

	json_array_foreach(json_object_get(c->profile.data, "organisations"), i, one) {
		const char *id = json_string_value(json_object_get(one, "id"));
		const char *name = json_string_value(json_object_get(one, "name"));

		if (id && (!wanted || !strcasecmp(id, wanted) || (name && !strcasecmp(name, wanted))))
			json_array_append(list, one);
	}
	return list;
}

/* Fetches anew what the profile remembers of one's organisations: a membership may be younger than the sign-in. */
static bool learn_organisations(struct client *c, struct failure *f)
{
	struct failure ignored = { 0 };
	json_t *info = client_call(c, "session.current", NULL, f);
	json_t *mine = json_object_get(info, "organisations");

	if (json_is_array(mine) && !json_equal(mine, json_object_get(c->profile.data, "organisations"))) {
		json_object_set(c->profile.data, "organisations", mine);
		profile_save(&c->profile, &ignored);
	}
	json_decref(info);
	failure_clear(&ignored);
	return info != NULL;
}

/* "Acme 0199… (auditor), Acme 0199… (auditee)": of what has one name the id and one's roles tell which is which. */
static void several_organisations(const json_t *list, const char *wanted, struct failure *f)
{
	char *text = NULL;
	size_t length, i, k;
	FILE *out = open_memstream(&text, &length);
	json_t *one, *role;

	json_array_foreach(list, i, one) {
		const char *name = json_string_value(json_object_get(one, "name"));

		fprintf(out, "%s%s %s", i ? ", " : "", name ? name : "?", json_string_value(json_object_get(one, "id")));
		json_array_foreach(json_object_get(one, "roles"), k, role)
			fprintf(out, "%s%s", k ? ", " : " (", json_is_string(role) ? json_string_value(role) : "?");
		fputs(json_array_size(json_object_get(one, "roles")) ? ")" : "", out);
	}
	fclose(out);
	if (wanted)
		failure_usage(f, "You belong to %zu organisations called '%s'; say which by its id: %s.", json_array_size(list), wanted, text);
	else
		failure_usage(f, "You belong to %zu organisations; say which with --organisation: %s.", json_array_size(list), text);
	free(text);
}

static void no_one_organisation(const json_t *list, const char *wanted, struct failure *f)
{
	if (json_array_size(list) > 0)
		several_organisations(list, wanted, f);
	else if (wanted)
		failure_usage(f, "You belong to no organisation called '%s'.", wanted);
	else
		failure_usage(f, "You belong to no organisation.");
}

const char *client_organisation(struct client *c, struct failure *f)
{
	const char *wanted = c->options.organisation ? c->options.organisation : profile_text(&c->profile, "organisation"), *id = NULL;
	json_t *list;

	if (wanted && uuid_is(wanted))
		return wanted;
	list = meant(c, wanted);
	if (json_array_size(list) != 1) {
		json_decref(list);
		if (!client_signed_in(c, f) || !learn_organisations(c, f))
			return NULL;
		list = meant(c, wanted);
	}
	if (json_array_size(list) == 1)
		id = json_string_value(json_object_get(json_array_get(list, 0), "id"));
	else
		no_one_organisation(list, wanted, f);
	json_decref(list);
	return id;
}
