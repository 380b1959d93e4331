# shellcheck shell=sh
# Go, and runsc as a Go program.

# Any Go with modules can fetch the wanted one, since the Go module proxy serves toolchains as modules.
find_bootstrap_go() {
  bootstrap_go=$(command -v go) && version_at_least "$(go_version_of "$bootstrap_go")" 1.16
}

# with_go GO NAME=VALUE... COMMAND...: the command with our own settings for Go, whatever the user's shell and
# `go env -w` say, but for how modules are fetched (src/base/go-env.ts does the same).
with_go() {
  asked_go=$1
  shift
  for name in GOPROXY GOSUMDB GOPRIVATE GONOPROXY GONOSUMDB GOINSECURE GOVCS GOPATH GOMODCACHE GOCACHE; do
    # Empty flags would let the file's through, and wrong ones there are an error.
    value=$(GOEXPERIMENT=none GOFLAGS=-mod=readonly GOWORK=off GOTOOLCHAIN=local "$asked_go" env "$name") || value=
    if [ -n "$value" ]; then set -- "$name=$value" "$@"; fi
  done
  env -u GOROOT -u GOEXPERIMENT -u GODEBUG -u GOBIN -u GOARM64 -u CC -u CGO_CFLAGS -u CGO_LDFLAGS -u LD_PRELOAD \
    -u LD_LIBRARY_PATH GOENV=off GOWORK=off GOFLAGS= GO111MODULE=on GOTOOLCHAIN=local \
    GOOS=linux GOARCH=amd64 GOAMD64=v1 CGO_ENABLED=0 LC_ALL=C "$@"
}

# Go 1.21 and newer fetch toolchains themselves; doing it by hand works from older ones too (Debian 12 has 1.19),
# and independently of the host's GOTOOLCHAIN.
need_go() {
  find_go && return
  find_bootstrap_go || return 0 # require_debian_packages asks for it
  prepare
  begin "Go $GO_VERSION (toolchain from the Go module proxy): the host's is $(go_version_of "$bootstrap_go"), and runsc needs $GO_MINIMUM"
  modules=$scratch_dir/go-modules
  (cd "$scratch_dir" && logged with_go "$bootstrap_go" GOMODCACHE="$modules" \
    "$bootstrap_go" mod download "golang.org/toolchain@v0.0.1-go$GO_VERSION.linux-amd64") ||
    fail "the toolchain of Go $GO_VERSION could not be fetched" "Check the network and GOPROXY, then run ./setup.sh again; or install Go >= $GO_MINIMUM yourself."
  toolchain="$modules/golang.org/toolchain@v0.0.1-go$GO_VERSION.linux-amd64"
  # Modules carry no file modes.
  chmod -R u+w "$toolchain"
  chmod +x "$toolchain"/bin/* "$toolchain"/pkg/tool/linux_amd64/*
  logged "$toolchain/bin/go" version || fail "the fetched Go does not run on this host" "Install Go >= $GO_MINIMUM yourself."
  install_tool "$toolchain" go "$GO_VERSION"
  finish
  find_go
}

# A Debian runsc that stands in for the pinned one is kept: remove its folder to try the module again.
runsc_is_there() {
  runsc_current=$(readlink "$tools_dir/runsc/current") || return 1
  case $runsc_current in "$RUNSC_VERSION" | debian-*) ;; *) return 1 ;; esac
  [ -x "$tools_dir/runsc/current/runsc" ]
}

# Without cgo: a dynamically linked runsc cannot start itself in its empty root folder
# ("fork/exec /proc/self/exe: no such file or directory").
build_runsc() {
  mkdir "$scratch_dir/runsc"
  (cd "$scratch_dir" && logged with_go "$go_bin" GOBIN="$scratch_dir/runsc" \
    "$go_bin" install -trimpath -ldflags "-s -w -X $RUNSC_MODULE/runsc/version.version=$RUNSC_VERSION" \
    "$RUNSC_MODULE/runsc@$RUNSC_MODULE_VERSION") &&
    logged "$scratch_dir/runsc/runsc" --version
}

need_runsc() {
  runsc_is_there && return
  find_go || return 0 # require_debian_packages asks for it
  prepare
  begin "runsc $RUNSC_VERSION (gVisor): build it from its Go module, 1 to 3 minutes"
  if build_runsc; then
    install_tool "$scratch_dir/runsc" runsc "$RUNSC_VERSION"
    finish
  else
    module_log=$scratch_dir/module.log
    cp "$log" "$module_log"
    echo " failed, the last line was:" >&2
    tail -n 1 "$module_log" | sed 's/^/  | /' >&2
    install_debian_runsc
  fi
  runsc_is_there
}
