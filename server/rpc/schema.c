/* schema.c - see schema.h. Compiling is a table of keywords; checking is one walk over the compiled form.
 *
 * A $ref is looked up when it is walked, so that components may name each other in any order; a chain of references that never goes deeper
 * into the value is stopped by WALK_MAX. */
#include "rpc/schema.h"

#include "base/calendar.h"
#include "base/utf8.h"
#include "base/uuid.h"

#include <ctype.h>
#include <regex.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_MAX_BYTES = 256, PROBLEM_MAX = 400, WALK_MAX = 64, BUCKETS = 64 };

enum { T_NULL = 1, T_BOOLEAN = 2, T_INTEGER = 4, T_NUMBER = 8, T_STRING = 16, T_ARRAY = 32, T_OBJECT = 64 };

static const struct { const char *name; unsigned int mask; const char *words; } type_table[] = {
	{ "null", T_NULL, "null" },
	{ "boolean", T_BOOLEAN, "true or false" },
	{ "integer", T_INTEGER, "a whole number" },
	{ "number", T_NUMBER, "a number" },
	{ "string", T_STRING, "text" },
	{ "array", T_ARRAY, "a list" },
	{ "object", T_OBJECT, "an object" },
};
enum { TYPES = sizeof type_table / sizeof *type_table };

struct property {
	char *name;
	struct schema *schema;		/* NULL: anything */
	bool required;
};

struct format {
	const char *name;
	bool (*fits)(const char *text);
	const char *words;
};

struct schema {
	const struct schemas *components;
	char *reference;
	unsigned int types;		/* 0: any */
	struct property *properties;
	size_t property_count;
	bool closed;			/* additionalProperties: false */
	struct schema *additional;
	struct schema *items;
	struct schema **alternatives;
	size_t alternative_count;
	json_t *values;			/* enum */
	const struct format *format;
	size_t min_length, max_length;
	size_t min_items, max_items;
	bool has_minimum, has_maximum;
	double minimum, maximum;
	char *pattern;
	regex_t regex;
	char *problem;			/* what is wrong with what does not match the pattern; NULL: that it does not */
};

struct component {
	struct component *next;
	char *name;
	struct schema *schema;
};

struct schemas {
	struct component *buckets[BUCKETS];
};

/* ---- formats ---- */

/* Reads exactly `digits` digits; -1 when they are not there. */
static int number_at(const char *text, int digits)
{
	int n = 0;

	for (int i = 0; i < digits; i++) {
		if (!isdigit((unsigned char)text[i]))
			return -1;
		n = n * 10 + (text[i] - '0');
	}
	return n;
}

/* The rest of the text after a date, or NULL when it does not start with one. */
static const char *after_date(const char *text)
{
	int year, month, day;

	if (strnlen(text, 10) < 10)
		return NULL;
	year = number_at(text, 4);
	month = number_at(text + 5, 2);
	day = number_at(text + 8, 2);
	if (year < 1 || text[4] != '-' || month < 1 || month > 12 || text[7] != '-' || day < 1 ||
	    day > calendar_days_in(year, month))
		return NULL;
	return text + 10;
}

bool schema_is_date(const char *text)
{
	const char *rest = after_date(text);

	return rest && !*rest;
}

static bool is_offset(const char *text)
{
	int hour, minute;

	if (*text == 'Z' || *text == 'z')
		return text[1] == '\0';
	if ((*text != '+' && *text != '-') || strlen(text) != 6 || text[3] != ':')
		return false;
	hour = number_at(text + 1, 2);
	minute = number_at(text + 4, 2);
	return hour >= 0 && hour <= 15 && minute >= 0 && minute <= 59;
}

