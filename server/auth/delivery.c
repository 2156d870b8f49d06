/* delivery.c - see delivery.h. A child is watched by its pidfd on the loop, so that nothing waits and no signal is needed. */
#include "auth/delivery.h"

#include "base/code.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/log.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <openssl/crypto.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	WORDS_MAX = 32,
	AT_ONCE = 4,			/* programs running */
	ROUND_MS = 5 * 1000,
	RUN_MS = 60 * 1000,
	/* bytes; must fit into a pipe unread. An address has at most 254 characters in the database and a name 200, of at most 4 bytes */
	LETTER_MAX = 4096,
};

struct delivery {
	struct db *db;
	const struct db_loop *loop;
	char *command;
	char *words[WORDS_MAX + 1];
	void *round;			/* timer */
	bool stopped, taking;
	struct list parcels;
	int count;
};

/* One code on its way. */
struct parcel {
	struct list among;
	struct delivery *delivery;
	char invitation[37];
	struct buffer letter;
	pid_t pid;
	int pidfd;
	struct db_watch *watch;
	void *limit;			/* timer */
};

static void parcel_free(struct parcel *p)
{
	const struct db_loop *loop = p->delivery->loop;

	if (p->watch)
		loop->unwatch(p->watch);
	if (p->limit)
		loop->cancel(p->limit);
	if (p->pidfd >= 0)
		close(p->pidfd);
	list_remove(&p->among);
	p->delivery->count--;
	buffer_wipe(&p->letter);
	free(p);
}

/* ---- the end of a parcel ---- */

static void ignored(void *arg, const struct db_result *result, struct error *err)
{
	(void)arg;
	(void)result;
	if (err->code != OK)
		log_warn("delivery.not_noted", "code=%d", (int)err->code);
}

/* What cannot be said now is said by time: a code that was never delivered ends after a day. */
static void give_back(struct parcel *p)
{
	static const char sql[] = "select api.delivery_failed(invitation => $1::uuid)::text";
	struct db_request request = { .kind = DB_WRITE, .name = "delivery_failed", .sql = sql, .count = 1, .done = ignored };
	struct error err = { 0 };

	request.params[0].value = p->invitation;
	if (db_submit(p->delivery->db, &request, &err) != OK)
		log_warn("delivery.not_noted", "code=%d", (int)err.code);
	error_clear(&err);
	parcel_free(p);
}

static void parcel_ended(void *arg, int events)
{
	struct parcel *p = arg;
	int status = 0;

	(void)events;
	if (waitpid(p->pid, &status, WNOHANG) != p->pid)
		return;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		log_info("delivery.done", "invitation=%s", p->invitation);
		parcel_free(p);
		return;
	}
	log_warn("delivery.failed", "invitation=%s status=%d", p->invitation, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	give_back(p);
}

static void parcel_too_long(void *arg)
{
	struct parcel *p = arg;

	p->limit = NULL;
	kill(-p->pid, SIGKILL);
}

/* ---- running the program ---- */

/* The letter lies in the pipe before the program starts: it is smaller than a pipe, so nothing waits for the program to read. */
static int letter_pipe(const struct parcel *p)
{
	int ends[2];
	ssize_t written;

	if (pipe2(ends, O_CLOEXEC))
		return -1;
	written = write(ends[1], p->letter.data, p->letter.length);
	close(ends[1]);
	if (written == (ssize_t)p->letter.length)
		return ends[0];
	close(ends[0]);
	return -1;
}

static int spawn_with(struct parcel *p, int input, posix_spawn_file_actions_t *files, posix_spawnattr_t *attributes)
{
	static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin";
	char *environment[] = { path, NULL };
	sigset_t none, all;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_adddup2(files, input, 0);
	posix_spawn_file_actions_addopen(files, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addchdir_np(files, "/");
	posix_spawnattr_setsigmask(attributes, &none);
	posix_spawnattr_setsigdefault(attributes, &all);
	posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
	return posix_spawn(&p->pid, p->delivery->words[0], files, attributes, p->delivery->words, environment);
}

static bool spawn(struct parcel *p)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	int input = letter_pipe(p), failed = -1;

	if (input < 0)
		return false;
	if (!posix_spawn_file_actions_init(&files)) {
		if (!posix_spawnattr_init(&attributes)) {
			failed = spawn_with(p, input, &files, &attributes);
			posix_spawnattr_destroy(&attributes);
		}
		posix_spawn_file_actions_destroy(&files);
	}
	close(input);
	buffer_wipe(&p->letter);
	return !failed;
}

static void parcel_run(struct parcel *p)
{
	const struct db_loop *loop = p->delivery->loop;

	if (!spawn(p)) {
		log_error("delivery.cannot_run", "program=%s", p->delivery->words[0]);
		give_back(p);
		return;
	}
	p->pidfd = pidfd_open(p->pid, 0);
	p->watch = p->pidfd >= 0 ? loop->watch(loop->loop, p->pidfd, DB_READABLE, parcel_ended, p) : NULL;
	p->limit = loop->after(loop->loop, RUN_MS, parcel_too_long, p);
	if (!p->watch) {
		kill(-p->pid, SIGKILL);
		waitpid(p->pid, NULL, 0);
		give_back(p);
	}
}

/* ---- one invitation ---- */

/* Nothing that a person is called may forge a line of the letter. */
static void add_line(struct buffer *letter, const char *name, const json_t *value)
{
	const char *text = json_string_value(value);

	buffer_append_format(letter, "%s: ", name);
	for (; text && *text; text++)
		buffer_append(letter, iscntrl((unsigned char)*text) ? " " : text, 1);
	buffer_append(letter, "\n", 1);
}

