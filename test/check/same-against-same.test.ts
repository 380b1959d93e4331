import { describe, expect, test } from "vitest";
import { type Random, seededRandom } from "../../src/plan/seeded-random.ts";
import { many, normal } from "../stats/random-numbers.ts";
import { interleaved, type Printed, stored } from "./printed-values.ts";

type Value = Printed["a"][number];
type Kind = Pick<Printed, "unit" | "better"> & { draw(random: Random): Value };

const MIB = 2 ** 20;
const poisson = (random: Random, mean: number) => {
  let count = 0;
  for (let product = random(); product > Math.exp(-mean); product *= random()) count++;
  return count;
};

/** Every kind of figure that a scenario can print or the host takes, at its worst. */
const KINDS: Record<string, Kind> = {
  "times in clock ticks": { unit: "ns", draw: (random) => (random() < 0.4 ? 10_000_000 : 0) },
  "times that are 0": { unit: "ns", draw: () => 0 },
  "times without scatter": { unit: "ns", draw: () => 250 },
  "times of huge spread": { unit: "ns", draw: (random) => Math.exp(3 * normal(random)) },
  "times of two speeds": { unit: "ns", draw: (random) => (random() < 0.5 ? 600 : 28_000) },
  "times that may be below 0": { unit: "ns", draw: (random) => 2 * normal(random) },
  "rare counts": { unit: "count", draw: (random) => poisson(random, 0.2) },
  "small counts": { unit: "count", draw: (random) => poisson(random, 3) },
  "large counts, more is better": {
    unit: "count",
    better: "higher",
    draw: (random) => Math.round(1e6 * Math.exp(0.1 * normal(random))),
  },
  "memory in pages": { unit: "bytes", draw: (random) => 4096 * Math.floor(3 * random()) },
  memory: { unit: "bytes", draw: (random) => 38 * MIB * Math.exp(0.002 * normal(random)) },
  "a throughput that may stall": {
    unit: "bytes/s",
    better: "higher",
    draw: (random) => (random() < 0.2 ? 0 : 1e9 * Math.exp(0.1 * normal(random))),
  },
  "a rate": { unit: "1/s", better: "higher", draw: (random) => 41_000 * Math.exp(0.05 * normal(random)) },
  "what some launches do not print": {
    unit: "bytes",
    draw: (random) => (random() < 0.7 ? null : 8 * MIB + 4096 * Math.floor(9 * random())),
  },
  "launches that may fail": {
    unit: "ns",
    draw: (random) => (random() < 0.25 ? "crash" : 100 * Math.exp(0.05 * normal(random))),
  },
};

const GATES = 200;
const ROUNDS = 12;
/** Of 200 gates 1 fails by chance at 0.5 %; more than 5 do so in 6 of 10,000 cases. */
const MOST_ALARMS = 5;

describe.for(Object.entries({ interleaved, stored }))("the same against the same, %s:", ([name, compare]) => {
  test.for(Object.entries(KINDS))(
    "%s are never broken, and worse no more often than by chance",
    ([kind, { draw, ...about }]) => {
      let alarms = 0;
      for (let gate = 0; gate < GATES; gate++) {
        const random = seededRandom(`${name} ${kind} ${gate}`);
        const [a, b] = many(2, () => many(ROUNDS, () => draw(random)));
        const { outcome, broken } = compare({ ...about, a: a!, b: b! });
        expect(broken).toEqual([]);
        if (outcome === "worse") alarms++;
      }
      expect(alarms).toBeLessThanOrEqual(MOST_ALARMS);
    },
  );
});
