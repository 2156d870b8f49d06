/* The path of a request for a static file: whatever it says, what is read is the one file of the folder, and nothing beside or above it. */
#include "net/static.h"
#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	must(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
}

/* FOLDER/web is served; a page lies above it, a hidden one in it, and a link leads out of it. */
static const char *folder(void)
{
	static char web[256];
	const char *scratch = getenv("TMPDIR");
	char path[300];

	if (web[0])
		return web;
	snprintf(web, sizeof web, "%s/static-%d", scratch ? scratch : "/tmp", (int)getpid());
	must(mkdir(web, 0700) == 0);
	snprintf(path, sizeof path, "%s/secret.html", web);
	put(path, "outside");
	strcat(web, "/web");
	must(mkdir(web, 0700) == 0);
	snprintf(path, sizeof path, "%s/index.html", web);
	put(path, "inside");
	snprintf(path, sizeof path, "%s/.hidden.html", web);
	put(path, "outside");
	snprintf(path, sizeof path, "%s/link.html", web);
	must(symlink("../secret.html", path) == 0);
	return web;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *path = fuzz_text(data, size);
	struct static_file file = { 0 };

	if (static_read(folder(), path, "br", &file))
		must(file.bytes.length == 6 && memcmp(file.bytes.data, "inside", 6) == 0 && file.type && file.etag[0]);
	buffer_clear(&file.bytes);
	free(path);
	return 0;
}
