/* start.c - from exec to the first answer. */
#include "tests/bench/bench.h"
#include "tests/bench/peer.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 5 };
static const double PATIENCE_S = 20;

static bool answers(int port)
{
	static const char request[] = "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	char head[13] = "";
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool ready = connect(fd, (struct sockaddr *)&a, sizeof a) == 0 && send(fd, request, sizeof request - 1, MSG_NOSIGNAL) > 0 &&
		recv(fd, head, 12, MSG_WAITALL) == 12 && strcmp(head, "HTTP/1.1 200") == 0;

	close(fd);
	return ready;
}

static double start_once(int port, char **command)
{
	double began = now_s(), took;
	pid_t pid = fork();

	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);

		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		execv(command[0], command);
		_exit(127);
	}
	while (!answers(port)) {
		usleep(500);
		if (now_s() - began > PATIENCE_S)
			die("%s does not answer", command[0]);
	}
	took = (now_s() - began) * 1000;
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
	return took;
}

int bench_start(int argc, char **argv)
{
	double took[ROUNDS];

	if (argc < 2)
		die("start PORT COMMAND...");
	for (int i = 0; i < ROUNDS; i++)
		took[i] = start_once(atoi(argv[0]), argv + 1);
	printf("%.1f\n", median(took, ROUNDS));
	return 0;
}
