/* Lengths, ranges and identifiers of a request: whatever is taken is within its bounds. */
#include "net/http_fields.h"
#include "tests/fuzz/fuzz.h"

static void check_content_range(const char *text)
{
	struct http_transfer t = { .length = (uint64_t)strlen(text) };

	if (field_content_range(text, &t))
		must(t.total == UINT64_MAX || t.offset + t.length <= t.total);
}

static void check_range(const char *text)
{
	struct http_transfer t = { 0 };

	field_range(text, &t);
	must(!t.ranged || t.suffix || t.first <= t.last);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	char uuid[37];
	uint64_t n;

	if (field_number(text, &n))
		must(n <= 999999999999999);
	if (field_uuid(text, uuid))
		must(strlen(text) == 36 && strlen(uuid) == 36);
	check_content_range(text);
	check_range(text);
	must(!field_accepts(text, "br") || strcasestr(text, "br"));
	must(!field_matches(text, "\"tag\"") || strstr(text, "\"tag\"") || strcmp(text, "*") == 0);
	free(text);
	return 0;
}
