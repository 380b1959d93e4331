import { describe, expect, test } from "vitest";
import { closedRate, fitClosedServers, lackOfFit } from "../../../src/capacity/models/closed-servers.ts";

describe("a closed system", () => {
  test("without time elsewhere is min(N, m) / S", () => {
    const model = { servers: 2, serviceS: 0.1, thinkS: 0 };
    expect([1, 2, 3, 8].map((n) => closedRate(model, n))).toEqual(
      [10, 20, 20, 20].map((rate) => expect.closeTo(rate, 9)),
    );
  });

  test("with one server is the machine repairman", () => {
    // N = 2, S = 1, Z = 1: p0 = 1 / (1 + 2 + 2), X = (1 - p0) / S.
    expect(closedRate({ servers: 1, serviceS: 1, thinkS: 1 }, 2)).toBeCloseTo(0.8, 12);
  });

  test("with two servers agrees with the balance equations", () => {
    // N = 3, m = 2, S = Z = 1: weights 1, 3, 3, 1.5; X = (3 * 1 + 2 * (3 + 1.5)) / 8.5.
    expect(closedRate({ servers: 2, serviceS: 1, thinkS: 1 }, 3)).toBeCloseTo(12 / 8.5, 12);
  });
});

describe("fitClosedServers", () => {
  const made = { servers: 2, serviceS: 0.05, thinkS: 0.03 };
  const points = [1, 2, 3, 4, 6, 8].map((n) => ({ n, ratePerS: closedRate(made, n) }));

  test("finds servers, service and time elsewhere of exact points", () => {
    const model = fitClosedServers(points);
    expect(model.servers).toBe(2);
    expect(model.serviceS).toBeCloseTo(0.05, 4);
    expect(model.thinkS).toBeCloseTo(0.03, 4);
  });

  test("keeps to the number of servers that is given, and says by how much it misses", () => {
    const model = fitClosedServers(points, 1);
    expect(model.servers).toBe(1);
    expect(lackOfFit(points, (n) => closedRate(model, n)).worst).toBeGreaterThan(0.1);
  });
});
