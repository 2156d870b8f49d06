/* A schema and a value, one line each: compiling refuses or yields something that can judge any value; a value that does not fit comes
 * with at least one offence, one that fits with none. */
#include "rpc/request.h"
#include "rpc/schema.h"
#include "tests/fuzz/fuzz.h"

static void count(void *arg, const char *path, const char *problem)
{
	must(path && problem && problem[0]);
	++*(int *)arg;
}

static void judge(const struct schema *s, const json_t *value)
{
	int offences = 0;
	bool fits = schema_check(s, value, "value", count, &offences);

	must(fits == (offences == 0));
	must(fits == schema_check(s, value, "value", NULL, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *line = memchr(text, '\n', size);
	struct error err = { 0 };
	json_t *declared = line ? request_json(text, (size_t)(line - text), &err) : NULL;
	json_t *value = declared ? request_json(line + 1, size - (size_t)(line + 1 - text), &err) : NULL;
	struct schemas *components = schemas_new();
	struct schema *s = value ? schema_compile(declared, components, &err) : NULL;

	if (s)
		judge(s, value);
	schema_free(s);
	schemas_free(components);
	json_decref(value);
	json_decref(declared);
	error_clear(&err);
	free(text);
	return 0;
}
