import { expect, test } from "vitest";
import type { Cell } from "../../src/plan/cell.ts";
import { chooseCells } from "../../src/plan/choose-cells.ts";

const cell = (id: string): Cell => ({
  id,
  config: { sandbox: "runc", platform: null, network: "none", seccomp: "none" },
  scenario: "s",
  status: "planned",
  reason: null,
});
const cells = ["base", "x", "y"].map(cell);
const choose = (excess: Record<string, number>, leftMs: number) =>
  [
    ...chooseCells({
      cells,
      excess: new Map(Object.entries(excess)),
      partnersOf: ({ id }) => (id === "base" ? [] : [cells[0]!]),
      rounds: 5,
      leftMs,
      durations: { base: 10, x: 10, y: 10 },
    }),
  ].sort();

test("a cell goes on together with its baseline, which is paid for once", () => {
  expect(choose({ x: 2 }, 1e9)).toEqual(["base", "x"]);
  expect(choose({ x: 2, y: 3 }, 150)).toEqual(["base", "x", "y"]);
});

test("the widest comes first where the time does not reach for all", () => {
  expect(choose({ x: 2, y: 3 }, 149)).toEqual(["base", "y"]);
});

test("the widest goes on even where the time is too short for it", () => {
  expect(choose({ x: 2, y: 3 }, 1)).toEqual(["base", "y"]);
});

test("nobody goes on when all intervals are narrow enough", () => {
  expect(choose({ x: 1, y: 0.2 }, 1e9)).toEqual([]);
});
