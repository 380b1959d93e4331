/** Two stored runs on a host that was not the same in both. */
import { describe, expect, test } from "vitest";
import type { Configuration } from "../../src/axes/configuration.ts";
import { compareInterleaved, compareRuns } from "../../src/check/compare.ts";
import type { StoredSide } from "../../src/check/side.ts";
import { madeRun, NATIVE, RULES } from "./sides.ts";

const configurations = Array.from(
  { length: 20 },
  (_, index): Configuration => ({
    sandbox: "runc",
    platform: null,
    network: "none",
    seccomp: `/p${index}.json`,
  }),
);
const OPS = ["getpid", "stat", "open", "read", "pipe", "futex", "yield", "poll"];
const options = { rules: RULES, floors: {} };

/** Twenty cells with one metric, and native with eight. Costs are times 100 ns. */
function run(
  label: string,
  costOf: (place: number) => number,
  nativeOf: (place: number) => number,
): StoredSide {
  const cells = configurations.map((config, place) => ({ config, metrics: { getpid: 100 * costOf(place) } }));
  const native = Object.fromEntries(OPS.map((op, place) => [op, 100 * nativeOf(place)]));
  return madeRun({ label, cells: [...cells, { config: NATIVE, metrics: native }] });
}

const still = () => 1;

function disturb(stored: StoredSide, isDisturbed: (round: number) => boolean): StoredSide {
  const launches = stored.launches.map((launch) => ({
    ...launch,
    load: { ...launch.load, disturbed: isDisturbed(launch.round) ? ["busy"] : [] },
  }));
  return { ...stored, launches };
}

const compared = (a: StoredSide, b: StoredSide) => compareRuns(a, b, { ...options, unlike: [] });

describe("where native moved, each metric another way", () => {
  const moved = (place: number) => 1 + 0.03 * (place % 2 === 0 ? 1 : -1) * (1 + (place % 3) / 3);
  const slow = (place: number) => (place === 5 ? 1.06 : moved(place));
  const comparison = compared(run("old", still, still), run("new", slow, moved));
  const gated = comparison.metrics.filter((metric) => metric.gated);

  test("the limits are raised by as much, and a loss of 6 % is unclear", () => {
    expect(comparison.counts.worse).toBe(0);
    expect(comparison.betweenRuns!.inflation).toBeGreaterThan(4);
    for (const { driftAllowance } of gated) expect(driftAllowance).toBeGreaterThan(0.02);
    expect(gated[5]!.verdict).toBe("unclear");
  });

  test("no loss becomes `same` by it, however large it is", () => {
    const slower = compared(
      run("old", still, still),
      run("new", () => 1.1, moved),
    );
    expect(slower.counts.same).toBe(0);
  });

  test("the reader is told by how much, and what to do", () => {
    expect(comparison.warnings.join()).toMatch(
      /native's typical metric moved \d+\.\d times as far .* raised for drift by .* to .*, which `run --ab` spares/,
    );
  });
});

test("where native stayed, a loss that all cells share is worse", () => {
  const comparison = compared(
    run("old", still, still),
    run("new", () => 1.1, still),
  );
  expect(comparison.betweenRuns!.inflation).toBeLessThan(2);
  expect(comparison.counts.worse).toBe(20);
});

describe("where one run was disturbed and the other was not", () => {
  const quiet = disturb(run("old", still, still), (round) => round === 0);
  const busy = disturb(
    run("new", () => 1.3, still),
    (round) => round !== 0,
  );
  const { counts, metrics, warnings, betweenRuns } = compared(quiet, busy);

  test("nothing is called worse: there are hardly two launches alike", () => {
    expect(counts).toMatchObject({ worse: 0, unclear: 20 });
    expect(betweenRuns).toMatchObject({ disturbed: { a: 1 / 15, b: 14 / 15 }, alike: 28 / 225 });
    expect(metrics[0]!.effect.ratio).toBeGreaterThan(1.2);
    expect(metrics[0]!.roundsToSettle).toBeNull();
    expect(warnings.join()).toMatch(/not equally busy: 6\.7 % .* 93 % .* 12 % of the pairs/);
  });

  test("with none alike there is an estimate, and nothing to rely on", () => {
    const { metrics: none } = compared(
      disturb(quiet, () => false),
      disturb(busy, () => true),
    );
    expect(none[0]).toMatchObject({
      verdict: "unclear",
      n: 0,
      mde: null,
      effect: { ciLow: null, ciHigh: null },
    });
  });

  test("equally disturbed runs are compared as ever", () => {
    const every = (round: number) => round % 3 === 0;
    expect(compared(disturb(quiet, every), disturb(busy, every)).counts.worse).toBe(20);
  });
});

test("sides of the same rounds have no drift between them", () => {
  const cells = configurations.flatMap((config) => (["a", "b"] as const).map((side) => ({ config, side })));
  const comparison = compareInterleaved(madeRun({ cells }), options);
  expect(comparison.betweenRuns).toBeNull();
  expect(comparison.metrics.every(({ driftAllowance }) => driftAllowance === 0)).toBe(true);
});
