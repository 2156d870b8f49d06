/* child.h - runs another program and waits for it. For commands and the private cluster; never from the loop. */
#ifndef NINETWO_DB_CHILD_H
#define NINETWO_DB_CHILD_H

#include "base/buffer.h"
#include "base/error.h"

/* Runs argv[0] (a path, or a name looked up in /usr/bin and the like) in `folder` with a small environment of its own and nothing on
 * standard input; what it prints goes to `output` (up to its maximum; the rest is dropped). Anything but exit status 0 is E_INTERNAL
 * with the last line printed, kept or dropped, in the sentence. */
enum error_code child_run(const char *const argv[], const char *folder, struct buffer *output, struct error *err);
/* The same, for its exit status alone: -1 when it could not be run. */
int child_status(const char *const argv[], const char *folder, struct buffer *output);

#endif
