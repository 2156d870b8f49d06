#!/bin/sh
# newcomer.sh [RELEASE...]: README's two commands, as a newcomer would type them, in bare Debian roots (bookworm and trixie).
#
# Each root is made by debootstrap once, kept below $NEWCOMER (default /var/tmp/newcomer) and copied for every run; packages come from
# the mirror, and npm's from the registry, that this machine itself uses. The clone is of what is committed. The demo runs as root from root's
# home, the check as a user with sudo. COMMANDS="demo" or "check" runs one of them; KEEP=1 keeps the roots to look around in.
set -eu

releases=${*:-bookworm trixie}
commands=${COMMANDS:-demo check}
cache=${NEWCOMER:-/var/tmp/newcomer}
tree=$(cd "$(dirname "$0")/.." && pwd -P)

[ "$(id -u)" = 0 ] || { echo "newcomer.sh: chroot needs root: sudo make newcomer" >&2; exit 1; }
"$tree/deploy/packages.sh" newcomer
mkdir -p "$cache"

mirror() {
	cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null |
		grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1
}

base() { # base RELEASE: the bare root, made when it is not there yet
	[ -d "$cache/base-$1" ] && return 0
	echo "newcomer: debootstrap $1"
	rm -rf "$cache/part-$1"
	debootstrap --variant=minbase --include=ca-certificates,git,make,sudo "$1" "$cache/part-$1" "$(mirror)" >"$cache/base-$1.log" 2>&1 ||
		{ tail -n 20 "$cache/base-$1.log"; return 1; }
	mv "$cache/part-$1" "$cache/base-$1"
}

inside() { # inside RELEASE USER COMMAND: in a mount and pid namespace of its own, so that nothing outlives it
	# shellcheck disable=SC2016 # expanded by the shell inside
	unshare --mount --pid --fork --kill-child sh -eu -c '
		root=$1 archives=$2
		mount --make-rprivate /
		mount -t proc proc "$root/proc"
		mount -t tmpfs tmpfs "$root/dev/shm"
		mount -t devpts devpts "$root/dev/pts" 2>/dev/null || :
		mount --bind "$archives" "$root/var/cache/apt/archives"
		# no exec: this shell is the first process of its namespace and buries what was orphaned, as an init does
		chroot "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb LANG=C.UTF-8 \
			su - "$3" -c "$4" || exit $?' sh "$cache/root-$1" "$cache/archives-$1" "$2" "$3" </dev/null
}

registry() { # registry ROOT: npm in there asks whom it asks here, and believes whom it believes here
	command -v npm >/dev/null || return 0
	authorities=$(npm config get cafile)
	echo "registry=$(npm config get registry)" >"$1/root/.npmrc"
	[ -f "$authorities" ] || return 0
	cp "$authorities" "$1/etc/npm-authorities.pem"
	echo 'cafile=/etc/npm-authorities.pem' >>"$1/root/.npmrc"
}

newcomer() { # newcomer RELEASE
	base "$1"
	rm -rf --one-file-system "$cache/root-$1"
	mkdir -p "$cache/archives-$1/partial"
	cp -a --reflink=auto "$cache/base-$1" "$cache/root-$1"
	cp /etc/resolv.conf /etc/hosts "$cache/root-$1/etc/"
	git clone -q --no-local "$tree" "$cache/root-$1/root/ninetwo"
	registry "$cache/root-$1"
	inside "$1" root 'useradd -m -s /bin/sh newcomer && echo "newcomer ALL=(ALL) NOPASSWD: ALL" >/etc/sudoers.d/newcomer &&
		cp -a /root/ninetwo /home/newcomer/ && { [ ! -e /root/.npmrc ] || cp /root/.npmrc /home/newcomer/; } && chown -R newcomer: /home/newcomer'
	for command in $commands; do
		case $command in
		demo) user=root line='make demo ONCE=1' ;;
		*) user=newcomer line="make $command" ;;
		esac
		began=$(date +%s)
		status=passed
		inside "$1" $user "cd ninetwo && $line" >"$cache/$1-$command.log" 2>&1 || status=FAILED
		echo "$1: $line: $status after $(($(date +%s) - began)) s ($cache/$1-$command.log)" | tee -a "$cache/results"
	done
	[ -n "${KEEP:-}" ] || rm -rf --one-file-system "$cache/root-$1"
}

: >"$cache/results"
for release in $releases; do newcomer "$release"; done
failed=$(grep -c FAILED "$cache/results" || :)
echo "newcomer: $(($(grep -c . "$cache/results") - failed)) passed, $failed failed"
[ "$failed" = 0 ]
