/* UUIDs, days, moments and one-time codes: what each reader takes is of its form to the last byte, and those that read the same thing agree. */
#include "base/code.h"
#include "base/uuid.h"
#include "net/http_fields.h"
#include "rpc/schema.h"
#include "tests/fuzz/fuzz.h"

#include <ctype.h>
#include <stdio.h>
#include <strings.h>
#include <time.h>

static void check_uuid(const char *text)
{
	char path[37], again[UUID_WRITTEN];
	struct uuid id;
	bool read = uuid_read(text, &id);

	must(uuid_is(text) == field_uuid(text, path));
	must(read || !uuid_is(text));
	if (!read)
		return;
	uuid_write(&id, again);
	must(strncasecmp(again, text, 36) == 0);
	must(uuid_is(text) == (strlen(text) == 36));
	must(!uuid_is(text) || strcmp(again, path) == 0);
}

/* A day that there is, as timegm knows them; years from 1 on are written with four digits. */
static void check_date(const char *text)
{
	struct tm day = { 0 }, same;

	if (!schema_is_date(text))
		return;
	must(strlen(text) == 10 && sscanf(text, "%4d-%2d-%2d", &day.tm_year, &day.tm_mon, &day.tm_mday) == 3);
	day.tm_year -= 1900;
	day.tm_mon--;
	same = day;
	timegm(&same);
	must(same.tm_year == day.tm_year && same.tm_mon == day.tm_mon && same.tm_mday == day.tm_mday);
}

static void check_moment(const char *text)
{
	char day[11];

	if (!schema_is_date_time(text))
		return;
	snprintf(day, sizeof day, "%s", text);
	must(schema_is_date(day) && strlen(text) >= 20 && strlen(text) < 64);
	must(isdigit((unsigned char)text[strlen(text) - 1]) || strchr("zZ", text[strlen(text) - 1]));
}

/* Twenty letters and digits, however they are set apart. */
static void check_code(const char *text)
{
	unsigned char digest[DIGEST_SIZE], again[DIGEST_SIZE];
	char plain[21];
	size_t n = 0;

	if (!code_digest(text, digest))
		return;
	for (; *text; text++)
		if (isalnum((unsigned char)*text)) {
			must(n < 20);
			plain[n++] = *text;
		}
	must(n == 20);
	plain[n] = '\0';
	must(code_digest(plain, again) && memcmp(digest, again, DIGEST_SIZE) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);

	check_uuid(text);
	check_date(text);
	check_moment(text);
	check_code(text);
	free(text);
	return 0;
}
