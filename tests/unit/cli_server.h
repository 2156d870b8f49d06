/* cli_server.h - a server of the tests' own: a thread on loopback that shakes hands and answers each request as the test says. */
#ifndef TESTS_UNIT_CLI_SERVER_H
#define TESTS_UNIT_CLI_SERVER_H

#include <jansson.h>
#include <stdbool.h>

struct cli_server;

/* Called on the server's thread for each request. The text it returns (malloc'd; several messages may be joined by '\n') is sent; NULL
 * sends nothing; "" closes the connection without a word. `connection` counts from 1. */
typedef char *(*cli_answer_fn)(void *arg, int connection, json_t *request);

struct cli_server *cli_server_start(cli_answer_fn answer, void *arg);
void cli_server_stop(struct cli_server *s);
const char *cli_server_address(const struct cli_server *s);	/* "127.0.0.1:PORT" */

/* {"jsonrpc":"2.0","id":…,"result":…}: takes result. */
char *cli_result(const json_t *request, json_t *result);
char *cli_refusal(const json_t *request, int code, const char *message, json_t *data);

/* A document of the shape that the server makes: nouns finding, audit, person, function, action and events. */
json_t *cli_document(void);

#endif
