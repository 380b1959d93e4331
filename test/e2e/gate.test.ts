import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readLaunchLog } from "../../src/samples/launch-log.ts";
import type { RunManifest } from "../../src/samples/run-manifest.ts";
import { editJson, type GateCli, gateCli } from "./gate-cli.ts";

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

describe("bad input gets a clear answer and its exit code", () => {
  let cli: GateCli;
  let run: string;
  /** A copy of the run, spoilt. */
  const spoilt = (name: string, spoil: (dir: string) => void): string => {
    const dir = join(cli.runs, name);
    cpSync(run, dir, { recursive: true });
    spoil(dir);
    return name;
  };
  const log = (dir: string) => join(dir, "launches.ndjson");
  const editLines = (dir: string, edit: (line: string) => string) =>
    writeFileSync(
      log(dir),
      readFileSync(log(dir), "utf8").trim().split("\n").map(edit).join("\n").concat("\n"),
    );
  const against = (name: string, ...more: string[]) =>
    cli.sbx(["check", "--baseline", "whole", name, "--max-regression", "5%", ...more]);

  beforeAll(() => {
    cli = gateCli();
    cli.sbx(["run"]);
    run = cli.latest();
    spoilt("whole", () => {});
  });
  afterAll(() => rmSync(cli.dir, { recursive: true, force: true }));

  test("another schema version", () => {
    const name = spoilt("schema", (dir) =>
      editJson(join(dir, "run.json"), (manifest) => Object.assign(manifest, { schema: "sbx-bench/run@9" })),
    );
    expect(against(name)).toMatchObject({ code: 2, stderr: expect.stringContaining("another version") });
  });

  test("half-written files: a cut line is named and left out, a cut manifest is refused", () => {
    const line = spoilt("cut-line", (dir) => appendFileSync(log(dir), '{"schema":"sbx-be'));
    expect(against(line)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/launches\.ndjson:31: .*skipped/),
    });
    const manifest = spoilt("cut-manifest", (dir) => writeFileSync(join(dir, "run.json"), '{"schema":'));
    expect(against(manifest)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no run that can be read"),
    });
  });

  test("zero launches, and one round", () => {
    const none = spoilt("none", (dir) => writeFileSync(log(dir), ""));
    expect(against(none)).toMatchObject({ code: 2, stderr: expect.stringContaining("holds no launches") });
    const one = spoilt("one", (dir) => {
      const lines = readFileSync(log(dir), "utf8")
        .split("\n")
        .filter((line) => line.includes('"round":0,'));
      writeFileSync(log(dir), `${lines.join("\n")}\n`);
    });
    expect(against(one).code).toBe(0);
    expect(against(one, "--strict")).toMatchObject({ code: 3, stdout: expect.stringContaining("too few") });
  });

  test("NaN and negative times fail the gate with their place", () => {
    const edited = (value: string) => (line: string) =>
      line.replaceAll(
        /"op":"getpid",(.*?)"batches":\[.*?\],"median":[\d.]+/g,
        `"op":"getpid",$1"batches":[],"median":${value}`,
      );
    const negative = spoilt("negative", (dir) => editLines(dir, edited("-5")));
    expect(against(negative)).toMatchObject({ code: 1, stdout: expect.stringContaining("-5 ns") });
    const nan = spoilt("nan", (dir) => editLines(dir, edited("null")));
    expect(against(nan)).toMatchObject({ code: 1, stdout: expect.stringContaining("no launch has a value") });
  });

  test("clock steps change nothing: launches are paired and timed without the wall clock", () => {
    const stepped = spoilt("stepped", (dir) =>
      editLines(dir, (line) => line.replace(/"startedAt":"\d{4}/, '"startedAt":"1970')),
    );
    expect(against(stepped).code).toBe(0);
  });

  test("unlike hosts are refused with their fields, and compared when asked to", () => {
    const other = spoilt("other", (dir) =>
      editJson(join(dir, "run.json"), (manifest) => {
        const { fields } = manifest.fingerprint as RunManifest["fingerprint"];
        Object.assign(manifest, {
          fingerprint: { id: "other", fields: { ...fields, "cpu.model": "Another" } },
        });
      }),
    );
    expect(against(other)).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/cpu\.model: .* Another/),
    });
    const allowed = against(other, "--allow-unlike");
    expect(allowed).toMatchObject({ code: 0, stdout: expect.stringContaining("cpu.model") });
  });

  test("wrong usage", () => {
    const wrong = [
      ["check"],
      ["check", "--ab", "--baseline", "x"],
      ["check", "--ab", "whole"],
      ["check", "--baseline", "whoel"],
      ["check", "--baseline", "whole", "--max-regression", "5"],
      ["check", "--baseline", "whole", "--output-file", "x"],
      ["check", "--baseline", "whole", "--format", "markdwon"],
      ["compare", "whole"],
      ["compare", "--configurations", "fake/net=none/seccomp=non", "fake/net=none/seccomp=default", "whole"],
      ["run", "--ab", "base.config.ts"],
      ["run", "--budget", "10"],
      ["run", "--ab", "base.config.ts,new.config.ts", "--aa"],
    ];
    expect(wrong.map((args) => [args.join(" "), cli.sbx(args).code])).toEqual(
      wrong.map((args) => [args.join(" "), 2]),
    );
  });

  test("a gate that gates nothing does not pass", () => {
    writeFileSync(
      join(cli.dir, "nothing.config.ts"),
      readFileSync(join(cli.dir, "bench.config.ts"), "utf8").replace("*::getpid*", "*::getpd*"),
    );
    const answer = cli.sbx(["--config", "nothing.config.ts", "check", "--baseline", "whole", "whole"]);
    expect(answer).toMatchObject({ code: 2, stderr: expect.stringContaining("gated") });
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
    expect(floors["fake/net=none/seccomp=none::syscalls::getpid"]).toMatchObject({ rounds: 15 });
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
