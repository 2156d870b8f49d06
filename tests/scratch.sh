# scratch.sh: sourced by scripts that unprivileged.sh starts. Gives them the folder $scratch, gone when they end, and a list of
# things to do before that: `at_end COMMAND`.
# shellcheck shell=sh

scratch=${NINETWO_SCRATCH:?is set by deploy/unprivileged.sh, which is how this script is started}
TMPDIR=$scratch
export TMPDIR
scratch_ends=:

at_end() { scratch_ends="$*; $scratch_ends"; }
scratch_leave() {
	scratch_status=$?
	set +e
	trap - EXIT INT TERM HUP
	eval "$scratch_ends"
	cd / && rm -rf "$scratch"
	exit "$scratch_status"
}
trap scratch_leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
