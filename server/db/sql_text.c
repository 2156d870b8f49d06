/* sql_text.c - see sql_text.h. */
#include "db/sql_text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* --- tokens ------------------------------------------------------------------------------------------------------- */

static char peek(const struct sql_scan *s, size_t n)
{
	return (size_t)(s->end - s->at) > n ? s->at[n] : '\0';
}

static void pass(struct sql_scan *s, size_t n)
{
	for (; n > 0 && s->at < s->end; n--, s->at++)
		s->line += *s->at == '\n';
}

static bool is_blank(const struct sql_scan *s)
{
	const char c = peek(s, 0);

	return c && strchr(" \t\n\r\f\v", c);
}

static bool begins_word(char c)
{
	return isalpha((unsigned char)c) || c == '_' || (c & 0x80);
}

static bool goes_on_word(char c)
{
	return begins_word(c) || isdigit((unsigned char)c);
}

static void pass_line(struct sql_scan *s)
{
	while (s->at < s->end && *s->at != '\n')
		s->at++;
}

/* Passes a comment, from its slash and star to the end of the outermost. False, and nothing is passed: it has no end.
 * */
static bool pass_comment(struct sql_scan *s)
{
	const struct sql_scan from = *s;
	size_t depth = 0;

	do {
		if (s->at == s->end) {
			*s = from;
			return false;
		}
		if (peek(s, 0) == '/' && peek(s, 1) == '*') {
			depth++;
			pass(s, 2);
		} else if (peek(s, 0) == '*' && peek(s, 1) == '/') {
			depth--;
			pass(s, 2);
		} else {
			pass(s, 1);
		}
	} while (depth > 0);
	return true;
}

static bool pass_blanks(struct sql_scan *s)
{
	for (;;) {
		if (is_blank(s))
			pass(s, 1);
		else if (peek(s, 0) == '-' && peek(s, 1) == '-')
			pass_line(s);
		else if (peek(s, 0) != '/' || peek(s, 1) != '*')
			return true;
		else if (!pass_comment(s))
			return false;
	}
}

/* Passes a text from the opening mark to the closing one, which doubled stands for itself. */
static bool pass_quoted(struct sql_scan *s, char mark, bool backslash)
{
	for (pass(s, 1); s->at < s->end; pass(s, 1)) {
		if (backslash && *s->at == '\\')
			pass(s, 1);
		else if (*s->at == mark && peek(s, 1) == mark)
			pass(s, 1);
		else if (*s->at == mark)
			break;
	}
	if (s->at == s->end)
		return false;
	pass(s, 1);
	return true;
}

/* A string goes on where another follows on a later line, and then it still has backslashes. */
static bool is_continued(struct sql_scan *s)
{
	struct sql_scan ahead = *s;
	bool comment;

	do {
		while (is_blank(&ahead))
			pass(&ahead, 1);
		comment = peek(&ahead, 0) == '-' && peek(&ahead, 1) == '-';
		if (comment)
			pass_line(&ahead);
	} while (comment);
	if (ahead.line == s->line || peek(&ahead, 0) != '\'')
		return false;
	*s = ahead;
	return true;
}

static bool pass_escaped(struct sql_scan *s)
{
	do
		if (!pass_quoted(s, '\'', true))
			return false;
	while (is_continued(s));
	return true;
}

/* The length of $tag$ here, 0 when there is none. */
static size_t dollars(const struct sql_scan *s)
{
	size_t n = 1;

	if (peek(s, 0) != '$' || isdigit((unsigned char)peek(s, 1)))
		return 0;
	while (goes_on_word(peek(s, n)))
		n++;
	return peek(s, n) == '$' ? n + 1 : 0;
}

static bool pass_dollars(struct sql_scan *s, size_t length)
{
	const char *tag = s->at;

	for (pass(s, length); (size_t)(s->end - s->at) >= length; pass(s, 1))
		if (!memcmp(s->at, tag, length)) {
			pass(s, length);
			return true;
		}
	return false;
}

static enum sql_token_kind take_token(struct sql_scan *s)
{
	const char first = *s->at;
	size_t tag = dollars(s);

