import { describe, expect, test } from "vitest";
import { compareRuns } from "../../src/check/compare.ts";
import type { Comparison } from "../../src/check/comparison-types.ts";
import { headline } from "../../src/report/comparison/sentences.ts";
import { metricMeta } from "../stats/records.ts";
import { type MadeCell, madeRun, NATIVE, RULES, RUNC, RUNSC } from "./sides.ts";

const options = { rules: RULES, floors: {}, unlike: [] };
const RUNSC_CELL = "runsc/systrap/net=none/seccomp=none::syscalls";

function compared(a: MadeCell[], b: MadeCell[], more: Partial<typeof options> = {}): Comparison {
  return compareRuns(madeRun({ label: "old", cells: a }), madeRun({ label: "new", cells: b }), {
    ...options,
    ...more,
  });
}

const at = (getpid: number, more: Partial<MadeCell> = {}): MadeCell => ({
  config: RUNSC,
  metrics: { getpid },
  ...more,
});

describe("two stored runs", () => {
  test("of the same are the same", () => {
    const { outcome, counts, kind, metrics } = compared([at(100)], [at(100)]);
    expect({ outcome, kind, counts }).toEqual({
      outcome: "ok",
      kind: "runs",
      counts: { worse: 0, unclear: 0, better: 0, same: 1 },
    });
    expect(metrics[0]).toMatchObject({ n: 15, delta: 0.02, deltaFrom: "configured", noiseFloor: null });
    expect(metrics[0]!.mde).toBeGreaterThan(0.02);
    expect(metrics[0]!.mde).toBeLessThan(0.05);
  });

  test("of which one did not record the usable CPUs are compared, and the result says what is not known", () => {
    const fingerprint = { id: "new", fields: { "cpu.model": "any", "cpu.usable": "all 2" } };
    const fresh = madeRun({ label: "new", cells: [at(100)], manifest: { fingerprint } });
    const { warnings } = compareRuns(madeRun({ label: "old", cells: [at(100)] }), fresh, options);
    expect(warnings.join()).toContain("cpu.usable was recorded on one side only");
  });

  test("with a loss of 10 % are worse, with a gain better", () => {
    const slower = compared([at(100)], [at(110)]);
    expect(slower.outcome).toBe("worse");
    expect(slower.metrics[0]).toMatchObject({ verdict: "worse", cell: RUNSC_CELL, cellA: RUNSC_CELL });
    expect(slower.metrics[0]!.effect.ratio).toBeCloseTo(1.1, 1);
    expect(compared([at(110)], [at(100)]).counts.better).toBe(1);
  });

  test("less of a rate is a loss", () => {
    const metas = [metricMeta("getpid", { better: "higher", unit: "1/s" })];
    const old = madeRun({ label: "old", cells: [at(100)], metas });
    const fresh = madeRun({ label: "new", cells: [at(90)], metas });
    expect(compareRuns(old, fresh, options).metrics[0]).toMatchObject({ verdict: "worse" });
  });

  test("of five launches a side are unclear whatever they show", () => {
    const { outcome, metrics, warnings } = compared([at(100, { rounds: 3 })], [at(200, { rounds: 3 })]);
    expect(outcome).toBe("unclear");
    expect(metrics[0]).toMatchObject({ verdict: "unclear", mde: null, roundsToSettle: 6 });
    expect(warnings.join()).toContain("could not be called worse whatever they cost");
  });

  test("an unclear metric says how many rounds would settle it", () => {
    const { metrics } = compared([at(100, { rounds: 400 })], [at(101.6)]);
    expect(metrics[0]!.verdict).toBe("unclear");
    expect(metrics[0]!.roundsToSettle).toBeGreaterThan(15);
  });

  test("keep the fields in which they are unlike", () => {
    const unlike = [{ field: "cpu.model", a: "x", b: "y" }];
    expect(compared([at(100)], [at(100)], { unlike: unlike as never }).unlike).toEqual(unlike);
  });

  test("a run that was interrupted is warned of", () => {
    const old = madeRun({ label: "old", cells: [at(100)] });
    const fresh = madeRun({ label: "new", cells: [at(100)], manifest: { endedAt: null } });
    expect(compareRuns(old, fresh, options).warnings).toEqual([
      "run new was interrupted: cells may lack rounds",
    ]);
  });

  test("an emulated processor gates nothing", () => {
    const old = madeRun({ label: "old", cells: [at(100)] });
    const fresh = madeRun({ label: "new", cells: [at(200)], manifest: { emulated: true } });
    const { emulated, outcome, counts } = compareRuns(old, fresh, options);
    expect({ emulated, outcome, worse: counts.worse }).toEqual({ emulated: true, outcome: "ok", worse: 0 });
  });
});

