/* prompt.c - the terminal's echo is given back whatever happens in between, a signal included. */
#include "client-cli/prompt.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static bool take_line(FILE *in, char out[PROMPT_SIZE], const char *what, struct failure *f)
{
	size_t n;

	if (!fgets(out, PROMPT_SIZE, in))
		return failure_local(f, "%s was not given.", what);
	n = strlen(out);
	if (n + 1 == PROMPT_SIZE && out[n - 1] != '\n')
		return failure_local(f, "%s is too long.", what);
	while (n > 0 && (out[n - 1] == '\n' || out[n - 1] == '\r'))
		out[--n] = '\0';
	return n > 0 || failure_local(f, "%s is empty.", what);
}

static bool from_file(const char *question, const char *file, char out[PROMPT_SIZE], struct failure *f)
{
	FILE *in = strcmp(file, "-") ? fopen(file, "re") : stdin;
	bool ok;

	if (!in)
		return failure_local(f, "%s: %s.", file, strerror(errno));
	if (in != stdin)
		setvbuf(in, NULL, _IONBF, 0);	/* no second copy of it in memory */
	ok = take_line(in, out, question, f);
	if (in != stdin)
		fclose(in);
	return ok;
}

/* Signals wait until the echo is back. */
static bool from_terminal(FILE *terminal, const char *question, char out[PROMPT_SIZE], struct failure *f)
{
	struct termios before, quiet;
	sigset_t signals, old;
	bool ok;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGTSTP);
	sigaddset(&signals, SIGHUP);
	sigprocmask(SIG_BLOCK, &signals, &old);
	tcgetattr(fileno(terminal), &before);
	quiet = before;
	/* Without ISIG an interrupt is a character, and an empty answer ends the command. */
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	tcsetattr(fileno(terminal), TCSAFLUSH, &quiet);
	fprintf(terminal, "%s: ", question);
	fflush(terminal);
	ok = take_line(terminal, out, question, f);
	fputc('\n', terminal);
	tcsetattr(fileno(terminal), TCSAFLUSH, &before);
	sigprocmask(SIG_SETMASK, &old, NULL);
	if (ok && strchr(out, 3))
		return failure_local(f, "Interrupted.");
	return ok;
}

bool prompt_secret(const char *question, const char *file, char out[PROMPT_SIZE], struct failure *f)
{
	FILE *terminal;
	bool ok;

	if (file)
		return from_file(question, file, out, f);
	terminal = isatty(STDIN_FILENO) ? fopen("/dev/tty", "r+e") : NULL;
	if (!terminal)
		return take_line(stdin, out, question, f);
	setvbuf(terminal, NULL, _IONBF, 0);
	ok = from_terminal(terminal, question, out, f);
	fclose(terminal);
	return ok;
}

bool prompt_line(const char *question, char out[PROMPT_SIZE], struct failure *f)
{
	if (isatty(STDIN_FILENO)) {
		fprintf(stderr, "%s: ", question);
		fflush(stderr);
	}
	return take_line(stdin, out, question, f);
}

void prompt_wipe(char text[PROMPT_SIZE])
{
	OPENSSL_cleanse(text, PROMPT_SIZE);
}
