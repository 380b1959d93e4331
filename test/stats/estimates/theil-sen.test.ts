import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import { theilSen } from "../../../src/stats/estimates/theil-sen.ts";

describe("theilSen", () => {
  test("is the median of all slopes between two points, by hand", () => {
    // Slopes: -.15 -.13 -.08 -.07 -.0575 -.055 -.045 -.0333 .01 .04; Sen's C is 1.96 sqrt(50 / 3) = 8.0, so ranks 1 and 10.
    const points = [1.26, 1.27, 1.12, 1.16, 1.03].map((y, index) => ({ x: index + 1, y }));
    const line = theilSen(points)!;
    expect(line.slope).toBeCloseTo(-0.05625, 9);
    expect(line.slopeLow).toBeCloseTo(-0.15, 9);
    expect(line.slopeHigh).toBeCloseTo(0.04, 9);
    expect(line.n).toBe(5);
  });

  test("is not moved by one point that is far off", () => {
    const points = [1, 2, 4, 8].flatMap((x) =>
      [0, 1, 2].map((repeat) => ({ x, y: 10 + 3 * x + repeat / 100 })),
    );
    points[5]!.y = 1000;
    const line = theilSen(points)!;
    expect(line.slope).toBeCloseTo(3, 2);
    expect(line.intercept).toBeCloseTo(10, 1);
    expect(line.slopeLow).toBeGreaterThan(2.9);
  });

  test("has no interval from two places", () => {
    expect(
      theilSen([
        { x: 1, y: 1 },
        { x: 2, y: 2 },
        { x: 2, y: 3 },
      ]),
    ).toBeNull();
  });

  test("covers the true slope about as often as it says", () => {
    const random = seededRandom("theil-sen");
    const noise = () => (random() - 0.5) * 4;
    let covered = 0;
    for (let trial = 0; trial < 400; trial++) {
      const line = theilSen([1, 2, 4, 8].flatMap((x) => [1, 2, 3].map(() => ({ x, y: 2 * x + noise() }))))!;
      if (line.slopeLow <= 2 && line.slopeHigh >= 2) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.92);
  });
});
