#!/bin/sh
# Installs what is missing, and only that. `npm start` and `npm test` call it; `--with-tests` adds what only the tests need.
# As root it installs Debian packages; as a plain user it lists them. Everything else goes to
# ${XDG_CACHE_HOME:-~/.cache}/sbx-bench/tools. A second run takes a moment and needs no network.
set -eu
cd "$(dirname -- "$(readlink -f -- "$0")")"

. ./setup/versions.sh
. ./setup/tools.sh
. ./setup/report.sh
. ./setup/node.sh
. ./setup/debian.sh
. ./setup/go.sh
. ./setup/debian-runsc.sh
. ./setup/guest.sh

with_tests=no
case $*:$# in
  :0) ;;
  --with-tests:1) with_tests=yes ;;
  *)
    echo "usage: ./setup.sh [--with-tests]" >&2
    exit 2
    ;;
esac
readonly with_tests
[ "$with_tests" = no ] || [ -e package-lock.json ] ||
  refuse "the package has no tests" "Clone the repository to run them, or leave --with-tests out."

host="$(uname -s) on $(uname -m)"
[ "$host" = "Linux on x86_64" ] ||
  refuse "sbx-bench runs on Linux on x86-64, and this is $host" \
    "Use a Linux host with an x86-64 processor: gVisor's platforms and the measuring code are for it."

locate_tools_dir
# A plain user's PATH often lacks sbin, where Debian keeps runc and ip.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

# Called before the first change: one setup at a time, and a folder for what is not finished.
prepared=no
prepare() {
  [ "$prepared" = no ] || return 0
  prepared=yes
  mkdir -p "$tools_dir" 2>/dev/null || true
  [ -w "$tools_dir" ] ||
    refuse "the folder for the tools cannot be written: $tools_dir" \
      "Set XDG_CACHE_HOME to a folder that can, then run ./setup.sh again."
  if command -v flock >/dev/null; then
    exec 9>"$tools_dir/setup.lock"
    if ! flock --nonblock 9; then
      say "another setup is under way; waiting for it"
      flock 9
      # What was missing a moment ago may be there now: look again.
      exec 9>&-
      if [ "$with_tests" = yes ]; then exec ./setup.sh --with-tests; else exec ./setup.sh; fi
    fi
  fi
  say "what is missing goes to $tools_dir and node_modules"
  make_scratch_dir
}

need_node
need_npm_packages
need_debian_packages
need_go
need_runsc
need_guest
require_debian_packages

say "everything is there: Node $node_version, Go $go_version, runsc $runsc_current"
