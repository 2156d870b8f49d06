/* clock.h - the two clocks: one for measuring, one for telling. */
#ifndef NINETWO_BASE_CLOCK_H
#define NINETWO_BASE_CLOCK_H

#include <stdint.h>

/* Milliseconds since some moment in the past; never jumps. For deadlines and durations. */
int64_t clock_ms(void);
/* Milliseconds since 1970, UTC. For people and other machines; may jump. */
int64_t clock_wall_ms(void);

enum { CLOCK_TEXT = 25 };	/* "2026-01-31T12:34:56.789Z" and its NUL */
void clock_text(int64_t wall_ms, char out[CLOCK_TEXT]);	/* RFC 3339 */

#endif
