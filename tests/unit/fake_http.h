/* fake_http.h - net/http.h without a network: one request at a time, whose answer is kept for the test to read. Included by the one file of
 * a test program. */
#ifndef NINETWO_FAKE_HTTP_H
#define NINETWO_FAKE_HTTP_H

#include "net/http.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct http_request {
	uint64_t id;
	bool open;			/* not answered yet */
	bool accepted, paused, aborted, headed, ended;
	int pauses;
	int status;
	char body[2048];
	char cookie[128];
	bool cookie_taken;
	unsigned int retry;
	struct http_head head;
	char *bytes;			/* the pieces */
	size_t length;
	void *user;
};

struct server {
	struct http_request request;
	uint64_t next;
};

/* A fresh request. */
__attribute__((unused)) static struct http_request *fake_http(struct server *s)
{
	free(s->request.bytes);
	s->request = (struct http_request){ .open = true, .id = ++s->next };
	return &s->request;
}

struct http_request *http_find(struct server *s, uint64_t id)
{
	return (s->request.open || s->request.headed) && s->request.id == id ? &s->request : NULL;
}

uint64_t http_id(const struct http_request *r)
{
	return r->id;
}

const char *http_address(const struct http_request *r)
{
	(void)r;
	return "fe80::1%eth0";
}

const char *http_agent(const struct http_request *r)
{
	(void)r;
	return "browser";
}

void http_set_user(struct http_request *r, void *user)
{
	r->user = user;
}

void *http_user(const struct http_request *r)
{
	return r->user;
}

void http_answer(struct http_request *r, int status, const char *json, size_t length)
{
	assert(r->open);
	r->open = false;
	r->status = status;
	snprintf(r->body, sizeof r->body, "%.*s", (int)length, json ? json : "");
}

void http_cookie(struct http_request *r, const char *token, long max_age)
{
	(void)max_age;
	r->cookie_taken = !token;
	snprintf(r->cookie, sizeof r->cookie, "%s", token ? token : "");
}

void http_retry_after(struct http_request *r, unsigned int seconds)
{
	r->retry = seconds;
}

void http_accept(struct http_request *r)
{
	r->accepted = true;
}

void http_pause(struct http_request *r, bool paused)
{
	r->paused = paused;
	r->pauses += paused;
}

void http_head(struct http_request *r, const struct http_head *head)
{
	assert(r->open);
	r->open = false;
	r->headed = true;
	r->status = head->status;
	r->head = *head;
	snprintf(r->body, sizeof r->body, "%s|%s|%s", head->type, head->filename ? head->filename : "", head->etag ? head->etag : "");
}

void http_piece(struct http_request *r, const void *bytes, size_t length)
{
	assert(r->headed && length > 0);
	r->bytes = realloc(r->bytes, r->length + length);
	assert(r->bytes);
	memcpy(r->bytes + r->length, bytes, length);
	r->length += length;
}

void http_end(struct http_request *r)
{
	assert(r->headed && r->head.length == HTTP_UNENDED && !r->ended);
	r->ended = true;
}

void http_abort(struct http_request *r)
{
	assert(r->headed);
	r->aborted = true;
}

#endif
