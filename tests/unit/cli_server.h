/* cli_server.h - a server of the tests' own on loopback, that shakes hands and answers each request as the test says. */
#ifndef TESTS_UNIT_CLI_SERVER_H
#define TESTS_UNIT_CLI_SERVER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct cli_server;

/* Called for each request, on its connection's thread. The text it returns (malloc'd; several messages may be joined by '\n') is sent; NULL
 * sends nothing; "" closes the connection without a word. `connection` counts from 1. */
typedef char *(*cli_answer_fn)(void *arg, int connection, json_t *request);

/* Called on a connection's own thread for whatever is not the upgrade to WebSocket: its head, and in `filled` bytes what was read of it
 * already and of what follows it. The connection is shut when it returns. */
typedef void (*cli_http_fn)(void *arg, int connection, int fd, const char *head, size_t filled);

/* answer NULL: every request goes to the function of cli_server_http, the upgrade too. */
struct cli_server *cli_server_start(cli_answer_fn answer, void *arg);
void cli_server_http(struct cli_server *s, cli_http_fn http);
void cli_server_stop(struct cli_server *s);
const char *cli_server_address(const struct cli_server *s);	/* "127.0.0.1:PORT" */
int cli_server_connections(const struct cli_server *s);		/* how many there were */
const char *cli_server_head(const struct cli_server *s, int connection);	/* what the client asked, once it was answered */

/* {"jsonrpc":"2.0","id":…,"result":…}: takes result. */
char *cli_result(const json_t *request, json_t *result);
char *cli_refusal(const json_t *request, int code, const char *message, json_t *data);

/* A document of the shape that the server makes. */
json_t *cli_document(void);

#endif
