#include "tests/bench/requests.h"

#include "tests/bench/peer.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void requests_read(struct requests *r, const char *path)
{
	char line[4096], *tab;
	FILE *file = fopen(path, "r");

	*r = (struct requests){ 0 };
	if (!file)
		die("%s: %s", path, strerror(errno));
	while (fgets(line, sizeof line, file) && (tab = strchr(line, '\t'))) {
		r->tokens = realloc(r->tokens, (size_t)(r->count + 1) * sizeof *r->tokens);
		r->texts = realloc(r->texts, (size_t)(r->count + 1) * sizeof *r->texts);
		if (!r->tokens || !r->texts)
			die("no memory");
		*tab = '\0';
		tab[1 + strcspn(tab + 1, "\n")] = '\0';
		r->tokens[r->count] = strdup(line);
		r->texts[r->count++] = strdup(tab + 1);
	}
	fclose(file);
	if (!r->count)
		die("%s holds no requests", path);
}

const char *requests_token(const struct requests *r, int client)
{
	const char *token = r->tokens[client % r->count];

	return *token ? token : NULL;
}

/* xorshift: quick, and unique enough for one run. */
static uint64_t draw(void)
{
	static uint64_t state;

	if (!state)
		state = (uint64_t)(now_s() * 1e9) | 1;
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

size_t requests_make(const struct requests *r, int client, char *out, size_t size)
{
	const char *text = r->texts[client % r->count], *place = strstr(text, "$uuid");
	uint64_t a = draw(), b = draw();
	int n;

	if (!place)
		n = snprintf(out, size, "%s", text);
	else
		n = snprintf(out, size, "%.*s%08x-%04x-4%03x-8%03x-%012llx%s", (int)(place - text), text, (unsigned int)(a >> 32),
			(unsigned int)(a >> 16 & 0xffff), (unsigned int)(a & 0xfff), (unsigned int)(b >> 48 & 0xfff),
			(unsigned long long)(b & 0xffffffffffff), place + strlen("$uuid"));
	if (n < 0 || (size_t)n >= size)
		die("a request too long");
	return (size_t)n;
}
