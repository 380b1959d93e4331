import { describe, expect, test } from "vitest";
import {
  addMeasurements,
  type FloorHistory,
  floorsAt,
  wellKnownCells,
} from "../../src/check/floor-history.ts";
import type { FloorMeasurement } from "../../src/check/noise-floor.ts";

const KEY = "cell::syscalls::getpid";
const NOW_MS = Date.parse("2026-06-01T00:00:00Z");
const DAY_MS = 24 * 3600 * 1000;

function measured(share: number, daysAgo: number, parts: Partial<FloorMeasurement> = {}): FloorMeasurement {
  const measuredAt = new Date(NOW_MS - daysAgo * DAY_MS).toISOString();
  return { share, rounds: 11, disturbed: 0, runId: `run ${share} ${daysAgo}`, measuredAt, ...parts };
}
const history = (...all: FloorMeasurement[]): FloorHistory =>
  all.reduce<FloorHistory>((known, one) => addMeasurements(known, { [KEY]: one }, NOW_MS), {});
const floor = (...all: FloorMeasurement[]) => floorsAt(history(...all), NOW_MS)[KEY];
const isKnown = (...all: FloorMeasurement[]) => wellKnownCells(history(...all), NOW_MS).has("cell::syscalls");

describe("the floor of a host", () => {
  test("is not set for good by a few busy short runs", () => {
    const busy = [1, 2, 3].map((days) => measured(0.4, days, { rounds: 6, disturbed: 6 }));
    expect(floor(...busy)?.share).toBe(0.4);
    expect(floor(...busy, measured(0.02, 0))?.share).toBe(0.02);
  });

  test("forgets what a busy week said, even where nothing marked it as disturbed", () => {
    const busy = [measured(0.4, 30, { rounds: 40 }), measured(0.3, 29)];
    expect(floor(...busy, measured(0.02, 1), measured(0.025, 0))?.share).toBe(0.025);
    expect(floor(measured(0.4, 57))).toBeUndefined();
  });

  test("is the larger of two that weigh the same", () => {
    expect(floor(measured(0.02, 1), measured(0.03, 1))?.share).toBe(0.03);
  });

  test("says how many rounds it rests on, and which run was the last", () => {
    const newest = measured(0.03, 1);
    expect(floor(newest, measured(0.02, 5))).toMatchObject({
      rounds: 22,
      runId: newest.runId,
      measuredAt: newest.measuredAt,
    });
  });

  test("is that of its time where an old run is judged again", () => {
    const all = history(measured(0.4, 30), measured(0.02, 0));
    expect(floorsAt(all, NOW_MS - 30 * DAY_MS)[KEY]?.share).toBe(0.4);
    expect(floorsAt(all, NOW_MS)[KEY]?.share).toBe(0.02);
  });
});

describe("a cell", () => {
  test("needs no twin for a while after a quiet run", () => {
    expect([isKnown(measured(0.02, 0)), isKnown(measured(0.02, 14))]).toEqual([true, false]);
  });

  test("needs one after a busy or a short run", () => {
    expect(isKnown(measured(0.2, 0, { disturbed: 11 }))).toBe(false);
    expect(isKnown(measured(0.2, 0, { rounds: 6 }))).toBe(false);
  });
});

test("a run that was measured further replaces what it said", () => {
  const short = measured(0.2, 0, { runId: "r", rounds: 6 });
  expect(history(short, measured(0.02, 0, { runId: "r" }))[KEY]).toHaveLength(1);
});
