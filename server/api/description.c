/* description.c - see description.h. */
#include "api/description.h"

#include "rpc/rpc.h"

static bool description_get(void *arg, struct http_document *out, const char **why)
{
	const struct description *d = rpc_description(arg);

	*why = d ? d->refusal : "The methods are being read; try again in a moment.";
	if (!d || !d->text)
		return false;
	*out = (struct http_document){ .text = d->text, .length = d->length, .packed = d->packed,
		.packed_length = d->packed_length, .digest = d->digest };
	return true;
}

struct http_document_handler description_http(struct rpc *r)
{
	return (struct http_document_handler){ .get = description_get, .arg = r };
}
