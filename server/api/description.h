/* description.h - what the server says of itself, as a file over HTTP: GET /openrpc.json. It is the text that
 * rpc.discover answers. */
#ifndef NINETWO_API_DESCRIPTION_H
#define NINETWO_API_DESCRIPTION_H

#include "net/http.h"

struct rpc;

struct http_document_handler description_http(struct rpc *r);	/* borrowed */

#endif
