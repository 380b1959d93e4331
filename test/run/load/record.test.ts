import { expect, test } from "vitest";
import { capacitySample, phaseSamples, skippedRate, tooManyErrors } from "../../../src/run/load/record.ts";
import { launchMedian } from "../../../src/stats/summaries/launch-median.ts";
import { aPhase } from "./phases.ts";

const named = (values: { name: string; value: number }[]) =>
  Object.fromEntries(values.map(({ name, value }) => [name, value]));

test("a launch's one latency at a rate is its median, not a mean", () => {
  const [op] = phaseSamples(aPhase(), null).ops;
  expect(op).toMatchObject({ op: "latency@500", p50: 100, p99: 300 });
  expect(launchMedian(op!).value).toBe(100);
});

test("CPU time is shared out over the answers since the phase began", () => {
  const { values } = phaseSamples(aPhase({ sinceStart: 800 }), 80_000_000);
  expect(named(values)["cpu@500"]).toBe(100_000);
});

test("what was not answered well has failed, whatever the reason", () => {
  const { values } = phaseSamples(aPhase({ answered: 900, errors: { "status 500": 40 }, dropped: 60 }), null);
  expect(named(values)["failed@500"]).toBe(100);
});

test("quantiles of too few requests are left out, with what they need", () => {
  const latency = { count: 120, p10: 1, p50: 2, p90: 3, p99: 4, p999: 5, max: 6 };
  const { values, skips } = phaseSamples(aPhase({ latency }), 1);
  expect(named(values)).toHaveProperty(["p90@500"], 3);
  expect(skips.map(({ op }) => op)).toEqual(["p99@500", "p99.9@500"]);
  expect(skips[0]?.reason).toMatch(/120 requests .* 300 are needed/);
});

test("CPU time that nobody counts, or that answered nothing, is no zero", () => {
  expect(phaseSamples(aPhase(), null).skips.map(({ op }) => op)).toContain("cpu@500");
  expect(phaseSamples(aPhase({ sinceStart: 0 }), 5).skips.map(({ op }) => op)).toContain("cpu@500");
});

test("a rate that was not tried has no figure and its reason", () => {
  const { values, skips } = skippedRate(800, "full");
  expect(values).toEqual([]);
  expect(skips).toContainEqual({ op: "p99@800", reason: "full" });
});

test("where no rate held the p99 there is no capacity, instead of one of 0", () => {
  expect(capacitySample(0, 20)).toMatchObject({ values: [], skips: [{ op: "capacity" }] });
  expect(capacitySample(300, 20).values).toEqual([{ name: "capacity", unit: "1/s", value: 300 }]);
});

test("errors beyond the allowed share fail the launch, time-outs of a full server do not", () => {
  expect(tooManyErrors(aPhase({ errors: { "status 503": 10 } }), 0.01)).toBeNull();
  expect(tooManyErrors(aPhase({ timeouts: 500, dropped: 500 }), 0.01)).toBeNull();
  expect(tooManyErrors(aPhase({ errors: { "status 503": 90, reset: 30 } }), 0.01)?.detail).toBe(
    'at 500 requests/s 12 % failed, 90 with "status 503"; params.maxErrorShare allows 1 %',
  );
});
