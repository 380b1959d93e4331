import { expect, test } from "vitest";
import type { Comparison } from "../../../src/check/comparison-types.ts";
import { EXIT } from "../../../src/cli/output/exit-codes.ts";
import { gateOutcome } from "../../../src/use-cases/check/gate-outcome.ts";

const code = (outcome: Comparison["outcome"], failed: string[] = [], strict = false) =>
  EXIT[gateOutcome({ comparison: { outcome } as Comparison, failed }, strict)];

test("worse is 1, whatever else is wrong", () => {
  expect([code("worse"), code("worse", ["x"], true)]).toEqual([1, 1]);
});

test("cells that could not be judged are 5", () => {
  expect([code("ok", ["x"]), code("unclear", ["x"], true)]).toEqual([5, 5]);
});

test("unclear is 3, and only where it was asked for", () => {
  expect([code("unclear"), code("unclear", [], true), code("ok", [], true)]).toEqual([0, 3, 0]);
});
