/* conninfo.c - see conninfo.h. */
#include "db/conninfo.h"

#include "base/buffer.h"
#include "db/name.h"

#include <libpq-fe.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

enum {
	ITEM_MAX = 255,			/* bytes of a host, an address or a port: the longest name that DNS has */
	LIST_MAX = CONNINFO_HOSTS_MAX * (ITEM_MAX + 1),
	OPTIONS_MAX = 4096,
};

struct endpoint {
	char *host, *address, *port;	/* address NULL: host is a folder or already an address */
};

struct place {			/* as the string says it */
	char *host, *address, *port;
	bool by_name;			/* its addresses are looked up */
	struct name_lookup *lookup;	/* NULL: none is under way */
};

struct conninfo {
	PQconninfoOption *words;
	const char *keywords[CONNINFO_WORDS_MAX + 1], *values[CONNINFO_WORDS_MAX + 1];
	int count;
	struct endpoint endpoints[CONNINFO_HOSTS_MAX];
	int endpoint_count;
	unsigned int turns;
	struct place places[CONNINFO_HOSTS_MAX];
	int place_count;
	char *user, *database, *application, *options;
	struct buffer hosts, addresses, ports;
};

static const char *word(const struct conninfo *c, const char *keyword)
{
	for (const PQconninfoOption *o = c->words; o->keyword; o++)
		if (!strcmp(o->keyword, keyword))
			return o->val && *o->val ? o->val : NULL;
	return NULL;
}

/* Sets keyword to value, in its place when it is there. */
static void set_keyword(struct conninfo *c, const char *keyword, const char *value)
{
	int i = 0;

	while (i < c->count && strcmp(c->keywords[i], keyword))
		i++;
	if (i == CONNINFO_WORDS_MAX)
		return;
	c->keywords[i] = keyword;
	c->values[i] = value;
	if (i == c->count)
		c->count++;
}

static void set_default(struct conninfo *c, const char *keyword, const char *value)
{
	if (!word(c, keyword))
		set_keyword(c, keyword, value);
}

/* The n-th item of a comma-separated list; the only one stands for all. Caller frees; NULL: there is none. */
static char *item_of_list(const char *list, int n)
{
	const char *at = list ? list : "";

	if (!strchr(at, ','))
		n = 0;
	while (n-- > 0) {
		at = strchr(at, ',');
		if (!at)
			return NULL;
		at++;
	}
	return *at && *at != ',' ? strndup(at, strcspn(at, ",")) : NULL;
}

static int items(const char *list)
{
	int n = 1;

	for (; *list; list++)
		n += *list == ',';
	return n;
}

static char *copy(const char *text)
{
	return text ? strdup(text) : NULL;
}

static void add_endpoint(struct conninfo *c, const char *host, const char *address, const char *port)
{
	if (c->endpoint_count < CONNINFO_HOSTS_MAX)
		c->endpoints[c->endpoint_count++] = (struct endpoint){ copy(host), copy(address), copy(port) };
}

static void clear_endpoints(struct conninfo *c)
{
	for (int i = 0; i < c->endpoint_count; i++) {
		free(c->endpoints[i].host);
		free(c->endpoints[i].address);
		free(c->endpoints[i].port);
	}
	c->endpoint_count = 0;
}

/* Adds one endpoint for every address that was found. */
static void add_found(struct conninfo *c, const struct place *p, const struct addrinfo *found)
{
	char numeric[NI_MAXHOST];

	for (const struct addrinfo *a = found; a; a = a->ai_next)
		if (!getnameinfo(a->ai_addr, a->ai_addrlen, numeric, sizeof(numeric), NULL, 0, NI_NUMERICHOST))
			add_endpoint(c, p->host, numeric, p->port);
}

static bool fits(const char *text)
{
	return !text || strlen(text) <= ITEM_MAX;
}

