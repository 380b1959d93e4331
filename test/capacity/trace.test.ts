import { describe, expect, test } from "vitest";
import { readArrivalTrace, readServiceTrace } from "../../src/capacity/trace.ts";

const lines = (values: readonly (number | string)[]) => values.join("\n");
const regular = Array.from({ length: 12 }, (_, index) => index / 2);

describe("a trace of arrivals", () => {
  test("is its times, without comments and blank lines", () => {
    expect(readArrivalTrace(`# seconds\n\n${lines(regular)}\n`)).toEqual({ value: regular });
  });

  test.each([
    [lines([...regular, 3]), "is out of order: line 13 has 3, which is before the line above"],
    [lines([...regular, "noon"]), 'has "noon" in line 13, which is not a number of seconds'],
    [lines([1, 2]), "has 2 arrivals; a trace needs 10"],
    [lines(new Array(10).fill(1)), "has all arrivals at one moment"],
    [
      lines([...Array.from({ length: 3000 }, (_, index) => index / 1000), 5000]),
      "has a gap of 4997.0 s before arrival 3001, more than 1000 mean gaps: plan its parts one by one",
    ],
  ])("that cannot be used is refused", (text, mistake) => {
    expect(readArrivalTrace(text)).toEqual({ mistake });
  });
});

test("service times need their unit", () => {
  expect(readServiceTrace("800")).toEqual({
    mistake: 'has "800" in line 1, which has no unit: write 800ms or 800s',
  });
});
