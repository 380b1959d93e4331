import { describe, expect, test } from "vitest";
import { compareRuns } from "../../src/check/compare.ts";
import { excessOfComparison, excessOfRun, partnersIn } from "../../src/check/excess-width.ts";
import { type SteerInput, steer, unsettled } from "../../src/check/steer.ts";
import type { Cell } from "../../src/plan/cell.ts";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import { launch } from "../stats/records.ts";
import { madeRun, NATIVE, RULES, RUNC, RUNSC } from "./sides.ts";

const CELL = "runsc/systrap/net=none/seccomp=none::syscalls";
const BASE = "native/net=host/seccomp=none::syscalls";

describe("excess width", () => {
  const run = (rounds: number) =>
    madeRun({
      cells: [
        { config: NATIVE, rounds },
        { config: RUNSC, rounds },
      ],
    });
  const widest = (rounds: number, precision: number) => {
    const { manifest, launches } = run(rounds);
    return excessOfRun(manifest, launches, precision, RULES).get(CELL);
  };

  test("is the half-width of the overhead's interval over the precision asked for", () => {
    expect(widest(15, 0.05)).toBeGreaterThan(0.05);
    expect(widest(15, 0.05)).toBeLessThan(0.3);
    expect(widest(15, 0.001)).toBeGreaterThan(1);
    expect(widest(60, 0.001)! / widest(15, 0.001)!).toBeLessThan(0.75);
  });

  test("is infinite below 6 rounds, and none of a cell without figures or of a twin", () => {
    expect(widest(5, 0.05)).toBe(Number.POSITIVE_INFINITY);
    const { manifest, launches } = madeRun({
      cells: [{ config: RUNSC, failure: "no" }, { config: RUNC }, { config: RUNC, twin: true }],
    });
    expect([...excessOfRun(manifest, launches, 0.05, RULES).keys()]).toEqual([
      "runc/net=none/seccomp=none::syscalls",
    ]);
  });

  test("is the same wherever the interval lies", () => {
    const shifted = (getpid: number) => {
      const { manifest, launches } = madeRun({
        cells: [{ config: NATIVE }, { config: RUNSC, metrics: { getpid } }],
      });
      return excessOfRun(manifest, launches, 0.01, RULES).get(CELL)!;
    };
    expect(shifted(100)).toBeCloseTo(shifted(5000), 9);
  });

  test("of a comparison is measured against half of the limit", () => {
    const old = madeRun({ label: "old", cells: [{ config: RUNSC }] });
    const fresh = madeRun({ label: "new", cells: [{ config: RUNSC }] });
    const at = (maxRegression: number) =>
      excessOfComparison(
        compareRuns(old, fresh, { rules: { ...RULES, maxRegression }, floors: {}, unlike: [] }),
        (cell) => [`b:${cell}`],
      ).get(`b:${CELL}`)!;
    expect(at(0.01) / at(0.05)).toBeCloseTo(Math.log1p(0.05) / Math.log1p(0.01), 6);
  });

  test("a cell's partners are its baseline or its other side, and its twin", () => {
    const { manifest } = madeRun({
      cells: [{ config: NATIVE }, { config: RUNSC }, { config: RUNSC, twin: true }],
    });
    const { partnersOf } = partnersIn(manifest);
    expect(partnersOf(manifest.cells[1]!).map(({ id }) => id)).toEqual([BASE, `${CELL}~twin`]);
    expect(partnersOf(manifest.cells[0]!)).toEqual([]);
    const sided = madeRun({
      cells: [
        { config: RUNSC, side: "a" },
        { config: RUNSC, side: "b" },
      ],
    }).manifest;
    expect(partnersIn(sided).pairedWith(sided.cells[1]!)?.id).toBe(`a:${CELL}`);
  });
});

describe("steering", () => {
  const cells = ["x", "y", "z"].map(
    (id): Cell => ({ id, config: RUNSC, scenario: "s", status: "planned", reason: null }),
  );
  const noise: Record<string, number> = { x: 0.5, y: 2, z: 5 };
  /** Excess shrinks with the root of the rounds; 6 rounds give `noise`. */
  const excessOf = (launches: readonly LaunchRecord[]) =>
    new Map(
      cells.map(({ id }) => {
        const rounds = launches.filter(({ cell }) => cell === id).length;
        return [id, noise[id]! * Math.sqrt(6 / rounds)];
      }),
    );
  const steered = (parts: Partial<SteerInput> = {}) => {
    let nowMs = 0;
    const { choose } = steer({
      cells,
      excessOf,
      partnersOf: () => [],
      durations: { x: 10, y: 10, z: 10 },
      budgetMs: 100_000,
      nowMs: () => nowMs,
      done: 0,
      firstLook: 6,
      ...parts,
    });
    const rounds: string[] = [];
    const launches: LaunchRecord[] = [];
    for (let round = 0; ; round++) {
      const chosen = choose(round, launches);
      if (chosen === null || round > 500) return rounds;
      for (const cell of chosen) launches.push({ ...launch(RUNSC, round), cell });
      nowMs += 10 * chosen.size;
      rounds.push([...chosen].sort().join(""));
    }
  };

  test("ends each cell at the first look where its interval is narrow enough", () => {
    const rounds = steered();
    expect(rounds.slice(0, 7)).toEqual([...Array(6).fill("xyz"), "yz"]);
    // y needs 24 rounds and is let go at the look after 30; z needs 150.
    expect(rounds.filter((round) => round.includes("y"))).toHaveLength(30);
    expect(rounds.filter((round) => round.includes("z")).length).toBeGreaterThanOrEqual(150);
    expect(new Set(rounds)).toEqual(new Set(["xyz", "yz", "z"]));
  });

  test("gives a short rest of the time to the widest alone", () => {
    // After 6 rounds (180 ms) 60 ms are left: they reach to the next look with one cell, not with two.
    expect(steered({ budgetMs: 240 }).slice(6)).toEqual(Array(6).fill("z"));
  });

  test("ends with its budget", () => {
    const rounds = steered({ budgetMs: 60 });
    expect(rounds).toEqual(["xyz", "xyz"]);
  });

  test("a resumed run leaves finished rounds alone and goes on as it would have", () => {
    const launches = [0, 1, 2, 3, 4, 5].flatMap((round) =>
      cells.map(({ id }) => ({ ...launch(RUNSC, round), cell: id })),
    );
    launches.push({ ...launch(RUNSC, 6), cell: "z" });
    const input = { cells, excessOf, partnersOf: () => [], durations: {}, budgetMs: 1e9, nowMs: () => 0 };
    const { choose } = steer({ ...input, done: 7, firstLook: 6 });
    expect([...choose(0, launches)!, ...choose(5, launches)!]).toEqual([]);
    expect([...choose(6, launches)!].sort()).toEqual(["y", "z"]);
  });

  test("what stays too wide is named, the widest first", () => {
    expect(
      unsettled(
        new Map([
          ["x", 0.9],
          ["y", 2],
          ["z", 5],
        ]),
      ).map(({ cell }) => cell),
    ).toEqual(["z", "y"]);
  });
});
