/* Host and Origin headers, and addresses: only the site's own names are let in, whatever is tried; an address has one text. */
#include "net/address.h"
#include "net/site.h"
#include "tests/fuzz/fuzz.h"

static struct site *site(void)
{
	static struct site *s;
	struct error err = { 0 };

	if (!s)
		s = site_new("https://audit.example.org", &err);
	must(s);
	return s;
}

static void check_address(const char *text)
{
	struct address a, b;
	char again[ADDRESS_TEXT];

	if (!address_parse(text, &a))
		return;
	address_text(&a, again);
	must(address_parse(again, &b) && address_equal(&a, &b));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct sockaddr_storage listen;
	socklen_t length = 0;

	if (site_origin_allowed(site(), text))
		must(strncasecmp(text, "https://audit.example.org", 25) == 0);
	if (site_host_allowed(site(), text))
		must(strncasecmp(text, "audit.example.org", 17) == 0);
	check_address(text);
	if (address_parse_listen(text, &listen, &length))
		must(length <= sizeof listen);
	free(text);
	return 0;
}
