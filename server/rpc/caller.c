/* caller.c - see caller.h. */
#include "rpc/caller.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

static const struct { const char *name; unsigned int bit; } roles[] = {
	{ "administrator", ROLE_ADMINISTRATOR },
	{ "programme_manager", ROLE_PROGRAMME_MANAGER },
	{ "auditor", ROLE_AUDITOR },
	{ "auditee", ROLE_AUDITEE },
	{ "observer", ROLE_OBSERVER },
	{ "management", ROLE_MANAGEMENT },
	{ "member", ROLE_MEMBER },
	{ "signed_in", ROLE_SIGNED_IN },
	{ "anyone", ROLE_ANYONE },
};
enum { ROLES = sizeof roles / sizeof *roles };

unsigned int role_named(const char *name)
{
	for (size_t i = 0; i < ROLES; i++)
		if (!strcmp(roles[i].name, name))
			return roles[i].bit;
	return 0;
}

json_t *role_names(unsigned int mask)
{
	json_t *names = json_array();

	for (size_t i = 0; i < ROLES && names; i++)
		if (mask & roles[i].bit)
			json_array_append_new(names, json_string(roles[i].name));
	return names;
}

/* "+05:30" in seconds; 0 for Z. */
static int offset_of(const char *text)
{
	int hours = 0, minutes = 0;

	if (*text != '+' && *text != '-')
		return 0;
	sscanf(text + 1, "%2d:%2d", &hours, &minutes);
	return (*text == '-' ? -60 : 60) * (60 * hours + minutes);
}

/* RFC 3339 to milliseconds since 1970; INT64_MAX for null, so that what has no end never ends. */
static int64_t moment(const json_t *value)
{
	const char *text = json_string_value(value), *rest;
	struct tm tm = { 0 };

	rest = text ? strptime(text, "%Y-%m-%dT%H:%M:%S", &tm) : NULL;
	if (!rest)
		return INT64_MAX;
	if (*rest == '.')
		rest += 1 + strspn(rest + 1, "0123456789");
	return ((int64_t)timegm(&tm) - offset_of(rest)) * 1000;
}

static bool take_uuid(char out[37], const json_t *value)
{
	if (json_string_length(value) != 36)
		return false;
	memcpy(out, json_string_value(value), 37);
	return true;
}

static bool take_membership(struct membership *m, const json_t *organisation)
{
	size_t i;
	json_t *name;

	json_array_foreach(json_object_get(organisation, "roles"), i, name)
		if (json_is_string(name))
			m->roles |= role_named(json_string_value(name));
	if (m->roles)
		m->roles |= ROLE_MEMBER;
	return take_uuid(m->organisation, json_object_get(organisation, "id"));
}

static bool take_answer(struct caller *c, const json_t *info)
{
	int64_t idle = moment(json_object_get(info, "idle_until")), end = moment(json_object_get(info, "expires_at"));
	const char *ends_at;
	size_t i;
	json_t *organisation;

	c->ends_idle = idle < end;
	c->ends_ms = c->ends_idle ? idle : end;
	ends_at = json_string_value(json_object_get(info, c->ends_idle ? "idle_until" : "expires_at"));
	snprintf(c->ends_at, sizeof c->ends_at, "%s", ends_at ? ends_at : "");
	c->scope = json_incref(json_object_get(info, "scope"));
	json_array_foreach(json_object_get(info, "organisations"), i, organisation)
		if (!take_membership(&c->memberships[c->count++], organisation))
			return false;
	return take_uuid(c->session, json_object_get(info, "session")) &&
	    take_uuid(c->person, json_object_get(info, "person"));
}

struct caller *caller_new(const char *json, size_t length)
{
	json_t *info = json ? json_loadb(json, length, 0, NULL) : NULL;
	size_t organisations = json_array_size(json_object_get(info, "organisations"));
	struct caller *c = info ? calloc(1, sizeof *c + organisations * sizeof *c->memberships) : NULL;

	if (c)
		c->holds = 1;
	if (c && !take_answer(c, info)) {
		caller_drop(c);
		c = NULL;
	}
	json_decref(info);
	return c;
}

struct caller *caller_hold(struct caller *c)
{
	if (c)
		c->holds++;
	return c;
}

void caller_drop(struct caller *c)
{
	if (!c || --c->holds)
		return;
	json_decref(c->scope);
	free(c);
}

/* As auth.in_scope judges it. */
static bool reaches(const char *entry, const char *method, bool reads)
{
	size_t length = strlen(entry);

	if (!strcmp(entry, "*") || !strcmp(entry, method) || (reads && !strcmp(entry, "read")))
		return true;
	return length > 2 && !strcmp(entry + length - 2, ".*") && !strncmp(entry, method, length - 1);
}

bool caller_in_scope(const struct caller *c, const char *method, bool reads)
{
	size_t i;
	json_t *entry;

	if (!json_is_array(c->scope))
		return true;
	json_array_foreach(c->scope, i, entry)
		if (json_is_string(entry) && reaches(json_string_value(entry), method, reads))
			return true;
	return false;
}

unsigned int caller_roles(const struct caller *c, const char *organisation)
{
	for (size_t i = 0; i < c->count; i++)
		if (!strcasecmp(c->memberships[i].organisation, organisation))
			return c->memberships[i].roles;
	return 0;
}
