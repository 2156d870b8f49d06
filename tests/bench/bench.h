/* bench.h - the measurements. Each prints one number on standard output, or several separated by blanks, for tests/bench.sh to put side by
 * side; what is said for people goes to standard error. */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

/* rate PORT REQUESTS CLIENTS SECONDS: replies a second, each client asking again as soon as it is answered. */
int bench_rate(int argc, char **argv);
/* idle PORT REQUESTS IDLE CLIENTS SECONDS: the rate while IDLE further connections say nothing. */
int bench_idle(int argc, char **argv);
/* memory PID PORT REQUESTS COUNT [CA]: bytes of resident memory of PID for each of COUNT connections; over TLS when CA is given. */
int bench_memory(int argc, char **argv);
/* fan PORT REQUESTS RECEIVERS WATCHERS EVENTS: WATCHERS connections subscribe as the first line says, RECEIVERS - WATCHERS as the second;
 * the third line is the write. Median milliseconds from sending the write until the last watcher has the event. */
int bench_fan(int argc, char **argv);
/* bare RECEIVERS BYTES EVENTS: the same from an epoll loop that does nothing but write one frame to everybody. */
int bench_bare(int argc, char **argv);
/* start PORT COMMAND…: milliseconds from starting COMMAND until GET /readyz at PORT answers 200; median of five. */
int bench_start(int argc, char **argv);
/* get PORT PATH [CODING]: bytes of the file at PATH as it is sent, and median milliseconds from connecting to the end of
 * each of a thousand answers. */
int bench_get(int argc, char **argv);

#endif
