/* Which passwords are refused, what key a password has, and how codes are written. */
#include "base/code.h"
#include "auth/common_words.h"
#include "auth/password.h"
#include "base/hex.h"

#include "tests/patience.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const personal[] = { "Greta", "Lindqvist", "lindqvist-bank", NULL };

static const struct { const char *password; bool good; } judged[] = {
	{ "short but weird", true },			/* 15 */
	{ "short but weir", false },
	{ "correct horse battery staple", true },
	{ "zebra cactus 17 plums", true },
	{ "Übergrößenträger!", true },
	{ "kJ8#mq2!Lx0vRw7", true },
	{ "passwordpassword", false },
	{ "PasswordPassword1", false },
	{ "P@ssw0rdP@ssw0rd", false },
	{ "password2024password", false },
	{ "letmein123456789", false },
	{ "123456789012345", false },
	{ "aaaaaaaaaaaaaaaa", false },
	{ "abcdefghijklmnop", false },
	{ "zyxwvutsrqponmlk", false },
	{ "qwertyuiopasdfghjkl", false },
	{ "111111222222333333", false },
	{ "iloveyouforever", false },
	{ "ninetwoninetwo99", false },
	{ "Lindqvist.Greta", false },
	{ "lindqvistlindqvist", false },
};

static void common_passwords_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof judged / sizeof *judged; i++) {
		struct error err = { 0 };

		password_judge(judged[i].password, personal, &err);
		if ((err.code == OK) != judged[i].good)
			fail_msg("%s: %s", judged[i].password, err.code ? err.message : "taken");
		if (err.code)
			assert_non_null(strstr(err.data, "\"name\":\"password\""));
		error_clear(&err);
	}
}

static void length_is_counted_in_characters(void **state)
{
	char text[4 * 300 + 1] = "";
	struct error err = { 0 };

	(void)state;
	for (int i = 0; i < PASSWORD_MAX; i++)
		strcat(text, i % 3 ? "ä" : i % 2 ? "x" : "\xf0\x9f\x90\x8c");
	assert_int_equal(password_judge(text, personal, &err), OK);
	strcat(text, "z");
	assert_int_equal(password_judge(text, personal, &err), E_PARAMS);
	error_clear(&err);
}

static void the_words_are_sorted(void **state)
{
	(void)state;
	for (size_t i = 1; i < common_words_count; i++)
		assert_true(strcmp(common_words[i - 1], common_words[i]) < 0);
}

struct answer {
	int calls;
	bool has_key;
	unsigned char key[KEY_SIZE];
	enum error_code code;
};

static void take_key(void *arg, const unsigned char *key, struct error *err)
{
	struct answer *a = arg;

	a->calls++;
	a->has_key = key;
	a->code = err->code;
	if (key)
		memcpy(a->key, key, KEY_SIZE);
}

static void nothing(void *arg)
{
	(void)arg;
}

/* RFC 7914, section 12, the third vector (its first 32 bytes): N=16384 r=8 p=1, "pleaseletmein", "SodiumChloride". */
static void the_key_is_scrypt(void **state)
{
	static const char expected[] = "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2";
	const struct password_cost cost = { .n = 16384, .r = 8, .p = 1 };
	struct error err = { 0 };
	struct worker *w = worker_new(1, 4, nothing, NULL, &err);
	struct answer a = { 0 };
	char hex[2 * KEY_SIZE + 1];

	(void)state;
	assert_non_null(w);
	assert_int_equal(password_derive(w, "pleaseletmein", (const unsigned char *)"SodiumChloride", 14, &cost, take_key, &a, &err), OK);
	assert_int_equal(a.calls, 0);
	expect_soon((worker_deliver(w), a.calls), "a key is derived");
	assert_int_equal(a.calls, 1);
	assert_true(a.has_key);
	hex_encode(a.key, KEY_SIZE, hex);
	assert_string_equal(hex, expected);
	worker_free(w);
}

static void a_pool_that_ends_or_is_full_answers_once(void **state)
{
	struct error err = { 0 };
	struct worker *w = worker_new(1, 1, nothing, NULL, &err);
	struct answer answers[8] = { { 0 } };
	int taken = 0;

	(void)state;
	for (int i = 0; i < 8; i++)
		if (password_derive(w, "a password of some length", (const unsigned char *)"0123456789abcdef", 16, &password_cost, take_key, &answers[i], &err) == OK)
			taken++;
		else
			assert_int_equal(err.code, E_NOT_NOW);
	assert_in_range(taken, 1, 7);
	worker_free(w);
	for (int i = 0; i < 8; i++) {
		taken -= answers[i].calls;
		assert_in_range(answers[i].calls, 0, 1);
		if (answers[i].calls && !answers[i].has_key)
			assert_int_equal(answers[i].code, E_NOT_NOW);
	}
	assert_int_equal(taken, 0);
	error_clear(&err);
}

static void a_cost_out_of_bounds_is_refused(void **state)
{
	const struct password_cost cost = { .n = 1 << 20, .r = 8, .p = 1 };
	struct error err = { 0 };

	(void)state;
	assert_int_equal(password_derive(NULL, "x", (const unsigned char *)"x", 1, &cost, take_key, NULL, &err), E_INTERNAL);
	error_clear(&err);
}

static void a_code_is_forgiving_in_writing_and_strict_in_letters(void **state)
{
	static const char *const same[] = { "abcde-fghij-klmno-pqrst", "ABCDEFGHIJKLMNOPQRST", " abcde fghij\tklmno pqrst\n" };
	static const char *const bad[] = { "", "ABCDE", "ABCDE-FGHIJ-KLMNO-PQRSTU", "ABCDE-FGHIJ-KLMNO-PQRS1", "ABCDE-FGHIJ-KLMNO-PQRS\xc3\xa4" };
	unsigned char first[DIGEST_SIZE], digest[DIGEST_SIZE];
	char text[CODE_TEXT], another[CODE_TEXT], hex[2 * DIGEST_SIZE + 1];
	struct error err = { 0 };

	(void)state;
	assert_true(code_digest("ABCDE-FGHIJ-KLMNO-PQRST", first));
	hex_encode(first, DIGEST_SIZE, hex);
	/* printf ABCDEFGHIJKLMNOPQRST | sha256sum */
	assert_string_equal(hex, "40800c4dc7925aa3ce2bd450f0b46efe056dbf5f4a83844555a43564b680a8ae");
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		assert_true(code_digest(same[i], digest));
		assert_memory_equal(digest, first, DIGEST_SIZE);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(code_digest(bad[i], digest));
	assert_int_equal(code_make(text, first, &err), OK);
	assert_int_equal(strlen(text), 23);
	assert_true(code_digest(text, digest));
	assert_memory_equal(digest, first, DIGEST_SIZE);
	assert_int_equal(code_make(another, first, &err), OK);
	assert_string_not_equal(text, another);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(common_passwords_are_refused),
		cmocka_unit_test(length_is_counted_in_characters),
		cmocka_unit_test(the_words_are_sorted),
		cmocka_unit_test(the_key_is_scrypt),
		cmocka_unit_test(a_pool_that_ends_or_is_full_answers_once),
		cmocka_unit_test(a_cost_out_of_bounds_is_refused),
		cmocka_unit_test(a_code_is_forgiving_in_writing_and_strict_in_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
