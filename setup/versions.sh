# shellcheck shell=sh disable=SC2034 # read by the files that source this one
# What setup.sh installs, pinned in this one place.

# Oldest Node that runs TypeScript without a flag, and the one that is installed where the host's is older.
NODE_MINIMUM=22.18
NODE_VERSION=24.21.0

# Oldest Go that builds the pinned runsc (its go.mod), and the one that is installed where the host's is older.
GO_MINIMUM=1.26.3
GO_VERSION=1.26.8

# runsc: a release tag of gVisor, and the commit of its branch "go" that carries the same source as a Go module.
RUNSC_VERSION=go-20260905
RUNSC_MODULE=gvisor.dev/gvisor
RUNSC_MODULE_VERSION=v0.0.0-20260905035102-160fafc42237
