import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goEnv } from "../../src/base/go-env.ts";
import { renderExport } from "../../src/report/exports/render-export.ts";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import { type Fixture, fixture } from "../report/fixture.ts";

let dir = "";
/** Why benchstat can't be had here; `null` when it is installed. */
let missing: string | null = null;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "sbx-benchstat-"));
  const install = await execa("go", ["install", "golang.org/x/perf/cmd/benchstat@latest"], {
    env: { ...(await goEnv(process.env)), GOBIN: dir },
    extendEnv: false,
    reject: false,
    timeout: 200_000,
  });
  if (install.failed) missing = `benchstat can't be installed: ${install.stderr || install.shortMessage}`;
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** One configuration of the fixture; `slower` is put on every call of getpid. */
function textFile(name: string, run: Fixture, slower: number): string {
  const launches = run.launches.map((launch): LaunchRecord => {
    const ops = launch.ops.map((op) =>
      op.op === "getpid"
        ? { ...op, median: op.median * slower, batches: op.batches.map((mean) => mean * slower) }
        : op,
    );
    return { ...launch, ops };
  });
  const file = join(dir, name);
  writeFileSync(file, renderExport(run.summary, launches, "gobench"));
  return file;
}

describe("the real benchstat", () => {
  const run = fixture({ rounds: 12, scenarios: ["syscalls", "memory"], sandboxes: ["native", "runc"] });

  test("reads two runs without a complaint and finds the one op that got slower", async (context) => {
    if (missing !== null) return context.skip(missing);
    const [before, after] = [textFile("old.txt", run, 1), textFile("new.txt", run, 1.2)];
    const filter = "/sandbox:native";
    const { stdout, stderr } = await execa(join(dir, "benchstat"), ["-filter", filter, before, after]);
    expect(stderr).toBe("");
    const rows = stdout.split("\n").filter((line) => line.includes("/op="));
    const native = run.summary.cells.filter((cell) => cell.config.sandbox === "native");
    expect(rows.length).toBe(native.flatMap((cell) => cell.metrics).length);
    expect(rows.filter((line) => /[+-]\d+\.\d+%/.test(line)).map((line) => line.split(/\s/)[0])).toEqual([
      "Syscalls/op=getpid/sandbox=native/net=host/seccomp=none",
    ]);
    expect(stdout).toMatch(/\+20\.00% \(p=0\.000 n=12\)/);
  });

  test("lays out the sandboxes of one run as columns", async (context) => {
    if (missing !== null) return context.skip(missing);
    const args = ["-col", "/sandbox", "-row", ".name /op", "-filter", "/seccomp:none /net:host"];
    const { stdout } = await execa(join(dir, "benchstat"), [...args, textFile("run.txt", run, 1)]);
    expect(stdout).toMatch(/│\s+native\s+│\s+runc\s+│/);
    expect(stdout).toMatch(/Syscalls stat .*n=12/);
  });
});
