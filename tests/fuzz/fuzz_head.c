/* The head of a request. However it is cut, the verdict is the same; and whatever is handed on is a head by the narrowest reading: lines that
 * end in CR LF, known names, each once but for lists, one Host, a path, and no header by which a body could be measured in two ways.
 *
 * The first byte says where it is cut. */
#include "base/limits.h"
#include "net/head.h"
#include "tests/fuzz/fuzz.h"

#include <strings.h>

static const char *const once[] = { "Authorization", "Content-Length", "Content-Range", "Content-Type", "Cookie", "Expect", "Host", "If-Modified-Since",
	"If-Range", "Origin", "Range", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Upgrade", "User-Agent" };
static const char *const many[] = { "Accept", "Accept-Encoding", "Connection", "If-None-Match", "Sec-WebSocket-Protocol" };

enum { ONCE = sizeof once / sizeof *once, MANY = sizeof many / sizeof *many };

static int take_in_parts(struct head *h, const char *bytes, size_t size, size_t first, size_t *used)
{
	size_t more = 0;
	int status;

	head_init(h);
	status = head_take(h, bytes, first, used);
	must(*used <= first && (status != HEAD_MORE || *used == first));
	if (status == HEAD_MORE) {
		status = head_take(h, bytes + first, size - first, &more);
		must(more <= size - first);
	}
	*used += more;
	must(status == HEAD_MORE || status == HEAD_WHOLE || (status >= 400 && status < 600 && h->why[0]));
	return status;
}

static void check_start(const char *line, size_t length)
{
	const char *target = memchr(line, ' ', length), *version;

	must(target && target[1] == '/');
	version = memchr(target + 1, ' ', length - (size_t)(target + 1 - line));
	must(version && (strncmp(version, " HTTP/1.1\r", 10) == 0 || strncmp(version, " HTTP/1.0\r", 10) == 0));
	must((size_t)(version - line) + 9 == length);
}

static bool is_name(const char *line, const char *name)
{
	size_t n = strlen(name);

	return strncmp(line, name, n) == 0 && line[n] == ':' && line[n + 1] == ' ' && (unsigned char)line[n + 2] > ' ';
}

static void check_field(const char *line, unsigned int *seen)
{
	for (unsigned int i = 0; i < ONCE; i++)
		if (is_name(line, once[i])) {
			must(!(*seen & 1u << i));
			*seen |= 1u << i;
			return;
		}
	for (unsigned int i = 0; i < MANY; i++)
		if (is_name(line, many[i]))
			return;
	must(false);
}

static void check_whole(const struct head *h)
{
	const char *line = buffer_text(&h->out), *end;
	unsigned int seen = 0;

	must(strlen(line) == h->out.length && strlen(h->forwarded) < sizeof h->forwarded);
	for (bool first = true; (end = strstr(line, "\r\n")) != line; first = false, line = end + 2) {
		must(end && !memchr(line, '\n', (size_t)(end - line)));
		if (first)
			check_start(line, (size_t)(end - line));
		else
			check_field(line, &seen);
	}
	must(strcmp(line, "\r\n") == 0);
	must(seen & 1u << 6);			/* Host */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct head whole, cut;
	size_t used, used_cut, at;
	char *bytes;
	int status;

	if (size < 1)
		return 0;
	bytes = fuzz_text(data + 1, size - 1);
	at = size > 1 ? data[0] * (size - 1) / 255 : 0;
	status = take_in_parts(&whole, bytes, size - 1, size - 1, &used);
	must(take_in_parts(&cut, bytes, size - 1, at, &used_cut) == status && used == used_cut);
	must(used <= LIMIT_HTTP_HEADERS + 1);
	if (status == HEAD_WHOLE) {
		must(memcmp(bytes + used - 2, "\r\n", 2) == 0);
		must(strcmp(buffer_text(&whole.out), buffer_text(&cut.out)) == 0 && strcmp(whole.forwarded, cut.forwarded) == 0);
		check_whole(&whole);
	}
	head_clear(&whole);
	head_clear(&cut);
	free(bytes);
	return 0;
}