/* Splits the lists of hosts, addresses and ports. */
static enum error_code read_places(struct conninfo *c, bool resolve, struct error *err)
{
	const char *hosts = word(c, "host"), *addresses = word(c, "hostaddr"), *ports = word(c, "port");
	int n = addresses ? items(addresses) : hosts ? items(hosts) : 0;

	for (; c->place_count < n && c->place_count < CONNINFO_HOSTS_MAX; c->place_count++) {
		struct place *p = &c->places[c->place_count];

		p->host = item_of_list(hosts, c->place_count);
		p->address = item_of_list(addresses, c->place_count);
		p->port = item_of_list(ports, c->place_count);
		if (!fits(p->host) || !fits(p->address) || !fits(p->port)) {
			c->place_count++;
			return error_set(err, E_PARAMS, "A host, an address or a port in the database's connection string is longer than %d bytes.", ITEM_MAX);
		}
		p->by_name = resolve && p->host && !p->address && *p->host != '/' && *p->host != '@';
	}
	return OK;
}

static enum error_code look_up(struct conninfo *c, struct error *err)
{
	for (int i = 0; i < c->place_count; i++) {
		const struct place *p = &c->places[i];
		struct addrinfo *found = NULL;
		int rc = p->by_name ? name_wait(p->host, &found) : 0;

		if (rc)
			return error_set(err, E_NOT_NOW, "The database's host %s is not found: %s.", p->host, gai_strerror(rc));
		if (!p->by_name) {
			add_endpoint(c, p->host, p->address, p->port);
			continue;
		}
		add_found(c, p, found);
		freeaddrinfo(found);
	}
	return OK;
}

/* Takes what the look-ups found when all of them have ended well; otherwise the addresses stay as they are. */
static void take_found(struct conninfo *c)
{
	struct addrinfo *found[CONNINFO_HOSTS_MAX] = { NULL };
	bool all = true;

	for (int i = 0; i < c->place_count; i++) {
		struct place *p = &c->places[i];

		if (p->by_name)
			all = p->lookup && name_take(p->lookup, &found[i]) == 0 && all;
		name_drop(p->lookup);
		p->lookup = NULL;
	}
	if (all)
		clear_endpoints(c);
	for (int i = 0; i < c->place_count; i++) {
		const struct place *p = &c->places[i];

		if (all && p->by_name)
			add_found(c, p, found[i]);
		else if (all)
			add_endpoint(c, p->host, p->address, p->port);
		if (found[i])
			freeaddrinfo(found[i]);
	}
}

static bool under_way(const struct conninfo *c, bool *any)
{
	bool waiting = false;

	for (int i = 0; i < c->place_count; i++)
		if (c->places[i].lookup) {
			*any = true;
			waiting = waiting || name_under_way(c->places[i].lookup);
		}
	return waiting;
}

void conninfo_refresh(struct conninfo *c)
{
	bool any = false;

	if (under_way(c, &any))
		return;
	if (any) {
		take_found(c);
		return;
	}
	for (int i = 0; i < c->place_count; i++)
		if (c->places[i].by_name)
			c->places[i].lookup = name_begin(c->places[i].host);
}

static enum error_code set_options(struct conninfo *c, bool read_only, struct error *err)
{
	const char *given = word(c, "options");
	struct buffer b;

	if (!read_only)
		return OK;
	buffer_init(&b, OPTIONS_MAX);
	buffer_append_format(&b, "%s%s-c default_transaction_read_only=on", given ? given : "", given ? " " : "");
	c->options = buffer_take(&b, NULL);
	if (!c->options)
		return error_set(err, E_INTERNAL, NULL);
	set_keyword(c, "options", c->options);
	return OK;
}

