# cluster.sh: sourced after scratch.sh. A throw-away PostgreSQL cluster in $cluster_at ($scratch): on a socket only, gone at the end.
# Afterwards psql and friends find it by PGHOST and PGUSER. It does not survive a crash of the machine and need not (fsync is off).
# shellcheck shell=sh disable=SC2154

cluster_at=$scratch

cluster_start() { # cluster_start [SETTING=VALUE...]
	cluster_bin=$(pg_config --bindir)
	[ -x "$cluster_bin/initdb" ] || cluster_bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1)
	export PGHOST="$cluster_at/s" PGUSER=postgres PGDATABASE=postgres
	mkdir -m 700 "$PGHOST"
	"$cluster_bin/initdb" -D "$cluster_at/pg" -U postgres -E UTF8 --locale=C.UTF-8 -A trust -N >"$cluster_at/initdb.log" ||
		{ cat "$cluster_at/initdb.log"; return 1; }
	{
		echo "listen_addresses = ''"
		echo "unix_socket_directories = '$PGHOST'"
		echo "fsync = off"
		echo "shared_buffers = 64MB"
		echo "autovacuum_naptime = 1h"
		for cluster_setting in "$@"; do echo "$cluster_setting"; done
	} >>"$cluster_at/pg/postgresql.conf"
	at_end cluster_stop
	"$cluster_bin/pg_ctl" -D "$cluster_at/pg" -w -l "$cluster_at/postgresql.log" start >/dev/null ||
		{ cat "$cluster_at/postgresql.log"; return 1; }
}

cluster_stop() { "$cluster_bin/pg_ctl" -D "$cluster_at/pg" -m immediate -w stop >/dev/null 2>&1; }
