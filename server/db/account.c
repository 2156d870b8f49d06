/* account.c - see account.h. */
#include "db/account.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum error_code stay(const char *user, struct error *err)
{
	const struct passwd *me = getpwuid(geteuid());

	if (!user || (me && !strcmp(me->pw_name, user)))
		return OK;
	return error_set(err, E_FORBIDDEN, "Only root can become %s; this runs as %s.", user, me ? me->pw_name : "somebody without a name");
}

/* A copy without the slashes at its end; caller frees. NULL: no memory, or nothing is named. */
static char *without_slashes(const char *folder)
{
	size_t n = strlen(folder);

	while (n > 1 && folder[n - 1] == '/')
		n--;
	return n ? strndup(folder, n) : NULL;
}

/* Creates the folder and the missing ones above it, which stay root's and readable; the last one is the user's. */
static enum error_code make_folder_of(const char *folder, const struct passwd *who, struct error *err)
{
	char *path = without_slashes(folder), *slash = path;
	int rc = path ? 0 : -1;
	struct stat st;

	while (rc == 0 && (slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		if (mkdir(path, 0755) == 0)
			rc = chmod(path, 0755);	/* whatever the umask: the user must get through */
		else if (errno != EEXIST)
			rc = -1;
		*slash = '/';
	}
	if (rc == 0 && mkdir(path, 0700) == 0)
		rc = chown(path, who->pw_uid, who->pw_gid);
	free(path);
	if (rc || stat(folder, &st))
		return error_set(err, E_INTERNAL, "The folder %s cannot be made: %s.", folder, strerror(errno));
	if (!S_ISDIR(st.st_mode) || st.st_uid != who->pw_uid)
		return error_set(err, E_FORBIDDEN, "%s is there and is not a folder of the user %s.", folder, who->pw_name);
	return OK;
}

static enum error_code become(const struct passwd *who, struct error *err)
{
	if (setgroups(0, NULL) || setresgid(who->pw_gid, who->pw_gid, who->pw_gid) || setresuid(who->pw_uid, who->pw_uid, who->pw_uid))
		return error_set(err, E_INTERNAL, "Cannot become %s: %s.", who->pw_name, strerror(errno));
	if (setuid(0) == 0)
		return error_set(err, E_INTERNAL, "Root could be taken back.");
	setenv("HOME", who->pw_dir, 1);
	setenv("USER", who->pw_name, 1);
	setenv("LOGNAME", who->pw_name, 1);
	if (access(".", X_OK) && chdir("/"))
		return error_set(err, E_INTERNAL, "There is no folder to be in: %s.", strerror(errno));
	return OK;
}

enum error_code account_leave_root(const char *user, const char *folder, struct error *err)
{
	const struct passwd *who;

	if (geteuid() != 0)
		return stay(user, err);
	who = getpwnam(user ? user : ACCOUNT_DEFAULT);
	if (!who)
		return error_set(err, E_FORBIDDEN, "There is no user %s. Make one (useradd --system %s), or name another with --user.",
			user ? user : ACCOUNT_DEFAULT, user ? user : ACCOUNT_DEFAULT);
	if (who->pw_uid == 0)
		return error_set(err, E_FORBIDDEN, "%s is root; PostgreSQL and this server refuse to run as root.", who->pw_name);
	if (folder && make_folder_of(folder, who, err) != OK)
		return err->code;
	return become(who, err);
}
