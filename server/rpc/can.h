/* can.h - the method `can`: would a call be refused, and why. It goes through the same gate as the call would, and then to api.can. */
#ifndef NINETWO_RPC_CAN_H
#define NINETWO_RPC_CAN_H

#include "rpc/rpc.h"

enum error_code can_declare(struct rpc *r, struct error *err);

#endif
