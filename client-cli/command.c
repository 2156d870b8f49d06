/* command.c - the table of commands, and reading the words of those that are not made from the document. */
#include "client-cli/command.h"

#include <string.h>

const struct command commands[] = {
	{ "login", "[EMAIL] [--password-file FILE|-] [--as NAME] [--server URL]", "sign in, and keep the sign-in on this machine",
	  "ninetwo login ann@example.org --server wss://audit.example.org\nninetwo login ann@example.org --as ann --password-file ann.txt\n",
	  command_login },
	{ "logout", "", "end the session and forget it", NULL, command_logout },
	{ "set-password", "[--code CODE] [--password-file FILE|-]", "set your password with the one-time code you were sent",
	  "ninetwo set-password --server wss://audit.example.org\n", command_set_password },
	{ "whoami", "", "who is signed in, where, and with which roles", NULL, command_whoami },
	{ "watch", "[--after POSITION] [--new] [--kind PREFIX] [--read] [--count N] [--until KIND] [--timeout SECONDS]"
	  " [--audit ID [--part ID] [--check ID]]",
	  "what happens, as it happens, going on where the last watch ended; with --audit, others there see that you are",
	  "ninetwo watch\nninetwo watch --kind finding. --read\nninetwo watch --until finding.issued --timeout 60\n", command_watch },
	{ "evidence put", "FILE [--resume] [--limit-rate BYTES] [--PARAMETER VALUE …]", "upload a file; an interrupted upload goes on with --resume",
	  "ninetwo evidence put restore-log.pdf --title 'Restore test'\nninetwo evidence put restore-log.pdf --resume\n", command_evidence },
	{ "evidence get", "ID [--output FILE|- [--resume]]", "show evidence; with --output download its file and check the SHA-256",
	  "ninetwo evidence get 'Restore test'\nninetwo evidence get 'Restore test' --output restore-log.pdf\n", command_evidence },
	{ "call", "METHOD [JSON|@FILE] [--raw] | --batch FILE|- [--keep-going]", "call any method; names and relative dates are filled in as everywhere",
	  "ninetwo call finding.issue '{\"id\": \"IA-2026-01-F-03\"}'\nninetwo call --batch organisation.jsonl\n", command_call },
	{ "can", "NOUN VERB …", "whether a command would be refused, and why; changes nothing",
	  "ninetwo can finding issue IA-2026-01-F-03\n", command_can },
	{ "may", "NOUN RECORD …", "which verbs you could use now on a record, and why not the others",
	  "ninetwo may finding IA-2026-01-F-03\nninetwo may audit IA-2026-01 IA-2026-02\n", command_may },
	{ "completion", "bash", "print a script that completes commands in bash", "source <(ninetwo completion bash)\n", command_completion },
	{ "help", "[NOUN [VERB]]", "explain a command", "ninetwo help finding issue\n", command_help },
	{ "version", "", "of this program and of the server's description", NULL, command_version },
	{ "complete", NULL, NULL, NULL, command_complete },
	{ 0 },
};

const struct command *command_find(const char *name)
{
	for (const struct command *command = commands; command->name; command++)
		if (!strcmp(command->name, name))
			return command;
	return NULL;
}

const char *command_text(const json_t *object, const char *member)
{
	const char *text = json_string_value(json_object_get(object, member));

	return text ? text : "";
}

/* True when the word at the cursor is one of the command's own options. */
static bool take_own(struct words *w, const struct own_option *own, bool *taken, struct failure *f)
{
	const char *attached;

	*taken = false;
	for (; own && own->name; own++) {
		if (!option_is(w->list[w->next], own->name, &attached))
			continue;
		*taken = true;
		if (own->text)
			return (*own->text = option_value(w, attached, f)) != NULL;
		if (attached)
			return failure_usage(f, "--%s takes no value.", own->name);
		*own->flag = true;
		w->next++;
		return true;
	}
	return true;
}

bool command_words(struct client *c, struct words *w, const struct own_option *own, const char **plain, int most, struct failure *f)
{
	int count = 0;
	bool taken;

	while (w->next < w->count) {
		const char *word = w->list[w->next];

		if (!take_own(w, own, &taken, f))
			return false;
		if (taken)
			continue;
		if (word[0] == '-' && word[1]) {
			if (!options_take(&c->options, w, f))
				return f->kind != FAILURE_NONE ? false : failure_usage(f, "There is no option %s here.", word);
			continue;
		}
		if (count == most)
			return failure_usage(f, "'%s' is one word too many.", word);
		plain[count++] = word;
		w->next++;
	}
	return true;
}
