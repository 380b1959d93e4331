import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readLaunchLog } from "../../src/samples/launch-log.ts";
import type { RunManifest } from "../../src/samples/run-manifest.ts";
import { type GateCli, gateCli } from "./gate-cli.ts";

const SLOW_NEW = [{ cells: "b:*seccomp=default*", kind: "slow", factor: 1.1 }];
const manifestOf = (dir: string) => JSON.parse(readFileSync(join(dir, "run.json"), "utf8")) as RunManifest;

describe("the gate over an interleaved run", () => {
  let cli: GateCli;
  beforeAll(() => {
    cli = gateCli();
  });
  afterAll(() => rmSync(cli.dir, { recursive: true, force: true }));

  test("holds where both sides are the same", () => {
    const run = cli.sbx(["run", "--ab", "base.config.ts,new.config.ts"]);
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining("base.config.ts") });
    const { code, comparison } = cli.check(["--ab"]);
    expect(code).toBe(0);
    expect(comparison).toMatchObject({ kind: "interleaved", outcome: "ok" });
    expect(comparison.metrics.filter(({ gated }) => gated)).toHaveLength(8);
    expect(existsSync(join(cli.latest(), "comparison.json"))).toBe(true);
    // The report beside it is that of the new side.
    const summary = readFileSync(join(cli.latest(), "summary.json"), "utf8");
    expect(JSON.parse(summary).cells.map(({ cell }: { cell: string }) => cell)).toEqual([
      "fake/net=none/seccomp=none::syscalls",
      "fake/net=none/seccomp=default::syscalls",
    ]);
  });

  test("finds a loss of 10 % in the cell that has it, and only there", () => {
    cli.sbx(["run", "--ab", "base.config.ts,new.config.ts"], SLOW_NEW);
    const { code, comparison } = cli.check(["--ab"]);
    expect(code).toBe(1);
    const worse = comparison.metrics.filter(({ verdict }) => verdict === "worse");
    expect(worse.filter(({ gated }) => gated)).toHaveLength(4);
    expect(new Set(worse.map(({ cell }) => cell))).toEqual(
      new Set(["fake/net=none/seccomp=default::syscalls"]),
    );
    expect(cli.check(["--ab", "--max-regression", "20%"]).code).toBe(0);
  });

  test("does not pass a cell that breaks on the new side", () => {
    const run = cli.sbx(
      ["run", "--ab", "base.config.ts,new.config.ts"],
      [{ cells: "b:*seccomp=default*", kind: "crash" }],
    );
    expect(run.code).toBe(5);
    const { code, comparison } = cli.check(["--ab"]);
    expect(code).toBe(1);
    expect(comparison.broken).toMatchObject([
      { cell: "fake/net=none/seccomp=default::syscalls", reason: expect.stringContaining("exit code 2") },
    ]);
  });

  test("three rounds are unclear, which only --strict fails", () => {
    cli.sbx(["run", "--ab", "base.config.ts,new.config.ts", "--rounds", "3"]);
    expect(cli.check(["--ab"]).code).toBe(0);
    const { code, comparison } = cli.check(["--ab", "--strict"]);
    expect(code).toBe(3);
    expect(comparison.outcome).toBe("unclear");
  });

  test("--until-clear adds rounds where intervals are wide, and says when it had to stop", () => {
    const capped = cli.check(["--ab", "--until-clear", "--max-rounds", "8"]);
    expect(capped.comparison.warnings.join()).toContain("ended at 8 of at most 8 rounds");
    const { code, comparison } = cli.check(["--ab", "--until-clear", "--strict", "--max-regression", "3%"]);
    expect({ code, outcome: comparison.outcome }).toEqual({ code: 0, outcome: "ok" });
    const { rounds, endedAt, extended } = manifestOf(cli.latest());
    expect(rounds).toBeGreaterThan(8);
    expect({ extended, ended: endedAt !== null }).toEqual({ extended: true, ended: true });
    const seen = readLaunchLog(join(cli.latest(), "launches.ndjson")).records;
    expect(new Set(seen.map(({ cell, round }) => `${cell} ${round}`)).size).toBe(seen.length);
  });
});

