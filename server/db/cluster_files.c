/* cluster_files.c - see cluster_files.h. */
#include "db/cluster_files.h"

#include "base/buffer.h"
#include "db/child.h"
#include "db/cluster.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 16 * 1024, VERSION_MIN = 15 };

#define ELSEWHERE "/tmp/ninetwo."		/* and six letters */
#define SOCKET ".s.PGSQL.5432"
#define SOCKET_LOCK SOCKET ".lock"

static const char settings[] =
	"listen_addresses = ''\n"
	"port = 5432\n"
	"unix_socket_permissions = 0700\n"
	"cluster_name = 'ninetwo'\n"
	"max_connections = 100\n"
	"max_wal_size = 2GB\n"
	"checkpoint_timeout = 15min\n"
	"wal_compression = on\n"
	"random_page_cost = 1.1\n"
	"jit = off\n"
	"timezone = 'UTC'\n"
	"log_timezone = 'UTC'\n"
	"lc_messages = 'C'\n"
	"logging_collector = on\n"
	"log_directory = 'log'\n"
	"log_filename = 'postgresql-%a.log'\n"
	"log_rotation_age = 1d\n"
	"log_truncate_on_rotation = on\n"
	"log_file_mode = 0600\n"
	"log_line_prefix = '%m [%p] %q%u '\n"
	/* neither statements nor parameters: they may hold names and secrets */
	"log_min_error_statement = panic\n"
	"log_parameter_max_length = 0\n"
	"log_parameter_max_length_on_error = 0\n";

static const char brittle_settings[] =
	"fsync = off\n"
	"full_page_writes = off\n"
	"synchronous_commit = off\n"
	"shared_buffers = 64MB\n";

static const char *const logins[] = { CLUSTER_SUPERUSER, "ninetwo_server", "ninetwo_feed", "ninetwo_operator" };
enum { LOGINS = sizeof(logins) / sizeof(*logins) };

/* --- writing ------------------------------------------------------------------------------------------------------------- */

/* Writes data/name whole or not at all, and empties b. */
static enum error_code write_file(const char *data, const char *name, struct buffer *b, struct error *err)
{
	char path[PATH_MAX], fresh[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%s/%s", data, name), m = snprintf(fresh, sizeof(fresh), "%s/%s.new", data, name);
	FILE *f = n < PATH_MAX && m < PATH_MAX && !b->failed ? fopen(fresh, "we") : NULL;
	bool written = f && fwrite(buffer_text(b), 1, b->length, f) == b->length && fflush(f) == 0 && fsync(fileno(f)) == 0;

	if (f && fclose(f))
		written = false;
	buffer_clear(b);
	if (!written || chmod(fresh, 0600) || rename(fresh, path))
		return error_set(err, E_INTERNAL, "%s cannot be written: %s.", path, strerror(errno));
	return OK;
}

static bool append_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "ae");
	bool written = f && fputs(text, f) >= 0;

	return f && fclose(f) == 0 && written;
}

enum error_code cluster_files_include(const char *data, const char *pgdata, struct error *err)
{
	char main_file[PATH_MAX], local[PATH_MAX];

	snprintf(main_file, sizeof(main_file), "%s/%s/postgresql.conf", data, pgdata);
	snprintf(local, sizeof(local), "%s/%s/local.conf", data, pgdata);
	if (append_file(local, "# Settings of your own; read last.\n")
			&& append_file(main_file, "\ninclude = 'ninetwo.conf'\ninclude_if_exists = 'local.conf'\n"))
		return OK;
	return error_set(err, E_INTERNAL, "%s cannot be written: %s.", main_file, strerror(errno));
}

/* A quarter of the memory, between 128 MB and 1 GB. */
static long shared_megabytes(void)
{
	long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
	long quarter = pages > 0 && size > 0 ? pages / 4 / (1024 * 1024 / size) : 128;

	return quarter < 128 ? 128 : quarter > 1024 ? 1024 : quarter;
}

