import { describe, expect, test } from "vitest";
import { allenCunneenWaitS, erlangC, meanWaitS } from "../../../src/capacity/models/waiting.ts";

describe("Erlang C", () => {
  test("is the load itself for one server", () => {
    expect(erlangC({ ratePerS: 0.7, serviceS: 1, servers: 1 })).toBeCloseTo(0.7, 12);
  });

  test("is 2 rho^2 / (1 + rho) for two servers", () => {
    expect(erlangC({ ratePerS: 1.6, serviceS: 1, servers: 2 })).toBeCloseTo((2 * 0.64) / 1.8, 12);
  });

  test("holds for a thousand servers, where factorials overflow", () => {
    const chance = erlangC({ ratePerS: 950, serviceS: 1, servers: 1000 });
    expect(chance).toBeGreaterThan(0.03);
    expect(chance).toBeLessThan(0.12);
  });

  test("refuses a load of 1", () => {
    expect(() => meanWaitS({ ratePerS: 2, serviceS: 1, servers: 2 })).toThrow(
      "no steady state at a load of 1",
    );
  });
});

test("Allen and Cunneen give Pollaczek and Khinchine's wait for M/D/1", () => {
  const offered = { ratePerS: 0.8, serviceS: 1, servers: 1 };
  expect(allenCunneenWaitS(offered, 1, 0)).toBeCloseTo(0.8 / (2 * 0.2), 12);
});
