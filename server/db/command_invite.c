/* command_invite.c - `ninetwod init` and `ninetwod invite`: the only two ways to a one-time code besides its delivery to the person.
 *
 * A code is printed once, to standard output; the database keeps its digest. */
#include "base/code.h"
#include "base/hex.h"
#include "base/utf8.h"
#include "db/command_target.h"

#include <getopt.h>
#include <jansson.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NAME_CHARACTERS = 200, NAME_BYTES = 4 * NAME_CHARACTERS + 1, EMAIL_BYTES = 254, DIGEST_TEXT = 2 + 2 * DIGEST_SIZE + 1 };	/* "\x…", a bytea in text form */

struct newcomer {
	char name[NAME_BYTES], email[EMAIL_BYTES + 1];
	char code[CODE_TEXT], digest[DIGEST_TEXT];
};

/* A new code, and its digest as the database takes it. */
static enum error_code make_code(char code[CODE_TEXT], char digest[DIGEST_TEXT], struct error *err)
{
	unsigned char bytes[DIGEST_SIZE];

	if (code_make(code, bytes, err) != OK)
		return err->code;
	memcpy(digest, "\\x", 2);
	hex_encode(bytes, sizeof(bytes), digest + 2);
	return OK;
}

static bool wrong(const char *option, const char *why)
{
	fprintf(stderr, "ninetwod init: --%s: %s.\n", option, why);
	return false;
}

/* As the database judges names (app.title). */
static bool is_name(const char *option, const char *text, size_t length)
{
	size_t characters = 0;

	if (strspn(text, " \t\r\n") >= length)
		return wrong(option, "the name is empty");
	if (!utf8_valid(text, length))
		return wrong(option, "the name is not UTF-8");
	for (size_t i = 0; i < length; i++)
		characters += ((unsigned char)text[i] & 0xc0) != 0x80;
	return characters <= NAME_CHARACTERS || wrong(option, "the name is longer than 200 characters");
}

/* As the database judges addresses (app.email). */
static bool is_email(const char *option, const char *text)
{
	const char *at = strchr(text, '@');

	if (!at || at == text || !at[1] || strchr(at + 1, '@') || strpbrk(text, " \t\r\n") || !utf8_valid(text, strlen(text)))
		return wrong(option, "the e-mail address must look like otto@example.org");
	return true;
}

/* "NAME <EMAIL>" */
static bool parse_newcomer(struct newcomer *n, const char *option, const char *text)
{
	const char *open = strrchr(text, '<'), *close = open ? strchr(open, '>') : NULL;
	size_t name = open ? (size_t)(open - text) : 0;

	while (name > 0 && text[name - 1] == ' ')
		name--;
	if (!close || close[1])
		return wrong(option, "must be 'NAME <EMAIL>'");
	if (!is_name(option, text, name))
		return false;
	if (close - open - 1 > EMAIL_BYTES)
		return wrong(option, "the e-mail address is longer than 254 characters");
	snprintf(n->name, sizeof(n->name), "%.*s", (int)name, text);
	snprintf(n->email, sizeof(n->email), "%.*s", (int)(close - open - 1), open + 1);
	return is_email(option, n->email);
}

static bool are_two(const struct newcomer *administrator, const struct newcomer *management)
{
	return strcasecmp(administrator->email, management->email) || wrong("management", "must be somebody else than --administrator, with another e-mail address");
}

static void print_newcomer(const char *role, const struct newcomer *n)
{
	printf("%-14s %s <%s>  code %s\n", role, n->name, n->email, n->code);
}

static int init_usage(void)
{
	fputs("usage: ninetwod init --organisation NAME --administrator 'NAME <EMAIL>' --management 'NAME <EMAIL>'\n", stderr);
	return 2;
}

static enum error_code init(const struct command_target *target, const char *organisation, struct newcomer *administrator,
	struct newcomer *management, struct error *err)
{
	struct command_session s = { 0 };
	struct session_rows *rows = NULL;

	if (make_code(administrator->code, administrator->digest, err) != OK || make_code(management->code, management->digest, err) != OK)
		return err->code;
	if (command_open(&s, target, AS_OPERATOR, false, err) == OK)
		session_query(s.session, "select operator.init($1, $2, $3, $4::bytea, $5, $6, $7::bytea)", 7, (const char *const[]){ organisation,
			administrator->name, administrator->email, administrator->digest, management->name, management->email, management->digest },
			&rows, err);
	rows_free(rows);
	command_close(&s);
	return err->code;
}

int command_init(const struct command_target *target, int argc, char **argv)
{
	static const struct option options[] = {
		{ "organisation", required_argument, NULL, 'o' }, { "administrator", required_argument, NULL, 'a' },
		{ "management", required_argument, NULL, 'm' }, { 0 }
	};
	struct newcomer administrator = { 0 }, management = { 0 };
	const char *organisation = NULL, *first = NULL, *second = NULL;
	struct error err = { 0 };
	int option;

	optind = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
		if (option == 'o')
			organisation = optarg;
		else if (option == 'a')
			first = optarg;
		else if (option == 'm')
			second = optarg;
		else
			return init_usage();
	if (optind < argc || !organisation || !first || !second)
		return init_usage();
	if (!is_name("organisation", organisation, strlen(organisation)) || !parse_newcomer(&administrator, "administrator", first)
			|| !parse_newcomer(&management, "management", second) || !are_two(&administrator, &management))
		return 2;
	if (init(target, organisation, &administrator, &management, &err) != OK)
		return command_failed("init", &err);
	printf("Organisation %s\n", organisation);
	print_newcomer("Administrator", &administrator);
	print_newcomer("Management", &management);
	puts("Each code sets a password once, within 24 hours, and is not shown again.");
	OPENSSL_cleanse(&administrator, sizeof(administrator));
	OPENSSL_cleanse(&management, sizeof(management));
	return 0;
}

static void print_invitation(const char *json, const char *code)
{
	json_t *who = json_loads(json ? json : "{}", 0, NULL);

	command_say_person(who);
	printf("  code %s\n", code);
	puts("It sets a password once, within 24 hours, and is not shown again.");
	json_decref(who);
}

int command_invite(const struct command_target *target, int argc, char **argv)
{
	char code[CODE_TEXT], digest[DIGEST_TEXT];
	struct command_session s = { 0 };
	struct session_rows *rows = NULL;
	struct error err = { 0 };

	if (argc != 2 || argv[1][0] == '-') {
		fputs("usage: ninetwod invite PERSON (id or e-mail)\n", stderr);
		return 2;
	}
	if (make_code(code, digest, &err) == OK && command_open(&s, target, AS_OPERATOR, false, &err) == OK)
		session_query(s.session, "select operator.invite($1, $2::bytea)", 2, (const char *const[]){ argv[1], digest }, &rows, &err);
	if (err.code == OK)
		print_invitation(rows_get(rows, 0, 0), code);
	rows_free(rows);
	command_close(&s);
	OPENSSL_cleanse(code, sizeof(code));
	return err.code == OK ? 0 : command_failed("invite", &err);
}
