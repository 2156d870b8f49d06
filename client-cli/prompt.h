/* prompt.h - asking for what must not be on a command line. */
#ifndef NINETWO_CLIENT_PROMPT_H
#define NINETWO_CLIENT_PROMPT_H

#include "client-cli/failure.h"

enum { PROMPT_SIZE = 1100 };

/* The first line of a file ("-": standard input), or of the terminal without echo when file is NULL (of standard input when there
 * is no terminal). The line's end is dropped. */
bool prompt_secret(const char *question, const char *file, char out[PROMPT_SIZE], struct failure *f);
/* The same with echo, from the terminal or standard input. */
bool prompt_line(const char *question, char out[PROMPT_SIZE], struct failure *f);
void prompt_wipe(char text[PROMPT_SIZE]);

#endif
