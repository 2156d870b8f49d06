/* prompt.c - the terminal's echo is given back whatever happens in between, a signal included. */
#include "client-cli/prompt.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Takes the line's end off what was read, and judges the rest. */
static bool judge_line(char out[PROMPT_SIZE], const char *what, struct failure *f)
{
	size_t n = strlen(out);

	if (n == 0)
		return failure_local(f, "%s was not given.", what);
	if (n + 1 == PROMPT_SIZE && out[n - 1] != '\n')
		return failure_local(f, "%s is too long.", what);
	while (n > 0 && (out[n - 1] == '\n' || out[n - 1] == '\r'))
		out[--n] = '\0';
	return n > 0 || failure_local(f, "%s is empty.", what);
}

static bool prompt_read_line(FILE *in, char out[PROMPT_SIZE], const char *what, struct failure *f)
{
	if (!fgets(out, PROMPT_SIZE, in))
		*out = '\0';
	return judge_line(out, what, f);
}

static bool secret_from_file(const char *question, const char *file, char out[PROMPT_SIZE], struct failure *f)
{
	FILE *in = strcmp(file, "-") ? fopen(file, "re") : stdin;
	bool ok;

	if (!in)
		return failure_local(f, "%s: %s.", file, strerror(errno));
	if (in != stdin)
		setvbuf(in, NULL, _IONBF, 0);	/* no second copy of it in memory */
	ok = prompt_read_line(in, out, question, f);
	if (in != stdin)
		fclose(in);
	return ok;
}

/* Reads a line of the terminal, which Enter ends, or what interrupts; it is empty at the end of the input. */
static void read_typed(int fd, cc_t interrupt, char out[PROMPT_SIZE])
{
	size_t filled = 0;
	ssize_t n;

	while (filled + 1 < PROMPT_SIZE && (filled == 0 || (out[filled - 1] != '\n' && out[filled - 1] != (char)interrupt))) {
		n = read(fd, out + filled, PROMPT_SIZE - 1 - filled);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		filled += (size_t)n;
	}
	out[filled] = '\0';
}

/* Signals wait until the echo is back. */
static bool secret_from_terminal(FILE *terminal, const char *question, char out[PROMPT_SIZE], struct failure *f)
{
	struct termios before, quiet;
	sigset_t signals, old;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGTSTP);
	sigaddset(&signals, SIGHUP);
	sigprocmask(SIG_BLOCK, &signals, &old);
	tcgetattr(fileno(terminal), &before);
	quiet = before;
	/* Without ISIG an interrupt is a character, and it ends the line as Enter does. */
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	quiet.c_cc[VEOL] = before.c_cc[VINTR];
	tcsetattr(fileno(terminal), TCSAFLUSH, &quiet);
	fprintf(terminal, "%s: ", question);
	fflush(terminal);
	read_typed(fileno(terminal), before.c_cc[VINTR], out);
	fputc('\n', terminal);
	fflush(terminal);
	tcsetattr(fileno(terminal), TCSAFLUSH, &before);
	sigprocmask(SIG_SETMASK, &old, NULL);
	if (before.c_cc[VINTR] && strchr(out, before.c_cc[VINTR]))
		return failure_local(f, "Interrupted.");
	return judge_line(out, question, f);
}

bool prompt_secret(const char *question, const char *file, char out[PROMPT_SIZE], struct failure *f)
{
	FILE *terminal;
	bool ok;

	if (file)
		return secret_from_file(question, file, out, f);
	terminal = isatty(STDIN_FILENO) ? fopen("/dev/tty", "r+e") : NULL;
	if (!terminal)
		return prompt_read_line(stdin, out, question, f);
	setvbuf(terminal, NULL, _IONBF, 0);
	ok = secret_from_terminal(terminal, question, out, f);
	fclose(terminal);
	return ok;
}

bool prompt_line(const char *question, char out[PROMPT_SIZE], struct failure *f)
{
	if (isatty(STDIN_FILENO)) {
		fprintf(stderr, "%s: ", question);
		fflush(stderr);
	}
	return prompt_read_line(stdin, out, question, f);
}

void prompt_wipe(char text[PROMPT_SIZE])
{
	OPENSSL_cleanse(text, PROMPT_SIZE);
}
