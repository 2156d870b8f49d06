/* command_evidence.c - files up and down. An upload is begun by a call, its bytes go by PUT, and a call ends it with the digest that was
 * computed here from the file; what was begun is remembered, so that after whatever interruption `--resume` goes on where the server says. */
#include "client-cli/command.h"

#include "base/error.h"
#include "client-cli/arguments.h"
#include "client-cli/deadline.h"
#include "client-cli/digest.h"
#include "client-cli/fill.h"
#include "client-cli/output.h"
#include "client-cli/transfer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAUSE_MS = 500, DIGEST_SHOWN = 12 };

struct upload {
	struct client *client;
	const char *path, *rate;
	bool resume;
	int fd;
	uint64_t size;
	char digest[DIGEST_HEX];
	json_t *begun;			/* the reply that holds the ticket */
	json_t *params;			/* of evidence.upload_begin, as typed */
	struct progress progress;
};

/* ---- what is remembered of uploads that have not ended ---- */

static void remember(const struct upload *u, const char *id)
{
	json_t *file = profile_read_file(&u->client->profile, "uploads");
	struct failure ignored = { 0 };

	if (!file)
		file = json_object();
	if (id)
		json_object_set_new(file, u->digest, json_string(id));
	else
		json_object_del(file, u->digest);
	profile_write_file(&u->client->profile, "uploads", file, &ignored);
	failure_clear(&ignored);
	json_decref(file);
}

static json_t *remembered(const struct upload *u)
{
	json_t *file = profile_read_file(&u->client->profile, "uploads");
	json_t *id = json_incref(json_object_get(file, u->digest));

	json_decref(file);
	return id;
}

/* ---- the calls around the transfer ---- */