static void set_words(struct conninfo *c, const struct conninfo_options *o)
{
	for (const PQconninfoOption *w = c->words; w->keyword; w++)
		if (w->val && *w->val && strcmp(w->keyword, "host") && strcmp(w->keyword, "hostaddr") && strcmp(w->keyword, "port"))
			set_keyword(c, w->keyword, w->val);
	if (c->user)
		set_keyword(c, "user", c->user);
	if (c->database)
		set_keyword(c, "dbname", c->database);
	if (o->password)
		set_keyword(c, "password", o->password);
	if (c->application)
		set_default(c, "application_name", c->application);
	set_keyword(c, "client_encoding", "UTF8");
	/* A reader's transactions are read only by default, which libpq would take for a standby; it must still be the primary. So the
	 * string's own word is not taken. */
	set_keyword(c, "target_session_attrs", o->read_only ? "primary" : "read-write");
	set_default(c, "keepalives_idle", "10");
	set_default(c, "keepalives_interval", "5");
	set_default(c, "keepalives_count", "3");
	set_default(c, "tcp_user_timeout", "15000");
}

struct conninfo *conninfo_new(const char *text, const struct conninfo_options *options, struct error *err)
{
	struct conninfo *c = calloc(1, sizeof(*c));
	char *why = NULL;

	if (!c) {
		error_set(err, E_INTERNAL, NULL);
		return NULL;
	}
	buffer_init(&c->hosts, LIST_MAX);
	buffer_init(&c->addresses, LIST_MAX);
	buffer_init(&c->ports, LIST_MAX);
	c->user = copy(options->user);
	c->application = copy(options->application);
	c->database = copy(options->database);
	c->words = PQconninfoParse(text, &why);
	if (!c->words) {
		/* libpq's own sentence may quote the string, which may hold a password */
		error_set(err, E_PARAMS, "The database's connection string cannot be read.");
		goto fail;
	}
	set_words(c, options);
	if (set_options(c, options->read_only, err) != OK)
		goto fail;
	if (read_places(c, options->resolve, err) != OK || look_up(c, err) != OK)
		goto fail;
	PQfreemem(why);
	return c;
fail:
	PQfreemem(why);
	conninfo_free(c);
	return NULL;
}

void conninfo_free(struct conninfo *c)
{
	if (!c)
		return;
	clear_endpoints(c);
	for (int i = 0; i < c->place_count; i++) {
		free(c->places[i].host);
		free(c->places[i].address);
		free(c->places[i].port);
		name_drop(c->places[i].lookup);
	}
	PQconninfoFree(c->words);
	free(c->user);
	free(c->application);
	free(c->database);
	free(c->options);
	buffer_clear(&c->hosts);
	buffer_clear(&c->addresses);
	buffer_clear(&c->ports);
	free(c);
}

static void append_item(struct buffer *b, bool first, const char *text)
{
	buffer_append_format(b, "%s%s", first ? "" : ",", text ? text : "");
}

void conninfo_words(struct conninfo *c, unsigned int attempt, const char *const **keywords, const char *const **values)
{
	buffer_reset(&c->hosts);
	buffer_reset(&c->addresses);
	buffer_reset(&c->ports);
	for (int i = 0; i < c->endpoint_count; i++) {
		const struct endpoint *e = &c->endpoints[((unsigned int)i + attempt) % (unsigned int)c->endpoint_count];

		append_item(&c->hosts, i == 0, e->host);
		append_item(&c->addresses, i == 0, e->address);
		append_item(&c->ports, i == 0, e->port);
	}
	if (c->endpoint_count > 0) {
		set_keyword(c, "host", buffer_text(&c->hosts));
		set_keyword(c, "hostaddr", buffer_text(&c->addresses));
		set_keyword(c, "port", buffer_text(&c->ports));
	}
	c->keywords[c->count] = c->values[c->count] = NULL;
	*keywords = c->keywords;
	*values = c->values;
}

int conninfo_hosts(const struct conninfo *c)
{
	return c->endpoint_count;
}

unsigned int conninfo_turn(struct conninfo *c)
{
	return c->turns++;
}
