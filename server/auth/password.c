/* password.c - see password.h. */
#include "auth/password.h"

#include "auth/common_words.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	PASSWORD_BYTES = 4 * PASSWORD_MAX,
	PIECES_MIN = 4,			/* fewer than this is a guess away */
	WORD_MAX = 32,
	DIGITS_A_PIECE = 4,		/* a year, a date's half */
	PERSONAL_MIN = 3,
	SCRYPT_MEMORY = 64 * 1024 * 1024,
};

const struct password_cost password_cost = { .n = 32768, .r = 8, .p = 3 };

/* ---- judging ---- */

/* What a letter is often written as. */
static char plain_letter(char c)
{
	switch (c) {
	case '0': return 'o';
	case '1': case '!': return 'i';
	case '3': return 'e';
	case '4': case '@': return 'a';
	case '5': case '$': return 's';
	case '7': return 't';
	default: return (char)tolower((unsigned char)c);
	}
}

static int word_by_text(const void *key, const void *item)
{
	return strcmp(key, *(const char *const *)item);
}

static bool is_word(const char *text, size_t length, const char *const *personal)
{
	char word[WORD_MAX + 1];

	memcpy(word, text, length);
	word[length] = '\0';
	for (; *personal; personal++)
		if (length >= PERSONAL_MIN && !strcasecmp(*personal, word))
			return true;
	return bsearch(word, common_words, common_words_count, sizeof *common_words, word_by_text);
}

/* How many characters from here on are one run: the same again, the next one up or down, or any digits. */
static size_t run_at(const char *text)
{
	size_t longest = 1, digits = strspn(text, "0123456789");

	for (int step = -1; step <= 1; step++) {
		size_t n = 1;

		while (text[n] && tolower((unsigned char)text[n]) - tolower((unsigned char)text[n - 1]) == step)
			n++;
		if (n > longest)
			longest = n;
	}
	if (digits > DIGITS_A_PIECE)
		digits = DIGITS_A_PIECE;
	return longest > digits ? longest : digits;
}

/* The fewest words, runs and single characters that the password can be put together from; all its bytes count, so a letter that is not
 * ASCII is two or more. Work grows with length times WORD_MAX. */
static int pieces_of(const char *password, const char *const *personal)
{
	size_t length = strlen(password);
	char text[PASSWORD_BYTES + 1];
	int fewest[PASSWORD_BYTES + 1];
	int result;

	for (size_t i = 0; i < length; i++)
		text[i] = plain_letter(password[i]);
	fewest[length] = 0;
	for (size_t i = length; i-- > 0;) {
		size_t run = run_at(password + i);

		fewest[i] = 1 + fewest[i + run];
		for (size_t n = PERSONAL_MIN; n <= WORD_MAX && i + n <= length; n++)
			if (1 + fewest[i + n] < fewest[i] && is_word(text + i, n, personal))
				fewest[i] = 1 + fewest[i + n];
	}
	result = fewest[0];
	explicit_bzero(text, sizeof text);
	return result;
}

static size_t characters(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

static enum error_code refuse_password(struct error *err, const char *problem)
{
	char data[256];

	error_set(err, E_PARAMS, "The password %s.", problem);
	snprintf(data, sizeof data, "{\"params\":[{\"name\":\"password\",\"problem\":\"%s\"}]}", problem);
	error_set_data(err, data);
	return E_PARAMS;
}

enum error_code password_judge(const char *password, const char *const *personal, struct error *err)
{
	size_t length = characters(password);

	if (length < PASSWORD_MIN)
		return refuse_password(err, "must have at least 15 characters");
	if (length > PASSWORD_MAX || strlen(password) > PASSWORD_BYTES)
		return refuse_password(err, "must have at most 256 characters");
	if (pieces_of(password, personal) < PIECES_MIN)
		return refuse_password(err,
			"must not be made of the most common words and numbers; four unrelated words are good");
	return OK;
}

/* ---- deriving ---- */

struct derivation {
	char password[PASSWORD_BYTES + 1];
	unsigned char salt[SALT_MAX];
	size_t salt_length;
	struct password_cost cost;
	unsigned char key[KEY_SIZE];
	bool derived;
	password_done_fn done;
	void *arg;
};

static void derivation_run(void *arg)
{
	struct derivation *d = arg;

	d->derived = EVP_PBE_scrypt(d->password, strlen(d->password), d->salt, d->salt_length, d->cost.n, d->cost.r, d->cost.p, SCRYPT_MEMORY,
		d->key, KEY_SIZE) == 1;
	OPENSSL_cleanse(d->password, sizeof d->password);
}

static void derivation_free(struct derivation *d)
{
	if (d)
		OPENSSL_cleanse(d, sizeof *d);
	free(d);
}

static void derivation_done(void *arg, bool worked)
{
	struct derivation *d = arg;
	struct error err = { 0 };

	if (!worked || !d->derived)
		error_set(&err, worked ? E_INTERNAL : E_NOT_NOW, NULL);
	d->done(d->arg, err.code == OK ? d->key : NULL, &err);
	error_clear(&err);
	derivation_free(d);
}

enum error_code password_derive(struct worker *w, const char *password, const unsigned char *salt, size_t salt_length,
	const struct password_cost *cost, password_done_fn done, void *arg, struct error *err)
{
	struct derivation *d = NULL;

	if (salt_length > SALT_MAX || strlen(password) > PASSWORD_BYTES || cost->n > 65536 || cost->r > 8 || cost->p > 16)
		return error_set(err, E_INTERNAL, NULL);
	d = calloc(1, sizeof *d);
	if (!d)
		return error_set(err, E_NOT_NOW, NULL);
	memcpy(d->password, password, strlen(password));
	memcpy(d->salt, salt, salt_length);
	d->salt_length = salt_length;
	d->cost = *cost;
	d->done = done;
	d->arg = arg;
	if (worker_submit(w, derivation_run, derivation_done, d, err) == OK)
		return OK;
	derivation_free(d);
	return err->code;
}
