/* child.c - see child.h. */
#include "db/child.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { QUOTE_MAX = 300 };

/* Of our own environment nothing is handed on: PGOPTIONS, PGDATA and the like would have a say in somebody else's cluster. */
static char *const environment[] = {
	"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC", NULL
};

static pid_t child_start(const char *const argv[], const char *folder, int out)
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

/* The last line that says something is kept apart from the output, which may be cut before it. */
struct last {
	char said[QUOTE_MAX], line[QUOTE_MAX];
	int said_length, length;	/* what is longer is cut */
};

static void end_line(struct last *l)
{
	while (l->length > 0 && strchr("\r ", l->line[l->length - 1]))
		l->length--;
	if (l->length > 0) {
		memcpy(l->said, l->line, (size_t)l->length);
		l->said_length = l->length;
	}
	l->length = 0;
}

static void note_output(struct last *l, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bytes[i] == '\n')
			end_line(l);
		else if (l->length < QUOTE_MAX)
			l->line[l->length++] = bytes[i];
}

static void read_output(int fd, struct buffer *output, struct last *last)
{
	char bytes[4096];
	ssize_t n;

	while ((n = read(fd, bytes, sizeof(bytes))) != 0) {
		if (n < 0 && errno != EINTR)
			break;
		if (n > 0) {
			buffer_append(output, bytes, (size_t)n);
			note_output(last, bytes, (size_t)n);
		}
	}
	end_line(last);
}

static int child_wait(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int run_and_wait(const char *const argv[], const char *folder, struct buffer *output, struct last *last)
{
	int ends[2], status = -1;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC))
		return -1;
	pid = child_start(argv, folder, ends[1]);
	close(ends[1]);
	if (pid > 0) {
		read_output(ends[0], output, last);
		status = child_wait(pid);
	}
	close(ends[0]);
	return status;
}

int child_status(const char *const argv[], const char *folder, struct buffer *output)
{
	struct last last = { 0 };

	return run_and_wait(argv, folder, output, &last);
}

enum error_code child_run(const char *const argv[], const char *folder, struct buffer *output, struct error *err)
{
	struct last last = { 0 };
	int status = run_and_wait(argv, folder, output, &last);

	if (status == 0)
		return OK;
	if (status < 0)
		return error_set(err, E_INTERNAL, "%s cannot be run.", argv[0]);
	return error_set(err, E_INTERNAL, "%s ended with status %d: %.*s", argv[0], status, last.said_length, last.said);
}
