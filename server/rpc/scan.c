/* scan.c - see scan.h. A bit for each open bracket says which it was, so that no depth of the text is a depth of the stack. */
#include "rpc/scan.h"

#include "base/utf8.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct scan {
	const char *at, *end;
	unsigned char *objects;		/* a bit for each open bracket: is it a brace? */
	size_t depth;
	struct scan_item *items;
	size_t most, count;
	bool batch;
	struct scan_span name;		/* the last name of a member */
	bool named;			/* the item at hand has named its id */
};

static void skip_space(struct scan *s)
{
	while (s->at < s->end && strchr(" \t\r\n", *s->at) && *s->at)
		s->at++;
}

static bool take_character(struct scan *s, char c)
{
	if (s->at == s->end || *s->at != c)
		return false;
	s->at++;
	return true;
}

static bool take_some(struct scan *s, const char *characters, size_t least, size_t most)
{
	size_t n = 0;

	for (; n < most && s->at < s->end && *s->at && strchr(characters, *s->at); n++)
		s->at++;
	return n >= least;
}

static bool take_escape(struct scan *s)
{
	if (take_character(s, 'u'))
		return take_some(s, "0123456789abcdefABCDEF", 4, 4);
	return take_some(s, "\"\\/bfnrt", 1, 1);
}

static bool take_string(struct scan *s)
{
	if (!take_character(s, '"'))
		return false;
	while (s->at < s->end && *s->at != '"') {
		if ((unsigned char)*s->at < ' ')
			return false;
		if (take_character(s, '\\')) {
			if (!take_escape(s))
				return false;
		} else {
			s->at++;
		}
	}
	return take_character(s, '"');
}

static bool take_number(struct scan *s)
{
	static const char digits[] = "0123456789";

	take_character(s, '-');
	if (!take_character(s, '0') && !take_some(s, digits, 1, SIZE_MAX))
		return false;
	if (take_character(s, '.') && !take_some(s, digits, 1, SIZE_MAX))
		return false;
	if (!take_some(s, "eE", 1, 1))
		return true;
	take_some(s, "+-", 0, 1);
	return take_some(s, digits, 1, SIZE_MAX);
}

static bool take_word(struct scan *s, const char *word)
{
	size_t length = strlen(word);

	if ((size_t)(s->end - s->at) < length || memcmp(s->at, word, length) != 0)
		return false;
	s->at += length;
	return true;
}

static bool take_scalar(struct scan *s)
{
	if (s->at < s->end && *s->at == '"')
		return take_string(s);
	return take_word(s, "true") || take_word(s, "false") || take_word(s, "null") || take_number(s);
}

/* --- brackets ------------------------------------------------------------------------------------------------------------------- */

static bool in_object(const struct scan *s)
{
	return s->depth > 0 && s->objects[(s->depth - 1) / 8] & 1u << (s->depth - 1) % 8;
}

static void open_bracket(struct scan *s, bool object)
{
	unsigned char bit = (unsigned char)(1u << s->depth % 8);

	if (object)
		s->objects[s->depth / 8] |= bit;
	else
		s->objects[s->depth / 8] &= (unsigned char)~bit;
	s->depth++;
}

/* How deep the items are: those of a batch within its brackets. */
static size_t item_depth(const struct scan *s)
{
	return s->batch ? 1 : 0;
}

static struct scan_item *item_at_hand(struct scan *s)
{
	return s->count > 0 && s->count <= s->most ? &s->items[s->count - 1] : NULL;
}

static bool spells_id(struct scan_span name)
{
	json_t *text = json_loadb(name.at, name.length, JSON_DECODE_ANY, NULL);
	bool same = text && strcmp(json_string_value(text), "id") == 0;

	json_decref(text);
	return same;
}

/* Is the value at hand that of an item's id? */
static bool names_id(const struct scan *s)
{
	return s->depth == item_depth(s) + 1 && in_object(s) && spells_id(s->name);
}

static void begin_value(struct scan *s)
{
	if (s->depth != item_depth(s))
		return;
	s->named = false;
	if (s->count++ < s->most)
		*item_at_hand(s) = (struct scan_item){ .text = { s->at, 0 } };
}

static void end_value(struct scan *s, const char *from)
{
	struct scan_item *i = item_at_hand(s);

	if (i && s->depth == item_depth(s))
		i->text.length = (size_t)(s->at - i->text.at);
	if (i && from && names_id(s)) {
		i->id = s->named ? (struct scan_span){ NULL, 0 } : (struct scan_span){ from, (size_t)(s->at - from) };
		s->named = true;
	}
}

static bool take_name(struct scan *s)
{
	s->name.at = s->at;
	if (!take_string(s))
		return false;
	s->name.length = (size_t)(s->at - s->name.at);
	skip_space(s);
	return take_character(s, ':');
}

/* --- the walk -------------------------------------------------------------------------------------------------------------------- */

enum next { VALUE, FIRST, AFTER };	/* what may come: a value; that, a name or the end of an empty bracket; a comma or an end */

static bool close_bracket(struct scan *s, enum next *next)
{
	if (!take_character(s, in_object(s) ? '}' : ']'))
		return false;
	s->depth--;
	end_value(s, NULL);
	*next = AFTER;
	return true;
}

static bool take_value(struct scan *s, enum next *next)
{
	const char *from = s->at;
	bool object;

	if (s->at < s->end && *s->at == '[' && s->depth == 0 && s->count == 0)
		s->batch = true;
	else
		begin_value(s);
	object = take_character(s, '{');
	if (object || take_character(s, '[')) {
		/* An id that is none, and leaves none to another of that name. */
		if (item_at_hand(s) && names_id(s)) {
			item_at_hand(s)->id.at = NULL;
			s->named = true;
		}
		open_bracket(s, object);
		*next = FIRST;
		return true;
	}
	if (!take_scalar(s))
		return false;
	end_value(s, from);
	*next = AFTER;
	return true;
}

static bool step(struct scan *s, enum next *next)
{
	if (*next != VALUE && close_bracket(s, next))
		return true;
	if (*next == AFTER && !take_character(s, ','))
		return false;
	skip_space(s);
	if (*next != VALUE && in_object(s)) {
		if (!take_name(s))
			return false;
		skip_space(s);
	}
	return take_value(s, next);
}

static bool scan_walk(struct scan *s)
{
	enum next next = VALUE;

	do {
		skip_space(s);
		if (!step(s, &next))
			return false;
	} while (s->depth > 0 || next != AFTER);
	skip_space(s);
	return s->at == s->end;
}

bool scan_requests(const char *text, size_t length, struct scan_item *items, size_t most, size_t *count, bool *batch)
{
	struct scan s = { .at = text, .end = text + length, .objects = malloc(length / 8 + 1), .items = items, .most = most };
	bool good = s.objects && utf8_valid(text, length) && scan_walk(&s);

	free(s.objects);
	*count = s.count;
	*batch = s.batch;
	return good;
}
