#!/bin/sh
# backup.sh CONNINFO FOLDER: one consistent copy of a ninetwo database, while it is in use, into FOLDER, which must not exist.
#
# CONNINFO names the database and somebody who may read all of it. For the private cluster that is its superuser:
#   backup.sh "$(ninetwod cluster conninfo --data DIR) user=postgres" /var/backups/ninetwo/$(date +%F)
# The folder holds roles.sql (the cluster's roles, without passwords) and ninetwo.dump (pg_dump's custom format). It holds everything that
# the register holds: keep it as you keep the register. See docs/operating.md for point-in-time recovery and a standby.
set -eu

[ $# = 2 ] || { echo "usage: backup.sh CONNINFO FOLDER" >&2; exit 2; }
conninfo=$1 folder=$2
umask 077
mkdir "$folder"
pg_dumpall --dbname="$conninfo" --roles-only --no-role-passwords | grep -E "^(CREATE|ALTER) ROLE ninetwo_|^GRANT ninetwo_" >"$folder/roles.sql"
pg_dump --dbname="$conninfo" --format=custom --file="$folder/ninetwo.dump.part"
mv "$folder/ninetwo.dump.part" "$folder/ninetwo.dump"
