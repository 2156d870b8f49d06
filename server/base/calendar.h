/* calendar.h - the Gregorian calendar, also before it was in use, as ISO 8601 and PostgreSQL count. */
#ifndef NINETWO_BASE_CALENDAR_H
#define NINETWO_BASE_CALENDAR_H

int calendar_days_in(int year, int month);	/* month: 1 to 12 */

#endif
