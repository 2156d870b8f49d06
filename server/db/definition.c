/* definition.c - see definition.h. The order is in definition_order.c. */
#include "db/definition.h"

#include "base/hex.h"

#include <ctype.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGEST = 32, FIRST_WORDS = 4, WORDS_MAX = 100 };

static const struct owner {
	const char *schema, *role, *of_schema;	/* of what is in it, and of itself */
} owners[] = {
	{ "app", "ninetwo_owner", "ninetwo_owner" },
	{ "operator", "ninetwo_owner", "ninetwo_owner" },
	{ "auth", "ninetwo_auth", "ninetwo_auth" },
	{ "ledger", "ninetwo_ledger", "ninetwo_ledger" },
	{ "meta", "ninetwo_api", "ninetwo_api" },
	{ "method", "ninetwo_api", "ninetwo_api" },
	{ "record", "ninetwo_api", "ninetwo_api" },
	/* what is called without a frame is called before anybody is known; the frames are made by meta.build() */
	{ "api", "ninetwo_auth", "ninetwo_api" },
};

/* --- what a statement is ------------------------------------------------------------------------------------------ */

/* Takes the tokens of `words` when these are the next ones. */
static bool take_words(struct sql_scan *s, const char *const *words)
{
	struct sql_scan ahead = *s;

	for (; *words; words++) {
		struct sql_token t = sql_scan_next(&ahead);

		if (!sql_token_is(&t, *words))
			return false;
	}
	*s = ahead;
	return true;
}

static bool take_sql_name(struct sql_scan *s, char out[SQL_NAME_MAX])
{
	struct sql_token t = sql_scan_next(s);

	return sql_token_name(&t, out);
}

/* Takes schema.name. */
static bool take_qualified(struct sql_scan *s, struct definition *d)
{
	return take_sql_name(s, d->schema) && take_words(s, (const char *[]){ ".", NULL }) && take_sql_name(s, d->name);
}

/* Goes to what stands behind the next `on`. */
static bool pass_on(struct sql_scan *s)
{
	struct sql_token t;

	do
		t = sql_scan_next(s);
	while (t.kind != SQL_END && t.kind != SQL_BROKEN && !sql_token_is(&t, "on"));
	return sql_token_is(&t, "on");
}

static const char *owner_of(const char *schema, bool itself)
{
	for (size_t i = 0; i < sizeof(owners) / sizeof(*owners); i++)
		if (!strcmp(owners[i].schema, schema))
			return itself ? owners[i].of_schema : owners[i].role;
	return NULL;
}

/* What a comment or a grant is about: the first qualified name behind `on`, or a schema. */
static bool read_about(struct definition *d, struct sql_scan s)
{
	if (!pass_on(&s))
		return false;
	if (take_words(&s, (const char *[]){ "schema", NULL })) {
		d->role = take_sql_name(&s, d->schema) ? owner_of(d->schema, true) : NULL;
		return d->role;
	}
	for (struct sql_scan from = s; s.at < s.end; s = from) {
		if (take_qualified(&s, d))
			return true;
		if (sql_scan_next(&from).kind == SQL_BROKEN)
			return false;
	}
	return false;
}

static bool read_guard(struct definition *d, struct sql_scan s)
{
	return take_sql_name(&s, d->own) && pass_on(&s) && take_qualified(&s, d);
}

static bool is_loaders_comment(struct sql_scan s)
{
	return take_words(&s, (const char *[]){ "policy", NULL }) || take_words(&s, (const char *[]){ "trigger", NULL });
}

/* Finds a body of SQL, `return …` or `begin atomic …`. */
static void read_head(struct definition *d)
{
	struct sql_scan s = sql_statement_scan(&d->text);
	struct sql_token t = sql_scan_next(&s);
	size_t brackets = 0;

	for (; t.kind != SQL_END && t.kind != SQL_BROKEN; t = sql_scan_next(&s)) {
		struct sql_scan ahead = s;

		brackets += sql_token_is(&t, "(");
		brackets -= sql_token_is(&t, ")");
		if (brackets > 0)
			continue;
		d->says_language |= sql_token_is(&t, "language");
		if (sql_token_is(&t, "return") || (sql_token_is(&t, "begin")
				&& take_words(&ahead, (const char *[]){ "atomic", NULL }))) {
			d->head = (size_t)(t.text - d->text.text);
			return;
		}
	}
}

static const struct form {
	enum definition_kind kind;
	const char *words[5];
} forms[] = {
	{ DEFINES_FUNCTION, { "create", "or", "replace", "function" } },
	{ DEFINES_FUNCTION, { "create", "or", "replace", "procedure" } },
	{ DEFINES_VIEW, { "create", "view" } },
	{ DEFINES_POLICY, { "create", "policy" } },
	{ DEFINES_TRIGGER, { "create", "trigger" } },
	{ DEFINES_TRIGGER, { "create", "constraint", "trigger" } },
	{ DEFINES_GRANT, { "comment" } },
	{ DEFINES_GRANT, { "grant" } },
	{ DEFINES_GRANT, { "revoke" } },
};

