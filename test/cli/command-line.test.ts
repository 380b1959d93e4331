import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const MAIN = join(import.meta.dirname, "../../src/cli/main.ts");
const folder = mkdtempSync(join(tmpdir(), "sbx-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function cli(args: string[], cwd = folder) {
  const done = await execa(process.execPath, ["--disable-warning=ExperimentalWarning", MAIN, ...args], {
    cwd,
    reject: false,
    timeout: 60_000,
    stdin: "ignore",
  });
  return { code: done.exitCode, out: done.stdout, err: done.stderr };
}

describe("usage", () => {
  test("--help lists the commands with examples", async () => {
    const { code, out } = await cli(["--help"]);
    expect(code).toBe(0);
    for (const command of ["doctor", "plan", "run", "report", "seccomp", "Examples:"])
      expect(out).toContain(command);
  });

  test.each(["doctor", "plan", "run", "report", "seccomp record"])(
    "%s --help has examples",
    async (command) => {
      const { code, out } = await cli([...command.split(" "), "--help"]);
      expect(code).toBe(0);
      expect(out).toContain("Examples:");
    },
  );

  test("a mistyped command or option is answered with the nearest, exit code 2", async () => {
    const command = await cli(["docter"]);
    expect(command).toMatchObject({ code: 2, err: expect.stringContaining("Did you mean doctor?") });
    const option = await cli(["plan", "--rouns", "3"]);
    expect(option).toMatchObject({ code: 2, err: expect.stringContaining("Did you mean --rounds?") });
  });

  test("a number that is none is refused", async () => {
    expect(await cli(["plan", "--rounds", "0"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("whole number"),
    });
  });

  test("a mistyped preset is answered with the nearest", async () => {
    const { code, err } = await cli(["plan", "--preset", "quik"]);
    expect(code).toBe(2);
    expect(err).toContain('Did you mean "quick"?');
    expect(err).not.toContain("    at ");
  });

  test("a mistyped sandbox, platform, network or filter is answered with the nearest", async () => {
    const mistakes = [
      ["--sandbox", "runcs", "runc"],
      ["--platform", "systap", "systrap"],
      ["--network", "hosts", "host"],
      ["--seccomp", "defualt", "default"],
    ];
    for (const [option, value, right] of mistakes) {
      const { code, err } = await cli(["plan", option!, value!]);
      expect(code).toBe(2);
      expect(err).toContain(`Did you mean "${right}"?`);
    }
  });

  test("--resume refuses what a run was started with", async () => {
    const { code, err } = await cli(["run", "--resume", "--rounds", "3"]);
    expect(code).toBe(2);
    expect(err).toContain("--resume and --rounds don't go together");
  });

  test("--resume without a run to resume says so", async () => {
    const { code, err } = await cli(["run", "--resume", "--out", join(folder, "none")]);
    expect(code).toBe(2);
    expect(err).toContain("There is no run to resume");
  });
});

test("a working folder that was removed is one sentence, exit code 4", async () => {
  const script = 'cd "$1" && rmdir "$1" && exec "$2" "$3" plan';
  const gone = mkdtempSync(join(folder, "gone-"));
  const done = await execa("sh", ["-c", script, "sh", gone, process.execPath, MAIN], { reject: false });
  expect(done.exitCode).toBe(4);
  expect(done.stderr).toContain("error: The folder in which this command runs no longer exists\n");
  expect(done.stderr).not.toContain("uv_cwd");
});

describe("a configuration file", () => {
  beforeAll(() => writeFileSync(join(folder, "wrong.ts"), 'export default { preset: "quik", rounds: 0 };\n'));

  test("with mistakes ends with 2, what, why and the way out, and no trace", async () => {
    const { code, err } = await cli(["plan", "--config", "wrong.ts"]);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^error: The configuration in wrong.ts has a mistake\n {2}why: .*\n {7}.*\n {2}fix: /,
    );
    expect(err).not.toMatch(/^\s+at /m);
  });

  test("with --debug shows the trace", async () => {
    expect((await cli(["--debug", "plan", "--config", "wrong.ts"])).err).toMatch(/^\s+at /m);
  });
});

test("a reader that closes the pipe early is no error", async () => {
  const done = await execa("/bin/sh", ["-c", `"${process.execPath}" "${MAIN}" --help | head -1; echo`], {
    reject: false,
    timeout: 60_000,
  });
  expect(done.stderr).not.toContain("EPIPE");
  expect(readdirSync(folder)).toEqual(["wrong.ts"]);
});
