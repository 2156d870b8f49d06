/* test_net_answers.c - what is sent: static.c (which files, and no others), headers.c (the head of every answer), message.c (one copy for
 * all receivers), and site.c's edges: which names are this server's. */
#include "base/limits.h"
#include "net/headers.h"
#include "net/message.h"
#include "net/site.h"
#include "net/static.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* --- static files -------------------------------------------------------------------------------------------------------- */

static char top[64], web[80];

static void path_of(char out[160], const char *name)
{
	snprintf(out, 160, "%s/%s", web, name);
}

static void put(const char *name, const char *bytes, size_t length)
{
	char path[160];
	int fd;

	path_of(path, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, length), (ssize_t)length);
	close(fd);
}

static void put_text(const char *name, const char *text)
{
	put(name, text, strlen(text));
}

static void make_folder(const char *name)
{
	char path[160];

	path_of(path, name);
	assert_int_equal(mkdir(path, 0700), 0);
}

static void make_link(const char *name, const char *to)
{
	char path[160];

	path_of(path, name);
	assert_int_equal(symlink(to, path), 0);
}

static void make_socket(const char *name)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(at.sun_path, sizeof at.sun_path, "%s/%s", web, name);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	close(fd);
}

static int folders(void **state)
{
	const char *base = getenv("TMPDIR");
	char pipe[160];

	(void)state;
	snprintf(top, sizeof top, "%s/web.XXXXXX", base && strlen(base) < 40 ? base : "/var/tmp");
	assert_non_null(mkdtemp(top));
	snprintf(web, sizeof web, "%s/web", top);
	make_folder("");
	put_text("../secret.html", "secret");
	put_text("index.html", "<p>front");
	put_text("app.js", "js");
	put_text("page.htm", "no");
	put_text("README", "no");
	put_text("run.sh", "no");
	put_text(".hidden.html", "no");
	make_folder("sub");
	put_text("sub/index.html", "<p>sub");
	put("sub/empty.css", "", 0);
	put("sub/nul.txt", "a\0b", 3);
	put_text("app.js.br", "b");
	put_text("app.js.gz", "gz");
	put_text("only.css", "plain");
	put_text("only.css.gz", "gz");
	put_text("app-ABCDEF27.js", "app");
	put_text("app-ABCDEF27.js.br", "b");
	put_text("main.ts", "source");
	put_text("build.mjs.map", "source");
	make_folder("node_modules");
	put_text("node_modules/package.jsn", "no");
	put_text("linked.css", "plain");
	make_link("linked.css.br", "../secret.html");
	put_text("blocked.css", "plain");
	make_folder("blocked.css.br");
	make_folder("folder.html");
	make_folder(".git");
	put_text(".git/config.txt", "no");
	make_link("link.html", "../secret.html");
	make_link("inside.html", "index.html");
	make_link("out", "..");
	path_of(pipe, "pipe.txt");
	assert_int_equal(mkfifo(pipe, 0600), 0);
	make_socket("socket.txt");
	return 0;
}

static int folders_away(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", top);
	return system(command);
}

static void a_file_has_its_bytes_its_type_and_a_tag(void **state)
{
	static const struct { const char *path, *type, *bytes; size_t length; } rows[] = {
		{ "/", "text/html; charset=utf-8", "<p>front", 8 },
		{ "/index.html", "text/html; charset=utf-8", "<p>front", 8 },
		{ "/app.js", "text/javascript; charset=utf-8", "js", 2 },
		{ "/sub/", "text/html; charset=utf-8", "<p>sub", 6 },
		{ "//sub//index.html", "text/html; charset=utf-8", "<p>sub", 6 },
		{ "/sub/empty.css", "text/css; charset=utf-8", "", 0 },
		{ "/sub/nul.txt", "text/plain; charset=utf-8", "a\0b", 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct static_file f = { 0 };

		if (!static_read(web, rows[i].path, "", &f))
			fail_msg("%s is not served", rows[i].path);
		assert_string_equal(f.type, rows[i].type);
		assert_int_equal(f.bytes.length, rows[i].length);
		assert_memory_equal(buffer_text(&f.bytes), rows[i].bytes, rows[i].length);
		assert_true(f.etag[0] == '"' && f.etag[strlen(f.etag) - 1] == '"' && strlen(f.etag) > 3);
		buffer_clear(&f.bytes);
	}
}

static void nothing_else_is_served(void **state)
{
	static const char *const paths[] = { "", "index.html", "/absent.html", "/README", "/run.sh", "/page.htm", "/sub", "/index.html/", "/.hidden.html",
		"/.git/config.txt", "/../secret.html", "/sub/../index.html", "/./index.html", "/link.html", "/inside.html", "/out/secret.html", "/out/web/index.html",
		"/folder.html", "/pipe.txt", "/socket.txt", "/index.html/index.html", "/INDEX.HTML", "/index.html ",
		"/app.js.br", "/app.js.gz", "/main.ts", "/build.mjs.map", "/node_modules/package.jsn" };

	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct static_file f = { 0 };

		if (static_read(web, paths[i], "br, gzip", &f))
			fail_msg("\"%s\" is served", paths[i]);
		assert_int_equal(f.bytes.length, 0);
		buffer_clear(&f.bytes);
	}
}

