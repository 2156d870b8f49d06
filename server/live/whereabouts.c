/* whereabouts.c - presence.set and the notification `presence`: who may say where they are, and who is told.
 *
 * Working papers belong to the team of a part, so what is said of a part goes to its holders alone, and the rest to the audit's. */
#include "live/state.h"

static const char set_declaration[] =
	"{\"name\":\"presence.set\",\"doc\":\"Says where the caller is, until they are elsewhere or gone; answers who else is in that audit. Needs a "
	"subscription to the organisation's events.\",\"roles\":[\"member\"],\"access\":\"read\",\"organisation\":true,\"params\":["
	"{\"name\":\"audit\",\"type\":\"uuid\",\"required\":false,\"doc\":\"The audit; absent: nowhere any more.\"},"
	"{\"name\":\"part\",\"type\":\"uuid\",\"required\":false,\"doc\":\"The part of it; then only the part's team is told.\"},"
	"{\"name\":\"check\",\"type\":\"uuid\",\"required\":false,\"doc\":\"The check that is being worked on.\"}],"
	"\"result\":{\"type\":\"object\",\"properties\":{\"present\":{\"type\":\"array\",\"items\":{\"type\":\"object\"},"
	"\"description\":\"Everyone there whom the caller may see, the caller included, each as in `presence`.\"}},"
	"\"required\":[\"present\"],\"additionalProperties\":false}}";

static const char presence_declaration[] =
	"{\"name\":\"presence\",\"doc\":\"Somebody has come to a place in an audit, or has left it. Not kept, and in no order with events.\",\"params\":{"
	"\"type\":\"object\",\"properties\":{\"organisation\":{\"type\":\"string\",\"format\":\"uuid\"},\"audit\":{\"type\":\"string\",\"format\":\"uuid\"},"
	"\"part\":{\"type\":[\"string\",\"null\"],\"format\":\"uuid\"},\"check\":{\"type\":[\"string\",\"null\"],\"format\":\"uuid\"},"
	"\"person\":{\"type\":\"string\",\"format\":\"uuid\"},"
	"\"connection\":{\"type\":\"string\",\"description\":\"One person may be there with several.\"},\"present\":{\"type\":\"boolean\"}},"
	"\"required\":[\"organisation\",\"audit\",\"part\",\"check\",\"person\",\"connection\",\"present\"],\"additionalProperties\":false}}";

static const struct uuid *audience_of(const struct place *at)
{
	return at->has_part ? &at->part : &at->audit;
}

void whereabouts_moved(void *arg, const struct place *place, const char *connection, bool here)
{
	struct live *l = arg;
	struct delivery d = { .live = l };

	if (!l->peers)
		return;
	d.message = live_notification("presence", presence_json(place, connection, here));
	if (d.message)
		audience_holders(l->audience, &place->organisation, audience_of(place), live_now(), live_send, &d);
	message_drop(d.message);
}

void whereabouts_lost(struct live *l, const struct event *e)
{
	presence_leave_token(l->presence, &e->organisation, &e->person, &e->token);
}

static bool may_see(void *arg, const struct place *place)
{
	return subscription_holds(arg, audience_of(place), live_now());
}

static bool read_place(struct place *at, const struct subscription *s, const json_t *params)
{
	const char *audit = json_string_value(json_object_get(params, "audit"));
	const char *part = json_string_value(json_object_get(params, "part"));
	const char *check = json_string_value(json_object_get(params, "check"));

	*at = (struct place){ .organisation = *subscription_organisation(s), .person = *subscription_person(s) };
	at->has_part = part && uuid_read(part, &at->part);
	at->has_check = check && uuid_read(check, &at->check);
	return audit && uuid_read(audit, &at->audit);
}

static void whereabouts_answer(struct live *l, struct call *call, struct subscription *s, const struct place *at)
{
	json_t *present = at ? presence_list(l->presence, &at->organisation, &at->audit, may_see, s) : json_array();

	call_answer_json(call, present ? json_pack("{s:o}", "present", present) : NULL);
}

static void whereabouts_set(void *arg, struct call *call, const json_t *params)
{
	struct live *l = arg;
	struct uuid organisation;
	struct subscription *s = NULL;
	struct place at;

	if (uuid_read(call_organisation(call), &organisation))
		s = audience_find(l->audience, call_peer(call), &organisation);
	if (!s) {
		live_refuse(call, E_BUSINESS, "Subscribe to the organisation's events first.",
			"{\"rule\":\"subscription\"}");
		return;
	}
	if (!read_place(&at, s, params)) {
		presence_leave(l->presence, call_peer(call), &organisation);
		whereabouts_answer(l, call, s, NULL);
	} else if (!subscription_holds(s, &at.audit, live_now()) || (at.has_part && !subscription_holds(s, &at.part, live_now()))) {
		live_refuse(call, E_NOT_FOUND, "There is no such audit, or it is not for you to see.",
			"{\"noun\":\"audit\"}");
	} else if (!presence_set(l->presence, call_peer(call), &at)) {
		live_refuse(call, E_NOT_NOW, "Out of memory; try again.", "{\"retry_after_ms\":1000}");
	} else {
		whereabouts_answer(l, call, s, &at);
	}
}

enum error_code whereabouts_declare(struct live *l, struct error *err)
{
	if (rpc_declare(l->config.rpc, set_declaration, whereabouts_set, l, err) != OK)
		return err->code;
	return rpc_declare_event(l->config.rpc, presence_declaration, err);
}
