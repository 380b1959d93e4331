import { expect, test } from "vitest";
import type { Configuration } from "../../src/axes/configuration.ts";
import { compareInterleaved, compareRuns } from "../../src/check/compare.ts";
import type { Comparison } from "../../src/check/comparison-types.ts";
import { type MadeCell, madeRun, RULES } from "./sides.ts";

/** Launches scatter by 1 %, 15 rounds, 48 cells, the default limit of 2 %. */
const GATES = 50;
const SLOW = 7;
const configurations = Array.from(
  { length: 48 },
  (_, index): Configuration => ({
    sandbox: "runc",
    platform: null,
    network: "none",
    seccomp: `/profile-${index}.json`,
  }),
);
const cells = (slowdown: number, side?: "a" | "b"): MadeCell[] =>
  configurations.map((config, index) => ({
    config,
    metrics: { getpid: index === SLOW ? 100 * slowdown : 100 },
    ...(side === undefined ? {} : { side }),
  }));

const interleaved = (seed: string, slowdown: number): Comparison =>
  compareInterleaved(madeRun({ seed, cells: [...cells(1, "a"), ...cells(slowdown, "b")] }), {
    rules: RULES,
    floors: {},
  });

const stored = (seed: string, slowdown: number): Comparison =>
  compareRuns(
    madeRun({ label: "old", seed: `${seed} old`, cells: cells(1) }),
    madeRun({ label: "new", seed: `${seed} new`, cells: cells(slowdown) }),
    { rules: RULES, floors: {}, unlike: [] },
  );

for (const [name, gate] of Object.entries({ interleaved, stored })) {
  test(`${name}: 50 gates over 48 unchanged cells raise no alarm`, () => {
    const alarms = Array.from({ length: GATES }, (_, index) => gate(`same ${index}`, 1).counts.worse);
    expect(alarms.reduce((sum, count) => sum + count, 0)).toBe(0);
  });

  test(`${name}: a loss of 5 % in one of 48 cells is found, and nothing else`, () => {
    const found = Array.from({ length: GATES }, (_, index) => gate(`slow ${index}`, 1.05));
    const worse = found.map(({ metrics }) =>
      metrics.flatMap((metric, at) => (metric.verdict === "worse" ? [at] : [])),
    );
    expect(worse.filter((at) => at.includes(SLOW)).length).toBeGreaterThanOrEqual(0.95 * GATES);
    expect(worse.flat().every((at) => at === SLOW)).toBe(true);
  });
}
