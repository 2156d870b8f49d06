/* description.h - what the server says of itself (rpc.discover), and whether it keeps to it. */
#ifndef TESTS_SYSTEM_DESCRIPTION_H
#define TESTS_SYSTEM_DESCRIPTION_H

#include "client-cli/connection.h"

#include <jansson.h>
#include <stdbool.h>

/* Fetched once for each test program, by the first connection that comes. */
void description_learn(struct connection *c);
bool description_takes(const char *method, const char *parameter);
/* Fails the test when the result of a method, or an event, does not fit its schema. */
void description_check(const char *method, const json_t *result);
/* The same for threads, where nothing can fail a test: false, and why. */
bool description_fits(const char *method, const json_t *result, char *why, size_t size);
void description_check_event(const json_t *params);
/* The OpenRPC document; borrowed. */
const json_t *description_document(void);

#endif
