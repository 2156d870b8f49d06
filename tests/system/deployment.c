/* deployment.c - starts and stops the real programs; the only file of the harness that makes processes. */
#include "tests/system/deployment.h"

#include "tests/system/expect.h"
#include "tests/system/raw.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUTPUT_MAX = 64 * 1024 };

static const char *environment(const char *name)
{
	const char *value = getenv(name);

	expect(value && *value, "%s is set by tests/system.sh, which is how these tests are started", name);
	return value;
}

static void format(char *out, size_t size, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static void format(char *out, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(out, size, fmt, args);
	va_end(args);
	expect(n >= 0 && (size_t)n < size, "%s: too long a path or text", out);
}

/* In the child: our end is its end, output goes to fd. */
static void become(const char *const argv[], int fd)
{
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(null, STDIN_FILENO);
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	execvp(argv[0], (char *const *)(const void *)argv);
	dprintf(STDERR_FILENO, "%s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

static pid_t spawn(const char *const argv[], int fd)
{
	pid_t pid = fork();

	expect(pid >= 0, "fork: %s", strerror(errno));
	if (pid == 0)
		become(argv, fd);
	return pid;
}

int program_run(const char *const argv[], char *output, size_t size)
{
	char text[OUTPUT_MAX];
	size_t filled = 0;
	ssize_t n;
	int ends[2], status;
	pid_t pid;

	expect(pipe2(ends, O_CLOEXEC) == 0, "pipe: %s", strerror(errno));
	pid = spawn(argv, ends[1]);
	close(ends[1]);
	while (filled < sizeof text - 1 && (n = read(ends[0], text + filled, sizeof text - 1 - filled)) > 0)
		filled += (size_t)n;
	text[filled] = '\0';
	close(ends[0]);
	expect(waitpid(pid, &status, 0) == pid, "waitpid: %s", strerror(errno));
	if (output)
		snprintf(output, size, "%s", text);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void run(const char *const argv[])
{
	char output[OUTPUT_MAX];
	int status = program_run(argv, output, sizeof output);

	expect(status == 0, "%s %s: exit status %d: %s", argv[0], argv[1], status, output);
}

/* --- the cluster --- */

static const char *postgresql_program(const char *name, char path[DEPLOYMENT_PATH])
{
	format(path, DEPLOYMENT_PATH, "%s/%s", environment("NINETWO_POSTGRESQL"), name);
	return path;
}

static void write_settings(const struct deployment *d, const char *const settings[])
{
	char path[2 * DEPLOYMENT_PATH];
	FILE *file;

	format(path, sizeof path, "%s/pg/postgresql.conf", d->folder);
	file = fopen(path, "a");
	expect(file, "%s: %s", path, strerror(errno));
	fprintf(file, "listen_addresses = ''\nunix_socket_directories = '%s'\n", d->socket);
	for (size_t i = 0; settings && settings[i]; i++)
		fprintf(file, "%s\n", settings[i]);
	fclose(file);
}

static void database_control(struct deployment *d, const char *verb, const char *mode)
{
	char program[DEPLOYMENT_PATH], data[2 * DEPLOYMENT_PATH], log[2 * DEPLOYMENT_PATH];

	format(data, sizeof data, "%s/pg", d->folder);
	format(log, sizeof log, "%s/postgresql.log", d->folder);
	run((const char *[]){ postgresql_program("pg_ctl", program), verb, "-D", data, "-w", "-s", mode ? "-m" : "-l", mode ? mode : log,
		NULL });
}

void deployment_database_crash(struct deployment *d)
{
	database_control(d, "stop", "immediate");
}

void deployment_database_start(struct deployment *d)
{
	database_control(d, "start", NULL);
}

static void make_folders(struct deployment *d, const char *name, char *data, size_t size)
{
	*d = (struct deployment){ 0 };
	format(d->folder, sizeof d->folder, "%s/%s", environment("NINETWO_SCRATCH"), name);
	format(d->socket, sizeof d->socket, "%s/s", d->folder);
	format(d->conninfo, sizeof d->conninfo, "host=%s dbname=ninetwo", d->socket);
	format(data, size, "%s/pg", d->folder);
	run((const char *[]){ "mkdir", "-p", "-m", "700", d->folder, d->socket, NULL });
}

/* The seed is a stopped cluster with the schema in it, made once by tests/system.sh; each deployment is a copy. */
void deployment_start(struct deployment *d, const char *name, const char *const settings[])
{
	char data[2 * DEPLOYMENT_PATH];

	make_folders(d, name, data, sizeof data);
	run((const char *[]){ "cp", "-a", environment("NINETWO_SEED"), data, NULL });
	write_settings(d, settings);
	deployment_database_start(d);
}

void deployment_start_empty(struct deployment *d, const char *name)
{
	char data[2 * DEPLOYMENT_PATH], program[DEPLOYMENT_PATH];

	make_folders(d, name, data, sizeof data);
	run((const char *[]){ postgresql_program("initdb", program), "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust",
		"-N", NULL });
	write_settings(d, (const char *[]){ "fsync = off", NULL });
	deployment_database_start(d);
	run((const char *[]){ postgresql_program("createdb", program), "-h", d->socket, "-U", "postgres", "ninetwo", NULL });
}

void deployment_start_standby(struct deployment *d, const char *name, struct deployment *of)
{
	char data[2 * DEPLOYMENT_PATH], program[DEPLOYMENT_PATH], from[3 * DEPLOYMENT_PATH];

	make_folders(d, name, data, sizeof data);
	format(from, sizeof from, "host=%s user=postgres application_name=standby", of->socket);
	run((const char *[]){ postgresql_program("pg_basebackup", program), "-d", from, "-D", data, "-R", "-C", "-S", "standby", "-c", "fast", "-N", NULL });
	write_settings(d, NULL);
	deployment_database_start(d);
}

void deployment_promote(struct deployment *d)
{
	char program[DEPLOYMENT_PATH], data[2 * DEPLOYMENT_PATH];

	format(data, sizeof data, "%s/pg", d->folder);
	run((const char *[]){ postgresql_program("pg_ctl", program), "promote", "-D", data, "-w", "-s", NULL });
}

void deployment_stop(struct deployment *d)
{
	deployment_database_crash(d);
}

void deployment_load(struct deployment *d, const char *path)
{
	char program[DEPLOYMENT_PATH];

	run((const char *[]){ postgresql_program("psql", program), "-X", "-q", "-o", "/dev/null", "-v", "ON_ERROR_STOP=1", "-h", d->socket, "-U",
		"postgres", "-d", "ninetwo", "-f", path, NULL });
}

void deployment_sql(struct deployment *d, const char *sql, char *out, size_t size)
{
	char program[DEPLOYMENT_PATH], output[OUTPUT_MAX];
	int status = program_run((const char *[]){ postgresql_program("psql", program), "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-h",
		d->socket, "-U", "postgres", "-d", "ninetwo", "-c", sql, NULL }, output, sizeof output);

	expect(status == 0, "%s: %s", sql, output);
	output[strcspn(output, "\n")] = '\0';
	if (out)
		snprintf(out, size, "%s", output);
}

void deployment_await(struct deployment *d, const char *sql, const char *wanted)
{
	int64_t deadline = deadline_after(PATIENCE_MS);
	char text[128] = "";

	for (;;) {
		deployment_sql(d, sql, text, sizeof text);
		if (strcmp(text, wanted) == 0)
			return;
		expect(deadline_left(deadline) > 0, "waited a minute in vain: %s is '%s', not '%s'", sql, text, wanted);
		usleep(20000);
	}
}

/* --- ninetwod --- */

static const char *ninetwod(char path[DEPLOYMENT_PATH])
{
	format(path, DEPLOYMENT_PATH, "%s/ninetwod", environment("NINETWO_BUILD"));
	return path;
}

/* Codes are five-character groups of base32: the first word of the output that looks like one, from `from` on. */
static const char *find_code(const char *from, char code[CODE_MAX])
{
	static const char base32[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";

	for (const char *p = from; *p; p += strspn(p, " \t\r\n:\"',.()")) {
		size_t n = strcspn(p, " \t\r\n:\"',.()");

		if (n == 23 && strspn(p, base32) >= n && p[5] == '-') {
			snprintf(code, CODE_MAX, "%.*s", (int)n, p);
			return p + n;
		}
		p += n;
	}
	return NULL;
}

void deployment_init(struct deployment *d, const char *organisation, const char *administrator, const char *management)
{
	char program[DEPLOYMENT_PATH], output[OUTPUT_MAX], first[128], second[128];
	const char *rest;
	int status;

	format(first, sizeof first, "Ada Admin <%s>", administrator);
	format(second, sizeof second, "Max Management <%s>", management);
	status = program_run((const char *[]){ ninetwod(program), "init", "--database", d->conninfo, "--organisation", organisation,
		"--administrator", first, "--management", second, NULL }, output, sizeof output);
	expect(status == 0, "ninetwod init: exit status %d: %s", status, output);
	rest = find_code(output, d->administrator_code);
	expect(rest && find_code(rest, d->management_code), "ninetwod init prints two codes: %s", output);
}

void deployment_invite(struct deployment *d, const char *person, char code[CODE_MAX])
{
	char program[DEPLOYMENT_PATH], output[OUTPUT_MAX];
	int status = program_run((const char *[]){ ninetwod(program), "invite", "--database", d->conninfo, person, NULL }, output, sizeof output);

	expect(status == 0, "ninetwod invite %s: exit status %d: %s", person, status, output);
	expect(find_code(output, code), "ninetwod invite prints a code: %s", output);
}

/* Binds the port and never listens at it: a server, which sets SO_REUSEADDR, binds it beside that, another test, which does not set it
 * before it binds, finds it taken. The socket lives as long as this program. */
static bool take_port(int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
	bool taken = fd >= 0 && bind(fd, (struct sockaddr *)&a, sizeof a) == 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0;

	if (!taken)
		close(fd);
	return taken;
}

/* A port that nobody has, and that no outgoing connection will be given: below the range of those. */
static int free_port(void)
{
	enum { FIRST = 12000, COUNT = 20000 };
	unsigned short draw;

	for (int i = 0; i < 1000; i++) {
		expect(getrandom(&draw, sizeof draw, 0) == sizeof draw, "randomness");
		if (take_port(FIRST + draw % COUNT))
			return FIRST + draw % COUNT;
	}
	fail_msg("no free port");
	return 0;
}

static void show_log(const struct server *s)
{
	char text[OUTPUT_MAX];

	program_run((const char *[]){ "tail", "-n", "20", s->log, NULL }, text, sizeof text);
	fprintf(stderr, "%s:\n%s", s->log, text);
}

bool server_alive(struct server *s)
{
	int status;

	if (s->pid && waitpid(s->pid, &status, WNOHANG) == s->pid)
		s->pid = 0;
	return s->pid != 0;
}

void server_wait_ready(struct server *s)
{
	int64_t deadline = deadline_after(PATIENCE_MS);

	while (raw_http_status(s->status_port, "/readyz") != 200) {
		if (!server_alive(s) || deadline_left(deadline) == 0) {
			show_log(s);
			expect(false, "%s", s->pid ? "waited a minute in vain: ninetwod is ready" : "ninetwod ended");
		}
		usleep(20000);
	}
}

static size_t serve_arguments(const char *argv[DEPLOYMENT_ARGUMENTS], const char *const fixed[], const char *const more[])
{
	size_t n = 0;

	for (size_t i = 0; fixed[i]; i++)
		argv[n++] = fixed[i];
	for (size_t i = 0; more && more[i]; i++) {
		expect(n < DEPLOYMENT_ARGUMENTS - 1, "too many arguments");
		argv[n++] = more[i];
	}
	argv[n] = NULL;
	return n;
}

void server_choose_ports(struct deployment *d, struct server *s)
{
	static int count;

	s->port = free_port();
	s->status_port = free_port();
	format(s->log, sizeof s->log, "%s/server%d.log", d->folder, count++);
}

void server_start(struct deployment *d, struct server *s, const char *const arguments[])
{
	char program[DEPLOYMENT_PATH], listen[32], status_address[32];
	const char *argv[DEPLOYMENT_ARGUMENTS];
	int fd;

	if (!s->port)
		server_choose_ports(d, s);
	format(listen, sizeof listen, "127.0.0.1:%d", s->port);
	format(s->address, sizeof s->address, "%s%s", s->ca_file ? "https://" : "", listen);
	format(status_address, sizeof status_address, "127.0.0.1:%d", s->status_port);
	serve_arguments(argv, (const char *[]){ ninetwod(program), "serve", "--database", d->conninfo, "--listen", listen,
		"--status-listen", status_address, NULL }, arguments);
	fd = open(s->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	expect(fd >= 0, "%s: %s", s->log, strerror(errno));
	s->pid = spawn(argv, fd);
	close(fd);
	server_wait_ready(s);
}

int server_end(struct server *s, int signal)
{
	int64_t deadline = deadline_after(PATIENCE_MS);
	int status = 0;
	pid_t got;

	expect(s->pid && kill(s->pid, signal) == 0, "the server is there to be ended");
	while ((got = waitpid(s->pid, &status, WNOHANG)) == 0 && deadline_left(deadline) > 0)
		usleep(5000);
	if (got == 0) {
		show_log(s);
		kill(s->pid, SIGKILL);
		waitpid(s->pid, &status, 0);
		expect(false, "waited a minute in vain: the server ends after signal %d", signal);
	}
	s->pid = 0;
	if (signal == SIGTERM && status != 0) {
		show_log(s);
		expect(false, "the server ended by itself with wait status %d", status);
	}
	return status;
}

long server_memory(const struct server *s)
{
	char path[64], line[256];
	long kilobytes = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)s->pid);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof line, file))
		if (sscanf(line, "VmRSS: %ld", &kilobytes) == 1)
			break;
	if (file)
		fclose(file);
	return kilobytes;
}