static enum error_code write_settings(const char *data, const char *socket, bool brittle, struct error *err)
{
	struct buffer b;

	buffer_init(&b, FILE_MAX);
	buffer_append_text(&b, "# Written at every start. Put your own settings into local.conf.\n");
	buffer_append_text(&b, settings);
	buffer_append_format(&b, "shared_buffers = %ldMB\n", shared_megabytes());
	if (brittle)
		buffer_append_text(&b, brittle_settings);
	buffer_append_text(&b, "unix_socket_directories = '");
	for (const char *p = socket; *p; p++)
		buffer_append(&b, *p == '\'' ? "''" : p, *p == '\'' ? 2 : 1);
	buffer_append_text(&b, "'\n");
	return write_file(data, "pg/ninetwo.conf", &b, err);
}

static enum error_code write_who(const char *data, struct error *err)
{
	const struct passwd *me = getpwuid(geteuid());
	struct buffer hba, ident;

	if (!me)
		return error_set(err, E_INTERNAL, "The user who runs this has no name.");
	buffer_init(&hba, FILE_MAX);
	buffer_init(&ident, FILE_MAX);
	buffer_append_text(&hba, "# Written at every start. Only the user of this folder comes in, and only by the socket.\n");
	buffer_append_text(&ident, "# Written at every start. Whom the user of this folder may be.\n");
	for (int i = 0; i < LOGINS; i++) {
		buffer_append_format(&hba, "local all %s peer map=ninetwo\n", logins[i]);
		buffer_append_format(&ident, "ninetwo \"%s\" %s\n", me->pw_name, logins[i]);
	}
	buffer_append_text(&hba, "local replication " CLUSTER_SUPERUSER " peer map=ninetwo\n");
	if (write_file(data, "pg/pg_hba.conf", &hba, err) == OK)
		write_file(data, "pg/pg_ident.conf", &ident, err);
	buffer_clear(&ident);
	return err->code;
}

enum error_code cluster_files_write(const char *data, const char *socket, bool brittle, struct error *err)
{
	if (write_settings(data, socket, brittle, err) != OK)
		return err->code;
	return write_who(data, err);
}

/* --- the socket ---------------------------------------------------------------------------------------------------------- */

enum error_code cluster_socket_folder(const char *data, char out[CLUSTER_SOCKET_MAX], struct error *err)
{
	int n = snprintf(out, CLUSTER_SOCKET_MAX, "%s/socket", data);

	/* a comma would end it in PostgreSQL's list of folders */
	if (n < CLUSTER_SOCKET_MAX && !strchr(out, ',')) {
		if (mkdir(out, 0700) == 0 || (errno == EEXIST && chmod(out, 0700) == 0))
			return OK;
	} else {
		strcpy(out, ELSEWHERE "XXXXXX");
		if (mkdtemp(out))
			return OK;
	}
	return error_set(err, E_INTERNAL, "The folder %s for the socket cannot be made: %s.", out, strerror(errno));
}

/* The folder elsewhere that pg/ninetwo.conf names; false: the socket is below data, or nowhere yet. */
static bool elsewhere(const char *data, char out[CLUSTER_SOCKET_MAX])
{
	char path[PATH_MAX], line[PATH_MAX], letters[7];
	bool found = false;
	FILE *f;

	snprintf(path, sizeof(path), "%s/pg/ninetwo.conf", data);
	f = fopen(path, "re");
	while (f && !found && fgets(line, sizeof(line), f))
		found = sscanf(line, "unix_socket_directories = '" ELSEWHERE "%6[A-Za-z0-9]'", letters) == 1;
	if (f)
		fclose(f);
	if (found)
		snprintf(out, CLUSTER_SOCKET_MAX, ELSEWHERE "%s", letters);
	return found;
}

