/* static.h - the files of the browser client. */
#ifndef NINETWO_NET_STATIC_H
#define NINETWO_NET_STATIC_H

#include "base/buffer.h"

#include <stdbool.h>

enum { STATIC_MAX = 4 * 1024 * 1024 };

struct static_file {
	struct buffer bytes;		/* as they are sent; the caller's to clear */
	const char *type;		/* Content-Type */
	const char *encoding;		/* Content-Encoding, or NULL */
	bool hashed;			/* its name holds a hash of its content, so under this name it never changes */
	char etag[40];			/* of these bytes, with its quotes */
};

/* What a page of ours may load and do, as header lines. */
extern const char static_policy[];

/* Reads the file that a path names, "/" being /index.html; or what stands beside it compressed (FILE.br, FILE.gz), when `accepts`, an
 * Accept-Encoding, names that. False: there is none that may be served. Only regular files of known types within the folder, no hidden
 * ones, no symbolic links. */
bool static_read(const char *folder, const char *path, const char *accepts, struct static_file *out);

/* Whether a path may be an address within the browser client: it names no file of a known type, and nothing hidden. */
bool static_is_address(const char *path);

#endif
