# shellcheck shell=sh
# Where the installed tools live, and which Node and Go are used: the host's where it is new enough, else ours.
# Sourced by setup.sh and by bin/, after versions.sh.

# Sets tools_dir, the folder of everything that setup.sh installs for this user.
locate_tools_dir() {
  # Go and npm keep folders of their own below HOME, whatever the place of ours.
  case ${HOME:-/} in
    /*) ;;
    *)
      echo "sbx-bench: HOME=$HOME is relative, so it names another folder wherever a program starts; set HOME to an absolute path" >&2
      exit 4
      ;;
  esac
  # A relative path is invalid and ignored: XDG Base Directory Specification.
  case ${XDG_CACHE_HOME:-/} in
    /*) ;;
    *)
      echo "sbx-bench: XDG_CACHE_HOME=$XDG_CACHE_HOME is relative and therefore ignored" >&2
      unset XDG_CACHE_HOME
      ;;
  esac
  if [ -n "${XDG_CACHE_HOME:-}" ]; then
    tools_dir=$XDG_CACHE_HOME/sbx-bench/tools
  elif [ -n "${HOME:-}" ]; then
    tools_dir=$HOME/.cache/sbx-bench/tools
  else
    echo "sbx-bench: no place for its tools: neither HOME nor XDG_CACHE_HOME is set; set HOME" >&2
    exit 4
  fi
}

# After locate_tools_dir: reading and compiling our TypeScript is half of the time of every start; Node keeps the
# result, by the content of each file.
keep_compiled() {
  export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-${tools_dir%/tools}/compiled}"
}

# v1.26.3 -> 1026003: comparable as a number; 0 for what is no version
version_number() (
  IFS=.
  # shellcheck disable=SC2086 # split at the dots on purpose
  set -- ${1#v} 0 0 0
  major=${1%%[!0-9]*} minor=${2%%[!0-9]*} patch=${3%%[!0-9]*}
  echo $((${major:-0} * 1000000 + ${minor:-0} * 1000 + ${patch:-0}))
)

# version_at_least HAVE WANT
version_at_least() {
  [ "$(version_number "$1")" -ge "$(version_number "$2")" ]
}

# Sets node_bin and node_version; fails where there is none that is new enough.
find_node() {
  for node_bin in "$(command -v node)" "$tools_dir/node/current/bin/node"; do
    [ -x "$node_bin" ] || continue
    node_version=$("$node_bin" --version 2>/dev/null) || continue
    node_version=${node_version#v}
    version_at_least "$node_version" "$NODE_MINIMUM" && return 0
  done
  return 1
}

# Prints the version of the Go at $1, whatever the user has set, and without letting it fetch another one.
go_version_of() {
  # "go version go1.26.8 linux/amd64"
  GOENV=off GOFLAGS= GOEXPERIMENT= GOTOOLCHAIN=local "$1" version 2>/dev/null | sed -n 's/^go version go\([^ ]*\).*/\1/p'
}

# Sets go_bin and go_version; fails where there is none that is new enough.
# /usr/local/go is where Go's own instructions put it, often without a word in PATH.
find_go() {
  for go_bin in "$(command -v go)" /usr/local/go/bin/go "$tools_dir/go/current/bin/go"; do
    [ -x "$go_bin" ] || continue
    go_version=$(go_version_of "$go_bin")
    version_at_least "$go_version" "$GO_MINIMUM" && return 0
  done
  return 1
}

# Puts the Node and Go that were found, and the npm packages' commands, into PATH.
# $1: the root of the checkout.
export_tool_path() {
  locate_tools_dir
  # npm has put the packages of an installed package where it likes.
  if ! find_node || { [ -e "$1/package-lock.json" ] && [ ! -d "$1/node_modules" ]; }; then
    echo "sbx-bench: it is not set up yet: Node >= $NODE_MINIMUM or its npm packages are missing; run $1/bin/sbx-bench setup" >&2
    exit 4
  fi
  # A plain user's PATH often lacks sbin, where Debian keeps runc and ip.
  PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
  # What PATH finds first stays where it is, so that nothing else of its folder gets ahead of the user's choice.
  if find_go && [ "$go_bin" != "$(command -v go)" ]; then PATH=$(dirname "$go_bin"):$PATH; fi
  if [ "$node_bin" != "$(command -v node)" ]; then PATH=$(dirname "$node_bin"):$PATH; fi
  PATH=$1/node_modules/.bin:$PATH
  export PATH
}
