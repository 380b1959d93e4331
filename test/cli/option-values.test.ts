import { expect, test } from "vitest";
import { share } from "../../src/cli/comparison-options.ts";
import { duration } from "../../src/cli/duration-option.ts";

test("times are written with their unit", () => {
  expect(["30s", "10m", "1h30m", "0.5s"].map(duration)).toEqual([30_000, 600_000, 5_400_000, 500]);
  for (const wrong of ["10", "", "m", "10 m", "0s", "5d", "-1s"])
    expect(() => duration(wrong)).toThrow("30s");
});

test("a limit is a percentage or a share; a bare 5 could be either and is refused", () => {
  expect(["5%", "2.5 %", "0.05", "0"].map(share)).toEqual(["0.05", "0.025", "0.05", "0"]);
  for (const wrong of ["5", "", "%", "-1%", "120%", "much"]) expect(() => share(wrong)).toThrow("5%");
});
