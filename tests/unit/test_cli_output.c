/* What is printed: tables that fit, text that cannot command a terminal, CSV that cannot command a spreadsheet, refusals in words:
 * client-cli/terminal_text.c, output.c, output_cell.c, output_columns.c, output_csv.c, output_record.c, output_table.c, refusal.c. */
#include "client-cli/output.h"

#include "base/error.h"
#include "client-cli/refusal.h"
#include "client-cli/terminal_text.h"
#include "tests/unit/cli_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static char printed[16384];

static FILE *start(void)
{
	memset(printed, 0, sizeof printed);
	return fmemopen(printed, sizeof printed - 1, "w");
}

static const struct { const char *title, *text; size_t width; } widths[] = {
	{ "ASCII", "Backup", 6 },
	{ "letters with marks", "Zo\xc3\xab", 3 },
	{ "a combining mark", "e\xcc\x81", 1 },
	{ "wide characters", "\xe6\x97\xa5\xe6\x9c\xac", 4 },
	{ "an emoji", "\xf0\x9f\x94\x92", 2 },
	{ "what is no UTF-8 is one a byte", "\xff\xfe", 2 },
	{ "a character cut short", "a\xe6\x97", 3 },
	{ "nothing", "", 0 },
};

static void test_widths(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
		if (terminal_text_width(widths[i].text) != widths[i].width)
			fail_msg("%s: %zu", widths[i].title, terminal_text_width(widths[i].text));
}

static const struct { const char *title, *text; size_t most; const char *out; } lines[] = {
	{ "what fits is whole", "Backup", 6, "Backup" },
	{ "what does not is cut", "Backup and recovery", 8, "Backup \xe2\x80\xa6" },
	{ "a wide character is not cut in two", "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 4, "\xe6\x97\xa5\xe2\x80\xa6" },
	{ "an escape sequence is text", "a\x1b[2Jb", 20, "a [2Jb" },
	{ "so is one of C1", "a\xc2\x9b" "2Jb", 20, "a 2Jb" },
	{ "a line break is a space", "a\nb", 20, "a b" },
	{ "the direction of writing cannot be turned", "a\xe2\x80\xae" "b", 20, "a b" },
};

static void test_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		FILE *out = start();

		terminal_text_print(out, lines[i].text, lines[i].most);
		fclose(out);
		if (strcmp(printed, lines[i].out))
			fail_msg("%s: '%s'", lines[i].title, printed);
	}
}

/* Wrapped to 20 columns, the first line from `at`, the others from 4. */
static const struct { const char *title, *text; size_t at; const char *out; } wrapped[] = {
	{ "what fits is one line", "Backup and recovery", 0, "Backup and recovery" },
	{ "words go to the next line whole", "Backup and recovery of all", 0, "Backup and recovery\n    of all" },
	{ "a word longer than a line stands alone", "words 0123456789012345678901234 b", 0, "words\n    0123456789012345678901234\n    b" },
	{ "the first line begins further on", "Backup and recovery", 12, "Backup\n    and recovery" },
	{ "line breaks are kept", "one\n\ntwo", 0, "one\n    \n    two" },
	{ "wide characters count twice", "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e \xe6\x97\xa5", 0,
	  "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\n    \xe6\x97\xa5" },
	{ "an escape sequence is text", "a\x1b]0;title\x07 b", 0, "a ]0;title  b" },
	{ "a carriage return overwrites nothing", "Refused\rAllowed", 0, "Refused Allowed" },
};

static void test_wrapping(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrapped / sizeof *wrapped; i++) {
		FILE *out = start();

		terminal_text_wrap(out, wrapped[i].text, wrapped[i].at, 4, 20);
		fclose(out);
		if (strcmp(printed, wrapped[i].out))
			fail_msg("%s: '%s'", wrapped[i].title, printed);
	}
}

static const struct { int asked; const char *columns; size_t width; } terminals[] = {
	{ 80, "60", 80 }, { 0, "60", 60 }, { 0, NULL, 100 }, { 0, "nonsense", 100 }, { 0, "-5", 100 }, { 5, NULL, 20 }, { 0, "3", 20 }, { 5000, NULL, 1000 },
};

