/* What another process says of who is where (NOTIFY), one payload a line. Whatever it says, coming and leaving alternate for each connection
 * in each audience, nobody is listed who was not said to be there, and nothing of it is told on. */
#include "base/clock.h"
#include "live/presence.h"
#include "tests/fuzz/fuzz.h"

static int moves;

static void *after(void *loop, unsigned int ms, void (*fn)(void *arg), void *arg)
{
	(void)loop, (void)ms, (void)fn;
	return arg;
}

static void cancel(void *timer)
{
	must(timer);
}

static bool tell(void *arg, const char *payload)
{
	(void)arg, (void)payload;
	must(false);
	return false;
}

static void moved(void *arg, const struct place *place, const char *connection, bool here)
{
	json_t *said = presence_json(place, connection, here);

	(void)arg;
	must(said && strlen(connection) > 37 && strlen(connection) < 64);
	json_decref(said);
	moves++;
}

static bool may(void *arg, const struct place *place)
{
	++*(int *)arg;
	must(place);
	return true;
}

/* Everybody in the audit that most inputs of the corpus name. */
static void list(const struct presence *p)
{
	struct uuid organisation, audit;
	int asked = 0;
	json_t *all;

	must(uuid_read("00000000-0000-4000-8000-000000000001", &organisation) && uuid_read("00000000-0000-4000-8000-0000000000a1", &audit));
	all = presence_list(p, &organisation, &audit, may, &asked);
	must(all && json_array_size(all) == (size_t)asked && asked <= moves);
	json_decref(all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct db_loop loop = { .after = after, .cancel = cancel };
	struct presence *p = presence_new(&(struct presence_config){ .loop = &loop, .tell = tell, .moved = moved });
	char *text = fuzz_text(data, size), *rest = NULL;

	must(p);
	moves = 0;
	for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		presence_heard(p, line);
		list(p);
	}
	presence_free(p);
	free(text);
	return 0;
}
