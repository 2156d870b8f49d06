/* cli_server.c - see cli_server.h. A thread a connection; a descriptor is closed only when the server stops, so that no number is used twice. */
#include "tests/unit/cli_server.h"

#include "client-cli/deadline.h"
#include "client-cli/websocket.h"

#include <arpa/inet.h>
#include <assert.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD_MAX = 4096, MESSAGE_MAX = 1 << 20, CONNECTIONS_MAX = 64 };

struct served {
	struct cli_server *server;
	int fd, number;
	pthread_t thread;
	char head[HEAD_MAX + 1];	/* and what came with it */
	size_t filled;
};

struct cli_server {
	cli_answer_fn answer;
	cli_http_fn http;
	void *arg;
	int listener;
	atomic_bool stopping;
	pthread_t thread;
	struct served served[CONNECTIONS_MAX];
	atomic_int count;
	char address[32];
};

static bool read_head(struct served *c)
{
	while (!strstr(c->head, "\r\n\r\n")) {
		ssize_t n = recv(c->fd, c->head + c->filled, HEAD_MAX - c->filled, 0);

		if (n <= 0)
			return false;
		c->filled += (size_t)n;
	}
	return true;
}

static bool shake_hands(const char *head, int fd)
{
	char key[64], text[128], accept[32];
	unsigned char digest[SHA_DIGEST_LENGTH];
	const char *at = strcasestr(head, "sec-websocket-key: ");

	if (!at || sscanf(at + 19, "%60s", key) != 1)
		return false;
	snprintf(text, sizeof text, "%s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key);
	SHA1((const unsigned char *)text, strlen(text), digest);
	EVP_EncodeBlock((unsigned char *)accept, digest, sizeof digest);
	return dprintf(fd, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n"
		       "Sec-WebSocket-Protocol: ninetwo.v1\r\n\r\n", accept) > 0;
}

static bool read_exactly(int fd, void *out, size_t count)
{
	return count == 0 || recv(fd, out, count, MSG_WAITALL) == (ssize_t)count;
}

/* One frame of a client: masked, whole. To be freed; NULL: it left. */
static char *read_text(int fd)
{
	unsigned char head[14];
	struct frame_header h;
	size_t have = 2;
	char *text;
	int parsed;

	if (!read_exactly(fd, head, 2))
		return NULL;
	while ((parsed = frame_parse(&h, head, have)) == 0)
		if (!read_exactly(fd, head + have++, 1))
			return NULL;
	if (parsed < 0 || h.opcode != WEBSOCKET_TEXT || h.length > MESSAGE_MAX)
		return NULL;
	text = calloc(1, h.length + 1);
	if (!text || !read_exactly(fd, text, h.length)) {
		free(text);
		return NULL;
	}
	for (size_t i = 0; i < h.length; i++)
		text[i] = (char)(text[i] ^ h.mask[i & 3]);
	return text;
}

static void write_text(int fd, const char *text, size_t length)
{
	struct frame_header h = { .fin = true, .opcode = WEBSOCKET_TEXT, .length = length };
	unsigned char head[14];
	size_t n = frame_write(&h, head);

	send(fd, head, n, MSG_NOSIGNAL | MSG_MORE);
	send(fd, text, length, MSG_NOSIGNAL);
}

static void write_lines(int fd, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");

		write_text(fd, text, n);
		text += n + (text[n] == '\n');
	}
}

static void answer_calls(const struct served *c)
{
	char *text, *answer = NULL;

	while ((text = read_text(c->fd))) {
		json_t *request = json_loads(text, 0, NULL);

		free(text);
		answer = c->server->answer(c->server->arg, c->number, request);
		json_decref(request);
		if (answer)
			write_lines(c->fd, answer);
		if (answer && !*answer)
			break;
		free(answer);
		answer = NULL;
	}
	free(answer);
}

static void *serve(void *arg)
{
	struct served *c = arg;
	cli_http_fn http = c->server->http;

	if (read_head(c)) {
		if (!strncmp(c->head, "GET /ws ", 8) && c->server->answer) {
			if (shake_hands(c->head, c->fd))
				answer_calls(c);
		} else if (http) {
			http(c->server->arg, c->number, c->fd, c->head, c->filled);
		}
	}
	shutdown(c->fd, SHUT_RDWR);
	return NULL;
}

