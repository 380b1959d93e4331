import { expect, test } from "vitest";
import { studentTQuantile } from "../../src/stats/distributions/student-t.ts";
import { fiellerRatio } from "../../src/stats/fieller.ts";

test("10 (se 0.2) to 10.5 (se 0.25) with 9 degrees of freedom", () => {
  const t = studentTQuantile(0.975, 9);
  const interval = fiellerRatio({ mean: 10, halfWidth: 0.2 * t }, { mean: 10.5, halfWidth: 0.25 * t });
  expect(interval?.low).toBeCloseTo(0.978188, 6);
  expect(interval?.high).toBeCloseTo(1.126119, 6);
});
