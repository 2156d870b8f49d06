/* config.h - the one table of settings. A row is read from the file given by --config (key = value), then from the environment
 * (NINETWO_KEY), then from flags (--key); the later wins. Secrets are read from a file of their own, never from any of these.
 *
 * Adding a setting is adding a row. Row: type, name, default, least, most, where it may stand, whether SIGHUP applies it, one line of help. */
#ifndef NINETWO_BASE_CONFIG_H
#define NINETWO_BASE_CONFIG_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdio.h>

enum config_where { IN_FILE = 1, IN_ENVIRONMENT = 2, IN_FLAG = 4, ANYWHERE = 7, NOT_IN_FILE = 6 };
enum config_reload { AT_START, ON_HANGUP };

#define CONFIG_TABLE(ROW) \
	ROW(TEXT, config, NULL, 0, 0, NOT_IN_FILE, AT_START, "file with settings, one `key = value` a line") \
	ROW(TEXT, listen, "127.0.0.1:9200", 0, 0, ANYWHERE, AT_START, "addresses to listen on, separated by commas; [::1]:9200, :9200") \
	ROW(TEXT, status_listen, "127.0.0.1:9201", 0, 0, ANYWHERE, AT_START, "where /readyz and /metrics are; keep it private") \
	ROW(TEXT, origin, "", 0, 0, ANYWHERE, AT_START, "origins that browsers use, such as https://audit.example.org, separated by commas") \
	ROW(TEXT, tls_certificate, NULL, 0, 0, ANYWHERE, AT_START, "PEM file of the certificate and its chain; read again on SIGHUP") \
	ROW(TEXT, tls_key, NULL, 0, 0, ANYWHERE, AT_START, "PEM file of the certificate's key; read again on SIGHUP") \
	ROW(TEXT, behind_proxy, NULL, 0, 0, ANYWHERE, AT_START, "address of the proxy that ends TLS before this server") \
	ROW(TEXT, web, NULL, 0, 0, ANYWHERE, AT_START, "folder of the browser client") \
	ROW(TEXT, data, NULL, 0, 0, ANYWHERE, AT_START, "folder of the private PostgreSQL cluster; without it and --database, the usual one") \
	ROW(TEXT, database, NULL, 0, 0, ANYWHERE, AT_START, "conninfo of any other PostgreSQL, without user and password") \
	ROW(SECRET, database_password, NULL, 0, 0, ANYWHERE, AT_START, "password of the login roles at --database") \
	ROW(TEXT, user, NULL, 0, 0, ANYWHERE, AT_START, "whom root becomes") \
	ROW(TEXT, sql, NULL, 0, 0, ANYWHERE, AT_START, "folder of the SQL in place of what is built in") \
	ROW(NUMBER, writers, 8, 1, 64, ANYWHERE, AT_START, "database connections for what changes something") \
	ROW(NUMBER, readers, 4, 1, 64, ANYWHERE, AT_START, "database connections for what only reads") \
	ROW(NUMBER, queue, 4096, 16, 100000, ANYWHERE, AT_START, "requests that may wait for the database; beyond it: not now") \
	ROW(NUMBER, pipeline, 16, 1, 256, ANYWHERE, AT_START, "requests under way at once on one database connection") \
	ROW(NUMBER, workers, 2, 1, 32, ANYWHERE, AT_START, "threads that hash passwords and files") \
	ROW(NUMBER, connections, 12000, 16, 1000000, ANYWHERE, AT_START, "clients connected at once") \
	ROW(NUMBER, connections_per_address, 1000, 1, 1000000, ANYWHERE, AT_START, "the same, from one address (IPv6: one /64)") \
	ROW(NUMBER, calls_per_second, 500, 1, 1000000, ANYWHERE, AT_START, "calls of one connection before it is slowed") \
	ROW(TEXT, delivery_command, NULL, 0, 0, IN_FILE, AT_START, "program and its arguments, an absolute path first, that delivers one-time codes: gets who and the code as lines on standard input") \
	ROW(NUMBER, grace, 10, 0, 600, ANYWHERE, AT_START, "seconds for what is under way when the server is told to end") \
	ROW(TEXT, log_level, "info", 0, 0, ANYWHERE, ON_HANGUP, "debug, info, warn or error")

#define CONFIG_MEMBER_TEXT char *
#define CONFIG_MEMBER_SECRET char *
#define CONFIG_MEMBER_NUMBER long
#define CONFIG_MEMBER(type, name, ...) CONFIG_MEMBER_##type name;

struct config {
	CONFIG_TABLE(CONFIG_MEMBER)	/* texts are owned; NULL: not set */
};

/* Fills c. Flags that stand in the table are taken out of argv (and *argc), the rest stays for the command. Every problem is one line in
 * `problems`; false when there is one. c is to be cleared in either case. */
bool config_load(struct config *c, int *argc, char **argv, struct buffer *problems);
void config_clear(struct config *c);		/* wipes the secrets */

/* Moves what differs and may be changed while running from `fresh` into c. Says of each difference whether it was applied. */
void config_apply(struct config *c, struct config *fresh, void (*differs)(const char *name, bool applied));

void config_help(FILE *out);			/* the table as help */
void config_print(const struct config *c, FILE *out);	/* as a file that would give the same; secrets are not shown */

#endif
