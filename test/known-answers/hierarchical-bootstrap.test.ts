import { expect, test } from "vitest";
import { sorted } from "../../src/stats/distributions/sorted.ts";
import { percentileInterval, resampledMeans } from "../../src/stats/hierarchical-bootstrap.ts";

test("all 27 resamples of {1, 2, 6}", () => {
  // Counts through every triple of launches in place of drawing them.
  let draw = 0;
  const everyTriple = () => {
    const triple = Math.floor(draw / 3);
    const digit = Math.floor(triple / 3 ** (draw % 3)) % 3;
    draw++;
    return digit / 3 + 0.1;
  };
  const means = resampledMeans([[1], [2], [6]], 27, everyTriple);
  const interval = percentileInterval(sorted(means));
  expect(interval.low).toBeCloseTo(1.216667, 6);
  expect(interval.high).toBeCloseTo(5.133333, 6);
});
