#!/bin/sh
# packages.sh WHAT: installs what is missing of the Debian packages that deploy/packages lists for WHAT (run, build, check, newcomer).
# Does nothing, and needs no network and no rights, when nothing is missing. Otherwise it needs root, or sudo.
set -eu

what=${1:?packages.sh run|build|check|newcomer}
list=$(dirname "$0")/packages

# Each purpose includes the ones before it; newcomer stands alone.
case $what in
run) purposes='run' ;;
build) purposes='run build' ;;
check) purposes='run build check' ;;
newcomer) purposes='newcomer' ;;
*) echo "packages.sh: unknown purpose '$what'" >&2; exit 2 ;;
esac

command -v dpkg-query >/dev/null || { echo "packages.sh: not a Debian machine: install what $list names yourself" >&2; exit 0; }
release=$(sed -n 's/^VERSION_ID="\{0,1\}\([0-9]*\).*/\1/p' /etc/os-release)
case $release in
12) ;;
*) release=13 ;; # what is not known yet is most like the newest that is
esac

names() {
	awk -v purposes=" $purposes " -v release="$release" '
		/^[a-z]/ && index(purposes, " " $1 " ") && ($2 == "*" || $2 == release) { print $3 }' "$list"
}

missing=
for package in $(names); do
	dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -q '^installed' && continue
	# Another package provides pkg-config on newer releases, and Node may come from elsewhere.
	case $package in
	pkg-config | npm) ! command -v "$package" >/dev/null || continue ;;
	nodejs) ! command -v node >/dev/null || continue ;;
	esac
	missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "Installing from Debian:$missing"

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		echo "packages.sh: needs root or sudo to install:$missing" >&2
		exit 1
	fi
}

# Debian's PostgreSQL package makes and starts a cluster on port 5432 unless it is told not to before it arrives.
quiet_postgresql() {
	conf=/etc/postgresql-common/createcluster.d/ninetwo.conf
	case $missing in *postgresql-1*) ;; *) return 0 ;; esac
	[ -e "$conf" ] && return 0
	as_root mkdir -p "${conf%/*}"
	echo "create_main_cluster = false" | as_root tee "$conf" >/dev/null
}

quiet_postgresql
as_root apt-get -q update
# shellcheck disable=SC2086 # the list is meant to fall apart into words
as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends $missing
