# shellcheck shell=sh
# The second way to runsc: Debian's package from backports, with no change to the host's apt.

# Prints the apt sources of the release's backports, in deb822 form, derived from the sources that the host has:
# the entries of the release itself, with "-backports" added to the suite.
# $1: folder of the host's apt settings (/etc/apt), $2: release code name (bookworm)
derive_backports_sources() {
  find "$1" -maxdepth 2 -name '*.sources' -exec cat {} + | awk -v release="$2" '
    BEGIN { RS = ""; FS = "\n" } # one stanza a record
    {
      kept = ""; wanted = 0
      for (i = 1; i <= NF; i++) {
        key = tolower($i); sub(/:.*/, "", key)
        if ($i ~ /^#/) continue
        if ($i !~ /^[ \t]/) field = key
        if (field == "enabled" && tolower($i) ~ /: *(no|false|0)/) { wanted = 0; break }
        if (field == "suites") {
          count = split($i, words, /[ \t]+/)
          for (w = 2; w <= count; w++) if (words[w] == release) wanted = 1
          continue
        }
        if (field == "types" || field == "components" || field == "enabled") continue
        kept = kept $i "\n"
      }
      if (wanted) printf "Types: deb\nSuites: %s-backports\nComponents: main\n%s\n", release, kept
    }'
  # deb [signed-by=/a/key arch=amd64] URI SUITE COMPONENT...
  find "$1" -maxdepth 2 -name '*.list' -exec cat {} + | awk -v release="$2" '
    $1 == "deb" {
      key = ""
      if (match($0, /\[[^]]*\]/)) {
        options = substr($0, RSTART + 1, RLENGTH - 2)
        $0 = substr($0, 1, RSTART - 1) substr($0, RSTART + RLENGTH)
        count = split(options, words, /[ \t]+/)
        for (w = 1; w <= count; w++) if (words[w] ~ /^signed-by=/) key = "Signed-By: " substr(words[w], 11) "\n"
      }
      if ($3 == release) printf "Types: deb\nURIs: %s\nSuites: %s-backports\nComponents: main\n%s\n", $2, release, key
    }'
}

# apt-get on a private set of lists, so that neither root nor a change of the host is needed.
private_apt_get() {
  logged apt-get -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$apt/sources" -o Dir::State::lists="$apt/lists" \
    -o Dir::Cache="$apt/cache" -o APT::Sandbox::User="$(id -un)" "$@"
}

# Sets release, and on success version, with the program in $scratch_dir/debian-runsc.
fetch_debian_runsc() {
  release=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  apt=$scratch_dir/apt
  mkdir -p "$apt/sources" "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/download"
  derive_backports_sources /etc/apt "$release" >"$apt/sources/backports.sources"
  (cd "$apt/download" && private_apt_get update && private_apt_get download runsc) || return 1
  version=$(dpkg-deb -f "$apt"/download/runsc_*.deb Version)
  dpkg-deb -x "$apt"/download/runsc_*.deb "$apt/runsc"
  mkdir -p "$scratch_dir/debian-runsc"
  mv "$apt/runsc/usr/bin/runsc" "$scratch_dir/debian-runsc/runsc"
}

install_debian_runsc() {
  begin "runsc from Debian's backports instead"
  fetch_debian_runsc ||
    fail "runsc could be had neither as a Go module nor from Debian's backports" \
      "Check the network, GOPROXY and the apt sources, then run ./setup.sh again."
  logged "$scratch_dir/debian-runsc/runsc" --version || fail "Debian's runsc $version does not run on this host" "Check GOPROXY, then run ./setup.sh again."
  install_tool "$scratch_dir/debian-runsc" runsc "debian-$version"
  finish
  say "runsc is Debian's $version, older than $RUNSC_VERSION; to try the module again: rm $tools_dir/runsc/current"
}
