/* SQL taken apart: the tokens of a statement and the blanks between them are all of it; a statement taken apart
 * again is one statement, with the same tokens; and what lies between statements holds no token but semicolons. */
#include "db/sql_text.h"
#include "tests/fuzz/fuzz.h"

static int lines_of(const char *from, const char *to)
{
	int n = 0;

	for (; from < to; from++)
		n += *from == '\n';
	return n;
}

/* Goes through the tokens up to `end`: each lies behind the one before, on the line that it says. */
static size_t count_tokens(struct sql_scan s)
{
	const char *begin = s.at, *at = s.at;
	const int line = s.line;
	char name[SQL_NAME_MAX];
	size_t n = 0;
	struct sql_token t;

	while ((t = sql_scan_next(&s)).kind != SQL_END) {
		must(t.text >= at && t.text + t.length <= s.end && t.line == line + lines_of(begin, t.text));
		if (t.kind == SQL_BROKEN) {
			must(sql_scan_next(&s).kind == SQL_BROKEN);
			break;
		}
		must(t.length > 0 && s.at == t.text + t.length);
		if (sql_token_name(&t, name))
			must(strlen(name) < SQL_NAME_MAX && (t.kind == SQL_WORD || t.kind == SQL_NAME));
		at = s.at;
		n++;
	}
	return n;
}

static void check_alone(const struct sql_statement *one)
{
	struct sql_scan s = sql_statement_scan(one);
	struct sql_statement again, more;
	struct error err = { 0 };

	must(one->length > 0 && count_tokens(s) > 0);
	must(sql_statement_next(&s, &again, &err) && again.text == one->text && again.length == one->length
		&& again.line == one->line);
	must(!sql_statement_next(&s, &more, &err) && err.code == OK);
}

static void check_between(const char *from, const char *to)
{
	struct sql_scan s = { from, to, 1 };
	struct sql_token t;

	while ((t = sql_scan_next(&s)).kind != SQL_END)
		must(sql_token_is(&t, ";"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	const char *at = text;
	struct sql_scan s = { text, text + size, 1 };
	struct error err = { 0 };
	struct sql_statement one;

	count_tokens(s);
	while (sql_statement_next(&s, &one, &err)) {
		check_between(at, one.text);
		check_alone(&one);
		at = one.text + one.length;
	}
	must(err.code == OK || err.code == E_PARAMS);
	if (err.code == OK)
		check_between(at, text + size);
	error_clear(&err);
	free(text);
	return 0;
}
