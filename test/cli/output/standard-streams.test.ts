import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXIT, finalExitCode } from "../../../src/cli/output/exit-codes.ts";
import { getpidLaunch, twoCells, writeRun } from "../../store/stored.ts";

const MAIN = join(import.meta.dirname, "../../../src/cli/main.ts");
const folder = mkdtempSync(join(tmpdir(), "sbx-streams-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ROUNDS = Array.from({ length: 16 }, (_, round) => round);

/** Twice as slow as before: worse, beyond doubt. */
beforeAll(() => {
  for (const [runId, level] of [
    ["old", 100],
    ["new", 200],
  ] as const) {
    const launches = ROUNDS.map((round) => getpidLaunch(round, level + (round % 3) / 10));
    writeRun(join(folder, "reports"), twoCells({ runId }), launches);
  }
});

/** @param script of /bin/sh, in which @ is the command line */
function shell(script: string) {
  const done = spawnSync("sh", ["-c", script.replaceAll("@", '"$0" "$1"'), process.execPath, MAIN], {
    cwd: folder,
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, XDG_CACHE_HOME: join(folder, "cache"), GITHUB_STEP_SUMMARY: "", NO_COLOR: "1" },
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

const CHECK = "@ check --baseline old new";

describe("the verdict reaches the caller", () => {
  test("when everything is read", () => {
    expect(shell(`${CHECK} --json | cat; exit`).out).toContain('"outcome": "worse"');
    expect(shell(CHECK).code).toBe(1);
  });

  test("when the reader closes the pipe early", () => {
    const script = `{ ${CHECK} --format json; echo "code $?" >${folder}/code; } | head -c 1; cat ${folder}/code`;
    expect(shell(script)).toMatchObject({ out: "{code 1\n", err: "" });
  });

  test("when progress can't be written either", () => {
    shell(`{ ${CHECK} 2>&1; echo "$?" >${folder}/both; } | true`);
    expect(readFileSync(join(folder, "both"), "utf8")).toBe("1\n");
  });

  test("when a slow reader takes a long output, which is whole", () => {
    const script = `{ ${CHECK} --format html; echo $? >${folder}/slow; } | { sleep 1; wc -c; }`;
    const size = Number(shell(script).out);
    const whole = shell(`${CHECK} --format html >${folder}/whole; wc -c <${folder}/whole`);
    expect(size).toBe(Number(whole.out));
    expect(size).toBeGreaterThan(100_000);
    expect(readFileSync(join(folder, "slow"), "utf8")).toBe("1\n");
  });
});

describe("a result that can't be printed is exit code 4 with a sentence, never a verdict:", () => {
  const lost = (script: string) => {
    const { code, err } = shell(script);
    expect(code).toBe(4);
    expect(err).toMatch(/^error: .*stdout can't be written\n {2}why: .*\n {2}fix: .*\n$/);
    return err;
  };

  test("a full device", () => {
    expect(lost(`${CHECK} >/dev/full`)).toContain("The disk is full.");
    expect(lost("@ --help >/dev/full")).toContain("The disk is full.");
  });

  test("a disk with room for a part of it", (context) => {
    if (process.getuid?.() !== 0) return context.skip("may not mount here");
    const script = `mkdir -p ${folder}/small; exec unshare --mount sh -c '
      mount -t tmpfs -o size=4k tmpfs "$2" && exec "$0" "$1" check --baseline old new --format html >"$2/out"' "$0" "$1" ${folder}/small`;
    expect(lost(script)).toContain("The disk is full.");
  });

  test("a stdout that the caller closed", () => {
    expect(lost(`export SBX_STDOUT_CLOSED=1; ${CHECK} >/dev/null`)).toContain("closed");
  });
});

test("an answer that was not printed is none; errors and interruptions keep their code", () => {
  for (const code of [EXIT.done, EXIT.worse, EXIT.unclear, EXIT.someCellsFailed]) {
    expect(finalExitCode(code, true, null)).toBe(code);
    expect(finalExitCode(code, false, null)).toBe(EXIT.environment);
  }
  expect(finalExitCode(EXIT.usage, false, null)).toBe(EXIT.usage);
  expect(finalExitCode(EXIT.internal, false, null)).toBe(EXIT.internal);
  expect(finalExitCode(EXIT.interrupted, false, 129)).toBe(129);
  expect(finalExitCode(EXIT.interrupted, true, 143)).toBe(143);
});