static bool read_as(struct definition *d, const struct form *form)
{
	struct sql_scan s = sql_statement_scan(&d->text), on;

	d->kind = form->kind;
	if (!take_words(&s, form->words))
		return false;
	on = s;
	if (d->kind == DEFINES_GRANT)
		return !(take_words(&on, (const char *[]){ "on", NULL }) && is_loaders_comment(on)) && read_about(d, s);
	return d->kind < DEFINES_GRANT ? take_qualified(&s, d) : read_guard(d, s);
}

static enum error_code definition_refuse(const struct definition *d, struct error *err)
{
	struct sql_scan s = sql_statement_scan(&d->text);
	char words[WORDS_MAX] = "";
	int n = 0;

	for (int i = 0; i < FIRST_WORDS && n < WORDS_MAX; i++) {
		struct sql_token t = sql_scan_next(&s);

		if (t.kind != SQL_END)
			n += snprintf(words + n, sizeof(words) - (size_t)n, "%s%.*s", i ? " " : "",
				t.length > 30 ? 30 : (int)t.length, t.text);
	}
	return error_set(err, E_BUSINESS, "sql/%s:%d: \"%s …\" does not belong here: these files hold functions"
		" (create or replace), views, policies and triggers (create) of the schemas of roles.sql, comments, grants"
		" and revokes.", d->file->name, d->text.line, words);
}

static enum error_code definition_judge(struct definition *d, struct error *err)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		*d = (struct definition){ .file = d->file, .text = d->text };
		if (!read_as(d, &forms[i]))
			continue;
		if (!d->role)
			d->role = owner_of(d->schema, false);
		if (d->kind == DEFINES_FUNCTION)
			read_head(d);
		return d->role ? OK : definition_refuse(d, err);
	}
	return definition_refuse(d, err);
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

static enum error_code definition_keep(struct definitions *all, const struct definition *d, struct error *err)
{
	if (all->count == all->room) {
		size_t room = all->room ? 2 * all->room : 256;
		struct definition *list = realloc(all->list, room * sizeof(*list));

		if (!list)
			return error_set(err, E_INTERNAL, NULL);
		all->list = list;
		all->room = room;
	}
	all->list[all->count++] = *d;
	return OK;
}

enum error_code definitions_read_file(struct definitions *all, const struct sql_file *file, struct error *err)
{
	struct sql_scan s = { file->text, file->text + file->length, 1 };
	struct definition d = { .file = file };
	struct error inner = { 0 };

	while (err->code == OK && sql_statement_next(&s, &d.text, &inner))
		if (definition_judge(&d, err) == OK)
			definition_keep(all, &d, err);
	if (inner.code != OK)
		error_set(err, E_BUSINESS, "sql/%s, %s.", file->name, inner.message);
	error_clear(&inner);
	return err->code;
}

enum error_code definitions_read(struct definitions *all, const struct sql_source *source, const char *prefix,
	struct error *err)
{
	const struct sql_file *file;

	for (size_t n = 0; err->code == OK && (file = sql_source_file(source, prefix, n)); n++)
		definitions_read_file(all, file, err);
	return err->code;
}

enum error_code definitions_add(struct definitions *all, const struct definitions *others, struct error *err)
{
	for (size_t i = 0; i < others->count && err->code == OK; i++)
		definition_keep(all, &others->list[i], err);
	return err->code;
}

void definitions_clear(struct definitions *all)
{
	free(all->list);
	*all = (struct definitions){ 0 };
}

/* --- one of them -------------------------------------------------------------------------------------------------- */

void definition_digest(const struct definition *d, char out[DEFINITION_DIGEST])
{
	struct sql_scan s = sql_statement_scan(&d->text);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned char digest[DIGEST] = { 0 };
	char hex[2 * DIGEST + 1];
	struct sql_token t;

	EVP_DigestInit_ex(context, EVP_sha256(), NULL);
	while ((t = sql_scan_next(&s)).kind != SQL_END && t.kind != SQL_BROKEN) {
		for (size_t i = 0; i < t.length; i++) {
			const char c = t.kind == SQL_WORD ? (char)tolower((unsigned char)t.text[i]) : t.text[i];

			EVP_DigestUpdate(context, &c, 1);
		}
		EVP_DigestUpdate(context, "", 1);
	}
	EVP_DigestFinal_ex(context, digest, NULL);
	EVP_MD_CTX_free(context);
	hex_encode(digest, sizeof(digest), hex);
	snprintf(out, DEFINITION_DIGEST, "%.*s", DEFINITION_DIGEST - 1, hex);
}

int definition_body_line(const struct definition *d)
{
	struct sql_scan s = sql_statement_scan(&d->text);
	struct sql_token t = { 0 };
	bool as = false;

	do {
		as = sql_token_is(&t, "as");
		t = sql_scan_next(&s);
		if (as && t.kind == SQL_STRING)
			return t.line;
	} while (t.kind != SQL_END && t.kind != SQL_BROKEN);
	return d->text.line;
}
