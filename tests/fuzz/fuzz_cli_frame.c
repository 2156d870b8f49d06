/* What a server may send to the command line: frames, whole and in pieces. A header that parses is written again as the same bytes; the
 * receiver ends, and what it takes for a message is NUL-terminated. */
#include "client-cli/deadline.h"
#include "client-cli/websocket.h"
#include "tests/fuzz/fuzz.h"

#include <sys/socket.h>
#include <unistd.h>

static void check_header(const uint8_t *data, size_t size)
{
	struct frame_header h;
	unsigned char again[14];

	if (frame_parse(&h, data, size) == 1) {
		must(h.size <= size && h.size <= sizeof again);
		must(frame_write(&h, again) == h.size && memcmp(again, data, h.size) == 0);
	}
}

static void receive_all(int fd)
{
	struct websocket *ws = websocket_adopt(stream_adopt(fd));
	struct failure f = { 0 };
	enum websocket_got got;
	size_t length;
	char *text;

	must(ws);
	do {
		text = NULL;
		got = websocket_receive(ws, &text, &length, deadline_after(1000), &f);
		if (got == WEBSOCKET_GOT_MESSAGE)
			must(text[length] == '\0');
		free(text);
	} while (got == WEBSOCKET_GOT_MESSAGE);
	failure_clear(&f);
	websocket_free(ws);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int ends[2];

	check_header(data, size);
	if (size > 32768)
		return 0;
	must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	must(send(ends[1], data, size, 0) == (ssize_t)size);
	must(shutdown(ends[1], SHUT_WR) == 0);
	receive_all(ends[0]);
	close(ends[1]);
	return 0;
}
