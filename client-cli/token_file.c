/* token_file.c - whose file it is and who may read it is asked of the opened descriptor, so that nobody changes it in between. */
#include "client-cli/token_file.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_BYTES = 8 };

static bool is_for_me_alone(int fd, const char *path, struct failure *f)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return failure_local(f, "%s: %s.", path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return failure_local(f, "%s is a folder; a token is in a file.", path);
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return failure_local(f, "%s belongs to somebody else: what is in it is not taken for a token of yours.", path);
	if (st.st_mode & 077)
		return failure_local(f, "Others may read or write %s (mode %04o): chmod 600 it, and make another token if they may have read this one.", path,
				     st.st_mode & 07777u);
	return true;
}

/* A file is longer than a line seldom, and a pipe gives it in pieces. */
static size_t read_first_line(int fd, char *out, size_t size)
{
	size_t filled = 0;
	ssize_t n;

	while (filled < size && !memchr(out, '\n', filled)) {
		n = read(fd, out + filled, size - filled);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		filled += (size_t)n;
	}
	return filled;
}

/* Cuts the text to its first line. Only what a header can carry is a token. */
static bool is_token(char *text, size_t filled)
{
	size_t length;

	text[filled] = '\0';
	length = strcspn(text, "\r\n");
	if (length == filled && filled + 1 == TOKEN_FILE_MAX)
		return false;		/* it goes on */
	text[length] = '\0';
	return length > 0 && strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == length;
}

bool token_file_read(const char *path, char token[TOKEN_FILE_MAX], struct failure *f)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool ok;

	*token = '\0';
	if (fd < 0)
		return failure_local(f, "%s: %s.", path, strerror(errno));
	ok = is_for_me_alone(fd, path, f) &&
	     (is_token(token, read_first_line(fd, token, TOKEN_FILE_MAX - 1)) ||
	      failure_local(f, "%s holds no token: one line is wanted, as `ninetwo token create` shows it.", path));
	close(fd);
	if (!ok)
		OPENSSL_cleanse(token, TOKEN_FILE_MAX);
	return ok;
}

void token_file_name(const char *token, char name[32])
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	size_t n = (size_t)snprintf(name, 32, "token-");

	SHA256((const unsigned char *)token, strlen(token), digest);
	for (size_t i = 0; i < NAME_BYTES; i++)
		snprintf(name + n + 2 * i, 3, "%02x", digest[i]);
}
