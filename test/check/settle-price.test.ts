import { expect, test } from "vitest";
import { compareInterleaved } from "../../src/check/compare.ts";
import { madeRun, RULES, RUNC } from "./sides.ts";

/** 4 % more, known from so few rounds that it stays unclear. */
function compared(rounds: number) {
  const cells = (["a", "b"] as const).map((side) => ({
    config: RUNC,
    side,
    rounds,
    metrics: { getpid: side === "a" ? 100 : 104 },
  }));
  const run = madeRun({ cells });
  return { run, found: compareInterleaved(run, { rules: RULES, floors: {} }) };
}

test("an unclear verdict is priced with the rounds of both sides that are still to come", () => {
  const { run, found } = compared(4);
  const [metric] = found.metrics;
  expect(metric?.verdict).toBe("unclear");
  const one = run.launches[0]!.phases;
  const launchNs = one.prepareNs + one.readyNs! + one.workNs! + one.exitNs! + one.cleanupNs;
  expect(launchNs).toBeGreaterThan(0);
  expect(metric!.settleNs! / (2 * launchNs)).toBeCloseTo(metric!.roundsToSettle! - 4, 6);
});

test("what is settled has no price", () => {
  const clear = compared(40).found.metrics[0]!;
  expect([clear.verdict, clear.settleNs].includes("unclear")).toBe(false);
  expect(clear.settleNs).toBeNull();
});
