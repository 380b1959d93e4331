import { describe, expect, test } from "vitest";
import { history, points, STEP } from "./points.ts";

describe("the band", () => {
  test("is the t prediction of the earlier runs", () => {
    const [series] = history(points([100, 110, 105])).series;
    expect(series?.points.map(({ band }) => band?.runs ?? null)).toEqual([null, null, 2]);
    // 105 -+ 12.706 * 7.0711 * sqrt(1.5)
    expect(series?.points[2]?.band?.low).toBeCloseTo(105 - 110.04, 1);
    expect(series?.points[2]?.state).toBe("inside");
  });

  test("says worse or better by the metric's direction", () => {
    const steady = [100, 101, 99, 100, 101, 99, 100];
    const state = (newest: number, better: "lower" | "higher") =>
      history(points([...steady, newest], { better })).series[0]?.points.at(-1)?.state;
    expect([state(110, "lower"), state(90, "lower"), state(110, "higher"), state(90, "higher")]).toEqual([
      "worse",
      "better",
      "better",
      "worse",
    ]);
    expect(state(100.5, "lower")).toBe("inside");
  });

  test("begins anew after a lasting change", () => {
    const { points: seen } = history(points(STEP)).series[0]!;
    expect(seen[8]?.band).toBeNull();
    expect(seen.at(-1)).toMatchObject({ state: "inside", band: { runs: 5 } });
  });

  test("is of one fingerprint", () => {
    const own = points([100, 101, 99, 100]);
    const other = points([300, 301, 299], { fingerprint: "beef" });
    const seen = history([...own, ...other], { fingerprint: null, minChange: 10 }).series[0]!.points;
    expect(seen.map(({ band }) => band?.runs ?? null)).toEqual([null, null, 2, 3, null, null, 2]);
  });

  test("of equal values is that value", () => {
    const seen = history(points([5, 5, 5])).series[0]!.points;
    expect(seen[2]).toMatchObject({ band: { low: 5, high: 5 }, state: "inside" });
  });
});

describe("a lasting change", () => {
  test("is found with its size, its run and its direction", () => {
    const [change, ...more] = history(points(STEP)).series[0]!.changes;
    expect(more).toEqual([]);
    expect(change).toMatchObject({ index: 8, runId: "run-8", direction: "worse" });
    expect(change?.change).toBeCloseTo(0.2, 2);
    expect(change?.p).toBeLessThan(0.001);
  });

  test("is not hidden by a wild newest run", () => {
    const { changes, points: seen } = history(points([...STEP, 30])).series[0]!;
    expect(changes).toMatchObject([{ index: 8 }]);
    expect(seen.at(-1)?.state).toBe("better");
  });

  test("below the smallest that counts is left out", () => {
    expect(history(points(STEP), { minChange: 0.3 }).series[0]?.changes).toEqual([]);
  });

  test("comes with what changed on the host", () => {
    const fields = (runsc: string) => ({ id: runsc, fields: { "version.runsc": runsc, kernel: "6" } });
    const { changes } = history(points(STEP), {
      fingerprintOf: (runId) => fields(Number(runId.slice(4)) < 8 ? "r1" : "r2"),
    }).series[0]!;
    expect(changes[0]?.differing).toEqual([{ field: "version.runsc", a: "r1", b: "r2" }]);
  });
});

describe("the view", () => {
  test("has cells with news first", () => {
    const steady = points(STEP.slice(0, 8), { cell: "a" });
    const changed = points(STEP, { cell: "b" });
    const outside = points([...STEP.slice(0, 8), 150], { cell: "c" });
    expect(history([...steady, ...changed, ...outside]).series.map(({ cell }) => cell)).toEqual([
      "c",
      "b",
      "a",
    ]);
  });

  test("warns of hosts that alternate, not of one that was replaced", () => {
    const hosts = (ids: string) =>
      points([...ids].map(() => 100)).map((one, day) => ({ ...one, fingerprint: ids[day]! }));
    expect(history(hosts("aabb")).warnings).toEqual([]);
    expect(history(hosts("aba")).warnings).toHaveLength(1);
  });

  test("names points that are missing because launches failed, of the cells shown", () => {
    const failed = [CELLS[0]!, "another::syscalls"].map((cell) => ({ runId: "run-9", cell, failed: 15 }));
    const { warnings } = history(points([100]), { failed });
    expect(warnings).toEqual([`1 point missing because launches failed: ${CELLS[0]} in run-9`]);
  });
});

const CELLS = [points([1])[0]!.cell];
