import { describe, expect, test } from "vitest";
import { erlangC } from "../../../src/capacity/models/waiting.ts";
import { planConfiguration } from "../../../src/capacity/plan/plan-configuration.ts";
import { COSTS, EFFORT, HOST, MIB, TRAFFIC } from "./made-costs.ts";

const plan = (changes: Partial<typeof TRAFFIC> = {}, costs = COSTS, host = HOST, effort = EFFORT) =>
  planConfiguration({ ...TRAFFIC, ...changes }, host, costs, effort);

describe("planConfiguration", () => {
  test("finds the rate of M/M/2 that keeps p95, within 5 %", () => {
    const none = { ...COSTS, startsS: [1e-9], endsS: [0], startCpuS: [0] };
    const { hostRatePerS } = plan({}, none, HOST, { ...EFFORT, arrivals: 100_000 });
    // P(wait + service > t) of M/M/2 at this rate, by hand: it has to be 5 % at 1 s.
    const [rate, mu, t] = [hostRatePerS.value, 10, 1];
    const waits = erlangC({ ratePerS: rate, serviceS: 1 / mu, servers: 2 });
    const drain = 2 * mu - rate;
    const late = Math.exp(-mu * t) + (waits * mu * (Math.exp(-mu * t) - Math.exp(-drain * t))) / (drain - mu);
    expect(late).toBeGreaterThan(0.03);
    expect(late).toBeLessThan(0.075);
  });

  test("counts hosts for the rate with headroom, and one more to lose", () => {
    const { hosts, hostRatePerS } = plan({ ratePerS: 50, headroom: 0.2 });
    expect(hosts!.needed.value).toBe(Math.ceil(50 / (hostRatePerS.value * 0.8)));
    expect(hosts!.withOneLost.value).toBe(hosts!.needed.value + 1);
  });

  test("has its point within its band", () => {
    const { hostRatePerS } = plan();
    expect(hostRatePerS.low).toBeLessThanOrEqual(hostRatePerS.value);
    expect(hostRatePerS.high).toBeGreaterThanOrEqual(hostRatePerS.value);
    expect(hostRatePerS.low).toBeLessThan(hostRatePerS.high);
  });

  test("says the best achievable where no number of hosts keeps the promise", () => {
    const { hosts, bestAchievableS } = plan({ slo: { quantile: 0.95, limitS: 0.15 } });
    expect(hosts).toBeNull();
    // Start 80 ms, and p95 of an exponential of 100 ms.
    expect(bestAchievableS).toBeGreaterThan(0.36);
    expect(bestAchievableS).toBeLessThan(0.4);
  });

  test("takes the start out of the answer with a pool, but not out of the host", () => {
    const pooled = plan({ pooled: true });
    expect(plan().bestAchievableS - pooled.bestAchievableS).toBeCloseTo(0.08, 6);
    expect(pooled.busyCpus).toBe(plan().busyCpus);
  });

  test("needs more hosts where the program is slower", () => {
    const slow = plan({ ratePerS: 50 }, { ...COSTS, slowdowns: [2] });
    expect(slow.hosts!.needed.value).toBeGreaterThan(plan({ ratePerS: 50 }).hosts!.needed.value);
  });

  test("lets more in at once where the program waits, until memory is the limit", () => {
    const waiting = plan({
      cpuShare: 0.01,
      service: { kind: "fixed", meanS: 20 },
      slo: { quantile: 0.95, limitS: 60 },
    });
    expect(waiting.physical.binding).toBe("memory");
    expect(waiting.admitted).toBe(Math.floor((4096 * 0.5) / 50));
  });

  test("says that not one fits where memory is too small", () => {
    const small = plan({}, COSTS, { ...HOST, memoryBytes: 64 * MIB });
    expect(small.physical).toMatchObject({ slots: 0, binding: "memory" });
    expect(small.hosts).toBeNull();
  });

  test("keeps declared and physical limits apart", () => {
    const { physical, declared } = plan({ cpuShare: 0.01, service: { kind: "fixed", meanS: 20 } }, COSTS, {
      ...HOST,
      podsPerNode: 3,
    });
    expect(declared).toMatchObject({ slots: 3, binding: "pods a node" });
    expect(physical.slots).toBeGreaterThan(3);
    expect(physical.limits.find(({ resource }) => resource === "pids")).toMatchObject({ slots: null });
  });

  test("is the same for the same seed", () => {
    expect(plan()).toEqual(plan());
  });
});
