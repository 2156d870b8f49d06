/* test_base_notify.c - what the service manager is told: one datagram, and nothing when there is nobody to tell. */
#include "base/notify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

/* A service manager that listens at an abstract address ("@name" in the environment). */
static int manager(void)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	char name[64];
	int length = snprintf(name, sizeof name, "@ninetwo-notify-%d", (int)getpid());
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	memcpy(at.sun_path + 1, name + 1, (size_t)length - 1);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)length)), 0);
	setenv("NOTIFY_SOCKET", name, 1);
	return fd;
}

static void tells_state_and_time_in_one_datagram(void **state)
{
	int fd = manager();
	char said[256] = "";
	long long usec = 0;

	(void)state;
	notify_service("READY=1");
	assert_true(recv(fd, said, sizeof said - 1, 0) > 0);
	assert_int_equal(sscanf(said, "READY=1\nMONOTONIC_USEC=%lld", &usec), 1);
	assert_true(usec > 0);
	assert_int_equal(recv(fd, said, sizeof said, 0), -1);
	close(fd);
}

/* One row, one environment in which nobody hears; that it comes back is the test. */
static const struct { const char *title, *path; } deaf[] = {
	{ "no service manager", NULL },
	{ "an empty address", "" },
	{ "an address of nothing", "@" },
	{ "nobody there", "/nonexistent/notify" },
	{ "too long for a socket", "/0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890" },
};

static void goes_on_when_nobody_hears(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof deaf / sizeof *deaf; i++) {
		if (deaf[i].path)
			setenv("NOTIFY_SOCKET", deaf[i].path, 1);
		else
			unsetenv("NOTIFY_SOCKET");
		notify_service("READY=1");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_state_and_time_in_one_datagram),
		cmocka_unit_test(goes_on_when_nobody_hears),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
