/* utf8.c - the table of well-formed byte sequences (Unicode, table 3-7) as code. */
#include "base/utf8.h"

/* Length of the sequence that starts with lead, with the bounds of its second byte; 0 when none starts so. */
static size_t sequence(unsigned char lead, unsigned char *low, unsigned char *high)
{
	*low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
	*high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	if (lead >= 0xf0 && lead <= 0xf4)
		return 4;
	return 0;
}

bool utf8_valid(const char *text, size_t length)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t i = 0, k, n;
	unsigned char low, high;

	while (i < length) {
		if (s[i] < 0x80) {
			i++;
			continue;
		}
		n = sequence(s[i], &low, &high);
		if (n == 0 || n > length - i || s[i + 1] < low || s[i + 1] > high)
			return false;
		for (k = 2; k < n; k++)
			if ((s[i + k] & 0xc0) != 0x80)
				return false;
		i += n;
	}
	return true;
}

void utf8_cut(char *text, size_t length)
{
	size_t lead = length, needed;

	while (lead > 0 && ((unsigned char)text[lead - 1] & 0xc0) == 0x80)
		lead--;
	if (lead > 0) {
		unsigned char c = (unsigned char)text[--lead];

		needed = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
		if (length - lead < needed)
			length = lead;
	}
	text[length] = '\0';
}