static void *run(void *arg)
{
	struct cli_server *s = arg;

	while (!atomic_load(&s->stopping)) {
		int fd = accept(s->listener, NULL, NULL), number = atomic_load(&s->count), rc;
		struct served *c = &s->served[number];

		if (fd < 0)
			continue;
		if (atomic_load(&s->stopping)) {
			close(fd);
			break;
		}
		assert(number < CONNECTIONS_MAX);
		c->server = s;
		c->fd = fd;
		c->number = number + 1;
		atomic_store(&s->count, number + 1);
		rc = pthread_create(&c->thread, NULL, serve, c);
		assert(!rc);
		(void)rc;
	}
	return NULL;
}

struct cli_server *cli_server_start(cli_answer_fn answer, void *arg)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof in;
	struct cli_server *s = calloc(1, sizeof *s);
	int rc;

	assert(s);
	s->answer = answer;
	s->arg = arg;
	s->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	rc = bind(s->listener, (struct sockaddr *)&in, sizeof in) || listen(s->listener, 8) ||
	     getsockname(s->listener, (struct sockaddr *)&in, &length);
	assert(!rc);
	snprintf(s->address, sizeof s->address, "127.0.0.1:%u", ntohs(in.sin_port));
	rc = rc || pthread_create(&s->thread, NULL, run, s);
	assert(!rc);
	return s;
}

void cli_server_http(struct cli_server *s, cli_http_fn http)
{
	s->http = http;
}

void cli_server_stop(struct cli_server *s)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	/* A last connection wakes the thread from accept. */
	atomic_store(&s->stopping, true);
	in.sin_port = htons((uint16_t)strtoul(strchr(s->address, ':') + 1, NULL, 10));
	if (connect(fd, (struct sockaddr *)&in, sizeof in) == 0)
		pthread_join(s->thread, NULL);
	close(fd);
	close(s->listener);
	for (int i = 0; i < atomic_load(&s->count); i++) {
		shutdown(s->served[i].fd, SHUT_RDWR);
		pthread_join(s->served[i].thread, NULL);
		close(s->served[i].fd);
	}
	free(s);
}

const char *cli_server_head(const struct cli_server *s, int connection)
{
	assert(connection >= 1 && connection <= atomic_load(&s->count));
	return s->served[connection - 1].head;
}

int cli_server_connections(const struct cli_server *s)
{
	return atomic_load(&s->count);
}

const char *cli_server_address(const struct cli_server *s)
{
	return s->address;
}

static char *reply_with(const json_t *request, const char *member, json_t *value)
{
	json_t *reply = json_pack("{s:s, s:O, s:o}", "jsonrpc", "2.0", "id", json_object_get(request, "id"), member, value);
	char *text = json_dumps(reply, JSON_COMPACT);

	json_decref(reply);
	return text;
}

char *cli_result(const json_t *request, json_t *result)
{
	return reply_with(request, "result", result);
}

char *cli_refusal(const json_t *request, int code, const char *message, json_t *data)
{
	return reply_with(request, "error", json_pack("{s:i, s:s, s:o*}", "code", code, "message", message, "data", data));
}

#define UUID(name, required) "{'name':'" name "','required':" required ",'schema':{'type':'string','format':'uuid'}}"
#define ORGANISATION UUID("organisation", "true")
#define REQUEST UUID("request_id", "true")
#define VERSION(required) "{'name':'version','required':" required ",'schema':{'type':'integer'}}"
#define TEXT(name) "{'name':'" name "','required':true,'schema':{'type':'string'}}"
#define FIELD(name, schema) "{'name':'" name "','required':false,'x-field':true,'schema':{" schema "}}"
#define AFTER "{'name':'after','required':false,'schema':{'type':'string'}}"
#define ANY "{'name':'result','schema':{'type':'object'}}"

