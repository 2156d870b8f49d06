/* child.c - see child.h. */
#include "db/child.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of our own environment nothing is handed on: PGOPTIONS, PGDATA and the like would have a say in somebody else's cluster. */
static char *const environment[] = {
	"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC", NULL
};

static pid_t start(const char *const argv[], const char *folder, int out)
{
	posix_spawn_file_actions_t actions;
	pid_t pid = -1;
	int rc;

	if (posix_spawn_file_actions_init(&actions))
		return -1;
	rc = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	rc = rc ? rc : posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	rc = rc ? rc : posix_spawn_file_actions_adddup2(&actions, out, STDERR_FILENO);
	/* not even a listening socket that systemd handed over */
	rc = rc ? rc : posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
	rc = rc ? rc : posix_spawn_file_actions_addchdir_np(&actions, folder);
	rc = rc ? rc : posix_spawnp(&pid, argv[0], &actions, NULL, (char *const *)argv, environment);
	posix_spawn_file_actions_destroy(&actions);
	return rc ? -1 : pid;
}

static void read_all(int fd, struct buffer *output)
{
	char bytes[4096];
	ssize_t n;

	while ((n = read(fd, bytes, sizeof(bytes))) != 0) {
		if (n < 0 && errno != EINTR)
			break;
		if (n > 0)
			buffer_append(output, bytes, (size_t)n);
	}
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int child_status(const char *const argv[], const char *folder, struct buffer *output)
{
	int ends[2], status = -1;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC))
		return -1;
	pid = start(argv, folder, ends[1]);
	close(ends[1]);
	if (pid > 0) {
		read_all(ends[0], output);
		status = wait_for(pid);
	}
	close(ends[0]);
	return status;
}

/* The last line that says something. */
static void last_line(const struct buffer *output, const char **line, int *length)
{
	const char *text = buffer_text(output);
	size_t end = strlen(text), begin;

	while (end > 0 && strchr("\n\r ", text[end - 1]))
		end--;
	for (begin = end; begin > 0 && text[begin - 1] != '\n';)
		begin--;
	*line = text + begin;
	*length = end - begin < 300 ? (int)(end - begin) : 300;
}

enum error_code child_run(const char *const argv[], const char *folder, struct buffer *output, struct error *err)
{
	int status = child_status(argv, folder, output), length;
	const char *line;

	if (status == 0)
		return OK;
	if (status < 0)
		return error_set(err, E_INTERNAL, "%s cannot be run.", argv[0]);
	last_line(output, &line, &length);
	return error_set(err, E_INTERNAL, "%s ended with status %d: %.*s", argv[0], status, length, line);
}