/* Standard output is no terminal here. */
static void test_the_width_of_the_terminal(void **state)
{
	FILE *file = tmpfile();
	int kept = dup(STDOUT_FILENO);

	(void)state;
	fflush(stdout);
	dup2(fileno(file), STDOUT_FILENO);
	for (size_t i = 0; i < sizeof terminals / sizeof *terminals; i++) {
		if (terminals[i].columns)
			setenv("COLUMNS", terminals[i].columns, 1);
		else
			unsetenv("COLUMNS");
		assert_int_equal(terminal_width(terminals[i].asked), terminals[i].width);
	}
	dup2(kept, STDOUT_FILENO);
	close(kept);
	fclose(file);
}

static const struct { const char *value, *cell, *text; } shown[] = {
	{ "'2026-03-31T10:00:00.123456+00:00'", "2026-03-31T10:00:00.123456+00:00", "2026-03-31 10:00:00Z" },
	{ "'2026-03-31T10:00:00Z'", "2026-03-31T10:00:00Z", "2026-03-31 10:00:00Z" },
	{ "'2026-03-31T10:00:00+02:00'", "2026-03-31T10:00:00+02:00", "2026-03-31T10:00:00+02:00" },
	{ "'2026-03-31'", "2026-03-31", "2026-03-31" },
	{ "'2026-03-31T10:00:0'", "2026-03-31T10:00:0", "2026-03-31T10:00:0" },
	{ "null", "", "" }, { "false", "no", "no" }, { "[]", "", "" }, { "[1,2]", "1, 2", "1, 2" },
	{ "{'rule':'S1','message':'Not you.'}", "Not you.", "Not you." },
	{ "[{'message':'Not you.'},{'message':'Nor you.'}]", "Not you. Nor you.", "Not you. Nor you." },
	{ "{'a':1}", "{'a':1}", "{'a':1}" }, { "1.5", "1.5", "1.5" },
};

static char *quoted(const char *text)
{
	char *copy = strdup(text);

	for (char *p = copy; *p; p++)
		if (*p == '\'')
			*p = '"';
	return copy;
}

static void test_values_as_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		char *json = quoted(shown[i].value), *expected = quoted(shown[i].cell), *said = quoted(shown[i].text);
		json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);
		char *cell = output_cell(value), *text = output_text(value);

		if (strcmp(cell, expected) || strcmp(text, said))
			fail_msg("%s: '%s', '%s'", shown[i].value, cell, text);
		json_decref(value);
		free(json);
		free(expected);
		free(said);
		free(cell);
		free(text);
	}
}

/* Columns shrink, the widest first; those that could not be read any more are left out, and their number is said. */
static const struct { size_t width; const char *out; } tables[] = {
	{ 60, "NAME    COUNT  DESCRIPTION\nBackup     12  A longer text about it all\nLog         7  \n" },
	{ 36, "NAME    COUNT  DESCRIPTION\nBackup     12  A longer text about \xe2\x80\xa6\nLog         7  \n" },
	{ 20, "NAME    COUNT\nBackup     12\nLog         7\n(1 more column: --columns, --csv or a wider terminal)\n" },
};

static void test_tables_of_any_width(void **state)
{
	json_t *items = json_pack("[{s:s, s:i, s:s}, {s:s, s:i, s:n}]", "name", "Backup", "count", 12, "description", "A longer text about it all", "name", "Log",
				  "count", 7, "description");
	json_t *columns = json_pack("[s, s, s]", "name", "count", "description");

	(void)state;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		FILE *out = start();

		output_table(out, items, columns, tables[i].width, 0, false);
		fclose(out);
		if (strcmp(printed, tables[i].out))
			fail_msg("%zu:\n%s", tables[i].width, printed);
	}
	json_decref(items);
	json_decref(columns);
}

