/* The rows of a catalogue: every row is an object with a member for each column that has a name of its own, or the file is refused with the
 * number of a line that it has. */
#include "db/csv.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>

static int lines_of(const char *text)
{
	int n = 1;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void check_rows(json_t *rows, size_t most)
{
	size_t i, members = json_object_size(json_array_get(rows, 0));
	const char *key;
	json_t *row, *value;

	must(json_is_array(rows));
	json_array_foreach(rows, i, row) {
		must(json_is_object(row) && json_object_size(row) == members && members <= most);
		json_object_foreach(row, key, value)
			must(json_is_string(value));
	}
}

static void read_rows(const char *text, const char *const *keys, size_t most)
{
	struct error err = { 0 };
	json_t *rows = csv_rows(text, keys, &err);
	int line = 0;

	must((rows != NULL) == (err.code == OK));
	if (rows)
		check_rows(rows, most);
	else
		must(err.code == E_PARAMS && sscanf(err.message, "line %d: ", &line) == 1 && line >= 1 && line <= lines_of(text));
	json_decref(rows);
	error_clear(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const keys[] = { "source", "target", "strength", NULL };
	char *text = fuzz_text(data, size);

	read_rows(text, NULL, size + 1);
	read_rows(text, keys, 3);
	free(text);
	return 0;
}
