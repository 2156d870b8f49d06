/* common_words.h - what passwords are most often made of. */
#ifndef NINETWO_AUTH_COMMON_WORDS_H
#define NINETWO_AUTH_COMMON_WORDS_H

#include <stddef.h>

extern const char *const common_words[];	/* lower case, sorted as strcmp does */
extern const size_t common_words_count;

#endif
