import { expect, test } from "vitest";
import { compareRuns } from "../../src/check/compare.ts";
import { noiseFloorOf, noiseFloorsOf } from "../../src/check/noise-floor.ts";
import { summarise } from "../../src/stats/summaries/summarise.ts";
import { madeRun, NATIVE, RULES, RUNC, RUNSC } from "./sides.ts";

const CELL = "runsc/systrap/net=none/seccomp=none::syscalls";

const twins = (getpid: number, rounds = 15) =>
  madeRun({
    label: "aa",
    cells: [
      { config: RUNSC, rounds },
      { config: RUNSC, rounds, twin: true, metrics: { getpid } },
      { config: NATIVE, rounds },
    ],
  });

test("the floor is the largest difference between twins that can't be ruled out", () => {
  const { manifest, launches } = twins(100);
  const floor = noiseFloorsOf(manifest, launches)[`${CELL}::getpid`]!;
  expect(floor).toMatchObject({ rounds: 15, runId: "aa" });
  expect(floor.share).toBeGreaterThan(0.002);
  expect(floor.share).toBeLessThan(0.02);
});

test("a lasting difference between twins stays, however many the rounds", () => {
  const { manifest, launches } = twins(104, 60);
  expect(noiseFloorsOf(manifest, launches)[`${CELL}::getpid`]!.share).toBeCloseTo(0.045, 2);
});

test("fewer than 6 rounds say nothing", () => {
  const { manifest, launches } = twins(100, 5);
  expect(noiseFloorsOf(manifest, launches)).toEqual({});
});

test("disturbed rounds are left out where 6 others are left, and counted where not", () => {
  const { manifest, launches } = twins(100);
  const busy = (rounds: number) =>
    launches.map((one) => {
      if (one.round >= rounds) return one;
      const slow = one.cell.endsWith("~twin")
        ? one.ops.map((op) => ({ ...op, median: 3 * op.median }))
        : one.ops;
      return { ...one, ops: slow, load: { ...one.load, disturbed: ["other processes"] } };
    });
  const floor = (rounds: number) => noiseFloorsOf(manifest, busy(rounds))[`${CELL}::getpid`]!;
  expect(floor(8)).toMatchObject({ rounds: 7, disturbed: 0 });
  expect(floor(8).share).toBeLessThan(0.02);
  expect(floor(10)).toMatchObject({ rounds: 15, disturbed: 10 });
  expect(floor(10).share).toBeGreaterThan(1);
});

test("a cell without a twin takes the worst of its sandbox, and nothing from another one", () => {
  const floor = (share: number) => ({ share, rounds: 15, runId: "r", measuredAt: "2026-01-01T00:00:00Z" });
  const floors = {
    "runsc/systrap/net=host/seccomp=none::syscalls::getpid": floor(0.04),
    "runsc/systrap/net=none/seccomp=default::syscalls::getpid": floor(0.06),
    "native/net=host/seccomp=none::syscalls::getpid": floor(0.2),
  };
  expect(noiseFloorOf(floors, CELL, "getpid")?.share).toBe(0.06);
  expect(noiseFloorOf(floors, CELL, "stat")).toBeNull();
  expect(noiseFloorOf(floors, "runc/net=none/seccomp=none::syscalls", "getpid")).toBeNull();
});

test("a floor above the limit raises it", () => {
  const floors = {
    [`${CELL}::getpid`]: { share: 0.2, rounds: 15, runId: "r", measuredAt: "2025-12-30T00:00:00Z" },
  };
  const run = (label: string, getpid: number) =>
    madeRun({ label, cells: [{ config: RUNSC, metrics: { getpid } }, { config: RUNC }] });
  const { metrics } = compareRuns(run("old", 100), run("new", 110), { rules: RULES, floors, unlike: [] });
  expect(metrics[0]).toMatchObject({
    verdict: "same",
    delta: 0.2,
    deltaFrom: "noise floor",
    noiseFloor: 0.2,
    floorMeasuredAt: "2025-12-30T00:00:00Z",
  });
  expect(metrics[1]).toMatchObject({ delta: 0.02, deltaFrom: "configured", noiseFloor: null });
});

test("a summary has no twins", () => {
  const { manifest, launches } = twins(100);
  expect(summarise(manifest, launches).cells.map(({ cell }) => cell)).toEqual([
    CELL,
    "native/net=host/seccomp=none::syscalls",
  ]);
});
