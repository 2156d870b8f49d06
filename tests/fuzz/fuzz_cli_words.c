/* Words that people type or keep in a file: days and moments, the address of a server, what a reference looks like, the token of a script. What
 * is taken is of its own form; a plain address is of this machine. */
#include "client-cli/address.h"
#include "client-cli/date.h"
#include "client-cli/reference.h"
#include "client-cli/token_file.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOW = 1767225600 };	/* 2026-01-01 */

static void check_dates(const char *text)
{
	char day[DATE_SIZE], moment[DATE_TIME_SIZE], again[DATE_SIZE];

	if (date_resolve(text, NOW, day)) {
		must(strlen(day) == 10 && day[4] == '-' && day[7] == '-');
		must(date_resolve(day, NOW, again) && strcmp(day, again) == 0);
	}
	if (date_time_resolve(text, NOW, moment))
		must(strlen(moment) >= 16 && strlen(moment) < DATE_TIME_SIZE);
}

static void check_address(const char *text)
{
	struct address a = { 0 };
	struct failure f = { 0 };
	char header[300];

	if (address_parse(&a, text, &f)) {
		must(a.host[0] && a.port[0] && strspn(a.port, "0123456789") == strlen(a.port));
		must(a.tls || address_is_loopback(a.host));
		address_host_header(&a, header, sizeof header);
		must(header[0] && !strpbrk(header, "\r\n"));
	} else {
		must(f.kind != FAILURE_NONE && f.message[0]);
	}
	failure_clear(&f);
}

static void check_token_file(const uint8_t *data, size_t size)
{
	char path[40], token[TOKEN_FILE_MAX], name[32];
	struct failure f = { 0 };
	int fd = memfd_create("token", MFD_CLOEXEC);

	must(fd >= 0 && fchmod(fd, 0600) == 0 && write(fd, data, size) == (ssize_t)size);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (token_file_read(path, token, &f)) {
		must(token[0] && strlen(token) < TOKEN_FILE_MAX && !strpbrk(token, " \t\r\n"));
		token_file_name(token, name);
		must(name[0] && !strchr(name, '/') && (strlen(token) < 32 || !strstr(name, token)));
	}
	failure_clear(&f);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);

	check_dates(text);
	check_address(text);
	reference_noun_by_form(text);
	check_token_file(data, size);
	free(text);
	return 0;
}
