import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PretendHost } from "./pretend-host.ts";

let host: PretendHost;
beforeEach(() => {
  host = new PretendHost();
});
afterEach(() => host.remove(""));

const ANSWERING_NODE = `case $1 in --version) echo v24.21.0 ;; *) echo "node $*" ;; esac`;

describe("bin/with-node", () => {
  test("takes the host's Node where it is new enough", () => {
    expect(host.run("bin/with-node", "sh", "-c", "command -v node").stdout.trim()).toBe(
      join(host.folder, "bin/node"),
    );
  });

  test("takes the installed Node where the host's is too old", () => {
    host.command("node", "echo v20.20.2");
    host.write("home/.cache/sbx-bench/tools/node/current/bin/node", `#!/bin/sh\n${ANSWERING_NODE}\n`, 0o755);
    expect(host.run("bin/with-node", "node", "x.ts").stdout).toBe("node x.ts\n");
  });

  test("takes the installed Go where the host's is too old", () => {
    host.command("go", "echo go version go1.19.8 linux/amd64");
    const go = "home/.cache/sbx-bench/tools/go/current/bin/go";
    host.write(go, "#!/bin/sh\necho go version go1.26.8 linux/amd64\n", 0o755);
    expect(host.run("bin/with-node", "go", "version").stdout).toMatch(/^go version go1\.26/);
  });

  test("says what to do where there is no Node", () => {
    host.remove("bin/node");
    const { status, stderr } = host.run("bin/with-node", "true");
    expect(stderr).toMatch(/not set up yet.*run .*bin\/sbx-bench setup/);
    expect(status).toBe(4);
  });

  test("gives back its command's exit code", () => {
    expect(host.run("bin/with-node", "sh", "-c", "exit 7").status).toBe(7);
  });
});

describe("a relative path is no place for tools, which is said once", () => {
  const COMMANDS: [command: string, ...args: string[]][] = [
    ["bin/with-node", "node"],
    ["bin/sbx-bench", "plan"],
    ["setup.sh"],
  ];

  test.each(COMMANDS)("XDG_CACHE_HOME: %s", (command, ...args) => {
    const { status, stderr } = host.runWith({ XDG_CACHE_HOME: "cache" }, command, ...args);
    expect(status).toBe(0);
    expect(stderr.match(/XDG_CACHE_HOME=cache is relative and therefore ignored/g)).toHaveLength(1);
  });

  describe.each(["no", "an absolute"])("HOME, beside %s XDG_CACHE_HOME", (beside) => {
    test.each(COMMANDS)("%s", (command, ...args) => {
      const before = [readdirSync(host.folder), readdirSync(host.checkout)];
      const cache = beside === "no" ? "" : join(host.folder, "cache");
      const variables = { HOME: "elsewhere", XDG_CACHE_HOME: cache };
      const { status, stderr } = host.runWith(variables, command, ...args);
      expect(stderr.match(/HOME=elsewhere is relative.*set HOME to an absolute path/g)).toHaveLength(1);
      expect(status).toBe(4);
      expect([readdirSync(host.folder), readdirSync(host.checkout)]).toEqual(before);
    });
  });
});

test("bin/sbx-bench finds the program through a symbolic link, from another folder", () => {
  host.command("node", ANSWERING_NODE);
  symlinkSync(join(host.checkout, "bin/sbx-bench"), join(host.folder, "linked"));
  expect(host.run("../linked", "plan", "--json").stdout).toBe(
    `node --disable-warning=ExperimentalWarning --disable-sigusr1 ${host.checkout}/src/cli/main.ts plan --json\n`,
  );
});

describe("bin/sbx-bench tells the program what Node forgets at its start", () => {
  const told = (script: string) => {
    host.command(
      "node",
      `case $1 in --version) echo v24.21.0 ;; *) echo "$SBX_IGNORED_SIGNALS \${SBX_STDOUT_CLOSED:-open}" >"${host.folder}/told" ;; esac`,
    );
    expect(host.run("/bin/sh", "-c", script, "sh", join(host.checkout, "bin/sbx-bench")).status).toBe(0);
    return readFileSync(join(host.folder, "told"), "utf8").trim();
  };

  test("signals that the caller ignores", () => {
    expect(told(`"$1"`)).toMatch(/^[0-9a-f]*[02468ace] open$/);
    expect(told(`trap '' HUP; "$1"`)).toMatch(/^[0-9a-f]*[13579bdf] open$/);
    expect(told(`trap '' HUP INT; exec "$1"`)).toMatch(/^[0-9a-f]*[37bf] open$/);
  });

  test("standard streams that the caller closed", () => {
    expect(told(`"$1" >&-`)).toMatch(/ 1$/);
    expect(told(`"$1" <&- 2>&-`)).toMatch(/ open$/);
    expect(told(`"$1" <&- >&- 2>&-`)).toMatch(/ 1$/);
  });
});