describe("native as a control", () => {
  test("is not gated, and does not fail the gate when the host drifted", () => {
    const { outcome, metrics, warnings } = compared(
      [{ config: NATIVE, metrics: { getpid: 100 } }, at(1000)],
      [{ config: NATIVE, metrics: { getpid: 120 } }, at(1200)],
    );
    expect(metrics.map(({ gated }) => gated)).toEqual([false, true]);
    // No A/A run has measured a floor: it is the host's movement, which may hide a loss and proves nothing the same.
    expect(metrics[1]).toMatchObject({ deltaFrom: "configured", noiseFloor: null, verdict: "unclear" });
    expect(metrics[1]!.driftAllowance).toBeGreaterThan(0.15);
    expect(outcome).toBe("unclear");
    expect(warnings.join()).toMatch(/host drifted .*\(syscalls::getpid by (19|20|21)/);
  });

  test("that did not drift leaves the limit alone", () => {
    const { outcome, metrics } = compared(
      [{ config: NATIVE, metrics: { getpid: 100 } }, at(1000)],
      [{ config: NATIVE, metrics: { getpid: 100 } }, at(1200)],
    );
    expect(metrics[1]).toMatchObject({ delta: 0.02, verdict: "worse" });
    expect(outcome).toBe("worse");
  });

  test("alone is what was asked for, and gated", () => {
    const { outcome } = compared([{ config: NATIVE }], [{ config: NATIVE, metrics: { getpid: 120 } }]);
    expect(outcome).toBe("worse");
  });
});

describe("what can't be compared", () => {
  test("a cell that fails on the new side is broken, and worse", () => {
    const { outcome, broken, counts } = compared([at(100)], [at(100, { failure: "ended by SIGSEGV" })]);
    expect(outcome).toBe("worse");
    expect(broken).toEqual([
      { cell: RUNSC_CELL, scenario: "syscalls", metric: null, reason: "failed: ended by SIGSEGV" },
    ]);
    expect(counts.worse).toBe(0);
  });

  test("a cell that this host can no longer run is broken", () => {
    const { broken } = compared([at(100)], [at(100, { status: "unavailable" })]);
    expect(broken[0]!.reason).toBe("can no longer run: it is unavailable");
  });

  test("a cell that failed on both sides decides nothing", () => {
    const runc = { config: RUNC };
    const { outcome, notCompared } = compared(
      [at(100), { ...runc, failure: "no" }],
      [at(100), { ...runc, failure: "still no" }],
    );
    expect(outcome).toBe("ok");
    expect(notCompared).toEqual([
      {
        cell: "runc/net=none/seccomp=none::syscalls",
        metric: null,
        reason: "on the old side: no; on the new one: still no",
      },
    ]);
  });

  test("cells of one side only are named; what the gate no longer sees leaves it unclear", () => {
    const [gone, added] = [{ config: RUNC }, { config: NATIVE }];
    const { notCompared, broken, outcome } = compared([at(100), gone], [at(100), added]);
    expect({ broken, outcome }).toEqual({ broken: [], outcome: "unclear" });
    expect(notCompared.map(({ unseen }) => unseen)).toEqual([undefined, true]);
    expect(compared([at(100), gone], [at(100), { ...gone, status: "excluded" }]).outcome).toBe("unclear");
    expect(compared([at(100)], [at(100), added]).outcome).toBe("ok");
    const ungated = { ...RULES, metrics: [{ match: "runc/*", maxRegression: null, gate: false }] };
    expect(compared([at(100), gone], [at(100)], { rules: ungated }).outcome).toBe("ok");
    expect(notCompared.map(({ cell, reason }) => `${cell}: ${reason}`)).toEqual([
      "native/net=host/seccomp=none::syscalls: only on the new side; on the old one: not in its plan",
      "runc/net=none/seccomp=none::syscalls: only on the old side; on the new one: not in its plan",
    ]);
  });

  test("a cell that was never launched is none that broke, and is missed", () => {
    const { broken, notCompared, outcome } = compared([at(100)], [at(100, { rounds: 0 })]);
    expect({ broken, outcome }).toEqual({ broken: [], outcome: "unclear" });
    expect(notCompared[0]!.reason).toContain("not launched");
  });

  test("a gated metric that is gone is broken, one only shown is not", () => {
    const { broken } = compared([at(100, { metrics: { getpid: 1, read: 2 } })], [at(100)]);
    expect(broken).toMatchObject([{ metric: "read", reason: expect.stringContaining("old side only") }]);
    const rules = { ...RULES, metrics: [{ match: "*::read", maxRegression: null, gate: false }] };
    const shown = compared([at(100, { metrics: { getpid: 1, read: 2 } })], [at(100)], { rules });
    expect(shown.broken).toEqual([]);
    expect(shown.notCompared).toMatchObject([{ metric: "read" }]);
  });

  test("a time below zero on the new side is broken, on the old one not comparable", () => {
    const negative = { metrics: { getpid: -5 }, rounds: 6 };
    const fresh = compared([at(100)], [at(0, negative)]);
    expect(fresh.outcome).toBe("worse");
    expect(fresh.broken[0]!.reason).toMatch(/impossible value: -[45]\.\d+ ns in round 1/);
    const old = compared([at(0, negative)], [at(100)]);
    expect(old.broken).toEqual([]);
    expect(old.notCompared[0]!.reason).toContain("the old side has an impossible value");
  });

  test("a metric whose unit or direction changed is another one, and the old one is missed", () => {
    const old = madeRun({ label: "old", cells: [at(100)] });
    for (const [parts, reason] of [
      [{ unit: "bytes" }, "in ns on the old side, in bytes on the new one"],
      [{ better: "higher" }, "lower is better on the old side, higher on the new one"],
    ] as const) {
      const fresh = madeRun({ label: "new", cells: [at(100)], metas: [metricMeta("getpid", parts)] });
      const { metrics, notCompared, outcome } = compareRuns(old, fresh, options);
      expect({ metrics, outcome }).toEqual({ metrics: [], outcome: "unclear" });
      expect(notCompared).toMatchObject([{ metric: "getpid", reason, unseen: true }]);
    }
  });

  test("values that are no number are no values", () => {
    const { broken } = compared([at(100)], [at(Number.NaN)]);
    expect(broken).toMatchObject([{ metric: null }]);
  });

  test("a glob that matches nothing is warned of and leaves the outcome unclear: the gate could not fire", () => {
    const rules = { ...RULES, metrics: [{ match: "*::getpd", maxRegression: 0.1, gate: null }] };
    const comparison = compared([at(100)], [at(100)], { rules });
    expect(comparison.warnings).toEqual(['check.metrics: "*::getpd" matches none of the metrics compared']);
    expect(comparison.outcome).toBe("unclear");
    expect(headline(comparison)).toContain("1 rule of check.metrics matches nothing");
  });
});
