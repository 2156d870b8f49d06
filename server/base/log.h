/* log.h - one line an event on standard error, logfmt, the event's name first:
 *
 *	event=listen.ready at=2026-01-31T12:34:56.789Z level=info address=127.0.0.1:9200
 *
 * The format is written as the line's fields, "peer=%llu reason=%s". Only the format is trusted: what a conversion yields is quoted
 * and escaped where it must be, so that nothing from outside can forge a field or a line.
 * Never give it parameters of calls, or secrets. */
#ifndef NINETWO_BASE_LOG_H
#define NINETWO_BASE_LOG_H

enum log_level { LEVEL_DEBUG, LEVEL_INFO, LEVEL_WARN, LEVEL_ERROR };

/* Conversions: %s %d %u %x %ld %lu %lld %llu %zu %zd %c. fmt NULL: no fields. NULL for %s is "-". Safe from any thread. */
void log_event(enum log_level level, const char *event, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#define log_debug(...) log_event(LEVEL_DEBUG, __VA_ARGS__)
#define log_info(...) log_event(LEVEL_INFO, __VA_ARGS__)
#define log_warn(...) log_event(LEVEL_WARN, __VA_ARGS__)
#define log_error(...) log_event(LEVEL_ERROR, __VA_ARGS__)

void log_set_level(enum log_level level);	/* events below it are dropped; at start: info */
int log_level_named(const char *name);		/* enum log_level, or -1 */
void log_set_output(int fd);			/* borrowed; at start: standard error */

#endif
