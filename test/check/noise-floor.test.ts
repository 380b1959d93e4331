import { expect, test } from "vitest";
import { compareRuns } from "../../src/check/compare.ts";
import { mergeFloors, noiseFloorOf, noiseFloorsOf } from "../../src/check/noise-floor.ts";
import { summarise } from "../../src/stats/summarise.ts";
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

test("the measurement with more rounds stands, of equals the later", () => {
  const floor = (share: number, rounds: number) => ({ share, rounds, runId: "r" });
  const early = { x: floor(0.03, 15), y: floor(0.03, 15), z: floor(0.03, 15) };
  const late = { x: floor(0.01, 60), y: floor(0.01, 15), z: floor(0.01, 8) };
  expect(Object.values(mergeFloors(early, late)).map(({ share }) => share)).toEqual([0.01, 0.01, 0.03]);
});

test("a cell without a twin takes the worst of its sandbox, and nothing from another one", () => {
  const floor = (share: number) => ({ share, rounds: 15, runId: "r" });
  const floors = {
    "runsc/systrap/net=host/seccomp=none::syscalls::getpid": floor(0.04),
    "runsc/systrap/net=none/seccomp=default::syscalls::getpid": floor(0.06),
    "native/net=host/seccomp=none::syscalls::getpid": floor(0.2),
  };
  expect(noiseFloorOf(floors, CELL, "getpid")).toBe(0.06);
  expect(noiseFloorOf(floors, CELL, "stat")).toBeNull();
  expect(noiseFloorOf(floors, "runc/net=none/seccomp=none::syscalls", "getpid")).toBeNull();
});

test("a floor above the limit raises it", () => {
  const floors = { [`${CELL}::getpid`]: { share: 0.2, rounds: 15, runId: "r" } };
  const run = (label: string, getpid: number) =>
    madeRun({ label, cells: [{ config: RUNSC, metrics: { getpid } }, { config: RUNC }] });
  const { metrics } = compareRuns(run("old", 100), run("new", 110), { rules: RULES, floors, unlike: [] });
  expect(metrics[0]).toMatchObject({
    verdict: "same",
    delta: 0.2,
    deltaFrom: "noise floor",
    noiseFloor: 0.2,
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
