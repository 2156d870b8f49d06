/* fake_events.h - events made by hand. Included by the one file of a test program. */
#ifndef NINETWO_FAKE_EVENTS_H
#define NINETWO_FAKE_EVENTS_H

#include "live/event.h"

#include <assert.h>
#include <stdlib.h>

/* An id that is only a number. */
static struct uuid fake_id(unsigned int n)
{
	struct uuid id = { { 0 } };

	for (int i = 0; i < 4; i++)
		id.bytes[15 - i] = (unsigned char)(n >> 8 * i);
	return id;
}

/* An event for the holders of up to two tokens (0: none). */
static struct event *fake_event(int64_t position, unsigned int organisation, unsigned int token1, unsigned int token2)
{
	struct event *e = calloc(1, sizeof *e + 2 * sizeof e->tokens[0]);

	assert(e);
	e->position = position;
	e->has_organisation = organisation != 0;
	e->organisation = fake_id(organisation);
	if (token1)
		e->tokens[e->token_count++] = fake_id(token1);
	if (token2)
		e->tokens[e->token_count++] = fake_id(token2);
	return e;
}

/* token.gained and its like, for the person alone. */
__attribute__((unused)) static struct event *fake_right(int64_t position, unsigned int organisation, enum event_effect effect, unsigned int person, unsigned int token,
	int64_t lapses_ms)
{
	struct event *e = fake_event(position, organisation, person, 0);

	e->effect = effect;
	e->person = fake_id(person);
	e->token = fake_id(token);
	e->lapses_ms = lapses_ms;
	return e;
}

#endif