static const struct { const char *title, *value, *cell; } cells[] = {
	{ "plain text", "\"Backup\"", "Backup" },
	{ "a comma", "\"a, b\"", "\"a, b\"" },
	{ "a quote", "\"say \\\"no\\\"\"", "\"say \"\"no\"\"\"" },
	{ "a line break", "\"a\\nb\"", "\"a\nb\"" },
	{ "a formula", "\"=cmd()\"", "\"'=cmd()\"" },
	{ "one that starts with plus", "\"+1\"", "\"'+1\"" },
	{ "one that starts with minus", "\"-1\"", "\"'-1\"" },
	{ "one that starts with at", "\"@SUM(A1)\"", "\"'@SUM(A1)\"" },
	{ "one behind a tab", "\"\\t=1\"", "\"'\t=1\"" },
	{ "a negative number is a number", "-1", "-1" },
	{ "nothing", "null", "" },
	{ "a list", "[\"a\",\"b\"]", "\"a, b\"" },
	{ "yes", "true", "yes" },
};

static void test_csv(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		FILE *out = start();
		json_t *items = json_pack("[{s:o}]", "c", json_loads(cells[i].value, JSON_DECODE_ANY, NULL));
		json_t *columns = json_pack("[s]", "c");
		char expected[128];

		output_csv(out, items, columns);
		fclose(out);
		snprintf(expected, sizeof expected, "c\r\n%s\r\n", cells[i].cell);
		if (strcmp(printed, expected))
			fail_msg("%s: '%s'", cells[i].title, printed);
		json_decref(items);
		json_decref(columns);
	}
}

static json_t *findings(void)
{
	json_t *items = json_array();

	for (int i = 1; i <= 3; i++)
		json_array_append_new(items, json_pack("{s:s, s:s+, s:s, s:s, s:i, s:s}", "id", "01990000-0000-7000-8000-0000000000f3", "reference", "IA-2026-01-F-0",
			i == 1 ? "1" : i == 2 ? "2" : "3", "state", "issued", "grade", i == 2 ? "major" : "minor", "version", 4,
			"condition", "Restores of the ledger were not tried between January and June, although the procedure asks for one a month."));
	return items;
}

static void test_a_table_fits_and_puts_the_telling_columns_first(void **state)
{
	struct document d = { 0 };
	struct failure f = { 0 };
	json_t *items = findings(), *page = json_pack("{s:O, s:n, s:b}", "items", items, "after", "partial", 0);
	FILE *out = start();
	struct options o = { .width = 60 };

	(void)state;
	assert_true(document_set(&d, cli_document(), &f));
	assert_true(output_result(out, &o, &d, document_result_schema(&d, document_method(&d, "finding.list")), page, &f));
	fclose(out);
	assert_memory_equal(printed, "REFERENCE        GRADE  STATE   CONDITION", 41);
	for (char *rest = printed, *line; (line = strsep(&rest, "\n"));)
		assert_true(terminal_text_width(line) <= 60);
	document_clear(&d);
	json_decref(page);
	json_decref(items);
}

/* An empty list is one, whether it is a page or not. */
static void test_nothing_is_said_to_be_nothing(void **state)
{
	struct document d = { 0 };
	struct failure f = { 0 };
	json_t *nothing[] = { json_array(), json_pack("{s:[], s:n}", "items", "after") };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct options o = { .width = 80 };
		FILE *out = start();

		assert_true(output_result(out, &o, &d, NULL, nothing[i], &f));
		fclose(out);
		assert_string_equal(printed, "(none)\n");
		o.format = FORMAT_CSV;
		out = start();
		assert_true(output_result(out, &o, &d, NULL, nothing[i], &f));
		fclose(out);
		json_decref(nothing[i]);
	}
}

static void test_one_field_alone(void **state)
{
	struct document d = { 0 };
	struct failure f = { 0 };
	json_t *items = findings(), *page = json_pack("{s:O}", "items", items);
	struct options o = { .field = "items.1.grade" };
	FILE *out = start();

	(void)state;
	assert_true(output_result(out, &o, &d, NULL, page, &f));
	fclose(out);
	assert_string_equal(printed, "major\n");
	o.field = "items.7.grade";
	assert_false(output_result(stdout, &o, &d, NULL, page, &f));
	failure_clear(&f);
	json_decref(page);
	json_decref(items);
}