bool schema_is_date_time(const char *text)
{
	const char *rest = after_date(text);
	int hour, minute, second;

	if (!rest || (*rest != 'T' && *rest != 't') || strnlen(rest, 9) < 9 || rest[3] != ':' || rest[6] != ':')
		return false;
	hour = number_at(rest + 1, 2);
	minute = number_at(rest + 4, 2);
	second = number_at(rest + 7, 2);
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
		return false;
	rest += 9;
	if (*rest == '.') {
		size_t digits = strspn(++rest, "0123456789");

		if (digits == 0 || digits > 9)
			return false;
		rest += digits;
	}
	return is_offset(rest);
}

static const struct format formats[] = {
	{ "uuid", uuid_is, "a UUID" },
	{ "date", schema_is_date, "a date as 2026-05-31" },
	{ "date-time", schema_is_date_time, "a time as 2026-05-31T12:00:00Z" },
};

/* ---- compiling ---- */

static enum error_code malformed(struct error *err, const char *keyword)
{
	return error_set(err, E_INTERNAL, "A declared schema is malformed at \"%s\".", keyword);
}

static enum error_code add_type(struct schema *s, const json_t *name, struct error *err)
{
	for (size_t i = 0; i < TYPES && json_is_string(name); i++)
		if (!strcmp(json_string_value(name), type_table[i].name)) {
			s->types |= type_table[i].mask;
			return OK;
		}
	return malformed(err, "type");
}

static enum error_code on_type(struct schema *s, const json_t *value, struct error *err)
{
	size_t i;
	json_t *name;

	if (!json_is_array(value))
		return add_type(s, value, err);
	json_array_foreach(value, i, name)
		if (add_type(s, name, err) != OK)
			return err->code;
	return OK;
}

static struct property *property_of(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->property_count; i++)
		if (!strcmp(s->properties[i].name, name))
			return &s->properties[i];
	return NULL;
}

static struct property *property_add(struct schema *s, const char *name, struct error *err)
{
	struct property *found = property_of(s, name), *grown;

	if (found)
		return found;
	grown = realloc(s->properties, (s->property_count + 1) * sizeof *grown);
	if (grown) {
		s->properties = grown;
		found = &grown[s->property_count];
		*found = (struct property){ .name = strdup(name) };
	}
	if (!found || !found->name) {
		error_set(err, E_NOT_NOW, NULL);
		return NULL;
	}
	s->property_count++;
	return found;
}

static enum error_code on_properties(struct schema *s, const json_t *value, struct error *err)
{
	const char *name;
	json_t *child;

	if (!json_is_object(value))
		return malformed(err, "properties");
	json_object_foreach((json_t *)(uintptr_t)value, name, child) {
		struct property *p = property_add(s, name, err);

		if (!p)
			return err->code;
		p->schema = schema_compile(child, s->components, err);
		if (!p->schema)
			return err->code;
	}
	return OK;
}

static enum error_code on_required(struct schema *s, const json_t *value, struct error *err)
{
	size_t i;
	json_t *name;

	json_array_foreach(value, i, name) {
		struct property *p = json_is_string(name) ? property_add(s, json_string_value(name), err) : NULL;

		if (!p)
			return malformed(err, "required");
		p->required = true;
	}
	return json_is_array(value) ? OK : malformed(err, "required");
}

static enum error_code on_additional(struct schema *s, const json_t *value, struct error *err)
{
	if (json_is_boolean(value)) {
		s->closed = json_is_false(value);
		return OK;
	}
	s->additional = schema_compile(value, s->components, err);
	return s->additional ? OK : err->code;
}

static enum error_code on_items(struct schema *s, const json_t *value, struct error *err)
{
	s->items = schema_compile(value, s->components, err);
	return s->items ? OK : err->code;
}

static enum error_code on_enum(struct schema *s, const json_t *value, struct error *err)
{
	if (!json_is_array(value))
		return malformed(err, "enum");
	s->values = json_deep_copy(value);
	return s->values ? OK : error_set(err, E_NOT_NOW, NULL);
}

