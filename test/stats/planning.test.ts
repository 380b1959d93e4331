import { expect, test } from "vitest";
import { stepDownMaxT } from "../../src/stats/families/step-down-max-t.ts";
import { roundsNeeded } from "../../src/stats/power/rounds-needed.ts";

test("with the rounds needed the clearest metric is called, with one less it cannot be", () => {
  for (const alpha of [0.05, 0.01, 0.005]) {
    const clear = (n: number) => stepDownMaxT([{ logRatios: Array<number>(n).fill(1) }], alpha).up[0]!;
    expect(clear(roundsNeeded(alpha))).toBeLessThanOrEqual(alpha);
    expect(clear(roundsNeeded(alpha) - 1)).toBeGreaterThan(alpha);
  }
});

test("no alpha is refused", () => {
  expect(() => roundsNeeded(0)).toThrow("between 0 and 1");
});
