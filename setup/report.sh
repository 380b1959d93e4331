# shellcheck shell=sh
# What setup.sh tells: one line for each thing that it does, and on a failure what, why and what to do.

say() { echo "setup: $*" >&2; }

# Starts the line of one thing: `begin "runsc: build it"` ... `finish` adds how long it took.
begin() {
  begun_at=$(date +%s)
  printf 'setup: %s ...' "$*" >&2
}
finish() { echo " $(($(date +%s) - begun_at)) s" >&2; }

# Runs a command with its output in the log only; the log starts anew with each command.
logged() {
  echo "\$ $*" >"$log"
  "$@" >>"$log" 2>&1 </dev/null
}

# fail WHAT FIX: ends setup; the reason is in the log, at its beginning or at its end.
fail() {
  echo " failed" >&2
  say "$1; $log says:"
  awk '{ line[NR] = $0 }
    END { for (i = 1; i <= NR; i++) { if (i <= 6 || i > NR - 10) print "  | " line[i]; else if (i == 7) print "  | ..." } }' \
    "$log" >&2
  say "$2"
  exit 4
}

# refuse WHAT FIX: ends setup before anything was tried.
refuse() {
  say "$1"
  say "$2"
  exit 4
}

# Makes scratch_dir, beside the final places so that a rename puts a finished thing there; removed at the exit.
make_scratch_dir() {
  log=$tools_dir/setup.log
  # What a killed setup left; no other one is at work, since this one has the lock.
  for scratch_dir in "$tools_dir"/.unfinished.*; do [ ! -d "$scratch_dir" ] || remove_scratch_dir; done
  scratch_dir=$(mktemp -d "$tools_dir/.unfinished.XXXXXX")
  trap 'remove_scratch_dir' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# Go makes its module cache read-only.
remove_scratch_dir() {
  chmod -R u+w "$scratch_dir" 2>/dev/null
  rm -rf "$scratch_dir"
}

# install_tool FOLDER TOOL VERSION: moves a finished folder to tools/TOOL/VERSION and makes it the current one.
install_tool() {
  mkdir -p "$tools_dir/$2"
  chmod -R u+w "$1"
  rm -rf "${tools_dir:?}/$2/$3"
  mv "$1" "$tools_dir/$2/$3"
  ln -sfn "$3" "$tools_dir/$2/.next"
  mv -T "$tools_dir/$2/.next" "$tools_dir/$2/current"
}