static enum error_code write_letter(struct parcel *p, const json_t *invitation, unsigned char digest[DIGEST_SIZE], struct error *err)
{
	static const char *const lines[] = { "kind", "email", "name", "organisation", "expires_at" };
	char code[CODE_TEXT];

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		add_line(&p->letter, lines[i], json_object_get(invitation, lines[i]));
	if (code_make(code, digest, err) != OK)
		return err->code;
	buffer_append_format(&p->letter, "code: %s\n", code);
	OPENSSL_cleanse(code, sizeof code);
	return p->letter.failed ? error_set(err, E_INTERNAL, "The letter has more than %d bytes.", LETTER_MAX) : OK;
}

/* The database keeps no code for it: the invitation still waits there, and is offered again later. Where it kept one after all and could
 * not say so, that code ends after a day. */
static void parcel_put_off(struct parcel *p, const struct error *why)
{
	log_warn("delivery.put_off", "invitation=%s why=%s", p->invitation, why->message);
	parcel_free(p);
}

static void noted(void *arg, const struct db_result *result, struct error *err)
{
	struct parcel *p = arg;

	(void)result;
	if (err->code == OK && !p->delivery->stopped)
		parcel_run(p);
	else if (err->code == OK)
		give_back(p);
	else
		parcel_put_off(p, err);
}

static void send_code(struct delivery *d, const json_t *invitation)
{
	static const char sql[] = "select api.delivery_code(invitation => $1::uuid, code_digest => $2::bytea)::text";
	struct parcel *p = calloc(1, sizeof *p);
	struct db_request request = { .kind = DB_WRITE, .name = "delivery_code", .sql = sql, .count = 2, .done = noted, .arg = p };
	const char *id = json_string_value(json_object_get(invitation, "invitation"));
	unsigned char digest[DIGEST_SIZE];
	struct error err = { 0 };

	if (!p)
		return;
	list_init(&p->among);
	buffer_init(&p->letter, LETTER_MAX);
	p->delivery = d;
	p->pidfd = -1;
	snprintf(p->invitation, sizeof p->invitation, "%s", id ? id : "");
	list_append(&d->parcels, &p->among);
	d->count++;
	if (write_letter(p, invitation, digest, &err) == OK) {
		request.params[0].value = p->invitation;
		request.params[1] = (struct db_param){ .value = (const char *)digest, .length = DIGEST_SIZE, .binary = true };
		db_submit(d->db, &request, &err);
	}
	if (err.code != OK)
		parcel_put_off(p, &err);
	error_clear(&err);
}

/* ---- rounds ---- */

static void parcels_taken(void *arg, const struct db_result *result, struct error *err)
{
	struct delivery *d = arg;
	json_t *waiting = err->code == OK && result->text ? json_loadb(result->text, result->length, 0, NULL) : NULL, *invitation;
	size_t i;

	d->taking = false;
	if (!d->stopped)
		json_array_foreach(waiting, i, invitation)
			send_code(d, invitation);
	json_decref(waiting);
}

static void take_parcels(struct delivery *d)
{
	static const char sql[] = "select api.delivery_take(\"limit\" => $1::int4)::text";
	struct db_request request = { .kind = DB_WRITE, .name = "delivery_take", .sql = sql, .count = 1,
		.done = parcels_taken, .arg = d };
	struct error err = { 0 };
	char limit[16];

	if (d->taking || d->count >= AT_ONCE)
		return;
	snprintf(limit, sizeof limit, "%d", AT_ONCE - d->count);
	request.params[0].value = limit;
	d->taking = db_submit(d->db, &request, &err) == OK;
	error_clear(&err);
}

static void round_again(void *arg)
{
	struct delivery *d = arg;

	d->round = d->loop->after(d->loop->loop, ROUND_MS, round_again, d);
	take_parcels(d);
}

/* ---- life ---- */

static bool split_command(struct delivery *d)
{
	size_t n = 0;

	for (char *rest = NULL, *word = strtok_r(d->command, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest)) {
		if (n == WORDS_MAX)
			return false;
		d->words[n++] = word;
	}
	return n && d->words[0][0] == '/';
}

struct delivery *delivery_new(const char *command, struct db *db, const struct db_loop *loop, struct error *err)
{
	struct delivery *d = calloc(1, sizeof *d);

	if (!d) {
		error_set(err, E_NOT_NOW, NULL);
		return NULL;
	}
	list_init(&d->parcels);
	d->db = db;
	d->loop = loop;
	d->command = strdup(command);
	if (d->command && split_command(d))
		return d;
	error_set(err, E_PARAMS, "The delivery command must be an absolute path and at most %d words.", WORDS_MAX);
	delivery_free(d);
	return NULL;
}

void delivery_start(struct delivery *d)
{
	if (!d->round)
		d->round = d->loop->after(d->loop->loop, 0, round_again, d);
}

void delivery_stop(struct delivery *d)
{
	d->stopped = true;
	if (d->round)
		d->loop->cancel(d->round);
	d->round = NULL;
}

void delivery_free(struct delivery *d)
{
	struct list *node;

	if (!d)
		return;
	delivery_stop(d);
	while ((node = list_first(&d->parcels)))
		parcel_free(LIST_ITEM(node, struct parcel, among));
	free(d->command);
	free(d);
}