/* PostgreSQL says in the second line of its lock whose data it serves: a copy of the data names the folder of the original. */
static bool locked_by(int folder, const char *data)
{
	char line[PATH_MAX] = "", ours[PATH_MAX];
	int fd = openat(folder, SOCKET_LOCK, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	FILE *f = fd >= 0 ? fdopen(fd, "r") : NULL;

	for (int i = 0; f && i < 2; i++)
		if (!fgets(line, sizeof(line), f))
			line[0] = '\0';
	if (f)
		fclose(f);
	else if (fd >= 0)
		close(fd);
	snprintf(ours, sizeof(ours), "%s/pg\n", data);
	return strcmp(line, ours) == 0;
}

void cluster_socket_remove(const char *data)
{
	char path[CLUSTER_SOCKET_MAX];
	struct stat st;
	int folder;

	if (!elsewhere(data, path))
		return;
	folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder < 0)
		return;
	if (fstat(folder, &st) == 0 && st.st_uid == geteuid()) {
		if (locked_by(folder, data)) {
			unlinkat(folder, SOCKET, 0);
			unlinkat(folder, SOCKET_LOCK, 0);
		}
		rmdir(path);			/* unless something else is in it */
	}
	close(folder);
}

void cluster_conninfo_write(char *out, size_t size, const char *folder, const char *port)
{
	size_t n = (size_t)snprintf(out, size, "port=%s dbname=" CLUSTER_DATABASE " host='", port);

	for (const char *p = folder; *p && n + 4 < size; p++) {
		if (*p == '\'' || *p == '\\')
			out[n++] = '\\';
		out[n++] = *p;
	}
	snprintf(out + n, size - n, "'");
}

/* --- the programs -------------------------------------------------------------------------------------------------------- */

static bool has_programs(const char *folder)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%s/postgres", folder);

	return n < PATH_MAX && access(path, X_OK) == 0;
}

/* The major version that the data is of; 0: there is none yet. */
static int data_version(const char *data)
{
	char path[PATH_MAX];
	int version = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/pg/PG_VERSION", data);
	f = fopen(path, "re");
	if (f && fscanf(f, "%d", &version) != 1)
		version = 0;
	if (f)
		fclose(f);
	return version;
}

/* pg_config --bindir, where it holds a server; false otherwise (it belongs to a package that need not be there). */
static bool configured(char out[PATH_MAX])
{
	const char *argv[] = { "pg_config", "--bindir", NULL };
	struct buffer output;
	int status;

	buffer_init(&output, PATH_MAX - 1);
	status = child_status(argv, "/", &output);
	snprintf(out, PATH_MAX, "%.*s", (int)strcspn(buffer_text(&output), "\n"), buffer_text(&output));
	buffer_clear(&output);
	return status == 0 && has_programs(out);
}

/* The newest that Debian has put on this machine. */
static bool installed(char out[PATH_MAX])
{
	glob_t found = { 0 };
	int newest = 0;

	if (glob("/usr/lib/postgresql/*/bin", 0, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++) {
			int version = atoi(found.gl_pathv[i] + strlen("/usr/lib/postgresql/"));

			if (version > newest && version >= VERSION_MIN && has_programs(found.gl_pathv[i])) {
				newest = version;
				snprintf(out, PATH_MAX, "%s", found.gl_pathv[i]);
			}
		}
	globfree(&found);
	return newest > 0;
}

char *cluster_binaries(const char *data, const char *given, struct error *err)
{
	int version = data_version(data);
	char path[PATH_MAX];

	if (given && has_programs(given))
		return strdup(given);
	snprintf(path, sizeof(path), "/usr/lib/postgresql/%d/bin", version);
	if (!given && version > 0 && has_programs(path))
		return strdup(path);
	if (!given && (configured(path) || installed(path)))
		return strdup(path);
	if (given)
		error_set(err, E_NOT_FOUND, "There is no PostgreSQL in %s.", given);
	else
		error_set(err, E_NOT_FOUND, "PostgreSQL is not installed (Debian: apt install postgresql).");
	return NULL;
}