static enum error_code on_format(struct schema *s, const json_t *value, struct error *err)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats && json_is_string(value); i++)
		if (!strcmp(formats[i].name, json_string_value(value)))
			s->format = &formats[i];
	return s->format ? OK : malformed(err, "format");
}

static enum error_code take_count(const json_t *value, size_t *out, const char *keyword, struct error *err)
{
	if (!json_is_integer(value) || json_integer_value(value) < 0)
		return malformed(err, keyword);
	*out = (size_t)json_integer_value(value);
	return OK;
}

static enum error_code on_min_length(struct schema *s, const json_t *value, struct error *err)
{
	return take_count(value, &s->min_length, "minLength", err);
}

static enum error_code on_max_length(struct schema *s, const json_t *value, struct error *err)
{
	return take_count(value, &s->max_length, "maxLength", err);
}

static enum error_code on_min_items(struct schema *s, const json_t *value, struct error *err)
{
	return take_count(value, &s->min_items, "minItems", err);
}

static enum error_code on_max_items(struct schema *s, const json_t *value, struct error *err)
{
	return take_count(value, &s->max_items, "maxItems", err);
}

static enum error_code on_minimum(struct schema *s, const json_t *value, struct error *err)
{
	s->has_minimum = true;
	s->minimum = json_number_value(value);
	return json_is_number(value) ? OK : malformed(err, "minimum");
}

static enum error_code on_maximum(struct schema *s, const json_t *value, struct error *err)
{
	s->has_maximum = true;
	s->maximum = json_number_value(value);
	return json_is_number(value) ? OK : malformed(err, "maximum");
}

static enum error_code on_pattern(struct schema *s, const json_t *value, struct error *err)
{
	if (!json_is_string(value) || regcomp(&s->regex, json_string_value(value), REG_EXTENDED | REG_NOSUB))
		return malformed(err, "pattern");
	s->pattern = strdup(json_string_value(value));
	if (!s->pattern) {
		regfree(&s->regex);
		return error_set(err, E_NOT_NOW, NULL);
	}
	return OK;
}

static enum error_code on_problem(struct schema *s, const json_t *value, struct error *err)
{
	if (!json_is_string(value))
		return malformed(err, "x-problem");
	s->problem = strdup(json_string_value(value));
	return s->problem ? OK : error_set(err, E_NOT_NOW, NULL);
}

static enum error_code on_reference(struct schema *s, const json_t *value, struct error *err)
{
	static const char prefix[] = "#/components/schemas/";
	const char *text = json_string_value(value);

	if (!text || strncmp(text, prefix, sizeof prefix - 1))
		return malformed(err, "$ref");
	s->reference = strdup(text + sizeof prefix - 1);
	return s->reference ? OK : error_set(err, E_NOT_NOW, NULL);
}

static enum error_code on_one_of(struct schema *s, const json_t *value, struct error *err)
{
	size_t i, count = json_array_size(value);
	json_t *child;

	if (!count)
		return malformed(err, "oneOf");
	s->alternatives = calloc(count, sizeof(struct schema *));
	if (!s->alternatives)
		return error_set(err, E_NOT_NOW, NULL);
	json_array_foreach(value, i, child) {
		s->alternatives[i] = schema_compile(child, s->components, err);
		if (!s->alternatives[i])
			return err->code;
		s->alternative_count++;
	}
	return OK;
}

static enum error_code on_nothing(struct schema *s, const json_t *value, struct error *err)
{
	(void)s;
	(void)value;
	(void)err;
	return OK;
}

static const struct {
	const char *name;
	enum error_code (*compile)(struct schema *s, const json_t *value, struct error *err);
} keywords[] = {
	{ "type", on_type }, { "properties", on_properties }, { "required", on_required },
	{ "additionalProperties", on_additional }, { "items", on_items }, { "enum", on_enum },
	{ "format", on_format }, { "minLength", on_min_length }, { "maxLength", on_max_length },
	{ "minItems", on_min_items }, { "maxItems", on_max_items },
	{ "minimum", on_minimum }, { "maximum", on_maximum }, { "pattern", on_pattern }, { "x-problem", on_problem },
	{ "$ref", on_reference }, { "oneOf", on_one_of },
	{ "title", on_nothing }, { "description", on_nothing }, { "default", on_nothing }, { "examples", on_nothing },
};

