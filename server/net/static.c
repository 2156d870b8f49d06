/* static.c - small files, read whole: what they are is decided by their names, and no name leads out of the folder. */
#include "net/static.h"

#include "base/hex.h"
#include "net/http_fields.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PATH_ROOM = 1024,
	HASH = 8,		/* of a name */
	TAG_BYTES = 16,		/* of a SHA-256 */
};

/* Everything comes from here, as files. Only lit-html makes markup from text, under a policy of its name; `ninetwo` is the client's own,
 * for the addresses of its workers. */
const char static_policy[] = "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
	"img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; "
	"form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html ninetwo\r\n"
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

/* The file itself is the last of its forms. */
static const struct { const char *encoding, *ending; } forms[] = { { "br", ".br" }, { "gzip", ".gz" }, { NULL, "" } };

static int open_form(const char *folder, const char *path, const char *ending)
{
	char copy[PATH_ROOM + 8];
	struct stat st;
	int fd;

	snprintf(copy, sizeof(copy), "%s%s", path, ending);
	fd = open_within(folder, copy);
	if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static int open_best(const char *folder, const char *path, const char *accepts, const char **encoding)
{
	int fd = -1;

	for (size_t i = 0; fd < 0 && i < sizeof(forms) / sizeof(forms[0]); i++) {
		*encoding = forms[i].encoding;
		if (!*encoding || field_takes_coding(accepts, *encoding))
			fd = open_form(folder, path, forms[i].ending);
	}
	return fd;
}

/* As the build names them: NAME-HASH.ENDING, eight letters and digits of base 32. */
static bool has_hash(const char *path)
{
	const char *ending = strrchr(path, '.');

	return ending && ending - path > HASH + 1 && ending[-HASH - 1] == '-' &&
		strspn(ending - HASH, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == HASH;
}

static void tag(const struct buffer *bytes, char etag[40])
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	char hex[2 * TAG_BYTES + 1];

	EVP_Digest(buffer_text(bytes), bytes->length, digest, NULL, EVP_sha256(), NULL);
	hex_encode(digest, TAG_BYTES, hex);
	snprintf(etag, 40, "\"%s\"", hex);
}

bool static_read(const char *folder, const char *path, const char *accepts, struct static_file *out)
{
	char name[PATH_ROOM];
	const char *rest = path[0] && path[strlen(path) - 1] == '/' ? "index.html" : "";
	int fd = -1;
	bool ok = false;

	buffer_init(&out->bytes, STATIC_MAX);
	if (path[0] != '/' || (size_t)snprintf(name, sizeof(name), "%s%s", path, rest) >= sizeof(name))
		return false;
	out->type = type_of(name);
	out->hashed = has_hash(name);
	if (out->type)
		fd = open_best(folder, name, accepts, &out->encoding);
	if (fd >= 0) {
		ok = read_all(fd, &out->bytes);
		close(fd);
	}
	if (ok)
		tag(&out->bytes, out->etag);
	else
		buffer_clear(&out->bytes);
	return ok;
}

bool static_is_address(const char *path)
{
	return !type_of(path) && !strstr(path, "/.");
}
