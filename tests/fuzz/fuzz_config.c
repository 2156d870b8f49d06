/* The file of --config: read, or refused in words. What is read can be printed. */
#include "base/config.h"
#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* A file in memory, and its path. */
static int file_of(const void *bytes, size_t size, char path[32])
{
	int fd = memfd_create("config", MFD_CLOEXEC);

	must(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
	snprintf(path, 32, "/proc/self/fd/%d", fd);
	return fd;
}

static bool load(struct config *c, const void *bytes, size_t size)
{
	char path[32], program[] = "ninetwod", flag[] = "--config";
	char *argv[] = { program, flag, path, NULL };
	int argc = 3, fd = file_of(bytes, size, path);
	struct buffer problems;
	bool loaded;

	buffer_init(&problems, 65536);
	loaded = config_load(c, &argc, argv, &problems);
	must(loaded || problems.length > 0 || problems.failed);
	buffer_clear(&problems);
	close(fd);
	return loaded;
}

static char *printed(const struct config *c, size_t *length)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, length);

	must(out);
	config_print(c, out);
	must(fclose(out) == 0);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config c = { 0 };
	size_t length = 0;

	if (load(&c, data, size))
		free(printed(&c, &length));
	config_clear(&c);
	return 0;
}