static void a_path_longer_than_its_room_is_no_file(void **state)
{
	struct static_file f = { 0 };
	char path[1100] = "/";

	(void)state;
	memset(path + 1, '/', sizeof path - 2);
	memcpy(path + 1010, "/index.html", sizeof "/index.html");	/* 1021 bytes: fits */
	assert_true(static_read(web, path, "", &f));
	buffer_clear(&f.bytes);
	memset(path + 1010, '/', sizeof path - 1010);
	memcpy(path + 1012, "/index.htmlx", sizeof "/index.htmlx");	/* 1024 bytes: cut, it would be another file */
	assert_false(static_read(web, path, "", &f));
	buffer_clear(&f.bytes);
}

static void a_file_is_served_whole_or_not_at_all(void **state)
{
	struct static_file f = { 0 };
	char path[160];

	(void)state;
	put("large.png", "", 0);
	path_of(path, "large.png");
	assert_int_equal(truncate(path, STATIC_MAX), 0);
	assert_true(static_read(web, "/large.png", "", &f));
	assert_int_equal(f.bytes.length, STATIC_MAX);
	buffer_clear(&f.bytes);
	assert_int_equal(truncate(path, STATIC_MAX + 1), 0);
	assert_false(static_read(web, "/large.png", "", &f));
	assert_int_equal(f.bytes.length, 0);
	buffer_clear(&f.bytes);
	assert_false(static_read("/nowhere/at/all", "/index.html", "", &f));
	buffer_clear(&f.bytes);
}

static void another_content_has_another_tag(void **state)
{
	struct static_file before = { 0 }, after = { 0 };

	(void)state;
	put_text("changing.txt", "one");
	assert_true(static_read(web, "/changing.txt", "", &before));
	put_text("changing.txt", "three");
	assert_true(static_read(web, "/changing.txt", "", &after));
	assert_string_not_equal(before.etag, after.etag);
	buffer_clear(&before.bytes);
	buffer_clear(&after.bytes);
}

