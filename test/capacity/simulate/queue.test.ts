import { describe, expect, test } from "vitest";
import { littlesLaw } from "../../../src/capacity/models/little.ts";
import { meanWaitS } from "../../../src/capacity/models/waiting.ts";
import { poissonArrivals, times, traceArrivals } from "../../../src/capacity/simulate/arrivals.ts";
import { meanInSystem, simulateQueue } from "../../../src/capacity/simulate/queue.ts";
import { randomTime, variation } from "../../../src/capacity/simulate/random-times.ts";
import { seededRandom } from "../../../src/plan/seeded-random.ts";

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

function made(servers: number, ratePerS: number, count = 200_000) {
  const random = seededRandom("queue");
  const arrivalsS = poissonArrivals(ratePerS, count, random);
  const servicesS = times(randomTime({ kind: "exponential", meanS: 1 }, random), count);
  return { arrivalsS, servicesS, servers };
}

describe("simulateQueue", () => {
  test("serves in order of arrival at the server that is free first", () => {
    const { waitsS, endsS } = simulateQueue({
      arrivalsS: Float64Array.of(0, 1, 2, 2),
      servicesS: Float64Array.of(5, 2, 1, 1),
      servers: 2,
    });
    expect([...waitsS]).toEqual([0, 0, 1, 2]);
    expect([...endsS]).toEqual([5, 3, 4, 5]);
  });

  test("waits as long as M/M/2 does", () => {
    const wait = mean(simulateQueue(made(2, 1)).waitsS);
    expect(wait / meanWaitS({ ratePerS: 1, serviceS: 1, servers: 2 })).toBeCloseTo(1, 1);
  });

  test("obeys Little's law, counted apart", () => {
    const input = made(2, 1.2);
    const { endsS } = simulateQueue(input);
    const toS = input.arrivalsS.at(-1)!;
    const done = input.arrivalsS.map((arrival, index) => endsS[index]! - arrival);
    const law = littlesLaw({
      meanInSystem: meanInSystem(input.arrivalsS, endsS, 0, toS),
      ratePerS: done.length / toS,
      meanTimeS: mean(done),
    });
    expect(law.gap).toBeLessThan(0.001);
  });

  test("refuses arrivals out of order", () => {
    const input = { arrivalsS: Float64Array.of(1, 0), servicesS: Float64Array.of(1, 1), servers: 1 };
    expect(() => simulateQueue(input)).toThrow("arrival 1 is out of order");
  });
});

describe("random times", () => {
  const SOME = [
    { kind: "fixed", meanS: 2 },
    { kind: "exponential", meanS: 2 },
    { kind: "lognormal", meanS: 2, cv: 0.5 },
    { kind: "hyperexponential", meanS: 2, cv: 2 },
    { kind: "samples", timesS: [1, 2, 3] },
  ] as const;

  test.for(SOME)("$kind have the mean and the variation asked for", (distribution) => {
    const drawn = times(randomTime(distribution, seededRandom("times")), 200_000);
    expect(mean(drawn)).toBeCloseTo(2, 1);
    const cv = variation({ kind: "samples", timesS: [...drawn] });
    expect(Math.abs(cv - variation(distribution))).toBeLessThan(0.03);
  });

  test("say which variation a distribution cannot have", () => {
    const distribution = { kind: "hyperexponential", meanS: 1, cv: 0.5 } as const;
    expect(() => randomTime(distribution, seededRandom("1"))).toThrow(
      "needs a coefficient of variation of 1 or more",
    );
  });
});

describe("traceArrivals", () => {
  test("keep the bursts of the trace at another rate", () => {
    const trace = [0, 0.1, 0.2, 10, 10.1, 10.2, 20];
    const arrivals = traceArrivals(trace, 3, 600, seededRandom("trace"));
    expect(600 / arrivals.at(-1)!).toBeCloseTo(3, 1);
    const gaps = [...arrivals.slice(1)].map((time, index) => time - arrivals[index]!);
    expect(variation({ kind: "samples", timesS: gaps })).toBeGreaterThan(1);
  });
});