static void test_a_record_is_a_field_a_line_in_the_order_of_its_schema(void **state)
{
	struct document d = { 0 };
	struct failure f = { 0 };
	json_t *record = json_pack("{s:s, s:s, s:n, s:s, s:[{s:s}]}", "grade", "minor", "reference", "IA-2026-01-F-01", "condition", "state", "draft",
				   "actions", "title", "Try it");
	FILE *out = start();

	(void)state;
	assert_true(document_set(&d, cli_document(), &f));
	output_record(out, &d, json_object_get(json_object_get(json_object_get(d.root, "components"), "schemas"), "finding"), record, 80);
	fclose(out);
	assert_string_equal(printed, "reference  IA-2026-01-F-01\ngrade      minor\nstate      draft\nactions    \n  TITLE\n  Try it\n");
	document_clear(&d);
	json_decref(record);
}

static void test_a_name_cannot_command_the_terminal_either(void **state)
{
	json_t *record = json_pack("{s:{s:s}, s:s}", "extent", "a_\x1b[2Jb\x7f", "x", "\xc2\x9bnote", "y");
	static const struct document none;
	FILE *out = start();

	(void)state;
	output_record(out, &none, NULL, record, 80);
	fclose(out);
	assert_null(strpbrk(printed, "\x1b\x7f"));
	assert_null(strstr(printed, "\xc2\x9b"));
	assert_non_null(strstr(printed, "a  [2Jb "));
	json_decref(record);
}

static json_t *finding_schema(const struct document *d)
{
	return json_object_get(json_object_get(json_object_get(d->root, "components"), "schemas"), "finding");
}

/* out NULL: refused, with `said` in the sentence. */
static const struct { const char *title, *columns, *out, *said; } picked[] = {
	{ "in the order that is asked", "state,reference", "state      draft\nreference  IA-2026-01-F-01\n", NULL },
	{ "as a table heads them", "STATE,Reference", "state      draft\nreference  IA-2026-01-F-01\n", NULL },
	{ "one that is null is empty", "condition,grade", "condition  \ngrade      minor\n", NULL },
	{ "an id, asked for, is shown", "organisation", "organisation  01990000-0000-7000-8000-0000000000f3\n", NULL },
	{ "a list of records below its name", "actions", "actions  \n  TITLE\n  Try it\n", NULL },
	{ "one that the schema has and the record has not", "version", "version  \n", NULL },
	{ "one that nobody has", "state,colour", NULL, "There is no column colour; there are id, reference" },
};

static void test_the_columns_of_one_record(void **state)
{
	struct document d = { 0 };
	struct failure f = { 0 };
	json_t *record = json_pack("{s:s, s:s, s:n, s:s, s:s, s:[{s:s}]}", "grade", "minor", "reference", "IA-2026-01-F-01", "condition", "state", "draft",
				   "organisation", "01990000-0000-7000-8000-0000000000f3", "actions", "title", "Try it");

	(void)state;
	assert_true(document_set(&d, cli_document(), &f));
	for (size_t i = 0; i < sizeof picked / sizeof *picked; i++) {
		struct options o = { .width = 80, .columns = picked[i].columns };
		FILE *out = start();
		bool ok = output_result(out, &o, &d, finding_schema(&d), record, &f);

		fclose(out);
		if (ok != !picked[i].said || (ok && strcmp(printed, picked[i].out)) || (!ok && !strstr(f.message, picked[i].said)))
			fail_msg("%s: %s%s", picked[i].title, printed, f.message);
		/* After the call it is no mistake to be made good by typing: what was asked for has been done. */
		assert_int_equal(f.kind, ok ? FAILURE_NONE : FAILURE_LOCAL);
		failure_clear(&f);
	}
	document_clear(&d);
	json_decref(record);
}

static const struct { const char *title, *method; enum format format; const char *columns; bool possible; } wishes[] = {
	{ "a column of a list", "finding.list", FORMAT_CSV, "grade", true },
	{ "a column that a list has not", "finding.list", FORMAT_TABLE, "colour", false },
	{ "a column of a record", "finding.get", FORMAT_TABLE, "grade", true },
	{ "a column that a record has not", "finding.issue", FORMAT_TABLE, "colour", false },
	{ "a record as CSV", "finding.issue", FORMAT_CSV, NULL, false },
	{ "in JSON columns do not count", "finding.issue", FORMAT_JSON, "colour", true },
	{ "what is not described is tried", "function.list", FORMAT_TABLE, "colour", true },
	{ "a method that nobody knows is tried", "nothing.list", FORMAT_CSV, "colour", true },
};

