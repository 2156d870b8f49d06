/* sql_source.c - see sql_source.h. */
#include "db/sql_source.h"

#include "base/buffer.h"
#include "base/hex.h"

#include <errno.h>
#include <glob.h>
#include <limits.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 512, FILE_MAX = 8 * 1024 * 1024, DIGEST = 32 };

struct sql_source {
	struct sql_file files[FILES_MAX];
	size_t count;
};

static enum error_code add_file(struct sql_source *s, const char *name, const char *text, size_t length,
	struct error *err)
{
	struct sql_file *f = &s->files[s->count];

	if (s->count == FILES_MAX || memchr(text, '\0', length))
		return error_set(err, E_INTERNAL, "sql/%s cannot be taken in.", name);
	f->name = strdup(name);
	f->text = malloc(length + 1);
	f->length = length;
	s->count++;			/* freed with the others, whatever there is of it */
	if (!f->name || !f->text)
		return error_set(err, E_INTERNAL, NULL);
	memcpy(f->text, text, length);
	f->text[length] = '\0';
	return OK;
}

static enum error_code add_path(struct sql_source *s, const char *path, const char *name, struct error *err)
{
	FILE *f = fopen(path, "re");
	char bytes[8192];
	struct buffer b;
	size_t n;

	buffer_init(&b, FILE_MAX);
	while (f && (n = fread(bytes, 1, sizeof(bytes), f)) > 0)
		buffer_append(&b, bytes, n);
	if (!f || ferror(f) || b.failed)
		error_set(err, E_INTERNAL, "%s cannot be read: %s.", path, strerror(errno));
	else
		add_file(s, name, buffer_text(&b), b.length, err);
	if (f)
		fclose(f);
	buffer_clear(&b);
	return err->code;
}

static enum error_code read_folder(struct sql_source *s, const char *folder, struct error *err)
{
	static const char *const patterns[] = { "roles.sql", "migrations/*.sql", "core/*.sql", "rules/*.sql", "nouns/*.sql", "catalogues/*.csv" };
	char pattern[PATH_MAX];

	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns) && err->code == OK; i++) {
		glob_t found = { 0 };

		snprintf(pattern, sizeof(pattern), "%s/%s", folder, patterns[i]);
		if (glob(pattern, 0, NULL, &found) == 0)
			for (size_t k = 0; k < found.gl_pathc && err->code == OK; k++)
				add_path(s, found.gl_pathv[k], found.gl_pathv[k] + strlen(folder) + 1, err);
		globfree(&found);
	}
	return err->code;
}

static enum error_code read_embedded(struct sql_source *s, struct error *err)
{
	for (const struct sql_embedded *e = sql_embedded; e->name && err->code == OK; e++)
		add_file(s, e->name, e->begin, (size_t)(e->end - e->begin), err);
	return err->code;
}

static int file_by_name(const void *a, const void *b)
{
	return strcmp(((const struct sql_file *)a)->name, ((const struct sql_file *)b)->name);
}

struct sql_source *sql_source_open(const char *folder, struct error *err)
{
	struct sql_source *s = calloc(1, sizeof(*s));

	if (!s) {
		error_set(err, E_INTERNAL, NULL);
		return NULL;
	}
	if ((folder ? read_folder(s, folder, err) : read_embedded(s, err)) != OK)
		goto fail;
	qsort(s->files, s->count, sizeof(*s->files), file_by_name);
	if (sql_source_named(s, "roles.sql"))
		return s;
	error_set(err, E_NOT_FOUND, "There is no roles.sql in %s.", folder ? folder : "the program");
fail:
	sql_source_free(s);
	return NULL;
}

void sql_source_free(struct sql_source *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->count; i++) {
		free(s->files[i].name);
		free(s->files[i].text);
	}
	free(s);
}

const struct sql_file *sql_source_file(const struct sql_source *s, const char *prefix, size_t n)
{
	for (size_t i = 0; i < s->count; i++)
		if (!strncmp(s->files[i].name, prefix, strlen(prefix)) && n-- == 0)
			return &s->files[i];
	return NULL;
}

const struct sql_file *sql_source_named(const struct sql_source *s, const char *name)
{
	for (size_t i = 0; i < s->count; i++)
		if (!strcmp(s->files[i].name, name))
			return &s->files[i];
	return NULL;
}

void sql_file_checksum(const struct sql_file *file, char out[SQL_CHECKSUM])
{
	unsigned char digest[DIGEST] = { 0 };

	EVP_Digest(file->text, file->length, digest, NULL, EVP_sha256(), NULL);
	hex_encode(digest, sizeof(digest), out);
}

void sql_source_checksum(const struct sql_source *s, char out[SQL_CHECKSUM])
{
	EVP_MD_CTX *all = EVP_MD_CTX_new();
	unsigned char digest[DIGEST] = { 0 };
	char one[SQL_CHECKSUM];

	EVP_DigestInit_ex(all, EVP_sha256(), NULL);
	for (size_t i = 0; i < s->count; i++) {
		sql_file_checksum(&s->files[i], one);
		EVP_DigestUpdate(all, s->files[i].name, strlen(s->files[i].name) + 1);
		EVP_DigestUpdate(all, one, sizeof(one));
	}
	EVP_DigestFinal_ex(all, digest, NULL);
	EVP_MD_CTX_free(all);
	hex_encode(digest, sizeof(digest), out);
}