	if (first == '\'')
		return pass_quoted(s, '\'', false) ? SQL_STRING : SQL_BROKEN;
	if ((first == 'e' || first == 'E') && peek(s, 1) == '\'') {
		pass(s, 1);
		return pass_escaped(s) ? SQL_STRING : SQL_BROKEN;
	}
	if (first == '"')
		return pass_quoted(s, '"', false) ? SQL_NAME : SQL_BROKEN;
	if (tag)
		return pass_dollars(s, tag) ? SQL_STRING : SQL_BROKEN;
	pass(s, 1);
	if (!goes_on_word(first))
		return SQL_SYMBOL;
	while (goes_on_word(peek(s, 0)) || (begins_word(first) && peek(s, 0) == '$'))
		pass(s, 1);
	return begins_word(first) ? SQL_WORD : SQL_NUMBER;
}

struct sql_token sql_scan_next(struct sql_scan *s)
{
	const bool whole = pass_blanks(s);
	const struct sql_scan from = *s;
	struct sql_token t = { .text = from.at, .line = from.line };

	t.kind = !whole ? SQL_BROKEN : s->at == s->end ? SQL_END : take_token(s);
	t.length = (size_t)(s->at - from.at);
	if (t.kind == SQL_BROKEN)
		*s = from;
	return t;
}

bool sql_token_is(const struct sql_token *t, const char *word)
{
	return (t->kind == SQL_WORD || t->kind == SQL_SYMBOL) && strlen(word) == t->length
		&& !strncasecmp(t->text, word, t->length);
}

bool sql_token_name(const struct sql_token *t, char out[SQL_NAME_MAX])
{
	const size_t marks = t->kind == SQL_NAME;
	size_t n = 0;

	if (t->kind != SQL_WORD && t->kind != SQL_NAME)
		return false;
	for (size_t i = marks; i + marks < t->length; i++) {
		const char c = t->text[i];

		if (n == SQL_NAME_MAX - 1)
			return false;
		out[n++] = !marks && c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
		i += marks && c == '"';
	}
	out[n] = '\0';
	return true;
}

/* --- statements --------------------------------------------------------------------------------------------------- */

/* What a statement has shown so far: semicolons between brackets, and in a body from `begin atomic` to its `end`,
 * are its own. */
struct shape {
	int words;
	bool creates, routine;
	size_t brackets, blocks;
};

static void look_at_word(struct shape *is, const struct sql_token *t)
{
	if (is->words == 0)
		is->creates = sql_token_is(t, "create");
	else if (is->words < 4 && (sql_token_is(t, "function") || sql_token_is(t, "procedure")))
		is->routine = is->creates;
	is->words++;
	if (!is->routine || is->brackets > 0)
		return;
	if (sql_token_is(t, "begin") || (is->blocks > 0 && sql_token_is(t, "case")))
		is->blocks++;
	else if (is->blocks > 0 && sql_token_is(t, "end"))
		is->blocks--;
}

/* False: a bracket closes that was not opened. */
static bool look_at(struct shape *is, const struct sql_token *t)
{
	if (t->kind == SQL_WORD)
		look_at_word(is, t);
	if (sql_token_is(t, "(") || sql_token_is(t, "["))
		is->brackets++;
	if (!sql_token_is(t, ")") && !sql_token_is(t, "]"))
		return true;
	return is->brackets-- > 0;
}

static bool ends(const struct shape *is, const struct sql_token *t)
{
	return t->kind == SQL_END || (sql_token_is(t, ";") && is->brackets == 0 && is->blocks == 0);
}

bool sql_statement_next(struct sql_scan *s, struct sql_statement *out, struct error *err)
{
	struct shape is = { 0 };
	struct sql_token t;

	do
		t = sql_scan_next(s);
	while (sql_token_is(&t, ";"));
	if (t.kind == SQL_END)
		return false;
	*out = (struct sql_statement){ .text = t.text, .line = t.line };
	for (; !ends(&is, &t); t = sql_scan_next(s)) {
		if (t.kind == SQL_BROKEN) {
			error_set(err, E_PARAMS, "line %d: what begins here does not end", t.line);
			return false;
		}
		if (!look_at(&is, &t)) {
			error_set(err, E_PARAMS, "line %d: this closes a bracket that was not opened", t.line);
			return false;
		}
		out->length = (size_t)(t.text + t.length - out->text);
	}
	if (is.brackets == 0 && is.blocks == 0)
		return true;
	error_set(err, E_PARAMS, "line %d: the statement that begins here does not end", out->line);
	return false;
}

struct sql_scan sql_statement_scan(const struct sql_statement *s)
{
	return (struct sql_scan){ s->text, s->text + s->length, s->line };
}
