/* cli_run.h - `ninetwo` as it is typed, within the test's own process: its main, what it prints, and a folder for what it keeps. */
#ifndef TESTS_UNIT_CLI_RUN_H
#define TESTS_UNIT_CLI_RUN_H

enum { CLI_PRINTED_MAX = 64 * 1024 };

/* What the last run printed; each NUL as \1. */
extern char cli_out[CLI_PRINTED_MAX], cli_err[CLI_PRINTED_MAX];

/* The exit status. words end with NULL; the name of the program is not among them. */
int cli_run(const char *const *words);
#define CLI_RUN(...) cli_run((const char *const[]){ __VA_ARGS__, NULL })

/* Fail the test where the text does not hold it, or does. */
void cli_said(const char *where, const char *what);
void cli_not_said(const char *where, const char *what);

/* A new folder, which NINETWO_HOME names; the environment's other settings of the client are removed. */
void cli_home_make(char home[64]);
void cli_home_remove(const char *home);

/* Writes a file below the folder with that mode; its path stays valid until the next call. */
const char *cli_home_file(const char *home, const char *name, const char *text, unsigned mode);

#endif
