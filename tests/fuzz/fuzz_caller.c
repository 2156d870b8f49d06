/* What the database says of a session (api.session_info), then names of methods, one a line: it is not as agreed, or somebody with ids of 36
 * characters whose roles and scope can be asked for. */
#include "rpc/caller.h"
#include "tests/fuzz/fuzz.h"

static void ask(const struct caller *c, const char *method)
{
	bool reads = caller_in_scope(c, method, true);

	must(reads || !caller_in_scope(c, method, false));
	must(c->scope && json_is_array(c->scope) ? true : reads);
	for (size_t i = 0; i < c->count; i++) {
		must(strlen(c->memberships[i].organisation) == 36);
		must(caller_roles(c, c->memberships[i].organisation) < ROLE_ANYONE * 2);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *line = memchr(text, '\n', size);
	struct caller *c = caller_new(text, line ? (size_t)(line - text) : size);

	if (c) {
		must(strlen(c->session) == 36 && strlen(c->person) == 36);
		ask(c, line ? line + 1 : "");
	}
	caller_drop(c);
	free(text);
	return 0;
}
