/* The catalogue of methods: refused with the reason, or a table that is sorted, can be described, and whose gate judges any parameters. */
#include "rpc/discover.h"
#include "rpc/gate.h"
#include "rpc/method.h"
#include "rpc/request.h"
#include "tests/fuzz/fuzz.h"

static void judge(const struct method *m)
{
	json_t *params = json_pack("{s:s, s:n, s:i, s:[i,s]}", "id", "x", "version", "count", 3, "list", 1, "two");
	struct error err = { 0 };

	must(params);
	must(gate_params(m, params, true, &err) == err.code && err.code != E_INTERNAL);
	must(err.code == OK || err.data);
	error_clear(&err);
	json_decref(params);
}

static void check(struct method_table *t)
{
	json_t *events = json_array(), *document;
	struct error err = { 0 };

	for (size_t i = 0; i < t->count; i++) {
		must(method_find(t, t->methods[i].name) == &t->methods[i] && t->methods[i].roles);
		judge(&t->methods[i]);
	}
	must(discover_write(t, events, "1", &err) == OK);
	document = json_loadb(t->description.text, t->description.length, 0, NULL);
	must(json_array_size(json_object_get(document, "methods")) == t->count);
	json_decref(document);
	json_decref(events);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct error err = { 0 };
	json_t *catalogue = request_json(text, size, &err);
	struct method_table *t = catalogue ? method_table_new(catalogue, NULL, &err) : NULL;

	must(t || (err.code != OK && err.message[0]));
	if (t)
		check(t);
	method_table_drop(t);
	error_clear(&err);
	free(text);
	return 0;
}