static enum error_code compile_keyword(struct schema *s, const char *name, const json_t *value, struct error *err)
{
	for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
		if (!strcmp(keywords[i].name, name))
			return keywords[i].compile(s, value, err);
	return strncmp(name, "x-", 2) ? malformed(err, name) : OK;
}

struct schema *schema_compile(const json_t *json, const struct schemas *components, struct error *err)
{
	struct schema *s = calloc(1, sizeof *s);
	const char *name;
	json_t *value;

	if (!s) {
		error_set(err, E_NOT_NOW, NULL);
		return NULL;
	}
	*s = (struct schema){ .components = components, .max_length = SIZE_MAX, .max_items = SIZE_MAX };
	if (!json_is_object(json) && !json_is_true(json)) {
		malformed(err, "schema");
		goto fail;
	}
	json_object_foreach((json_t *)(uintptr_t)json, name, value)
		if (compile_keyword(s, name, value, err) != OK)
			goto fail;
	return s;
fail:
	schema_free(s);
	return NULL;
}

void schema_free(struct schema *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->property_count; i++) {
		free(s->properties[i].name);
		schema_free(s->properties[i].schema);
	}
	for (size_t i = 0; i < s->alternative_count; i++)
		schema_free(s->alternatives[i]);
	if (s->pattern)
		regfree(&s->regex);
	schema_free(s->additional);
	schema_free(s->items);
	json_decref(s->values);
	free(s->properties);
	free(s->alternatives);
	free(s->pattern);
	free(s->problem);
	free(s->reference);
	free(s);
}

/* ---- components ---- */

static unsigned int component_bucket(const char *name)
{
	unsigned int h = 5381;

	while (*name)
		h = h * 33 + (unsigned char)*name++;
	return h % BUCKETS;
}

static const struct schema *component(const struct schemas *s, const char *name)
{
	for (const struct component *c = s ? s->buckets[component_bucket(name)] : NULL; c; c = c->next)
		if (!strcmp(c->name, name))
			return c->schema;
	return NULL;
}

struct schemas *schemas_new(void)
{
	return calloc(1, sizeof(struct schemas));
}

void schemas_free(struct schemas *s)
{
	if (!s)
		return;
	for (int i = 0; i < BUCKETS; i++)
		while (s->buckets[i]) {
			struct component *c = s->buckets[i];

			s->buckets[i] = c->next;
			schema_free(c->schema);
			free(c->name);
			free(c);
		}
	free(s);
}

enum error_code schemas_add(struct schemas *s, const char *name, const json_t *json, struct error *err)
{
	struct component *c = calloc(1, sizeof *c);
	unsigned int bucket = component_bucket(name);

	if (!c)
		return error_set(err, E_NOT_NOW, NULL);
	c->name = strdup(name);
	c->schema = c->name ? schema_compile(json, s, err) : NULL;
	if (!c->schema) {
		free(c->name);
		free(c);
		return err->code != OK ? err->code : error_set(err, E_NOT_NOW, NULL);
	}
	c->next = s->buckets[bucket];
	s->buckets[bucket] = c;
	return OK;
}

/* ---- checking ---- */

struct walk {
	schema_offence_fn offence;
	void *arg;
	bool fits;
	int depth;
	char path[PATH_MAX_BYTES];
};

static void schema_walk(struct walk *w, const struct schema *s, const json_t *value);

__attribute__((format(printf, 2, 3)))
static void offend(struct walk *w, const char *fmt, ...)
{
	char problem[PROBLEM_MAX];
	va_list ap;

	w->fits = false;
	if (!w->offence)
		return;
	va_start(ap, fmt);
	vsnprintf(problem, sizeof problem, fmt, ap);
	va_end(ap);
	utf8_cut(problem, strlen(problem));
	w->offence(w->arg, w->path, problem);
}

