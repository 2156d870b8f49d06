/* requests.h - what the clients ask: a file of lines, each a token, a tab and the text of a JSON-RPC request. Client i uses line i modulo
 * their number; `$uuid` in it becomes a fresh UUID in every request. */
#ifndef TESTS_BENCH_REQUESTS_H
#define TESTS_BENCH_REQUESTS_H

#include <stddef.h>

struct requests { char **tokens, **texts; int count; };

void requests_read(struct requests *r, const char *path);
const char *requests_token(const struct requests *r, int client);
/* Writes the request of a client into out; its length. */
size_t requests_make(const struct requests *r, int client, char *out, size_t size);

#endif
