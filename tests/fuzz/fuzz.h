/* fuzz.h - what libFuzzer calls. Each target opens with what must hold for every input besides not crashing. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As assert, and never compiled out. */
#define must(condition) do { if (!(condition)) abort(); } while (0)

/* The input as text with a NUL behind it, in memory of exactly that size, so that a step too far is seen. */
static inline char *fuzz_text(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	must(text);
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	return text;
}

#endif
