/* arguments.c - see arguments.h. */
#include "client-cli/arguments.h"

#include "client-cli/value.h"

#include <string.h>

struct parse {
	const struct document *document;
	const json_t *method;
	struct words *words;
	json_t *params;
	struct failure *failure;
};

bool arguments_is_filled_in(const char *parameter)
{
	return !strcmp(parameter, "organisation") || !strcmp(parameter, "request_id");
}

static const char *parameter_name(const json_t *parameter)
{
	return json_string_value(json_object_get(parameter, "name"));
}

/* The parameter that a word like --legal-identifier names; --no-x is x with *negated. */
static json_t *named_by(const struct parse *p, const char *word, const char **attached, bool *negated)
{
	json_t *parameter;
	size_t i;

	json_array_foreach(document_parameters(p->method), i, parameter) {
		const char *name = parameter_name(parameter);
		char negative[128];

		*negated = false;
		if (!name || arguments_is_filled_in(name))
			continue;
		if (option_is(word, name, attached))
			return parameter;
		snprintf(negative, sizeof negative, "no_%s", name);
		*negated = document_kind(p->document, json_object_get(parameter, "schema")) == KIND_BOOLEAN;
		if (*negated && option_is(word, negative, attached))
			return parameter;
	}
	return NULL;
}

static bool put_argument(struct parse *p, const char *name, json_t *value)
{
	return value && json_object_set_new(p->params, name, value) == 0;
}

/* --overdue, --overdue=no, --no-overdue; `--overdue yes` is not one: the next word is its own. */
static bool take_flag(struct parse *p, const char *name, json_t *schema, const char *attached, bool negated)
{
	p->words->next++;
	if (negated && attached)
		return failure_usage(p->failure, "--no-%s takes no value.", name);
	if (!attached)
		return put_argument(p, name, json_boolean(!negated));
	return put_argument(p, name, value_parse(p->document, schema, name, attached, p->failure));
}

static bool pairs_follow(const struct words *w, const char *attached)
{
	return !attached && w->next + 1 < w->count && value_is_pair(w->list[w->next + 1]);
}

/* Makes an object of the pairs after the option. */
static json_t *take_pairs(struct parse *p, json_t *schema)
{
	struct words *w = p->words;
	json_t *object = json_object();

	for (w->next++; w->next < w->count && value_is_pair(w->list[w->next]); w->next++)
		if (!value_add_pair(p->document, schema, object, w->list[w->next], p->failure)) {
			json_decref(object);
			return NULL;
		}
	return object;
}

static bool takes_pairs(const struct parse *p, json_t *schema)
{
	enum kind kind = document_kind(p->document, schema);

	return kind == KIND_OBJECT || kind == KIND_ANY;
}

static json_t *take_argument_value(struct parse *p, const char *name, json_t *schema, const char *attached)
{
	const char *text;

	if (takes_pairs(p, schema) && pairs_follow(p->words, attached))
		return take_pairs(p, schema);
	text = option_value(p->words, attached, p->failure);
	return text ? value_parse(p->document, schema, name, text, p->failure) : NULL;
}

static json_t *list_of(struct parse *p, const char *name)
{
	json_t *list = json_object_get(p->params, name);

	if (!list) {
		list = json_array();
		json_object_set_new(p->params, name, list);
	}
	return list;
}

/* The text of a whole list is JSON that starts with a bracket, or a file; everything else is one item. */
static bool is_whole_list(const struct parse *p, const char *attached, enum kind item)
{
	const struct words *w = p->words;
	const char *text = attached ? attached : w->next + 1 < w->count ? w->list[w->next + 1] : "";

	return *text == '[' || (*text == '@' && (item == KIND_OBJECT || item == KIND_ANY));
}

static bool take_list(struct parse *p, const char *name, json_t *schema, const char *attached)
{
	json_t *items = json_object_get(schema, "items"), *value, *list = list_of(p, name);

	if (is_whole_list(p, attached, document_kind(p->document, items))) {
		value = take_argument_value(p, name, schema, attached);
		if (value && !json_is_array(value))
			failure_usage(p->failure, "--%s wants a list.", name);
		else if (value)
			json_array_extend(list, value);
		json_decref(value);
		return p->failure->kind == FAILURE_NONE;
	}
	value = take_argument_value(p, name, items, attached);
	return value && json_array_append_new(list, value) == 0;
}

