import { describe, expect, test } from "vitest";
import { closedRate } from "../../../src/capacity/models/closed-servers.ts";
import { throughputModels } from "../../../src/capacity/models/throughput.ts";
import { uslRate } from "../../../src/capacity/models/usl.ts";
import { seededRandom } from "../../../src/plan/seeded-random.ts";

/** Three repeats at each n, up to 3 % off. */
function measured(curve: (n: number) => number, levels: readonly number[]) {
  const random = seededRandom("throughput");
  return levels.flatMap((n) =>
    [1, 2, 3].map(() => ({ n, ratePerS: curve(n) * (1 + 0.06 * (random() - 0.5)) })),
  );
}

const LEVELS = [1, 2, 3, 4, 6, 8, 12, 16];
const byName = (models: ReturnType<typeof throughputModels>, law: string) =>
  models.laws.find((one) => one.law === law)!;

describe("throughputModels", () => {
  test("chooses the closed model for two cores, which the scalability law misses by construction", () => {
    const two = { servers: 2, serviceS: 0.1, thinkS: 0 };
    const models = throughputModels(
      measured((n) => closedRate(two, n), LEVELS),
      2,
      "1",
    );
    expect(models.chosen).toBe("closed-servers");
    expect(byName(models, "usl").refused.join()).toMatch(/misses a point by \d+ %/);
    const { serviceS } = byName(models, "closed-servers").parameters;
    expect(serviceS!.low).toBeLessThan(0.1);
    expect(serviceS!.high).toBeGreaterThan(0.095);
  });

  test("chooses the scalability law where throughput falls again, and bounds its peak", () => {
    const law = { alpha: 0.05, beta: 0.01, gamma: 10 };
    const models = throughputModels(
      measured((n) => uslRate(law, n), LEVELS),
      null,
      "1",
    );
    const usl = byName(models, "usl");
    expect(models.chosen).toBe("usl");
    expect(usl.peak!.low).toBeLessThan(9.75);
    expect(usl.peak!.high).toBeGreaterThan(9.75);
  });

  test("identifies no peak where the interval of kappa holds 0", () => {
    const law = { alpha: 0.05, beta: 0, gamma: 10 };
    const models = throughputModels(
      measured((n) => uslRate(law, n), LEVELS),
      null,
      "1",
    );
    expect(byName(models, "usl").peak).toBeNull();
    expect(byName(models, "usl").refused.join()).toContain("no peak identified");
  });

  test("refuses both laws below six levels", () => {
    const models = throughputModels(
      measured((n) => 10 * n, [1, 2, 4, 8, 16]),
      null,
      "1",
    );
    expect(models.chosen).toBeNull();
    expect(byName(models, "usl").refused).toEqual([
      "5 levels of concurrency were measured, and a law needs 6",
    ]);
  });
});
