/* value.c - parsing values by kind. */
#include "client-cli/value.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAIR_NAME_MAX = 64 };

static bool text_is_one_of(const json_t *list, const char *text)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
		if (json_is_string(one) && !strcmp(json_string_value(one), text))
			return true;
	return false;
}

/* draft, shared or issued */
static const char *in_words(const json_t *list, char *out, size_t size)
{
	size_t i, n = 0, count = json_array_size(list);
	json_t *one;

	*out = '\0';
	json_array_foreach(list, i, one) {
		const char *text = json_string_value(one);

		if (text && n < size)
			n += (size_t)snprintf(out + n, size - n, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", text);
	}
	return out;
}

static json_t *parse_plain(const char *name, const char *text, struct failure *f)
{
	json_t *value = json_string(text);

	if (!value)
		failure_usage(f, "--%s is not UTF-8.", name);
	return value;
}

static json_t *parse_text(const struct document *d, json_t *schema, const char *name, const char *text, struct failure *f)
{
	const json_t *list = json_object_get(document_schema(d, schema), "enum");
	char words[512];

	if (list && !text_is_one_of(list, text)) {
		failure_usage(f, "--%s is one of %s, not '%s'.", name, in_words(list, words, sizeof words), text);
		return NULL;
	}
	return parse_plain(name, text, f);
}

static json_t *parse_number(bool whole, const char *name, const char *text, struct failure *f)
{
	char *end;
	long long n;
	double real;

	errno = 0;
	if (whole) {
		n = strtoll(text, &end, 10);
		if (end != text && !*end && !errno)
			return json_integer(n);
	} else {
		real = strtod(text, &end);
		if (end != text && !*end && !errno)
			return json_real(real);
	}
	failure_usage(f, "--%s wants a %snumber, not '%s'.", name, whole ? "whole " : "", text);
	return NULL;
}

static json_t *parse_boolean(const char *name, const char *text, struct failure *f)
{
	static const char *const yes[] = { "true", "yes", "1" }, *const no[] = { "false", "no", "0" };

	for (size_t i = 0; i < 3; i++) {
		if (!strcasecmp(text, yes[i]))
			return json_true();
		if (!strcasecmp(text, no[i]))
			return json_false();
	}
	failure_usage(f, "--%s is yes or no, not '%s'.", name, text);
	return NULL;
}

static json_t *load_json(const char *text, json_error_t *error)
{
	if (*text != '@')
		return json_loads(text, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, error);
	if (!strcmp(text, "@-"))
		return json_loadf(stdin, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, error);
	return json_load_file(text + 1, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, error);
}

json_t *value_json(const char *what, const char *text, struct failure *f)
{
	json_error_t error;
	json_t *value = load_json(text, &error);

	if (!value && *text == '@' && error.line < 0)
		failure_local(f, "%s: %s.", what, error.text);
	else if (!value)
		failure_usage(f, "%s: this is not JSON: %s (line %d).", what, error.text, error.line);
	return value;
}

static json_t *parse_json(const char *name, const char *text, struct failure *f)
{
	json_t *value = value_json(name, text, f);

	if (!value && f->kind == FAILURE_USAGE)
		failure_usage(f, "--%s wants JSON, @FILE or NAME=VALUE, not '%s'.", name, text);
	return value;
}

/* A parameter that may be anything takes JSON where the text is JSON, and else the text. */
static json_t *parse_any(const char *name, const char *text, struct failure *f)
{
	json_error_t error;
	json_t *value;

	if (*text == '@')
		return parse_json(name, text, f);
	value = json_loads(text, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
	return value ? value : parse_plain(name, text, f);
}

json_t *value_parse(const struct document *d, json_t *schema, const char *name, const char *text, struct failure *f)
{
	switch (document_kind(d, schema)) {
	case KIND_TEXT:
		return parse_text(d, schema, name, text, f);
	case KIND_UUID:
	case KIND_DATE:
	case KIND_DATE_TIME:
		return parse_plain(name, text, f);
	case KIND_INTEGER:
		return parse_number(true, name, text, f);
	case KIND_NUMBER:
		return parse_number(false, name, text, f);
	case KIND_BOOLEAN:
		return parse_boolean(name, text, f);
	case KIND_OBJECT:
	case KIND_ARRAY:
		return parse_json(name, text, f);
	case KIND_ANY:
		break;
	}
	return parse_any(name, text, f);
}

static size_t pair_name_length(const char *word)
{
	size_t n = 0;

	while (isalnum((unsigned char)word[n]) || word[n] == '_' || (n > 0 && word[n] == '-'))
		n++;
	return n < PAIR_NAME_MAX ? n : 0;
}

bool value_is_pair(const char *word)
{
	size_t n = pair_name_length(word);

	return n > 0 && word[n] == '=';
}

bool value_add_pair(const struct document *d, json_t *schema, json_t *object, const char *word, struct failure *f)
{
	size_t n = pair_name_length(word);
	char name[PAIR_NAME_MAX + 1];
	json_t *property, *value, *list;
	bool array;

	memcpy(name, word, n);
	name[n] = '\0';
	for (char *p = name; *p; p++)
		if (*p == '-')
			*p = '_';
	property = document_schema(d, json_object_get(json_object_get(document_schema(d, schema), "properties"), name));
	array = property && document_kind(d, property) == KIND_ARRAY && word[n + 1] != '[' && word[n + 1] != '@';
	if (array)
		property = json_object_get(property, "items");
	value = value_parse(d, property, name, word + n + 1, f);
	if (!value || !array)
		return value && json_object_set_new(object, name, value) == 0;
	list = json_object_get(object, name);
	if (!list) {
		list = json_array();
		json_object_set_new(object, name, list);
	}
	if (json_array_append_new(list, value) == 0)
		return true;
	return failure_usage(f, "%s= is given twice, and is no list.", name);
}
