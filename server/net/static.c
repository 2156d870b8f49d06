/* static.c - small files, read whole: what they are is decided by their names, and no name leads out of the folder. */
#include "net/static.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char static_policy[] = "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
	"font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n"
	"X-Frame-Options: DENY\r\n";

static const struct { const char *ending, *type; } types[] = {
	{ ".html", "text/html; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" },
	{ ".mjs", "text/javascript; charset=utf-8" }, { ".css", "text/css; charset=utf-8" },
	{ ".json", "application/json; charset=utf-8" }, { ".svg", "image/svg+xml; charset=utf-8" },
	{ ".txt", "text/plain; charset=utf-8" }, { ".webmanifest", "application/manifest+json; charset=utf-8" },
	{ ".png", "image/png" }, { ".ico", "image/x-icon" }, { ".woff2", "font/woff2" },
};

static const char *type_of(const char *path)
{
	const char *ending = strrchr(path, '.');

	for (size_t i = 0; ending && i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(types[i].ending, ending) == 0)
			return types[i].type;
	return NULL;
}

/* Opens step by step, so that no link on the way is followed. */
static int open_within(const char *folder, char *path)
{
	int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), next;
	char *rest = NULL, *step = strtok_r(path, "/", &rest), *after;

	for (; at >= 0 && step; step = after) {
		after = strtok_r(NULL, "/", &rest);
		next = *step == '.' ? -1 : openat(at, step, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | (after ? O_DIRECTORY : 0));
		close(at);
		at = next;
	}
	return at;
}

static bool read_all(int fd, struct buffer *into)
{
	char piece[16384];
	ssize_t n;

	while ((n = read(fd, piece, sizeof(piece))) > 0)
		if (!buffer_append(into, piece, (size_t)n))
			return false;
	return n == 0;
}

bool static_read(const char *folder, const char *path, struct static_file *out)
{
	char copy[1024];
	struct stat st;
	int fd = -1;
	bool ok = false;

	buffer_init(&out->bytes, STATIC_MAX);
	if (path[0] != '/' || (size_t)snprintf(copy, sizeof(copy), "%s%s", path, path[strlen(path) - 1] == '/' ? "index.html" : "") >= sizeof(copy))
		return false;
	out->type = type_of(copy);
	if (out->type)
		fd = open_within(folder, copy);
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		snprintf(out->etag, sizeof(out->etag), "\"%llx-%llx\"", (unsigned long long)st.st_mtim.tv_sec, (unsigned long long)st.st_size);
		ok = read_all(fd, &out->bytes);
	}
	if (fd >= 0)
		close(fd);
	if (!ok)
		buffer_clear(&out->bytes);
	return ok;
}
