#!/bin/sh
# fetch-debian-runsc.sh FOLDER: puts Debian's runsc of backports into FOLDER/debian-runsc and prints the package's version.
# `sbx-bench runsc install debian` calls it; neither root nor a change of the host is needed.
set -eu
scratch_dir=${1:?usage: fetch-debian-runsc.sh FOLDER}
tools_dir=$scratch_dir
cd "$(dirname -- "$(readlink -f -- "$0")")/.."
. ./setup/report.sh
. ./setup/debian-runsc.sh

log=$scratch_dir/fetch.log
if ! fetch_debian_runsc; then
  cat "$log" >&2
  exit 1
fi
echo "$version"
