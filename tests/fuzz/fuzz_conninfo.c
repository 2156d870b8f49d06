/* A connection string as an operator may write it: refused without a word of it, or turned into words for libpq among which the user is ours,
 * and in which hosts, addresses and ports are lists of one length. */
#include "db/conninfo.h"
#include "tests/fuzz/fuzz.h"

static const char *word(const char *const *keywords, const char *const *values, const char *keyword)
{
	for (int i = 0; keywords[i]; i++) {
		must(i < CONNINFO_WORDS_MAX);
		if (strcmp(keywords[i], keyword) == 0)
			return values[i];
	}
	return NULL;
}

static int commas(const char *list)
{
	int n = 0;

	for (; *list; list++)
		n += *list == ',';
	return n;
}

static void check_words(struct conninfo *c, unsigned int attempt)
{
	const char *const *keywords, *const *values, *hosts, *addresses, *ports;

	conninfo_words(c, attempt, &keywords, &values);
	must(strcmp(word(keywords, values, "user"), "ninetwo_server") == 0);
	must(strcmp(word(keywords, values, "client_encoding"), "UTF8") == 0);
	must(strstr(word(keywords, values, "options"), "-c default_transaction_read_only=on"));
	hosts = word(keywords, values, "host");
	addresses = word(keywords, values, "hostaddr");
	ports = word(keywords, values, "port");
	if (hosts && addresses && ports)
		must(commas(hosts) == commas(addresses) && commas(hosts) == commas(ports) && commas(hosts) < CONNINFO_HOSTS_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct conninfo_options options = { .user = "ninetwo_server", .application = "ninetwod", .read_only = true };
	char *text = fuzz_text(data, size);
	struct error err = { 0 };
	struct conninfo *c = conninfo_new(text, &options, &err);

	if (c)
		for (unsigned int attempt = 0; attempt < 3; attempt++)
			check_words(c, attempt);
	else
		must(err.code == E_PARAMS || err.code == E_INTERNAL);
	conninfo_free(c);
	error_clear(&err);
	free(text);
	return 0;
}
