/* A server's description of itself and the words of a command, one line each: refused, or a document whose every method can be asked about and
 * called with any words; a word is taken for a parameter, or refused in words. */
#include "client-cli/arguments.h"
#include "client-cli/document.h"
#include "tests/fuzz/fuzz.h"

enum { WORDS_MAX = 32 };

static void describe(const struct document *d, const json_t *method)
{
	json_t *parameter;
	size_t i;

	document_schema(d, document_result_schema(d, method));
	json_array_foreach(document_parameters(method), i, parameter) {
		char buffer[80];
		const char *word = document_kind_word(d, document_parameter_schema(d, parameter), buffer, sizeof buffer);

		must(word && strlen(word) < 4096);
	}
}

static void call(const struct document *d, const json_t *method, char *line)
{
	char *list[WORDS_MAX + 1], *rest = NULL;
	struct words w = { .list = list };
	struct options o = { 0 };
	struct failure f = { 0 };
	json_t *params;

	for (char *word = strtok_r(line, " ", &rest); word && w.count < WORDS_MAX; word = strtok_r(NULL, " ", &rest))
		if (!strstr(word, "@"))		/* would read a file, or standard input */
			list[w.count++] = word;
	list[w.count] = NULL;
	params = arguments_parse(d, method, &w, &o, &f);
	must(params ? json_is_object(params) : f.kind != FAILURE_NONE && f.message[0]);
	json_decref(params);
	failure_clear(&f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *line = memchr(text, '\n', size);
	struct document d = { 0 };
	struct failure f = { 0 };
	const char *name;
	json_t *method;

	if (line && document_set(&d, json_loadb(text, (size_t)(line - text), 0, NULL), &f)) {
		must(document_release(&d));
		json_object_foreach(d.methods, name, method) {
			char *words = strdup(line + 1);

			must(words);
			must(document_method(&d, name) == method);
			describe(&d, method);
			call(&d, method, words);
			free(words);
		}
	}
	document_clear(&d);
	failure_clear(&f);
	free(text);
	return 0;
}
