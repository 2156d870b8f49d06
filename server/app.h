/* app.h - the server as a whole: builds every module in order, serves until told to end, frees in reverse. */
#ifndef NINETWO_APP_H
#define NINETWO_APP_H

#include "base/config.h"

/* Serves until SIGTERM or SIGINT; returns the program's exit status. argc and argv are those of the program, kept to
 * read the settings again on SIGHUP; config is the caller's. */
int app_serve(struct config *config, int argc, char *const argv[]);

#endif
