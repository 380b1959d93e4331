import { describe, expect, test } from "vitest";
import { compareConfigurations, compareInterleaved } from "../../src/check/compare.ts";
import type { RunSide } from "../../src/samples/run-manifest.ts";
import { plainRun } from "../../src/stats/summaries/plain-run.ts";
import { type MadeCell, madeRun, NATIVE, RULES, RUNC, RUNSC } from "./sides.ts";

const options = { rules: RULES, floors: {} };
const RUNSC_ID = "runsc/systrap/net=none/seccomp=none";

const side = (label: string, runsc: string): RunSide => ({
  label,
  fingerprint: { id: label, fields: {} },
  versions: { runsc },
  config: null,
});

function interleaved(b: Partial<MadeCell>, a: Partial<MadeCell> = {}) {
  return madeRun({
    cells: [
      { config: RUNSC, side: "a", ...a },
      { config: RUNSC, side: "b", ...b },
    ],
    manifest: { sides: { a: side("base.config.ts", "1"), b: side("new.config.ts", "2") } },
  });
}

describe("both sides of an interleaved run", () => {
  test("are paired by round and named by their files", () => {
    const { kind, a, b, metrics, outcome } = compareInterleaved(interleaved({}), options);
    expect({ kind, a: a.label, b: b.label, outcome }).toEqual({
      kind: "interleaved",
      a: "base.config.ts",
      b: "new.config.ts",
      outcome: "ok",
    });
    expect(metrics[0]).toMatchObject({ cell: `${RUNSC_ID}::syscalls`, n: 15, verdict: "same" });
    expect([a.versions.runsc, b.versions.runsc, b.fingerprintId]).toEqual(["1", "2", "new.config.ts"]);
  });

  test("with a loss are worse, with a failure broken", () => {
    expect(compareInterleaved(interleaved({ metrics: { getpid: 106 } }), options).outcome).toBe("worse");
    expect(compareInterleaved(interleaved({ failure: "no" }), options).broken).toHaveLength(1);
  });

  test("native is gated as any other: the sides may be built differently", () => {
    const run = madeRun({
      cells: [
        { config: NATIVE, side: "a" },
        { config: NATIVE, side: "b", metrics: { getpid: 120 } },
        { config: RUNSC, side: "a" },
        { config: RUNSC, side: "b" },
      ],
    });
    expect(compareInterleaved(run, options).counts).toMatchObject({ worse: 1, same: 1 });
  });

  test("that share no round are not compared", () => {
    const run = interleaved({});
    const apart = run.launches.map((launch) =>
      launch.cell.startsWith("a:") ? { ...launch, round: launch.round + 100 } : launch,
    );
    const { metrics, notCompared } = compareInterleaved({ ...run, launches: apart }, options);
    expect(metrics).toEqual([]);
    expect(notCompared[0]!.reason).toBe("no round has a value of both sides");
  });

  test("each alone is a run like any other", () => {
    const { manifest, launches } = plainRun(interleaved({ metrics: { getpid: 200 } }), "a");
    expect(manifest.cells.map(({ id }) => id)).toEqual([`${RUNSC_ID}::syscalls`]);
    expect(manifest.versions.runsc).toBe("1");
    expect(manifest.sides).toBeUndefined();
    expect(launches).toHaveLength(15);
    expect(Math.max(...launches.map(({ ops }) => ops[0]!.median))).toBeLessThan(150);
  });
});

describe("two configurations of one run", () => {
  const run = madeRun({
    cells: [
      { config: NATIVE },
      { config: RUNC, metrics: { getpid: 110 } },
      { config: RUNSC, metrics: { getpid: 1000 } },
    ],
  });

  test("are paired by round, each cell named", () => {
    const found = compareConfigurations(run, "runc/net=none/seccomp=none", RUNSC_ID, options);
    expect(found).toMatchObject({ kind: "configurations", outcome: "worse" });
    expect(found.metrics).toMatchObject([
      { cell: `${RUNSC_ID}::syscalls`, cellA: "runc/net=none/seccomp=none::syscalls", n: 15 },
    ]);
    expect([found.a.label, found.b.label]).toEqual(["runc/net=none/seccomp=none", RUNSC_ID]);
  });

  test("twins are no configurations of their own", () => {
    const twin = madeRun({ cells: [{ config: RUNSC }, { config: RUNSC, twin: true }, { config: NATIVE }] });
    const found = compareConfigurations(twin, "native/net=host/seccomp=none", RUNSC_ID, options);
    expect(found.metrics).toHaveLength(1);
  });
});