/* --effect= or --effect '': the field is emptied. A yes-or-no parameter has its value attached or none. */
static bool empties(const struct parse *p, const json_t *parameter, const char *attached, enum kind kind)
{
	const struct words *w = p->words;

	if (!attached && kind != KIND_BOOLEAN && w->next + 1 < w->count)
		attached = w->list[w->next + 1];
	return attached && !*attached && document_may_be_empty(p->document, parameter);
}

static bool take_empty(struct parse *p, const char *name, const char *attached)
{
	p->words->next += attached ? 1 : 2;
	return put_argument(p, name, json_null());
}

/* After `before`, which is NULL when it was not given yet: a list goes on and the last flag counts, but what is
 * emptied has no value beside it. */
static bool may_be_given(const json_t *before, enum kind kind, bool empty)
{
	return !before || (!empty && !json_is_null(before) && (kind == KIND_BOOLEAN || kind == KIND_ARRAY));
}

static bool take_parameter(struct parse *p, const json_t *parameter, const char *attached, bool negated)
{
	const char *name = parameter_name(parameter);
	json_t *schema = document_parameter_schema(p->document, parameter);
	enum kind kind = document_kind(p->document, schema);
	bool empty = !negated && empties(p, parameter, attached, kind);

	if (!may_be_given(json_object_get(p->params, name), kind, empty))
		return failure_usage(p->failure, "--%s is given twice.", name);
	if (empty)
		return take_empty(p, name, attached);
	if (kind == KIND_BOOLEAN)
		return take_flag(p, name, schema, attached, negated);
	if (kind == KIND_ARRAY)
		return take_list(p, name, schema, attached);
	return put_argument(p, name, take_argument_value(p, name, schema, attached));
}

static bool take_option(struct parse *p, struct options *o)
{
	const char *word = p->words->list[p->words->next], *attached;
	bool negated;
	json_t *parameter = named_by(p, word, &attached, &negated);

	if (parameter)
		return take_parameter(p, parameter, attached, negated);
	if (options_take(o, p->words, p->failure))
		return true;
	if (p->failure->kind != FAILURE_NONE)
		return false;
	return failure_usage(p->failure, "%s has no option %s.", json_string_value(json_object_get(p->method, "name")), word);
}

/* A word without a name is the first required parameter that is still to be given; a list takes all that follow. */
static bool take_unnamed(struct parse *p)
{
	const char *word = p->words->list[p->words->next++];
	json_t *parameter, *schema, *value;
	size_t i;

	json_array_foreach(document_parameters(p->method), i, parameter) {
		const char *name = parameter_name(parameter);
		bool list;

		if (!name || !json_is_true(json_object_get(parameter, "required")) || arguments_is_filled_in(name) || !strcmp(name, "version"))
			continue;
		schema = document_parameter_schema(p->document, parameter);
		list = document_kind(p->document, schema) == KIND_ARRAY;
		if (json_object_get(p->params, name) && !list)
			continue;
		value = value_parse(p->document, list && *word != '[' ? json_object_get(schema, "items") : schema, name, word, p->failure);
		if (!value)
			return false;
		if (list && *word != '[')
			return json_array_append_new(list_of(p, name), value) == 0;
		return put_argument(p, name, value);
	}
	return failure_usage(p->failure, "'%s' is one word too many.", word);
}

json_t *arguments_parse(const struct document *d, const json_t *method, struct words *w, struct options *o, struct failure *f)
{
	struct parse p = { d, method, w, json_object(), f };
	bool only_words = false;

	while (w->next < w->count) {
		const char *word = w->list[w->next];
		bool taken;

		if (!only_words && !strcmp(word, "--")) {
			only_words = true;
			w->next++;
			continue;
		}
		taken = !only_words && word[0] == '-' && word[1] == '-' ? take_option(&p, o) :
			!only_words && !strcmp(word, "-h") ? options_take(o, w, f) : take_unnamed(&p);
		if (!taken) {
			if (f->kind == FAILURE_NONE)	/* a description that contradicts itself, or no memory */
				failure_local(f, "'%s' cannot be made part of the call.", word);
			json_decref(p.params);
			return NULL;
		}
	}
	return p.params;
}
