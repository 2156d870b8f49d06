# cluster.sh: sourced after scratch.sh. A throw-away PostgreSQL cluster in $scratch: on a socket only, gone at the end.
# Afterwards psql and friends find it by PGHOST and PGUSER. It does not survive a crash of the machine and need not (fsync is off).
# shellcheck shell=sh disable=SC2154

cluster_start() { # cluster_start [SETTING=VALUE...]
	cluster_bin=$(pg_config --bindir)
	[ -x "$cluster_bin/initdb" ] || cluster_bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1)
	export PGHOST="$scratch/s" PGUSER=postgres PGDATABASE=postgres
	mkdir -m 700 "$PGHOST"
	"$cluster_bin/initdb" -D "$scratch/pg" -U postgres -E UTF8 --locale=C.UTF-8 -A trust -N >"$scratch/initdb.log" ||
		{ cat "$scratch/initdb.log"; return 1; }
	{
		echo "listen_addresses = ''"
		echo "unix_socket_directories = '$PGHOST'"
		echo "fsync = off"
		echo "shared_buffers = 64MB"
		echo "autovacuum_naptime = 1h"
		for cluster_setting in "$@"; do echo "$cluster_setting"; done
	} >>"$scratch/pg/postgresql.conf"
	at_end cluster_stop
	"$cluster_bin/pg_ctl" -D "$scratch/pg" -w -l "$scratch/postgresql.log" start >/dev/null ||
		{ cat "$scratch/postgresql.log"; return 1; }
}

cluster_stop() { "$cluster_bin/pg_ctl" -D "$scratch/pg" -m immediate -w stop >/dev/null 2>&1; }
