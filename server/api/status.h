/* status.h - how the server is: /readyz and /metrics. */
#ifndef NINETWO_API_STATUS_H
#define NINETWO_API_STATUS_H

#include "net/http.h"

struct db;
struct rpc;
struct live;
struct worker;
struct server;

struct status {			/* all borrowed; set before the first request comes */
	struct db *db;
	struct rpc *rpc;
	struct live *live;
	struct worker *worker;
	struct server *server;
};

struct http_status_handler status_handler(struct status *s);

#endif
