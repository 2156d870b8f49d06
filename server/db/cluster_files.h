/* cluster_files.h - the files and folders of the private cluster: settings, who may become whom, the socket, the programs.
 * Private to cluster.c. */
#ifndef NINETWO_DB_CLUSTER_FILES_H
#define NINETWO_DB_CLUSTER_FILES_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum { CLUSTER_SOCKET_MAX = 108 - 16 };	/* sockaddr_un, less "/.s.PGSQL.5432" and its NUL */

/* Makes pgdata (below data) read ninetwo.conf and local.conf after its own settings. Once, at birth. */
enum error_code cluster_files_include(const char *data, const char *pgdata, struct error *err);
/* Writes pg/ninetwo.conf, pg/pg_hba.conf and pg/pg_ident.conf anew. */
enum error_code cluster_files_write(const char *data, const char *socket, bool brittle, struct error *err);
/* A 0700 folder for the socket: data/socket, or a new short one elsewhere. */
enum error_code cluster_socket_folder(const char *data, char out[CLUSTER_SOCKET_MAX], struct error *err);
/* Removes the folder elsewhere that pg/ninetwo.conf names, if there is one: of a cluster that does not run. */
void cluster_socket_remove(const char *data);
void cluster_conninfo_write(char *out, size_t size, const char *folder, const char *port);
/* Folder of the programs that fit the data, or the given one. Caller frees; NULL and err when there is none. */
char *cluster_binaries(const char *data, const char *given, struct error *err);

#endif
