/* A row of the ledger, one column a line (an empty one is null): no event, or one whose notification is JSON. What the types of the columns
 * promise (a number is a number, an id an id) is kept; the kind and the list of tokens are as wild as they come. */
#include "base/utf8.h"
#include "live/event.h"
#include "net/message.h"
#include "tests/fuzz/fuzz.h"

#include <jansson.h>

enum { COLUMNS = 12 };

enum type { NUMBER, MOMENT, ID, TEXT };
static const struct { enum type type; bool nullable; } columns[COLUMNS] = {
	{ NUMBER, false }, { MOMENT, false }, { ID, true }, { ID, true }, { TEXT, false }, { ID, false }, { NUMBER, true }, { TEXT, false }, { TEXT, true },
	{ TEXT, true }, { NUMBER, true }, { TEXT, true },
};

struct row { const char *cells[COLUMNS]; };

static const char *get(const struct db_result *r, int row, int column)
{
	const struct row *only = r->opaque;

	must(row == 0 && column >= 0 && column < COLUMNS);
	return only->cells[column];
}

static bool is_of(enum type type, const char *text)
{
	struct uuid id;

	if (type == NUMBER)
		return *text != '0' && strlen(text) < 19 && strspn(text, "0123456789") == strlen(text);
	if (type == MOMENT)
		return strspn(text, "0123456789-T:.+Z") == strlen(text);
	return type == TEXT || (uuid_read(text, &id) && strlen(text) == 36);
}

static bool split(struct row *row, char *text)
{
	for (int i = 0; i < COLUMNS; i++) {
		char *cell = strsep(&text, "\n");

		if (!cell || (*cell ? !is_of(columns[i].type, cell) : !columns[i].nullable))
			return false;
		row->cells[i] = *cell ? cell : NULL;
	}
	return true;
}

static void check(const struct event *e)
{
	size_t length;
	const char *text;
	json_t *said;

	must((e->message != NULL) == e->has_organisation);
	if (!e->message)
		return;
	text = (const char *)message_bytes(e->message, &length);
	must(strlen(text) == length);
	if (!utf8_valid(text, length))
		return;
	said = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
	must(json_is_string(json_object_get(json_object_get(said, "params"), "kind")));
	json_decref(said);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct row row = { { NULL } };
	struct event *e;

	if (split(&row, text)) {
		e = event_read(&(struct db_result){ .rows = 1, .get = get, .opaque = &row }, 0);
		if (e)
			check(e);
		event_free(e);
	}
	free(text);
	return 0;
}