static void test_what_cannot_be_printed_is_said_before_it_is_done(void **state)
{
	struct document d = { 0 };
	struct failure f = { 0 };

	(void)state;
	assert_true(document_set(&d, cli_document(), &f));
	for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
		struct options o = { .format = wishes[i].format, .columns = wishes[i].columns };

		if (output_possible(&o, &d, document_result_schema(&d, document_method(&d, wishes[i].method)), &f) != wishes[i].possible)
			fail_msg("%s: %s", wishes[i].title, f.message);
		assert_int_equal(f.kind, wishes[i].possible ? FAILURE_NONE : FAILURE_USAGE);
		failure_clear(&f);
	}
	document_clear(&d);
}

static const struct document none;

/* What a rule says and what helps are the description's words; a rule that it does not have keeps its name. */
static void test_a_refusal_is_told_in_words(void **state)
{
	struct failure f = { 0 };
	json_t *error = json_pack("{s:i, s:s, s:{s:s, s:[s, s, {s:s, s:s}, {s:s, s:s, s:s}]}}", "code", E_SEPARATION,
				  "message", "Olga operates Backup until 2026-03-31.", "data", "rule", "S5", "also", "S8", "S99",
				  "rule", "S7", "message", "Nobody has signed.", "rule", "checks", "message", "A plan is due by then.", "verb", "evidence.upload_begin");
	struct document d = { 0 };
	FILE *out = start();

	(void)state;
	assert_true(document_set(&d, cli_document(), &f));
	failure_refused(&f, error);
	refusal_print(out, &f, 200, &d, NULL);
	fclose(out);
	assert_string_equal(printed, "Refused: Olga operates Backup until 2026-03-31.\n"
			    "  rule      S5: the hands that did the work\n"
			    "  also      S8: observers read what was released to them\n"
			    "  also      S99\n"
			    "  also      Nobody has signed.\n"
			    "  also      A plan is due by then. (`ninetwo evidence upload-begin`)\n"
			    "  helps     Ask an auditor who had no hand in it.\n");
	assert_int_equal(failure_exit_status(&f), 4);
	failure_clear(&f);
	json_decref(error);
	document_clear(&d);
}

/* The refusal's own help goes before the verb that removes what is in the way, and that before the rule's. */
static void test_what_helps_most_is_told(void **state)
{
	static const struct { const char *error, *helps; } cases[] = {
		{ "{\"code\":-32009,\"message\":\"x\",\"data\":{\"rule\":\"S5\",\"verb\":\"a.b_c\",\"help\":\"Ask finding.list. Or finding.x, finding.issue.\"}}", "Ask `ninetwo finding list`. Or finding.x, `ninetwo finding issue`.\n" },
		{ "{\"code\":-32009,\"message\":\"x\",\"data\":{\"rule\":\"S5\",\"verb\":\"a.b_c\"}}", "a.b_c\n" },
		{ "{\"code\":-32009,\"message\":\"x\",\"data\":{\"rule\":\"S5\"}}", "Ask an auditor who had no hand in it.\n" },
		{ "{\"code\":-32005,\"message\":\"x\",\"data\":{}}", "Read the record as it is now, and decide again.\n" },
		{ "{\"code\":-32009,\"message\":\"x\",\"data\":{\"rule\":\"S8\"}}", NULL },
	};
	struct document d = { 0 };

	(void)state;
	assert_true(document_set(&d, cli_document(), &(struct failure){ 0 }));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_t *error = json_loads(cases[i].error, 0, NULL);
		struct failure f = { 0 };
		FILE *out = start();
		const char *at;

		failure_refused(&f, error);
		refusal_print(out, &f, 200, &d, NULL);
		fclose(out);
		at = strstr(printed, "  helps     ");
		if (cases[i].helps ? !at || strcmp(at + 12, cases[i].helps) : at != NULL)
			fail_msg("%s: %s", cases[i].error, printed);
		failure_clear(&f);
		json_decref(error);
	}
	document_clear(&d);
}