/* Walks a child under a longer path, as much of it as there is room for, and takes the addition back. */
static void walk_child(struct walk *w, const struct schema *s, const json_t *value, const char *name, size_t index)
{
	size_t length = strlen(w->path);

	if (name)
		snprintf(w->path + length, sizeof w->path - length, "%s%.100s", length ? "." : "", name);
	else
		snprintf(w->path + length, sizeof w->path - length, "[%zu]", index);
	utf8_cut(w->path, strlen(w->path));
	if (s)
		schema_walk(w, s, value);
	else
		offend(w, "%s", value ? "is not known here" : "is required");
	w->path[length] = '\0';
}

static unsigned int mask_of(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_NULL:
		return T_NULL;
	case JSON_TRUE:
	case JSON_FALSE:
		return T_BOOLEAN;
	case JSON_INTEGER:
		return T_INTEGER | T_NUMBER;
	case JSON_REAL: {
		double d = json_real_value(value);

		/* 1.0 is an integer to JSON Schema, as far as a long long reaches. */
		return d >= -9e15 && d <= 9e15 && d == (double)(long long)d ? T_INTEGER | T_NUMBER : T_NUMBER;
	}
	case JSON_STRING:
		return T_STRING;
	case JSON_ARRAY:
		return T_ARRAY;
	case JSON_OBJECT:
		return T_OBJECT;
	}
	return 0;
}

static void words_of_types(unsigned int types, char *out, size_t size)
{
	size_t at = 0;

	out[0] = '\0';
	for (size_t i = 0; i < TYPES && at < size; i++)
		if (types & type_table[i].mask)
			at += (size_t)snprintf(out + at, size - at, "%s%s", at ? " or " : "", type_table[i].words);
}

static bool check_type(struct walk *w, const struct schema *s, const json_t *value)
{
	char words[128];

	if (!s->types || (s->types & mask_of(value)))
		return true;
	if (s->format && s->types == T_STRING) {
		offend(w, "must be %s", s->format->words);
		return false;
	}
	words_of_types(s->types, words, sizeof words);
	offend(w, "must be %s", words);
	return false;
}

static void check_values(struct walk *w, const struct schema *s, const json_t *value)
{
	char words[PROBLEM_MAX - 32] = "";
	size_t i, at = 0;
	json_t *allowed;

	json_array_foreach(s->values, i, allowed)
		if (json_equal(allowed, value))
			return;
	json_array_foreach(s->values, i, allowed) {
		char *text = json_is_string(allowed) ? strdup(json_string_value(allowed)) : json_dumps(allowed, JSON_ENCODE_ANY);

		if (text && at < sizeof words)
			at += (size_t)snprintf(words + at, sizeof words - at, "%s%s", i ? ", " : "", text);
		free(text);
	}
	offend(w, json_array_size(s->values) == 1 ? "must be %s" : "must be one of %s", words);
}

static size_t code_points(const char *text, size_t bytes)
{
	size_t n = 0;

	for (size_t i = 0; i < bytes; i++)
		n += ((unsigned char)text[i] & 0xC0) != 0x80;
	return n;
}

static void check_string(struct walk *w, const struct schema *s, const json_t *value)
{
	const char *text = json_string_value(value);
	size_t length = code_points(text, json_string_length(value));

	if (s->format && !s->format->fits(text))
		offend(w, "must be %s", s->format->words);
	if (length < s->min_length)
		offend(w, s->min_length == 1 ? "must not be empty" : "must have at least %zu characters", s->min_length);
	if (length > s->max_length)
		offend(w, "must have at most %zu characters", s->max_length);
	if (s->pattern && regexec(&s->regex, text, 0, NULL, 0))
		offend(w, s->problem ? "%s" : "must match %s", s->problem ? s->problem : s->pattern);
}