static const char document[] =
	"{'openrpc':'1.2.6','info':{'title':'ninetwo','version':'0.1.0'},'x-release':'r1',"
	"'x-rules':[{'rule':'S5','text':'the hands that did the work','helps':'Ask an auditor who had no hand in it.'},"
	"{'rule':'S8','text':'observers read what was released to them','helps':null}],"
	"'methods':["
	"{'name':'finding.list','summary':'Findings.','params':["
	"{'name':'organisation','required':true,'schema':{'type':'string','format':'uuid'}},"
	"{'name':'state','required':false,'schema':{'type':'string','enum':['draft','issued','closed']}},"
	"{'name':'overdue','required':false,'schema':{'type':'boolean'}},"
	"{'name':'reference','required':false,'schema':{'type':'string'}},"
	"{'name':'functions','required':false,'schema':{'type':'array','items':{'type':'string','format':'uuid'}}},"
	"{'name':'limit','required':false,'schema':{'type':'integer'}},{'name':'after','required':false,'schema':{'type':'string'}}],"
	"'result':{'name':'result','schema':{'type':'object','properties':{'items':{'type':'array','items':{'$ref':'#/components/schemas/finding'}},'after':{'type':['string','null']}}}}},"
	"{'name':'finding.get','params':[{'name':'organisation','required':true,'schema':{'type':'string','format':'uuid'}},"
	"{'name':'id','required':true,'schema':{'type':'string','format':'uuid'}}],'result':{'name':'result','schema':{'$ref':'#/components/schemas/finding'}}},"
	"{'name':'finding.issue','summary':'Issue a finding.','x-roles':['auditor'],'params':["
	"{'name':'organisation','required':true,'schema':{'type':'string','format':'uuid'}},"
	"{'name':'request_id','required':true,'schema':{'type':'string','format':'uuid'}},"
	"{'name':'id','required':true,'schema':{'type':'string','format':'uuid'}},"
	"{'name':'version','required':true,'schema':{'type':'integer'}}],'result':{'name':'result','schema':{'$ref':'#/components/schemas/finding'}}},"
	"{'name':'finding.plan','params':["
	"{'name':'organisation','required':true,'schema':{'type':'string','format':'uuid'}},"
	"{'name':'request_id','required':true,'schema':{'type':'string','format':'uuid'}},"
	"{'name':'id','required':true,'schema':{'type':'string','format':'uuid'}},"
	"{'name':'root_cause','required':true,'schema':{'type':'string'}},"
	"{'name':'severity','required':false,'schema':{'type':'integer'}},"
	"{'name':'weight','required':false,'schema':{'type':'number'}},"
	"{'name':'actions','required':true,'schema':{'type':'array','items':{'type':'object','properties':{'title':{'type':'string'},"
	"'owner':{'type':'string','format':'uuid'},'due':{'type':'string','format':'date'}}}}},"
	"{'name':'extent','required':false,'schema':{'type':'object','properties':{'functions':{'type':'array','items':{'type':'string','format':'uuid'}},"
	"'checked_on':{'type':'string','format':'date'},'count':{'type':'integer'}}}}],'result':{'name':'result','schema':{'type':'object'}}},"
	"{'name':'person.list','params':[{'name':'organisation','required':true,'schema':{'type':'string','format':'uuid'}},"
	"{'name':'email','required':false,'schema':{'type':'string'}},{'name':'q','required':false,'schema':{'type':'string'}}],"
	"'result':{'name':'result','schema':{'type':'object'}}},"
	"{'name':'function.list','params':[{'name':'organisation','required':true,'schema':{'type':'string','format':'uuid'}}],"
	"'result':{'name':'result','schema':{'type':'object'}}},"
	"{'name':'check.list','x-access':'read','params':[" ORGANISATION "," UUID("audit", "false") "," AFTER "],'result':{'name':'result','schema':{'type':'object',"
	"'properties':{'items':{'type':'array','items':{'$ref':'#/components/schemas/finding'}},'after':{'type':['string','null']}}}}},"
	"{'name':'export.begin','x-access':'recorded','params':[" ORGANISATION "," TEXT("method") "],'result':" ANY "},"
	"{'name':'audit.list','params':[" ORGANISATION "," AFTER "],'result':" ANY "},"
	"{'name':'evidence.list','params':[" ORGANISATION "," UUID("subject", "false") "," UUID("audit", "false") "," AFTER "],'result':" ANY "},"
	"{'name':'evidence.get','params':[" ORGANISATION "," UUID("id", "true") "],'result':" ANY "},"
	"{'name':'evidence.upload_begin','params':[" ORGANISATION "," TEXT("title") "," TEXT("file_name") "," TEXT("media_type") ","
	"{'name':'size','required':true,'schema':{'type':'integer'}}],'result':" ANY "},"
	"{'name':'evidence.upload_resume','params':[" ORGANISATION "," UUID("id", "true") "],'result':" ANY "},"
	"{'name':'evidence.upload_end','params':[" ORGANISATION "," REQUEST "," UUID("id", "true") "," VERSION("true") "," TEXT("sha256") "],'result':" ANY "},"
	"{'name':'evidence.download_begin','params':[" ORGANISATION "," UUID("id", "true") "],'result':" ANY "},"
	"{'name':'evidence.attach','params':[" ORGANISATION "," REQUEST "," UUID("id", "true") "," TEXT("noun") "," UUID("subject", "true") "],'result':" ANY "},"
	"{'name':'response.get','params':[" ORGANISATION "," UUID("id", "true") "],'result':" ANY "},"
	"{'name':'response.list','params':[" ORGANISATION "," UUID("finding", "true") "," AFTER "],'result':" ANY "},"
	"{'name':'response.save','params':[" ORGANISATION "," REQUEST "," UUID("finding", "true") "," VERSION("false") "],'result':" ANY "},"
	"{'name':'response.submit','params':[" ORGANISATION "," REQUEST "," UUID("id", "true") "," VERSION("true") "],'result':" ANY "},"
	"{'name':'membership.get','params':[" ORGANISATION "," UUID("id", "true") "],'result':" ANY "},"
	"{'name':'membership.list','params':[" ORGANISATION "," UUID("person", "false") "," AFTER "],'result':" ANY "},"
	"{'name':'membership.end','params':[" ORGANISATION "," REQUEST "," UUID("id", "true") "," VERSION("true") "],'result':" ANY "},"
	"{'name':'organisation.get','params':[" ORGANISATION "],'result':" ANY "},"
	"{'name':'organisation.update','params':[" ORGANISATION "," REQUEST "," VERSION("true") "],'result':" ANY "},"
	"{'name':'finding.change','summary':'Change a draft.','params':[" ORGANISATION "," REQUEST "," UUID("id", "true") "," VERSION("true") ","
	"{'name':'title','required':false,'x-field':true,'schema':{'type':'string'}},"
	FIELD("effect", "'type':['string','null']") "," FIELD("functions", "'type':['array','null'],'items':{'type':'string','format':'uuid'}") ","
	FIELD("due", "'type':['string','null'],'format':'date'") "," FIELD("urgent", "'type':['boolean','null']") "],'result':" ANY "},"
	"{'name':'may','params':[" ORGANISATION "," TEXT("noun") ","
	"{'name':'ids','required':true,'schema':{'type':'array','items':{'type':'string','format':'uuid'}}}],'result':" ANY "},"
	"{'name':'session.current','params':[],'result':{'name':'result','schema':{'type':'object'}}}],"
	"'components':{'schemas':{'response':{'type':'object','properties':{'id':{'type':'string','format':'uuid'},'round':{'type':'integer'},"
	"'state':{'type':'string'},'decided_at':{'type':['string','null']},'version':{'type':'integer'}}},"
	"'membership':{'type':'object','properties':{'id':{'type':'string','format':'uuid'},'role':{'type':'string'},'current':{'type':'boolean'}}},"
	"'finding':{'type':'object','properties':{'id':{'type':'string','format':'uuid'},'reference':{'type':'string'},"
	"'grade':{'type':'string'},'state':{'type':'string'},'condition':{'type':['string','null']},'version':{'type':'integer'}},"
	"'required':['id','reference','grade','state','condition','version']}}}}";

json_t *cli_document(void)
{
	char *text = strdup(document);
	json_t *root;

	for (char *p = text; p && *p; p++)
		if (*p == '\'')
			*p = '"';
	root = text ? json_loads(text, 0, NULL) : NULL;
	free(text);
	assert(root);
	return root;
}