/* What is said of one parameter is the sentence itself; of several, each has its line. */
static void test_a_parameter_that_offends_is_said_once(void **state)
{
	static const char one[] = "{\"code\":-32602,\"message\":\"a must be text.\",\"data\":{\"params\":[{\"name\":\"a\",\"problem\":\"must be text\"}]}}";
	static const char two[] = "{\"code\":-32602,\"message\":\"2 are not.\",\"data\":{\"params\":[{\"name\":\"a\",\"problem\":\"must be text\"},"
		"{\"name\":\"b\",\"problem\":\"is missing\"}]}}";
	struct failure f = { 0 };
	json_t *error = json_loads(one, 0, NULL);
	FILE *out = start();

	(void)state;
	failure_refused(&f, error);
	refusal_print(out, &f, 200, &none, NULL);
	fclose(out);
	assert_string_equal(printed, "Refused: a must be text.\n  helps     The same command with --help shows what it takes.\n");
	json_decref(error);
	error = json_loads(two, 0, NULL);
	out = start();
	failure_refused(&f, error);
	refusal_print(out, &f, 200, &none, NULL);
	fclose(out);
	assert_non_null(strstr(printed, "  params    a must be text\n            b is missing\n"));
	failure_clear(&f);
	json_decref(error);
}

static void test_a_stale_refusal_shows_the_record_as_it_is(void **state)
{
	struct failure f = { 0 };
	json_t *error = json_pack("{s:i, s:s, s:{s:{s:s, s:i}}}", "code", E_STALE, "message", "Somebody changed it.", "data", "current", "notes", "theirs", "version", 8);
	FILE *out = start();

	(void)state;
	failure_refused(&f, error);
	refusal_print(out, &f, 80, &none, NULL);
	fclose(out);
	assert_non_null(strstr(printed, "theirs"));
	assert_non_null(strstr(printed, "8"));
	assert_int_equal(failure_exit_status(&f), 6);
	failure_clear(&f);
	json_decref(error);
}

static const struct { int code, status; } statuses[] = {
	{ E_PARAMS, 2 }, { E_UNAUTHENTICATED, 3 }, { E_FORBIDDEN, 4 }, { E_SEPARATION, 4 }, { E_NOT_FOUND, 5 }, { E_STALE, 6 }, { E_STATE, 7 },
	{ E_SLOW_DOWN, 8 }, { E_NOT_NOW, 8 }, { E_BUSINESS, 9 }, { E_INTERNAL, 1 }, { -12345, 1 },
};

static void test_exit_statuses(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		struct failure f = { 0 };

		failure_code(&f, statuses[i].code, "x");
		assert_int_equal(failure_exit_status(&f), statuses[i].status);
		failure_clear(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_widths),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_wrapping),
		cmocka_unit_test(test_the_width_of_the_terminal),
		cmocka_unit_test(test_values_as_text),
		cmocka_unit_test(test_tables_of_any_width),
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_a_table_fits_and_puts_the_telling_columns_first),
		cmocka_unit_test(test_nothing_is_said_to_be_nothing),
		cmocka_unit_test(test_one_field_alone),
		cmocka_unit_test(test_a_record_is_a_field_a_line_in_the_order_of_its_schema),
		cmocka_unit_test(test_a_name_cannot_command_the_terminal_either),
		cmocka_unit_test(test_the_columns_of_one_record),
		cmocka_unit_test(test_what_cannot_be_printed_is_said_before_it_is_done),
		cmocka_unit_test(test_a_refusal_is_told_in_words),
		cmocka_unit_test(test_what_helps_most_is_told),
		cmocka_unit_test(test_a_parameter_that_offends_is_said_once),
		cmocka_unit_test(test_a_stale_refusal_shows_the_record_as_it_is),
		cmocka_unit_test(test_exit_statuses),
	};

	return cmocka_run_group_tests_name("cli_output", tests, NULL, NULL);
}
