/* Days as people type them at the command line. One row, one case. */
#include "client-cli/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const time_t NOW = 1772280000;	/* 2026-02-28 12:00 UTC */

static const struct { const char *title, *text, *day; } days[] = {
	{ "an ISO date is itself", "2026-03-31", "2026-03-31" },
	{ "today is today", "today", "2026-02-28" },
	{ "case does not matter", "Today", "2026-02-28" },
	{ "tomorrow", "tomorrow", "2026-03-01" },
	{ "yesterday", "yesterday", "2026-02-27" },
	{ "days ahead", "+30d", "2026-03-30" },
	{ "days back", "-59d", "2025-12-31" },
	{ "weeks", "+2w", "2026-03-14" },
	{ "months back", "-6m", "2025-08-28" },
	{ "months over a year's end", "+11m", "2027-01-28" },
	{ "years", "-1y", "2025-02-28" },
	{ "from a word", "today+1d", "2026-03-01" },
	{ "from a date, keeping the month's end", "2024-01-31+1m", "2024-02-29" },
	{ "the same in a year without a leap day", "2023-01-31+1m", "2023-02-28" },
	{ "two steps", "-1y+1d", "2025-03-01" },
	{ "a leap day and a year", "2024-02-29+1y", "2025-02-28" },
	{ "no such day", "2026-02-29", NULL },
	{ "no such month", "2026-13-01", NULL },
	{ "a number without a unit", "+30", NULL },
	{ "an unknown unit", "+30x", NULL },
	{ "a sign alone", "+", NULL },
	{ "nothing", "", NULL },
	{ "a word", "soon", NULL },
	{ "something after a date", "2026-03-31x", NULL },
	{ "beyond the calendar", "9999-12-31+1d", NULL },
	{ "before the calendar, by months", "-32011m", NULL },
	{ "before the calendar, by years", "-40000y", NULL },
	{ "the first of its months", "0001-02-28-1m", "0001-01-28" },
	{ "the month before it", "0001-01-28-1m", NULL },
};

static void test_days(void **state)
{
	char out[DATE_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		bool ok = date_resolve(days[i].text, NOW, out);

		if (ok != (days[i].day != NULL))
			fail_msg("%s: '%s' was %s", days[i].title, days[i].text, ok ? "taken" : "refused");
		if (ok)
			assert_string_equal(out, days[i].day);
	}
}

static const struct { const char *title, *text, *moment; } moments[] = {
	{ "RFC 3339 is kept", "2026-03-31T10:00:00Z", "2026-03-31T10:00:00Z" },
	{ "now", "now", "2026-02-28T12:00:00Z" },
	{ "hours ahead", "+2h", "2026-02-28T14:00:00Z" },
	{ "minutes back", "-30min", "2026-02-28T11:30:00Z" },
	{ "a day is its midnight", "tomorrow", "2026-03-01T00:00:00Z" },
	{ "m is months", "+1m", "2026-03-28T00:00:00Z" },
	{ "a word that is no moment", "later", NULL },
};

static void test_moments(void **state)
{
	char out[DATE_TIME_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		bool ok = date_time_resolve(moments[i].text, NOW, out);

		if (ok != (moments[i].moment != NULL))
			fail_msg("%s: '%s' was %s", moments[i].title, moments[i].text, ok ? "taken" : "refused");
		if (ok)
			assert_string_equal(out, moments[i].moment);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_moments),
	};

	return cmocka_run_group_tests_name("cli_date", tests, NULL, NULL);
}
