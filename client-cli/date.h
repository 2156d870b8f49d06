/* date.h - days as people say them: 2026-03-31, today, tomorrow, yesterday, +30d, -6m, +2w, -1y, today+30d, 2026-03-31-6m. */
#ifndef NINETWO_CLIENT_DATE_H
#define NINETWO_CLIENT_DATE_H

#include <stdbool.h>
#include <time.h>

enum { DATE_SIZE = 11, DATE_TIME_SIZE = 32 };

/* Writes the ISO 8601 date that text means, seen from `now` in UTC; false when it means none. A month's end stays one: 31 January
 * and a month is the last of February. */
bool date_resolve(const char *text, time_t now, char out[DATE_SIZE]);
/* The same for a moment: RFC 3339 is kept as it is, `now`, `+2h`, `-30min` and every day above (its midnight) are resolved. */
bool date_time_resolve(const char *text, time_t now, char out[DATE_TIME_SIZE]);

#endif
