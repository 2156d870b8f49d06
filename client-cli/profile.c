/* profile.c - the files that the client keeps. */
#include "client-cli/profile.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 4096 };

static bool name_is_clean(const char *name)
{
	return *name && *name != '.' && strlen(name) < sizeof ((struct profile *)0)->name &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@+") == strlen(name);
}

/* $NINETWO_HOME<inner>, else $<xdg>/ninetwo, else ~/<fallback>/ninetwo. */
static bool folder_path(char out[PATH_SIZE], const char *inner, const char *xdg, const char *fallback)
{
	const char *own = getenv("NINETWO_HOME"), *base = getenv(xdg), *home = getenv("HOME");
	int n;

	if (own && *own)
		n = snprintf(out, PATH_SIZE, "%s%s", own, inner);
	else if (base && *base == '/')
		n = snprintf(out, PATH_SIZE, "%s/ninetwo", base);
	else if (home && *home)
		n = snprintf(out, PATH_SIZE, "%s/%s/ninetwo", home, fallback);
	else
		return false;
	return n > 0 && n < PATH_SIZE - 256;
}

static bool make_profile_folder(char *path)
{
	for (char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
		*p = '\0';
		mkdir(path, 0700);
		*p = '/';
	}
	return mkdir(path, 0700) == 0 || errno == EEXIST;
}

static bool config_path(char out[PATH_SIZE], const char *name, const char *suffix)
{
	size_t n;

	if (!folder_path(out, "", "XDG_CONFIG_HOME", ".config") || !make_profile_folder(out))
		return false;
	n = strlen(out);
	snprintf(out + n, PATH_SIZE - n, "/%s.%s", name, suffix);
	return true;
}

static bool write_all(int fd, const char *text, size_t length)
{
	while (length > 0) {
		ssize_t n = write(fd, text, length);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			text += n;
			length -= (size_t)n;
		}
	}
	return true;
}

/* A new file under another name, then renamed: a reader sees the old or the new, and never with wider rights. */
static bool replace_file(const char *path, const json_t *value)
{
	char temporary[PATH_SIZE + 16];
	char *text = json_dumps(value, JSON_INDENT(1));
	bool written = false;
	int fd;

	if (!text)
		return false;
	snprintf(temporary, sizeof temporary, "%s.%ld", path, (long)getpid());
	fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd >= 0) {
		written = write_all(fd, text, strlen(text));
		written = close(fd) == 0 && written && rename(temporary, path) == 0;
		if (!written)
			unlink(temporary);
	}
	OPENSSL_cleanse(text, strlen(text));
	free(text);
	return written;
}

bool profile_load(struct profile *p, const char *name, struct failure *f)
{
	if (!name || !*name)
		name = "default";
	if (!name_is_clean(name))
		return failure_usage(f, "'%s' cannot be the name of a sign-in; use letters, digits and . _ - @ +.", name);
	snprintf(p->name, sizeof p->name, "%s", name);
	p->data = profile_read_file(p, "profile");
	if (!json_is_object(p->data)) {
		json_decref(p->data);
		p->data = json_object();
	}
	return p->data || failure_local(f, "out of memory");
}

bool profile_save(const struct profile *p, struct failure *f)
{
	return profile_write_file(p, "profile", p->data, f);
}

static void wipe_token(struct profile *p)
{
	json_t *token = json_object_get(p->data, "token");

	if (token)
		OPENSSL_cleanse((char *)(uintptr_t)json_string_value(token), json_string_length(token));
}

bool profile_forget_token(struct profile *p, struct failure *f)
{
	wipe_token(p);
	json_object_del(p->data, "token");
	return profile_save(p, f);
}

void profile_clear(struct profile *p)
{
	wipe_token(p);
	json_decref(p->data);
	*p = (struct profile){ 0 };
}

const char *profile_text(const struct profile *p, const char *member)
{
	return json_string_value(json_object_get(p->data, member));
}

void profile_set_text(struct profile *p, const char *member, const char *value)
{
	if (value)
		json_object_set_new(p->data, member, json_string(value));
	else
		json_object_del(p->data, member);
}

json_t *profile_read_file(const struct profile *p, const char *suffix)
{
	char path[PATH_SIZE];

	return config_path(path, p->name, suffix) ? json_load_file(path, 0, NULL) : NULL;
}

bool profile_write_file(const struct profile *p, const char *suffix, const json_t *value, struct failure *f)
{
	char path[PATH_SIZE];

	if (!config_path(path, p->name, suffix))
		return failure_local(f, "There is no folder to keep the sign-in in; set NINETWO_HOME.");
	return replace_file(path, value) || failure_local(f, "%s cannot be written: %s.", path, strerror(errno));
}

static bool cache_path(char out[PATH_SIZE], const char *name)
{
	size_t n;

	if (!folder_path(out, "/cache", "XDG_CACHE_HOME", ".cache") || !make_profile_folder(out))
		return false;
	n = strlen(out);
	snprintf(out + n, PATH_SIZE - n, "/%s.json", name);
	return true;
}

json_t *profile_cache_read(const char *name)
{
	char path[PATH_SIZE];

	return cache_path(path, name) ? json_load_file(path, 0, NULL) : NULL;
}

void profile_cache_write(const char *name, const json_t *value)
{
	char path[PATH_SIZE];

	if (cache_path(path, name))
		replace_file(path, value);
}
