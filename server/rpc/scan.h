/* scan.h - JSON by its grammar (RFC 8259) alone, without making anything of it: for what is JSON and yet refused, so that it can be answered
 * with its id. Of any depth, in one walk. */
#ifndef NINETWO_RPC_SCAN_H
#define NINETWO_RPC_SCAN_H

#include <stdbool.h>
#include <stddef.h>

struct scan_span { const char *at; size_t length; };	/* borrowed from the text; at is NULL for none */

struct scan_item {
	struct scan_span text;		/* the value */
	struct scan_span id;		/* when it is an object that names an id once: the value of that */
};

/* True: the text is one JSON value. *batch: an array, of which the first `most` are in items and *count says how many there are; else it is
 * items[0] itself. False: it is no JSON, or there is no memory. */
bool scan_requests(const char *text, size_t length, struct scan_item *items, size_t most, size_t *count, bool *batch);

#endif
