#!/bin/sh
# container.sh [FLAG...]: what runs in the container: brings the database to this release, then serves.
set -eu
ninetwod migrate --data /var/lib/ninetwo/cluster
exec ninetwod serve --data /var/lib/ninetwo/cluster --web /usr/local/share/ninetwo/web "$@"
