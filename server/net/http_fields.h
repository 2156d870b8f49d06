/* http_fields.h - what stands in paths and headers, read strictly: what is not wholly of the form is refused. */
#ifndef NINETWO_NET_HTTP_FIELDS_H
#define NINETWO_NET_HTTP_FIELDS_H

#include "net/http.h"

#include <stdbool.h>
#include <stdint.h>

/* Reads a number of at most 15 digits. */
bool field_number(const char *text, uint64_t *out);
bool field_uuid(const char *text, char out[37]);	/* all of text; out is in lower case */
/* Reads the Content-Range of a PUT; t->length is that of the body. Sets offset and total. */
bool field_content_range(const char *text, struct http_transfer *t);
/* Reads the Range of a GET. What is not understood, or asks for several ranges, is as good as none. */
void field_range(const char *text, struct http_transfer *t);
/* Whether If-None-Match names the tag (with its quotes): whoever has that needs no answer. */
bool field_names_tag(const char *text, const char *tag);
/* Whether Accept-Encoding takes a coding, by its name or as any. */
bool field_takes_coding(const char *text, const char *coding);

#endif