describe("the gate against a stored run", () => {
  let cli: GateCli;
  beforeAll(() => {
    cli = gateCli();
    cli.sbx(["run", "--seed", "old"]);
    cli.sbx(["baseline", "save", "main"]);
    cli.sbx(["run", "--seed", "new"]);
  });
  afterAll(() => rmSync(cli.dir, { recursive: true, force: true }));

  test("holds for the same, by a baseline's name", () => {
    const { code, comparison } = cli.check(["--baseline", "main", "--max-regression", "5%"]);
    expect({ code, outcome: comparison?.outcome, kind: comparison?.kind }).toEqual({
      code: 0,
      outcome: "ok",
      kind: "runs",
    });
  });

  test("fires for a loss of 25 % with 15 launches a side", () => {
    cli.sbx(["run", "--seed", "slow"], [{ cells: "*", kind: "slow", factor: 1.25 }]);
    expect(cli.check(["--baseline", "main"]).code).toBe(1);
  });

  test("a baseline with other cells is compared in what both have, and says what it lacks", () => {
    cli.sbx(["run", "--seed", "part", "--cells", "*seccomp=none*"]);
    const { code, comparison } = cli.check(["--baseline", "main", "--max-regression", "5%"]);
    expect(code).toBe(0);
    expect(comparison.notCompared).toMatchObject([
      {
        cell: "fake/net=none/seccomp=default::syscalls",
        reason: expect.stringContaining("only on the old side"),
      },
    ]);
    expect(cli.check(["--baseline", "main", "--max-regression", "50%", "--strict"]).code).toBe(3);
  });

  test("all launches failed: worse, and named", () => {
    cli.sbx(["run", "--seed", "dead"], [{ cells: "*", kind: "crash" }]);
    const { code, comparison } = cli.check(["--baseline", "main"]);
    expect(code).toBe(1);
    expect(comparison.broken).toHaveLength(2);
  });

  test("writes every format that was asked for", () => {
    cli.sbx(["run", "--seed", "formats"]);
    const args = ["--format", "junit", "--output-file", "out/junit.xml", "--format", "markdown"];
    const { stdout } = cli.sbx(["check", "--baseline", "main", ...args]);
    expect(readFileSync(join(cli.dir, "out/junit.xml"), "utf8")).toContain("<testsuite");
    expect(stdout).toContain("|");
  });
});

describe("twins and budget", () => {
  let cli: GateCli;
  beforeAll(() => {
    cli = gateCli();
  });
  afterAll(() => rmSync(cli.dir, { recursive: true, force: true }));

  test("an A/A run learns noise floors, which later comparisons take", () => {
    expect(cli.sbx(["run", "--aa"]).code).toBe(0);
    const { floors } = JSON.parse(readFileSync(join(cli.latest(), "aa.json"), "utf8"));
    const { rounds } = floors["fake/net=none/seccomp=none::syscalls::getpid"];
    // Rounds during which the host was disturbed do not count.
    expect(rounds).toBeGreaterThan(7);
    expect(rounds).toBeLessThanOrEqual(15);
    const summary = JSON.parse(readFileSync(join(cli.latest(), "summary.json"), "utf8"));
    expect(summary.cells).toHaveLength(2);
    cli.sbx(["run", "--ab", "base.config.ts,new.config.ts"]);
    const { comparison } = cli.check(["--ab"]);
    expect(comparison.metrics[0]!.noiseFloor).toBeGreaterThan(0);
  });

  test("a budget ends cells that are precise enough, and says what it could not settle", () => {
    const config = readFileSync(join(cli.dir, "bench.config.ts"), "utf8");
    writeFileSync(join(cli.dir, "fine.config.ts"), config.replace('"rounds":15', '"precision":"0.01%"'));
    writeFileSync(join(cli.dir, "coarse.config.ts"), config.replace('"rounds":15', '"precision":"4%"'));
    expect(cli.sbx(["--config", "coarse.config.ts", "run", "--budget", "60s"]).code).toBe(0);
    expect(manifestOf(cli.latest()).rounds).toBeLessThan(60);
    expect(manifestOf(cli.latest()).warnings.join()).not.toContain("budget");
    expect(cli.sbx(["--config", "fine.config.ts", "run", "--budget", "2s"]).code).toBe(0);
    const { rounds, warnings, harness } = manifestOf(cli.latest());
    expect(rounds).toBeGreaterThan(15);
    expect(harness.wallMs).toBeLessThan(6000);
    expect(warnings.join()).toMatch(/budget of 2 s left 2 cells with intervals wider than ±0\.01 %/);
  });
});

describe("real launches", () => {
  let cli: GateCli;
  beforeAll(() => {
    cli = gateCli({ sandbox: ["native"], seccomp: ["none"], network: ["host"] });
  });
  afterAll(() => rmSync(cli.dir, { recursive: true, force: true }));

  test("go through run --ab and check", () => {
    const run = cli.sbx(["run", "--ab", "base.config.ts,new.config.ts", "--rounds", "8"]);
    expect(run.stderr).toContain("16 launches");
    expect(run.code).toBe(0);
    const { code, comparison } = cli.check(["--ab", "--max-regression", "95%"]);
    expect(code).toBe(0);
    const gated = comparison.metrics.filter(({ gated }) => gated);
    expect(gated.map(({ n }) => n)).toEqual([8, 8, 8, 8]);
    expect(gated.every(({ a, b }) => a.median > 0 && b.median > 0)).toBe(true);
  });
});
