/* main.c - `ninetwo`: which command, and the exit status that says how it went. */
#include "client-cli/client.h"
#include "client-cli/command.h"
#include "client-cli/refusal.h"
#include "client-cli/terminal_text.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Whose sign-in and which server must be known before anything else is read, wherever they stand. */
static bool take_sign_in(struct options *o, int argc, char **argv, struct failure *f)
{
	static const char *const early[] = { "as", "token-file", "server", "ca" };
	const char *attached;

	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++)
		for (size_t k = 0; k < sizeof early / sizeof *early; k++) {
			struct words w = { argc, argv, i };

			if (option_is(argv[i], early[k], &attached) && !options_take(o, &w, f))
				return false;
		}
	return true;
}

static bool take_leading_options(struct options *o, struct words *w, struct failure *f)
{
	while (w->next < w->count && w->list[w->next][0] == '-') {
		if (!strcmp(w->list[w->next], "--version")) {
			w->list[w->next] = (char *)"version";
			return true;
		}
		if (!options_take(o, w, f))
			return f->kind != FAILURE_NONE ? false : failure_usage(f, "There is no option %s.", w->list[w->next]);
	}
	return true;
}

/* A command of one word or of two ("evidence put"), else a method. */
static bool dispatch(struct client *c, struct words *w, struct failure *f)
{
	const struct command *command;
	char two[128];

	if (w->next >= w->count)
		return command_help(c, w, f);
	command = command_find(w->list[w->next]);
	if (!command && w->next + 1 < w->count) {
		snprintf(two, sizeof two, "%s %s", w->list[w->next], w->list[w->next + 1]);
		command = command_find(two);
		w->next += command ? 1 : 0;
	}
	if (!command)
		return command_method(c, w, f);
	w->next++;
	if (command->doc && w->next < w->count && (!strcmp(w->list[w->next], "--help") || !strcmp(w->list[w->next], "-h"))) {
		help_command(stdout, command);
		return true;
	}
	return command->run(c, w, f);
}

int main(int argc, char **argv)
{
	struct words words = { argc, argv, 1 };
	struct failure f = { 0 };
	struct options options;
	struct client client = { 0 };
	const char *noun = NULL;
	int status;

	signal(SIGPIPE, SIG_IGN);
	options_start(&options);
	if (take_sign_in(&options, argc, argv, &f) && take_leading_options(&options, &words, &f) && client_start(&client, &options, &f)) {
		noun = words.next < argc ? argv[words.next] : NULL;
		dispatch(&client, &words, &f);
	}
	/* Who reads the output and has seen enough (`| head`) is no failure. */
	if (fflush(stdout) == EOF && errno != EPIPE && f.kind == FAILURE_NONE)
		failure_local(&f, "The output cannot be written.");
	/* What a rule says is in the description, which not every command has asked for. */
	if (f.kind == FAILURE_REFUSED)
		client_document_cached(&client, &(struct failure){ 0 });
	if (client.options.format == FORMAT_JSON)
		refusal_print_json(stderr, &f);
	else
		refusal_print(stderr, &f, terminal_width(client.options.width), &client.document, noun);
	status = failure_exit_status(&f);
	failure_clear(&f);
	client_clear(&client);
	return status;
}
