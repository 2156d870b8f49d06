/* cli_run.c - see cli_run.h. */
int ninetwo_main(int argc, char **argv);

#define main ninetwo_main
#include "client-cli/main.c"
#undef main

#include "tests/unit/cli_run.h"

#include <assert.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { WORDS_MAX = 32 };

char cli_out[CLI_PRINTED_MAX], cli_err[CLI_PRINTED_MAX];

struct taken { int number, kept; FILE *file; };

/* The descriptor, not the stream: whatever writes to it is seen. */
static struct taken take(FILE *stream)
{
	struct taken t = { fileno(stream), dup(fileno(stream)), tmpfile() };

	assert(t.kept >= 0 && t.file);
	fflush(stream);
	dup2(fileno(t.file), t.number);
	return t;
}

static void give_back(struct taken *t, FILE *stream, char *printed)
{
	size_t n;

	fflush(stream);
	dup2(t->kept, t->number);
	close(t->kept);
	rewind(t->file);
	n = fread(printed, 1, CLI_PRINTED_MAX - 1, t->file);
	printed[n] = '\0';
	while (n-- > 0)
		if (!printed[n])
			printed[n] = '\1';	/* or what comes after it would count as not printed */
	fclose(t->file);
}

int cli_run(const char *const *words)
{
	char *list[WORDS_MAX] = { (char *)(uintptr_t)"ninetwo" };
	struct taken out = take(stdout), err = take(stderr);
	int count = 1, status;

	for (; *words; words++) {
		assert(count + 1 < WORDS_MAX);
		list[count++] = (char *)(uintptr_t)*words;
	}
	status = ninetwo_main(count, list);
	give_back(&out, stdout, cli_out);
	give_back(&err, stderr, cli_err);
	return status;
}

void cli_home_make(char home[64])
{
	static const char *const settings[] = { "NINETWO_AS", "NINETWO_TOKEN_FILE", "NINETWO_SERVER", "NINETWO_CA" };
	const char *made = mkdtemp(strcpy(home, "/tmp/cli-test-XXXXXX"));

	assert(made);
	(void)made;
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
		unsetenv(settings[i]);
	setenv("NINETWO_HOME", home, 1);
}

void cli_home_remove(const char *home)
{
	char command[128];
	int status;

	snprintf(command, sizeof command, "rm -rf '%s'", home);
	status = system(command);
	assert(status == 0);
	(void)status;
}

const char *cli_home_file(const char *home, const char *name, const char *text, unsigned mode)
{
	static char path[256];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", home, name);
	file = fopen(path, "w");
	assert(file);
	fputs(text, file);
	fclose(file);
	chmod(path, mode);
	return path;
}

void cli_said(const char *where, const char *what)
{
	if (!strstr(where, what))
		fail_msg("'%s' is not in: %s", what, where);
}

void cli_not_said(const char *where, const char *what)
{
	if (strstr(where, what))
		fail_msg("'%s' is in: %s", what, where);
}
