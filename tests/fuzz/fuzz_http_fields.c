/* The values of HTTP fields that net/http.c reads itself: lengths, ranges, the UUID of a path. They are its own, so its source is taken in
 * here. A number has digits only; a range that is taken lies within what was said, and never ends before it begins. */
#include "net/http.c"

#include "tests/fuzz/fuzz.h"

static void check_number(const char *text)
{
	char again[32];
	uint64_t n = 0;

	if (!parse_number(text, &n))
		return;
	snprintf(again, sizeof again, "%" PRIu64, n);
	must(text[strspn(text, "0123456789")] == '\0' && strcmp(text + strspn(text, "0"), n ? again : "") == 0);
}

static void check_ranges(const char *text)
{
	struct http_transfer asked = { 0 }, sent = { .length = 100 };

	parse_range(text, &asked);
	must(!asked.ranged || asked.suffix || asked.first <= asked.last);
	if (parse_content_range(text, &sent))
		must(sent.length == 100 && (sent.total == UINT64_MAX || sent.offset + sent.length <= sent.total));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), uuid[37];

	check_number(text);
	check_ranges(text);
	if (parse_uuid(text, uuid))
		must(strlen(uuid) == 36 && strcasecmp(uuid, text) == 0);
	free(text);
	return 0;
}
