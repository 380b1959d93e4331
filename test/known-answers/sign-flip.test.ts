import { expect, test } from "vitest";
import { signFlipTest } from "../../src/stats/sign-flip.ts";

test("6 of 64 flips are as far out", () => {
  expect(signFlipTest([0.03, 0.01, 0.04, -0.01, 0.02, 0.05])).toBe(6 / 64);
});
