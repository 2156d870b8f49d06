/* date.c - relative days, by the proleptic Gregorian calendar. */
#include "client-cli/date.h"

#include "base/calendar.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct day { int year, month, day; };

static struct day day_of(time_t t)
{
	struct tm tm;

	gmtime_r(&t, &tm);
	return (struct day){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday };
}

static struct day add_days(struct day d, long days)
{
	struct tm tm = { .tm_year = d.year - 1900, .tm_mon = d.month - 1, .tm_mday = d.day, .tm_hour = 12 };

	return day_of(timegm(&tm) + (time_t)days * 86400);
}

static struct day add_months(struct day d, long months)
{
	long total = (long)d.year * 12 + d.month - 1 + months;

	if (total < 12)
		return (struct day){ 0 };	/* before the calendar, which the caller refuses */
	d.year = (int)(total / 12);
	d.month = (int)(total % 12) + 1;
	if (d.day > calendar_days_in(d.year, d.month))
		d.day = calendar_days_in(d.year, d.month);
	return d;
}

static bool parse_iso(const char **text, struct day *d)
{
	int used = 0;

	if (sscanf(*text, "%4d-%2d-%2d%n", &d->year, &d->month, &d->day, &used) != 3 || used != 10 || isdigit((unsigned char)(*text)[10]))
		return false;
	if (d->year < 1 || d->month < 1 || d->month > 12 || d->day < 1 || d->day > calendar_days_in(d->year, d->month))
		return false;
	*text += used;
	return true;
}

/* The day that the text starts with; what starts with a sign starts from today. */
static bool parse_start(const char **text, struct day today, struct day *d)
{
	static const struct { const char *word; int days; } words[] = { { "today", 0 }, { "tomorrow", 1 }, { "yesterday", -1 } };

	*d = today;
	if (**text == '+' || **text == '-')
		return true;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i].word);

		if (!strncasecmp(*text, words[i].word, n)) {
			*text += n;
			*d = add_days(today, words[i].days);
			return true;
		}
	}
	return parse_iso(text, d);
}

/* One step like +30d or -6m. */
static bool parse_step(const char **text, struct day *d)
{
	char *unit;
	long count;

	if ((**text != '+' && **text != '-') || !isdigit((unsigned char)(*text)[1]))
		return false;
	count = strtol(*text, &unit, 10);
	if (count > 40000 || count < -40000)
		return false;
	switch (*unit) {
	case 'd':
		*d = add_days(*d, count);
		break;
	case 'w':
		*d = add_days(*d, count * 7);
		break;
	case 'm':
		*d = add_months(*d, count);
		break;
	case 'y':
		*d = add_months(*d, count * 12);
		break;
	default:
		return false;
	}
	*text = unit + 1;
	return d->year >= 1 && d->year <= 9999;
}

bool date_resolve(const char *text, time_t now, char out[DATE_SIZE])
{
	struct day d;

	if (!*text || !parse_start(&text, day_of(now), &d))
		return false;
	while (*text)
		if (!parse_step(&text, &d))
			return false;
	snprintf(out, DATE_SIZE, "%04u-%02u-%02u", (unsigned int)d.year % 10000, (unsigned int)d.month % 100, (unsigned int)d.day % 100);
	return true;
}

static bool looks_like_rfc3339(const char *text)
{
	struct day d;
	const char *rest = text;
	int hour, minute;

	return parse_iso(&rest, &d) && (*rest == 'T' || *rest == 't' || *rest == ' ') &&
	       sscanf(rest + 1, "%2d:%2d", &hour, &minute) == 2 && strlen(text) < DATE_TIME_SIZE;
}

bool date_time_resolve(const char *text, time_t now, char out[DATE_TIME_SIZE])
{
	char day[DATE_SIZE], *unit;
	long count;
	struct tm tm;

	if (looks_like_rfc3339(text)) {
		snprintf(out, DATE_TIME_SIZE, "%s", text);
		return true;
	}
	if (date_resolve(text, now, day)) {
		snprintf(out, DATE_TIME_SIZE, "%sT00:00:00Z", day);
		return true;
	}
	if (!strcasecmp(text, "now"))
		text = "+0h";
	if (*text != '+' && *text != '-')
		return false;
	count = strtol(text, &unit, 10);
	if (unit == text || count > 1000000 || count < -1000000 || (strcmp(unit, "h") && strcmp(unit, "min")))
		return false;
	now += (time_t)count * (*unit == 'h' ? 3600 : 60);
	gmtime_r(&now, &tm);
	return strftime(out, DATE_TIME_SIZE, "%Y-%m-%dT%H:%M:%SZ", &tm) > 0;
}
