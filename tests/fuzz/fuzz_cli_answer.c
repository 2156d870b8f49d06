/* The head and the body of an HTTP answer, as the command line reads them. The body never holds more than was announced or sent. */
#include "client-cli/deadline.h"
#include "client-cli/http.h"
#include "tests/fuzz/fuzz.h"

#include <sys/socket.h>
#include <unistd.h>

static void read_answer(int fd)
{
	static struct http_head head;
	struct stream *s = stream_adopt(fd);
	struct failure f = { 0 };
	struct http_body body;
	char value[64], *text;

	must(s);
	memset(&head, 0, sizeof head);
	if (http_read_head(s, &head, deadline_after(1000), &f)) {
		must(head.length <= head.filled && head.filled <= HTTP_HEAD_MAX);
		must(!http_header(&head, "content-length", value, sizeof value) || strlen(value) < sizeof value);
		http_body_start(&body, s, &head);
		text = http_body_text(&body, 4096, deadline_after(1000));
		must(!text || strlen(text) <= 4096);
		free(text);
	}
	failure_clear(&f);
	stream_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int ends[2];

	if (size > 32768)
		return 0;
	must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	must(send(ends[1], data, size, 0) == (ssize_t)size);
	must(shutdown(ends[1], SHUT_WR) == 0);
	read_answer(ends[0]);
	close(ends[1]);
	return 0;
}
