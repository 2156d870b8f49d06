/* A message from a client to the requests in it. It is refused as a whole only when it is no JSON, or no batch; what is taken as a request has a method and parameters by name; what is refused says why;
 * the ids are JSON that can be put into a reply as it is. */
#include "base/limits.h"
#include "rpc/request.h"
#include "rpc/scan.h"
#include "tests/fuzz/fuzz.h"

static void check_item(const struct request *r)
{
	json_t *id = r->id ? json_loads(r->id, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL) : NULL;

	must(!r->id || id);
	must(!r->id || (strlen(r->id) <= REQUEST_ID_MAX && !json_is_object(id) && !json_is_array(id)));
	if (r->wrong.code == OK)
		must(r->method && json_is_object(r->params));
	else
		must(r->wrong.message[0]);
	json_decref(id);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct error err = { 0 };
	struct requests *r = requests_parse(text, size, LIMIT_MESSAGE, &err);
	struct scan_item items[LIMIT_BATCH];
	size_t count;
	bool batch;

	must(r || err.code == E_PARSE || err.code == E_REQUEST);
	must(scan_requests(text, size, items, LIMIT_BATCH, &count, &batch) == (r || err.code == E_REQUEST));
	if (r) {
		must(r->count == count && r->batch == batch);
		must(r->count >= 1 && r->count <= LIMIT_BATCH && (r->batch || r->count == 1));
		for (size_t i = 0; i < r->count; i++)
			check_item(&r->items[i]);
	}
	requests_free(r);
	error_clear(&err);
	free(text);
	return 0;
}
