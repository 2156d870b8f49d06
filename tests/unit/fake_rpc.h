/* fake_rpc.h - what rpc/rpc.h offers to methods in C, without a wire: the test makes the calls and reads the answers. Included by the one
 * file of a test program. */
#ifndef NINETWO_FAKE_RPC_H
#define NINETWO_FAKE_RPC_H

#include "rpc/rpc.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FAKE_METHODS_MAX = 16 };

struct rpc {
	struct { char name[64]; method_run_fn run; void *arg; } methods[FAKE_METHODS_MAX];
	int count, events, reloads;
	void (*closed)(void *arg, uint64_t peer);
	void *closed_arg;
	char roles_changed[UUID_TEXT], session_ended[UUID_TEXT];
	char end_reason[16];
};

struct call {
	uint64_t peer;
	unsigned char token[TOKEN_SIZE];
	char person[UUID_TEXT], organisation[UUID_TEXT];
	json_t *params;
	int answered;
	json_t *answer;		/* NULL: refused */
	enum error_code code;
};

enum error_code rpc_declare(struct rpc *r, const char *declaration, method_run_fn run, void *arg, struct error *err)
{
	json_t *d = json_loads(declaration, JSON_REJECT_DUPLICATES, NULL);

	(void)err;
	assert(d && r->count < FAKE_METHODS_MAX);
	snprintf(r->methods[r->count].name, sizeof r->methods[0].name, "%s", json_string_value(json_object_get(d, "name")));
	r->methods[r->count].run = run;
	r->methods[r->count++].arg = arg;
	json_decref(d);
	return OK;
}

enum error_code rpc_declare_event(struct rpc *r, const char *declaration, struct error *err)
{
	json_t *d = json_loads(declaration, JSON_REJECT_DUPLICATES, NULL);

	(void)err;
	assert(d);
	r->events++;
	json_decref(d);
	return OK;
}

void rpc_on_closed(struct rpc *r, void (*closed)(void *arg, uint64_t peer), void *arg)
{
	r->closed = closed;
	r->closed_arg = arg;
}

void rpc_reload(struct rpc *r)
{
	r->reloads++;
}

void rpc_roles_changed(struct rpc *r, const char *person)
{
	snprintf(r->roles_changed, sizeof r->roles_changed, "%s", person);
}

void rpc_session_ended(struct rpc *r, const char *session, const char *reason)
{
	snprintf(r->end_reason, sizeof r->end_reason, "%s", reason ? reason : "");
	snprintf(r->session_ended, sizeof r->session_ended, "%s", session);
}

void call_answer_json(struct call *c, json_t *value)
{
	c->answered++;
	c->answer = value;
	c->code = value ? OK : E_INTERNAL;
}

void call_refuse(struct call *c, struct error *err)
{
	c->answered++;
	c->code = err->code;
	error_clear(err);
}

uint64_t call_peer(const struct call *c)
{
	return c->peer;
}

const unsigned char *call_token(const struct call *c)
{
	return c->token;
}

const char *call_person(const struct call *c)
{
	return c->person;
}

const char *call_organisation(const struct call *c)
{
	return c->organisation;
}

/* Makes a call; params (taken) may be NULL. The call is the test's to clear. */
static void fake_call(struct rpc *r, const char *method, struct call *c, json_t *params)
{
	c->params = params ? params : json_object();
	c->answered = 0;
	c->answer = NULL;
	for (int i = 0; i < r->count; i++)
		if (strcmp(r->methods[i].name, method) == 0) {
			r->methods[i].run(r->methods[i].arg, c, c->params);
			return;
		}
	assert(false && "no such method");
}

static void fake_call_clear(struct call *c)
{
	json_decref(c->params);
	json_decref(c->answer);
	c->params = c->answer = NULL;
}

#endif