static void the_smallest_form_that_is_accepted_is_sent(void **state)
{
	static const struct { const char *path, *accepts, *encoding, *bytes; } rows[] = {
		{ "/app.js", "gzip, deflate, br, zstd", "br", "b" },
		{ "/app.js", "br;q=0, gzip", "gzip", "gz" },
		{ "/app.js", "gzip", "gzip", "gz" },
		{ "/app.js", "deflate", NULL, "js" },
		{ "/app.js", "", NULL, "js" },
		{ "/only.css", "br, gzip", "gzip", "gz" },
		{ "/only.css", "br", NULL, "plain" },
		{ "/", "br, gzip", NULL, "<p>front" },
		{ "/linked.css", "br", NULL, "plain" },
		{ "/blocked.css", "br", NULL, "plain" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct static_file f = { 0 }, plain = { 0 };

		assert_true(static_read(web, rows[i].path, rows[i].accepts, &f));
		assert_string_equal(buffer_text(&f.bytes), rows[i].bytes);
		if (rows[i].encoding)
			assert_string_equal(f.encoding, rows[i].encoding);
		else
			assert_null(f.encoding);
		assert_true(static_read(web, rows[i].path, "", &plain));
		assert_string_equal(f.type, plain.type);
		assert_int_equal(strcmp(f.etag, plain.etag) == 0, !rows[i].encoding);	/* other bytes, another tag */
		buffer_clear(&f.bytes);
		buffer_clear(&plain.bytes);
	}
}

static void a_tag_is_of_the_content_alone(void **state)
{
	struct static_file before = { 0 }, after = { 0 };
	const struct timespec long_ago[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
	char path[160];

	(void)state;
	put_text("same.txt", "one");
	assert_true(static_read(web, "/same.txt", "", &before));
	path_of(path, "same.txt");
	assert_int_equal(utimensat(AT_FDCWD, path, long_ago, 0), 0);
	assert_true(static_read(web, "/same.txt", "", &after));
	assert_string_equal(before.etag, after.etag);
	buffer_clear(&after.bytes);
	put_text("same.txt", "two");	/* as long, and as old */
	assert_int_equal(utimensat(AT_FDCWD, path, long_ago, 0), 0);
	assert_true(static_read(web, "/same.txt", "", &after));
	assert_string_not_equal(before.etag, after.etag);
	buffer_clear(&before.bytes);
	buffer_clear(&after.bytes);
}

static void a_name_with_a_hash_never_changes(void **state)
{
	static const struct { const char *name; bool hashed; } rows[] = { { "app-ABCDEF27.js", true }, { "inter-latin-2ABCDEF7.woff2", true }, { "app.js", false },
		{ "app-ABCDEF2.js", false }, { "app-ABCDEF277.js", false }, { "appABCDEF27.js", false }, { "app-abcdef27.js", false }, { "app-ABCDEF01.js", false },
		{ "ABCDEF27.js", false } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct static_file f = { 0 };
		char path[64];

		put_text(rows[i].name, "same");
		snprintf(path, sizeof path, "/%s", rows[i].name);
		assert_true(static_read(web, path, "", &f));
		if (f.hashed != rows[i].hashed)
			fail_msg("%s", rows[i].name);
		buffer_clear(&f.bytes);
	}
}

static void what_names_no_file_may_be_an_address(void **state)
{
	static const char *const addresses[] = { "/audits", "/audits/IA-2026-02/lines/C-04", "/requirements/A.8.13", "/audits/", "/run.sh" };
	static const char *const none[] = { "/app.js", "/gone-ABCDEF27.css", "/favicon.ico", "/.env", "/.git/config", "/audits/../secret", "/audits/." };

	(void)state;
	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
		if (!static_is_address(addresses[i]))
			fail_msg("%s is none", addresses[i]);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (static_is_address(none[i]))
			fail_msg("%s is one", none[i]);
}

static void pages_may_load_from_here_alone(void **state)
{
	(void)state;
	assert_non_null(strstr(static_policy, "default-src 'none'"));
	assert_non_null(strstr(static_policy, "frame-ancestors 'none'"));
	assert_non_null(strstr(static_policy, "require-trusted-types-for 'script'; trusted-types "));
	assert_null(strstr(static_policy, "unsafe"));
	assert_null(strstr(static_policy, "http"));
	assert_string_equal(static_policy + strlen(static_policy) - 2, "\r\n");
}

/* --- heads --------------------------------------------------------------------------------------------------------------- */

static void every_head_is_protected(void **state)
{
	static const struct { int status; const char *line; } rows[] = { { 200, "HTTP/1.1 200 OK\r\n" }, { 206, "HTTP/1.1 206 Partial Content\r\n" },
		{ 413, "HTTP/1.1 413 Content Too Large\r\n" }, { 421, "HTTP/1.1 421 Misdirected Request\r\n" }, { 599, "HTTP/1.1 599 Unknown\r\n" } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (int secure = 0; secure < 2; secure++) {
			struct buffer b;

			buffer_init(&b, 4096);
			headers_begin(&b, rows[i].status, secure);
			assert_int_equal(strncmp(buffer_text(&b), rows[i].line, strlen(rows[i].line)), 0);
			assert_non_null(strstr(buffer_text(&b), "\r\nX-Content-Type-Options: nosniff\r\n"));
			assert_non_null(strstr(buffer_text(&b), "\r\nReferrer-Policy: no-referrer\r\n"));
			assert_int_equal(strstr(buffer_text(&b), "\r\nStrict-Transport-Security: ") != NULL, secure);
			assert_string_equal(buffer_text(&b) + b.length - 2, "\r\n");
			assert_null(strstr(buffer_text(&b), "\r\n\r\n"));	/* whoever goes on ends the head */
			buffer_clear(&b);
		}
}

static void a_head_without_room_is_not_half_a_head(void **state)
{
	struct buffer b;

	(void)state;
	buffer_init(&b, 40);
	headers_begin(&b, 200, true);
	assert_true(b.failed);
	buffer_clear(&b);
}

/* --- messages ------------------------------------------------------------------------------------------------------------ */

static void a_message_lives_as_long_as_somebody_holds_it(void **state)
{
	struct message *m = message_new("hello, and not this", 5);
	unsigned char *bytes;
	size_t length;

	(void)state;
	assert_non_null(m);
	assert_ptr_equal(message_hold(m), m);
	message_drop(m);
	bytes = message_bytes(m, &length);
	assert_int_equal(length, 5);
	assert_string_equal((char *)bytes, "hello");
	bytes[-1] = 'x';		/* room for a frame's header: writeable */
	message_drop(m);
	message_drop(NULL);
}

static void an_empty_message_is_one(void **state)
{
	struct message *m = message_new("", 0);
	size_t length = 7;

	(void)state;
	assert_string_equal((char *)message_bytes(m, &length), "");
	assert_int_equal(length, 0);
	message_drop(m);
}

/* --- names --------------------------------------------------------------------------------------------------------------- */

static void what_is_no_origin_is_named(void **state)
{
	static const char *const wrong[] = { "audit.example.org", "https://", "ftp://x.org", "https://x.org/", "https://*.x.org", "https://a@x.org", "https://x.org?q",
		"https://x.org#f", "HTTPS://x.org" };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct error err = { 0 };

		if (site_new(wrong[i], &err))
			fail_msg("%s is taken for an origin", wrong[i]);
		assert_int_equal(err.code, E_PARAMS);
		assert_int_equal(strncmp(err.message, wrong[i], strlen(wrong[i])), 0);
	}
}

static void as_many_origins_as_there_is_room_for(void **state)
{
	struct error err = { 0 };
	struct buffer b;
	struct site *s;

	(void)state;
	buffer_init(&b, 8192);
	for (int i = 0; i < 64; i++)
		buffer_append_format(&b, "https://n%d.example.org, ", i);
	s = site_new(buffer_text(&b), &err);
	assert_non_null(s);
	assert_true(site_origin_allowed(s, "https://n63.example.org"));
	assert_true(site_host_allowed(s, "n63.example.org"));
	assert_false(site_add_listener(s, "127.0.0.1:9200", true, true));
	site_free(s);
	buffer_append_text(&b, "https://n0.example.org");	/* named twice is named once */
	s = site_new(buffer_text(&b), &err);
	assert_non_null(s);
	site_free(s);
	buffer_append_text(&b, ",https://n64.example.org");
	assert_null(site_new(buffer_text(&b), &err));
	assert_string_equal(err.message, "There are too many origins.");
	buffer_clear(&b);
}

static void a_listener_of_all_names_is_not_localhost(void **state)
{
	struct error err = { 0 };
	struct site *s = site_new("", &err);

	(void)state;
	assert_true(site_add_listener(s, "192.0.2.1:9200", false, false));
	assert_true(site_host_allowed(s, "192.0.2.1:9200"));
	assert_false(site_origin_allowed(s, "http://192.0.2.1:9200"));
	assert_false(site_host_allowed(s, "localhost:9200"));
	assert_true(site_add_listener(s, "[::1]:9300", true, true));
	assert_true(site_host_allowed(s, "LOCALHOST:9300"));
	assert_true(site_origin_allowed(s, "http://[::1]:9300"));
	assert_false(site_origin_allowed(s, "https://[::1]:9300"));
	assert_false(site_origin_allowed(s, "null"));
	assert_false(site_host_allowed(s, ""));
	site_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_has_its_bytes_its_type_and_a_tag),
		cmocka_unit_test(nothing_else_is_served),
		cmocka_unit_test(a_path_longer_than_its_room_is_no_file),
		cmocka_unit_test(a_file_is_served_whole_or_not_at_all),
		cmocka_unit_test(another_content_has_another_tag),
		cmocka_unit_test(the_smallest_form_that_is_accepted_is_sent),
		cmocka_unit_test(a_tag_is_of_the_content_alone),
		cmocka_unit_test(a_name_with_a_hash_never_changes),
		cmocka_unit_test(what_names_no_file_may_be_an_address),
		cmocka_unit_test(pages_may_load_from_here_alone),
		cmocka_unit_test(every_head_is_protected),
		cmocka_unit_test(a_head_without_room_is_not_half_a_head),
		cmocka_unit_test(a_message_lives_as_long_as_somebody_holds_it),
		cmocka_unit_test(an_empty_message_is_one),
		cmocka_unit_test(what_is_no_origin_is_named),
		cmocka_unit_test(as_many_origins_as_there_is_room_for),
		cmocka_unit_test(a_listener_of_all_names_is_not_localhost),
	};

	return cmocka_run_group_tests_name("answers", tests, folders, folders_away);
}
