/* static.h - the files of the browser client. */
#ifndef NINETWO_NET_STATIC_H
#define NINETWO_NET_STATIC_H

#include "base/buffer.h"

#include <stdbool.h>

enum { STATIC_MAX = 4 * 1024 * 1024 };

struct static_file {
	struct buffer bytes;		/* the caller's to clear */
	const char *type;		/* Content-Type */
	char etag[40];			/* with its quotes */
};

/* What a page of ours may load and do, as header lines. */
extern const char static_policy[];

/* Reads the file that a path names, "/" being /index.html. False: there is none that may be served. Only regular files of known types within
 * the folder, no hidden ones, no symbolic links. */
bool static_read(const char *folder, const char *path, struct static_file *out);

#endif
