/* main.c - one program, one measurement each time it is run. */
#include "tests/bench/bench.h"
#include "tests/bench/peer.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static const struct { const char *name; int (*run)(int argc, char **argv); } measurements[] = {
	{ "rate", bench_rate }, { "idle", bench_idle }, { "memory", bench_memory },
	{ "fan", bench_fan }, { "bare", bench_bare }, { "start", bench_start },
	{ "get", bench_get },
};

static void raise_limit(void)
{
	struct rlimit limit;

	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

int main(int argc, char **argv)
{
	raise_limit();
	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; argc > 1 && i < sizeof measurements / sizeof *measurements; i++)
		if (strcmp(argv[1], measurements[i].name) == 0)
			return measurements[i].run(argc - 2, argv + 2);
	die("bench rate|idle|memory|fan|bare|start|get ...");
}