static const char *media_type(const char *path)
{
	static const struct { const char *end, *type; } types[] = {
		{ ".pdf", "application/pdf" }, { ".png", "image/png" }, { ".jpg", "image/jpeg" }, { ".jpeg", "image/jpeg" }, { ".txt", "text/plain" },
		{ ".log", "text/plain" }, { ".csv", "text/csv" }, { ".json", "application/json" }, { ".xml", "application/xml" },
		{ ".zip", "application/zip" }, { ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
		{ ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
	};
	size_t n = strlen(path), k;

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		k = strlen(types[i].end);
		if (n > k && !strcasecmp(path + n - k, types[i].end))
			return types[i].type;
	}
	return "application/octet-stream";
}

static void set_missing(json_t *params, const char *name, json_t *value)
{
	if (!json_object_get(params, name))
		json_object_set(params, name, value);
	json_decref(value);
}

static json_t *call_filled(struct client *c, const char *method, json_t *params, struct failure *f)
{
	return fill_params(c, method, params, f) ? client_call(c, method, params, f) : NULL;
}

static bool begin_upload(struct upload *u, struct failure *f)
{
	const char *slash = strrchr(u->path, '/'), *name = slash ? slash + 1 : u->path;

	set_missing(u->params, "title", json_string(name));
	set_missing(u->params, "file_name", json_string(name));
	set_missing(u->params, "media_type", json_string(media_type(name)));
	json_object_set_new(u->params, "size", json_integer((json_int_t)u->size));
	u->begun = call_filled(u->client, "evidence.upload_begin", u->params, f);
	return u->begun != NULL;
}

/* Asks for a new ticket for what was begun; the answer says where to go on. */
static bool begin_again(struct upload *u, json_t *id, struct failure *f)
{
	json_t *params = json_pack("{s:O}", "id", id), *begun;

	begun = call_filled(u->client, "evidence.upload_resume", params, f);
	json_decref(params);
	if (!begun)
		return false;
	json_decref(u->begun);
	u->begun = begun;
	return true;
}

static json_t *record_of(const struct upload *u)
{
	return json_object_get(u->begun, "evidence");
}

static bool send_once(struct upload *u, struct failure *f)
{
	struct transfer t = {
		.server = client_server(u->client), .ca_file = client_ca_file(u->client), .id = json_string_value(json_object_get(record_of(u), "id")),
		.ticket = json_string_value(json_object_get(u->begun, "ticket")), .fd = u->fd, .total = u->size, .progress = &u->progress,
		.offset = (uint64_t)json_integer_value(json_object_get(u->begun, "received")),
	};
	char unit = 0;
	unsigned long long rate = 0;

	if (!t.id || !t.ticket)
		return failure_local(f, "The server gave no ticket.");
	if (u->rate && sscanf(u->rate, "%llu%c", &rate, &unit) < 1)
		return failure_usage(f, "--limit-rate wants bytes a second, like 500K or 4M, not '%s'.", u->rate);
	t.bytes_per_second = rate * (unit == 'K' || unit == 'k' ? 1024u : unit == 'M' || unit == 'm' ? 1024u * 1024u : 1u);
	progress_start(&u->progress, u->path, t.offset, t.total, u->client->options.quiet);
	return transfer_put(&t, f);
}

/* A broken connection is gone on with at once, as often as the retry time allows. */
static bool send_all(struct upload *u, struct failure *f)
{
	int64_t deadline = deadline_after((int64_t)u->client->options.retry_seconds * 1000);
	json_t *id = json_incref(json_object_get(record_of(u), "id"));
	bool sent;

	while (!(sent = send_once(u, f))) {
		if (f->kind != FAILURE_LOST || deadline_left(deadline) == 0)
			break;
		poll(NULL, 0, PAUSE_MS);
		failure_clear(f);
		if (!begin_again(u, id, f))
			break;
	}
	progress_end(&u->progress);
	json_decref(id);
	return sent;
}

static json_t *end_upload(struct upload *u, struct failure *f)
{
	json_t *params = json_pack("{s:O, s:s}", "id", json_object_get(record_of(u), "id"), "sha256", u->digest), *result;

	result = call_filled(u->client, "evidence.upload_end", params, f);
	json_decref(params);
	return result;
}

static bool begin_or_resume(struct upload *u, struct failure *f)
{
	json_t *id = u->resume ? remembered(u) : NULL;
	bool ok;

	if (u->resume && !id)
		return failure_local(f, "No upload of this file was begun and not ended, as %s.", u->client->profile.name);
	ok = id ? begin_again(u, id, f) : begin_upload(u, f);
	if (ok)
		remember(u, json_string_value(json_object_get(record_of(u), "id")));
	else if (id && f->kind == FAILURE_REFUSED && f->code == E_NOT_FOUND)
		remember(u, NULL);
	json_decref(id);
	return ok;
}

static bool upload(struct upload *u, struct failure *f)
{
	json_t *result, *schema;
	bool ok;

	schema = document_result_schema(&u->client->document, document_method(&u->client->document, "evidence.upload_end"));
	if (!output_possible(&u->client->options, &u->client->document, schema, f) ||
	    !digest_file(u->fd, u->digest, &u->size, f) || !begin_or_resume(u, f) || !send_all(u, f))
		return false;
	result = end_upload(u, f);
	if (!result)
		return false;
	remember(u, NULL);
	if (!u->client->options.quiet)
		fprintf(stderr, "SHA-256 %s, the same here and there\n", u->digest);
	ok = output_result(stdout, &u->client->options, &u->client->document, schema, result, f);
	json_decref(result);
	return ok;
}

/* The words of `evidence put`: its own options and FILE are taken out, the rest are parameters of evidence.upload_begin. */
static bool put_words(struct upload *u, struct words *w, struct failure *f)
{
	char **rest = calloc((size_t)w->count + 1, sizeof *rest);
	struct words others = { 0, rest, 0 };
	const json_t *method = document_method(&u->client->document, "evidence.upload_begin");
	const char *attached;

	while (rest && w->next < w->count && f->kind == FAILURE_NONE) {
		char *word = w->list[w->next];

		if (option_is(word, "resume", &attached) && !attached) {
			u->resume = true;
			w->next++;
		} else if (option_is(word, "limit-rate", &attached)) {
			u->rate = option_value(w, attached, f);
		} else if (word[0] != '-' && !u->path && (others.count == 0 || strchr(rest[others.count - 1], '=') || rest[others.count - 1][0] != '-')) {
			u->path = word;
			w->next++;
		} else {
			rest[others.count++] = word;
			w->next++;
		}
	}
	if (f->kind == FAILURE_NONE && !u->path)
		failure_usage(f, "evidence put wants a file.");
	if (f->kind == FAILURE_NONE)
		u->params = arguments_parse(&u->client->document, method, &others, &u->client->options, f);
	free(rest);
	return u->params != NULL;
}

static bool evidence_put(struct client *c, struct words *w, struct failure *f)
{
	struct upload u = { .client = c, .fd = -1 };
	char name[128];
	bool ok = false;

	if (command_find_method(c, "evidence", "upload-begin", name, f) && put_words(&u, w, f)) {
		u.fd = open(u.path, O_RDONLY | O_CLOEXEC);
		ok = u.fd >= 0 ? upload(&u, f) : failure_local(f, "%s: %s.", u.path, strerror(errno));
	}
	if (u.begun && f->kind == FAILURE_LOST)
		failure_lost(f, "%s What has arrived is kept: the same command with --resume goes on.", f->message);
	if (u.fd >= 0)
		close(u.fd);
	json_decref(u.begun);
	json_decref(u.params);
	return ok;
}

/* ---- down ---- */

static json_t *download_ticket(struct client *c, const char *text, struct failure *f)
{
	json_t *params = json_pack("{s:s}", "id", text), *ticket;

	ticket = call_filled(c, "evidence.download_begin", params, f);
	json_decref(params);
	return ticket;
}

static bool fetch_to(struct client *c, const char *text, int fd, const char *shown, json_t **record, struct failure *f)
{
	int64_t deadline = deadline_after((int64_t)c->options.retry_seconds * 1000);
	struct transfer t = { .server = client_server(c), .ca_file = client_ca_file(c), .fd = fd };
	struct progress progress;
	json_t *ticket;
	bool ok = false;

	t.offset = (uint64_t)lseek(fd, 0, SEEK_END);
	t.progress = &progress;
	progress_start(&progress, shown, t.offset, 0, c->options.quiet);
	do {
		failure_clear(f);
		ticket = download_ticket(c, text, f);
		if (!ticket)
			break;
		t.ticket = json_string_value(json_object_get(ticket, "ticket"));
		json_decref(*record);
		*record = json_incref(json_object_get(ticket, "evidence"));
		t.id = json_string_value(json_object_get(*record, "id"));
		ok = t.ticket && t.id ? transfer_get(&t, f) : failure_local(f, "The server gave no ticket.");
		json_decref(ticket);
	} while (!ok && f->kind == FAILURE_LOST && deadline_left(deadline) > 0);
	progress_end(&progress);
	return ok;
}

/* The digest of what arrived must be the one in the record. */
static bool judge_digest(struct client *c, int fd, const json_t *record, struct failure *f)
{
	const char *stated = json_string_value(json_object_get(record, "sha256"));
	char digest[DIGEST_HEX];
	uint64_t size;

	if (!digest_file(fd, digest, &size, f))
		return false;
	if (!stated || strcasecmp(stated, digest))
		return failure_local(f, "What arrived is not what was recorded: SHA-256 %.*s… instead of %.*s….", DIGEST_SHOWN, digest, DIGEST_SHOWN,
				     stated ? stated : "none");
	if (!c->options.quiet)
		fprintf(stderr, "SHA-256 %s, as recorded\n", digest);
	return true;
}

/* Fetches into FILE.part, which becomes FILE when it is whole and right; a later `--resume` goes on with it. */
static bool fetch_file(struct client *c, const char *text, const char *path, bool resume, struct failure *f)
{
	char part[4096];
	json_t *record = NULL;
	bool ok;
	int fd;

	if ((size_t)snprintf(part, sizeof part, "%s.part", path) >= sizeof part)
		return failure_usage(f, "The name of the file is too long.");
	fd = open(part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (resume ? 0 : O_TRUNC), 0600);
	if (fd < 0)
		return failure_local(f, "%s: %s.", part, strerror(errno));
	ok = fetch_to(c, text, fd, path, &record, f) && judge_digest(c, fd, record, f);
	if (f->kind == FAILURE_LOST && lseek(fd, 0, SEEK_END) > 0)
		failure_lost(f, "%s What has arrived is in %s: the same command with --resume goes on.", f->message, part);
	close(fd);
	if (ok && rename(part, path) != 0)
		ok = failure_local(f, "%s: %s.", path, strerror(errno));
	json_decref(record);
	return ok;
}

/* Fetches to standard output by way of a file without a name, so that nothing wrong is ever printed. */
static bool fetch_to_output(struct client *c, const char *text, struct failure *f)
{
	FILE *file = tmpfile();
	json_t *record = NULL;
	char buffer[65536];
	size_t n;
	bool ok;

	if (!file)
		return failure_local(f, "There is no room for a temporary file: %s.", strerror(errno));
	ok = fetch_to(c, text, fileno(file), "evidence", &record, f) && judge_digest(c, fileno(file), record, f);
	while (ok && (n = fread(buffer, 1, sizeof buffer, file)) > 0)
		ok = fwrite(buffer, 1, n, stdout) == n || failure_local(f, "The output cannot be written.");
	fclose(file);
	json_decref(record);
	return ok;
}

/* Without --output it is the method of that name, which shows the record. */
static bool wants_file(const struct words *w)
{
	const char *attached;

	for (int i = w->next; i < w->count; i++)
		if (option_is(w->list[i], "output", &attached))
			return true;
	return false;
}

static bool evidence_get(struct client *c, struct words *w, struct failure *f)
{
	const char *text = NULL, *output = NULL;
	bool resume = false;
	const struct own_option own[] = { { "output", &output, NULL }, { "resume", NULL, &resume }, { 0 } };

	if (!wants_file(w)) {
		w->next -= 2;
		return command_method(c, w, f);
	}
	if (!command_words(c, w, own, &text, 1, f) || !client_document(c, f))
		return false;
	if (!text)
		return failure_usage(f, "evidence get wants to know which.");
	return strcmp(output, "-") ? fetch_file(c, text, output, resume, f) : fetch_to_output(c, text, f);
}

bool command_evidence(struct client *c, struct words *w, struct failure *f)
{
	return strcmp(w->list[w->next - 1], "put") ? evidence_get(c, w, f) : evidence_put(c, w, f);
}
