/* A result or an error from a server, as the command line prints it: in every form the terminal is given no control character but the end of
 * a line, and JSON stays JSON. The first byte says which form. */
#include "client-cli/output.h"
#include "client-cli/refusal.h"
#include "tests/fuzz/fuzz.h"

static void no_commands(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		must((unsigned char)text[i] >= 0x20 || text[i] == '\n');
		must(text[i] != 0x7f);
		must(!((unsigned char)text[i] == 0xc2 && i + 1 < length && (unsigned char)text[i + 1] >= 0x80 && (unsigned char)text[i + 1] < 0xa0));
	}
}

static void print_error(FILE *out, const json_t *value, size_t width, bool json)
{
	static const struct document none;
	struct failure f = { 0 };

	failure_refused(&f, value);
	if (json)
		refusal_print_json(out, &f);
	else
		refusal_print(out, &f, width, &none, "finding");
	failure_clear(&f);
}

/* Whether it went to people. */
static bool print(FILE *out, uint8_t how, json_t *value)
{
	static const struct document none;
	struct options o = { .format = how % 3 == 0 ? FORMAT_TABLE : how % 3 == 1 ? FORMAT_JSON : FORMAT_CSV, .width = 20 + how % 64 };
	struct failure f = { 0 };

	if (how & 0x80) {
		print_error(out, value, (size_t)o.width, how & 1);
		return !(how & 1);
	}
	must(output_result(out, &o, &none, NULL, value, &f) || f.kind != FAILURE_NONE);
	failure_clear(&f);
	return o.format == FORMAT_TABLE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *value = size ? json_loadb((const char *)data + 1, size - 1, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL) : NULL;
	char *text = NULL;
	size_t length = 0;
	bool people;
	FILE *out;

	if (!value)
		return 0;
	out = open_memstream(&text, &length);
	must(out);
	people = print(out, data[0], value);
	must(fclose(out) == 0);
	if (people)
		no_commands(text, length);
	free(text);
	json_decref(value);
	return 0;
}
