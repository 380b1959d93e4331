# shellcheck shell=sh
# What the distribution has: named by Debian's packages, known to be there by a command or a file.

# has COMMAND-OR-FILE...: any of them will do.
has() {
  for evidence in "$@"; do
    case $evidence in
      /*) [ -e "$evidence" ] && return 0 ;;
      *) command -v "$evidence" >/dev/null && return 0 ;;
    esac
  done
  return 1
}

# need PACKAGE PURPOSE COMMAND-OR-FILE...: lists the package as missing where there is no evidence of it.
need() {
  package=$1 purpose=$2
  shift 2
  has "$@" && return
  missing_packages="$missing_packages $package"
  missing_list="$missing_list$(printf 'setup:   %-34s %s' "$package" "$purpose")
"
}

# Sets missing_packages (names) and missing_list (one line each, with the purpose).
find_missing_packages() {
  missing_packages='' missing_list=''
  need runc "a sandbox to measure" runc
  need crun "a sandbox to measure" crun
  need bubblewrap "a sandbox to measure" bwrap
  need util-linux "unshare, nsenter, setpriv: namespaces" unshare
  need iproute2 "ip: the veth pair of network=sandbox" ip
  need libseccomp-dev "seccomp filters in the launcher" /usr/include/seccomp.h
  need gcc "links the launcher with libseccomp" gcc
  need libc6-dev "links the launcher with libseccomp" /usr/include/stdlib.h
  need pkg-config "finds libseccomp" pkg-config
  need golang-github-containers-common "the default seccomp profile of containers" /usr/share/containers/seccomp.json
  need strace "records the system calls of a scenario" strace
  need ca-certificates "https to the Go module proxy" "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" \
    /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt
  find_go || find_bootstrap_go || need golang-go "builds the scenarios, the launcher and runsc" /nonexistent
  if [ "$with_tests" = yes ]; then
    need chromium "tests only: opens the report" chromium
    need fonts-dejavu-core "tests only: letters in the report" /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
    need shellcheck "tests only: checks the shell scripts" shellcheck
    need qemu-system-x86 "tests only: emulates a processor on which kvm works" qemu-system-x86_64
    need linux-perf "tests only: profiles programs with little disturbance" perf
    need e2fsprogs "tests only: makes the emulated machine's disk" mke2fs
  fi
}

# Installs what is missing as root; without root, leaves it to the end of setup to say how to get it.
need_debian_packages() {
  find_missing_packages
  [ -n "$missing_packages" ] || return 0
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 0
  prepare
  say "Debian packages that are missing:"
  printf %s "$missing_list" >&2
  begin "apt-get install"
  export DEBIAN_FRONTEND=noninteractive
  # A broken third-party source must not stop the install; what matters is whether the packages can be had.
  logged apt-get -o DPkg::Lock::Timeout=300 update || true
  # shellcheck disable=SC2086 # a list of names
  logged apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $missing_packages ||
    fail "apt-get could not install$missing_packages" "Repair it (apt-get update; apt-get -f install), then run ./setup.sh again."
  finish
  find_missing_packages
}

# Ends setup where something that needs root is missing, with the one command that brings it.
require_debian_packages() {
  [ -n "$missing_packages" ] || return 0
  say "these Debian packages are missing, and installing them needs root:"
  printf %s "$missing_list" >&2
  if command -v apt-get >/dev/null; then
    say "Get them with this command, then run ./setup.sh again:"
    say "  sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends$missing_packages'"
  else
    say "This host has no apt-get: install what your distribution calls them, then run ./setup.sh again."
  fi
  exit 4
}
