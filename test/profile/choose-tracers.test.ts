import { expect, test } from "vitest";
import { chooseTracers } from "../../src/profile/choose-tracers.ts";
import { CostMeter } from "../../src/profile/tracer-cost.ts";
import { call } from "./traces.ts";

test("a missing strace is named with its package, also where perf is there", async () => {
  const installed = { strace: null, perf: "/usr/bin/perf" };
  await expect(chooseTracers(installed, "/nowhere", new AbortController().signal)).rejects.toMatchObject({
    exitCode: 4,
    why: "strace is not installed",
    fix: "apt-get install strace",
  });
});

test("the tracer's cost is what a call takes longer than without it, and what lies between two", () => {
  const meter = new CostMeter();
  for (let index = 0; index < 3001; index++) {
    // One in a hundred is disturbed; medians don't see it.
    const inside = index % 100 === 0 ? 50_000 : 900;
    meter.add(call({ enterNs: index * 100_000, exitNs: index * 100_000 + inside }));
  }
  expect(meter.cost(150)).toEqual({ insideNs: 750, betweenNs: 99_100 });
});

test("a trace without the known calls measures nothing", () => {
  const meter = new CostMeter();
  for (let index = 0; index < 2999; index++) meter.add(call({ enterNs: index, exitNs: index }));
  expect(meter.cost(150)).toBeNull();
});
