/* test_net_address.c - addresses: one form for each, and connections counted by what one customer gets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "net/address.h"

#include <arpa/inet.h>
#include <string.h>

static struct address address(const char *text)
{
	struct address a;

	if (!address_parse(text, &a))
		fail_msg("%s is no address", text);
	return a;
}

/* --- reading and writing --- */

static const struct { const char *text, *written; bool loopback; } written[] = {
	{ "192.0.2.1", "192.0.2.1", false },
	{ "::ffff:192.0.2.1", "192.0.2.1", false },
	{ "127.0.0.1", "127.0.0.1", true },
	{ "127.255.0.7", "127.255.0.7", true },
	{ "128.0.0.1", "128.0.0.1", false },
	{ "::1", "::1", true },
	{ "::2", "::2", false },
	{ "2001:DB8:0:0::7", "2001:db8::7", false },
};

static void an_address_has_one_form(void **state)
{
	char text[ADDRESS_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
		struct address a = address(written[i].text);

		address_text(&a, text);
		if (strcmp(text, written[i].written) || address_is_loopback(&a) != written[i].loopback)
			fail_msg("%s is written %s", written[i].text, text);
	}
}

static void what_is_no_address(void **state)
{
	static const char *const wrong[] = { "", "localhost", "192.0.2", "192.0.2.256", "::g", "1.2.3.4:5", "[::1]" };
	struct address a;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (address_parse(wrong[i], &a))
			fail_msg("%s is an address", wrong[i]);
}

/* --- counting --- */

/* Whether a second connection is one too many where there may be one for the first. */
static bool count_together(const char *one, const char *other)
{
	struct address_counts *counts = address_counts_new();
	struct address a = address(one), b = address(other);
	bool together;

	assert_non_null(counts);
	assert_non_null(address_enter(counts, &a, 1));
	together = !address_enter(counts, &b, 1);
	address_counts_free(counts);
	return together;
}

static void ipv6_counts_by_its_prefix_of_64_bits(void **state)
{
	(void)state;
	assert_true(count_together("2001:db8:1:2::1", "2001:db8:1:2::1"));
	assert_true(count_together("2001:db8:1:2::1", "2001:db8:1:2:8000::"));
	assert_true(count_together("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"));
	assert_false(count_together("2001:db8:1:2::1", "2001:db8:1:3::1"));
	assert_false(count_together("2001:db8:1:2::1", "2001:db8:2:2::1"));
}

static void ipv4_counts_whole(void **state)
{
	(void)state;
	assert_true(count_together("192.0.2.1", "::ffff:192.0.2.1"));
	assert_false(count_together("192.0.2.1", "192.0.2.2"));
	assert_false(count_together("192.0.2.1", "192.0.3.1"));
}

static void so_many_and_no_more(void **state)
{
	struct address_counts *counts = address_counts_new();
	struct address a = address("192.0.2.1"), b = address("192.0.2.2");
	struct address_count *places[3];

	(void)state;
	assert_non_null(counts);
	for (int i = 0; i < 3; i++)
		assert_non_null(places[i] = address_enter(counts, &a, 3));
	assert_null(address_enter(counts, &a, 3));
	assert_non_null(address_enter(counts, &b, 3));
	address_leave(counts, places[0]);
	assert_non_null(address_enter(counts, &a, 3));
	assert_null(address_enter(counts, &a, 3));
	for (int i = 0; i < 3; i++)
		address_leave(counts, places[i]);
	address_leave(counts, NULL);
	assert_non_null(address_enter(counts, &a, 1));	/* all have left */
	assert_null(address_enter(counts, &a, 1));
	address_counts_free(counts);
}

/* --- where to listen --- */

static void where_to_listen(void **state)
{
	static const char *const wrong[] = { "", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:+1", "localhost:1", "::1:9200", "[::1]" };
	struct sockaddr_storage at;
	socklen_t length;

	(void)state;
	assert_true(address_parse_listen("127.0.0.1:9200", &at, &length));
	assert_int_equal(at.ss_family, AF_INET);
	assert_int_equal(ntohs(((struct sockaddr_in *)(void *)&at)->sin_port), 9200);
	assert_true(address_parse_listen("[::1]:65535", &at, &length));
	assert_int_equal(at.ss_family, AF_INET6);
	assert_int_equal(ntohs(((struct sockaddr_in6 *)(void *)&at)->sin6_port), 65535);
	assert_true(address_parse_listen(":0", &at, &length));
	assert_int_equal(at.ss_family, AF_INET6);
	assert_memory_equal(&((struct sockaddr_in6 *)(void *)&at)->sin6_addr, &in6addr_any, sizeof in6addr_any);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (address_parse_listen(wrong[i], &at, &length))
			fail_msg("%s is where to listen", wrong[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_has_one_form),
		cmocka_unit_test(what_is_no_address),
		cmocka_unit_test(ipv6_counts_by_its_prefix_of_64_bits),
		cmocka_unit_test(ipv4_counts_whole),
		cmocka_unit_test(so_many_and_no_more),
		cmocka_unit_test(where_to_listen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