static void check_number(struct walk *w, const struct schema *s, const json_t *value)
{
	double d = json_number_value(value);

	if (s->has_minimum && d < s->minimum)
		offend(w, "must be at least %.16g", s->minimum);
	if (s->has_maximum && d > s->maximum)
		offend(w, "must be at most %.16g", s->maximum);
}

static void check_array(struct walk *w, const struct schema *s, const json_t *value)
{
	size_t i, count = json_array_size(value);
	json_t *item;

	if (count < s->min_items)
		offend(w, "must hold at least %zu", s->min_items);
	if (count > s->max_items) {
		offend(w, "must hold at most %zu", s->max_items);
		return;
	}
	if (s->items)
		json_array_foreach(value, i, item)
			walk_child(w, s->items, item, NULL, i);
}

static void check_object(struct walk *w, const struct schema *s, const json_t *value)
{
	const char *name;
	json_t *child;

	for (size_t i = 0; i < s->property_count; i++)
		if (s->properties[i].required && !json_object_get(value, s->properties[i].name))
			walk_child(w, NULL, NULL, s->properties[i].name, 0);
	json_object_foreach((json_t *)(uintptr_t)value, name, child) {
		const struct property *p = property_of(s, name);

		if (p && p->schema)
			walk_child(w, p->schema, child, name, 0);
		else if (!p && s->additional)
			walk_child(w, s->additional, child, name, 0);
		else if (!p && s->closed)
			walk_child(w, NULL, child, name, 0);
	}
}

/* The one alternative that is not plain null, so that "x or null" is explained as x; NULL when there are several. */
static const struct schema *only_form(const struct schema *s)
{
	const struct schema *form = NULL;

	for (size_t i = 0; i < s->alternative_count; i++) {
		if (s->alternatives[i]->types == T_NULL)
			continue;
		if (form)
			return NULL;
		form = s->alternatives[i];
	}
	return form;
}

static void check_alternatives(struct walk *w, const struct schema *s, const json_t *value)
{
	const struct schema *form = only_form(s);
	size_t fitting = 0;

	for (size_t i = 0; i < s->alternative_count; i++) {
		struct walk inner = { .fits = true, .depth = w->depth };

		schema_walk(&inner, s->alternatives[i], value);
		fitting += inner.fits;
	}
	if (fitting == 1)
		return;
	if (!fitting && form)
		schema_walk(w, form, value);
	else if (!fitting)
		offend(w, "must have one of the %zu forms that are described", s->alternative_count);
	else
		offend(w, "fits several of the forms that exclude each other");
}

static void walk_reference(struct walk *w, const struct schema *s, const json_t *value)
{
	const struct schema *target = component(s->components, s->reference);

	if (target)
		schema_walk(w, target, value);
	else
		offend(w, "is declared as %s, which is not described", s->reference);
}

static void schema_walk(struct walk *w, const struct schema *s, const json_t *value)
{
	if (++w->depth > WALK_MAX) {
		offend(w, "is nested too deep");
	} else if (check_type(w, s, value)) {
		if (s->reference)
			walk_reference(w, s, value);
		if (s->values)
			check_values(w, s, value);
		if (json_is_string(value))
			check_string(w, s, value);
		else if (json_is_number(value))
			check_number(w, s, value);
		else if (json_is_array(value))
			check_array(w, s, value);
		else if (json_is_object(value))
			check_object(w, s, value);
		if (s->alternative_count)
			check_alternatives(w, s, value);
	}
	w->depth--;
}

bool schema_check(const struct schema *s, const json_t *value, const char *path, schema_offence_fn offence, void *arg)
{
	struct walk w = { .offence = offence, .arg = arg, .fits = true };

	snprintf(w.path, sizeof w.path, "%s", path ? path : "");
	schema_walk(&w, s, value);
	return w.fits;
}
