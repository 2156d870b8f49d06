/* command_export.c - a list as CSV, whole: the server makes it page by page, and it is written as it comes. */
#include "client-cli/command.h"

#include "client-cli/output.h"
#include "client-cli/transfer.h"

#include <string.h>
#include <unistd.h>

bool command_exports(const struct client *c, const json_t *method, const json_t *params)
{
	const json_t *begin = document_method(&c->document, "export.begin");

	return begin && c->options.format == FORMAT_CSV && !c->options.field && !c->options.quiet && !strcmp(command_text(method, "x-access"), "read") &&
	       document_takes(&c->document, method, "organisation") && document_takes(&c->document, method, "after") &&
	       !json_object_get(params, "limit") && !json_object_get(params, "after");
}

static bool fetch_list(struct client *c, const char *name, const json_t *begun, struct failure *f)
{
	struct progress progress;
	struct transfer t = { .server = client_server(c), .ca_file = client_ca_file(c), .fd = fileno(stdout), .progress = &progress,
		.id = json_string_value(json_object_get(begun, "id")), .ticket = json_string_value(json_object_get(begun, "ticket")) };
	bool ok;

	if (!t.id || !t.ticket)
		return failure_local(f, "The server gave no ticket.");
	fflush(stdout);
	progress_start(&progress, name, 0, 0, !isatty(STDERR_FILENO) || isatty(STDOUT_FILENO));
	ok = transfer_list(&t, f);
	progress_end(&progress);
	/* Whoever reads the file alone is to see it too. */
	if (!ok && t.offset > 0)
		printf("# This is not all: %s\n", f->message);
	return ok;
}

bool command_export(struct client *c, const char *name, json_t *params, struct failure *f)
{
	json_t *asked = json_pack("{s:s, s:O}", "method", name, "params", params), *begun;
	bool ok;

	json_object_set(asked, "organisation", json_object_get(params, "organisation"));
	if (c->options.columns)
		json_object_set_new(asked, "columns", output_columns(&c->document, NULL, NULL, c->options.columns, true));
	begun = client_call(c, "export.begin", asked, f);
	ok = begun && fetch_list(c, name, begun, f);
	json_decref(begun);
	json_decref(asked);
	return ok;
}
