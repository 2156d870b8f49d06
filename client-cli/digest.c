/* digest.c - see digest.h. */
#include "client-cli/digest.h"

#include <errno.h>
#include <openssl/evp.h>
#include <string.h>
#include <unistd.h>

static void to_hex(const unsigned char *bytes, size_t count, char *out)
{
	for (size_t i = 0; i < count; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static bool read_through(int fd, EVP_MD_CTX *context, uint64_t *size)
{
	static unsigned char buffer[256 * 1024];
	ssize_t n;

	*size = 0;
	while ((n = read(fd, buffer, sizeof buffer)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || !EVP_DigestUpdate(context, buffer, (size_t)n))
			return false;
		*size += (uint64_t)n;
	}
	return true;
}

bool digest_file(int fd, char hex[DIGEST_HEX], uint64_t *size, struct failure *f)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned int count = 0;
	bool ok = context && lseek(fd, 0, SEEK_SET) == 0 && EVP_DigestInit_ex(context, EVP_sha256(), NULL) && read_through(fd, context, size) &&
		  EVP_DigestFinal_ex(context, bytes, &count) && lseek(fd, 0, SEEK_SET) == 0;

	EVP_MD_CTX_free(context);
	if (!ok)
		return failure_local(f, "The file cannot be read: %s.", strerror(errno));
	to_hex(bytes, count, hex);
	return true;
}
