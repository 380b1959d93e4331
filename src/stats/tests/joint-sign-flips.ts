import { seededRandom } from "../../plan/seeded-random.ts";
import { agreementT } from "../estimates/trimmed-t.ts";

/** One metric: a difference of each of its rounds. */
export type RoundDifferences = {
  logRatios: readonly number[];
  /** Which rounds they are of, in the same order; without it the first, second ... round. */
  rounds?: readonly number[] | undefined;
};

/** Signs by which whole rounds are turned around, of all metrics at once. */
export type JointFlips = {
  /** A row a flip, a sign (1 or -1) a round. */
  signs: readonly Int8Array[];
  /** Place of a round in a row. */
  placeOf: ReadonlyMap<number, number>;
  /** Whether the rows are all there are; else the flip that was seen counts as one more. */
  exact: boolean;
};

/** Up to here all 2^n flips are made. */
const MOST_ENUMERATED = 12;
const FEWEST_FLIPS = 1999;
/** So that the level that is asked for is that many steps of p. */
const STEPS_OF_P = 10;
const kept = new Map<string, readonly Int8Array[]>();

/** @param alpha level that p will be held against: decides how many flips are drawn */
export function jointFlips(family: readonly RoundDifferences[], alpha: number): JointFlips {
  const rounds = [...new Set(family.flatMap(roundsOf))].sort((x, y) => x - y);
  const n = rounds.length;
  const exact = n <= MOST_ENUMERATED;
  const count = exact ? 2 ** n : Math.max(FEWEST_FLIPS, Math.ceil(STEPS_OF_P / alpha) - 1);
  const key = `${n} ${count}`;
  const signs = kept.get(key) ?? (exact ? allFlips(n) : randomFlips(n, count, key));
  kept.set(key, signs);
  return { signs, placeOf: new Map(rounds.map((round, place) => [round, place])), exact };
}

function roundsOf({ logRatios, rounds }: RoundDifferences): readonly number[] {
  return rounds ?? logRatios.map((_, place) => place);
}

function allFlips(n: number): Int8Array[] {
  return Array.from({ length: 2 ** n }, (_, flip) =>
    Int8Array.from({ length: n }, (_, bit) => ((flip >> bit) & 1 ? -1 : 1)),
  );
}

function randomFlips(n: number, count: number, seed: string): Int8Array[] {
  const random = seededRandom(`joint flips ${seed}`);
  return Array.from({ length: count }, () => Int8Array.from({ length: n }, () => (random() < 0.5 ? -1 : 1)));
}

/** The statistic as it was seen; at the precision of `flippedT`, so that ties stay ties. */
export function seenT({ logRatios }: RoundDifferences): number {
  return Math.fround(agreementT(Float64Array.from(logRatios).sort()));
}

/** The statistic of one metric under every flip. */
export function flippedT(metric: RoundDifferences, { signs, placeOf }: JointFlips): Float32Array {
  // Flips leave sizes alone: from the largest down, the negative ones fill the front and the others the back.
  const bySize = metric.logRatios
    .map((value, at) => ({ value, place: placeOf.get(roundsOf(metric)[at]!)! }))
    .sort((x, y) => Math.abs(x.value) - Math.abs(y.value));
  const n = bySize.length;
  const values = Float64Array.from(bySize, ({ value }) => value);
  const places = Int32Array.from(bySize, ({ place }) => place);
  const turned = new Float64Array(n);
  const found = new Float32Array(signs.length);
  for (let flip = 0; flip < signs.length; flip++) {
    const row = signs[flip]!;
    let low = 0;
    let high = n;
    for (let at = n - 1; at >= 0; at--) {
      const value = values[at]! * row[places[at]!]!;
      // Written at both ends, kept at one: the signs are random, and a branch on them would be guessed wrong half the time.
      const isNegative = +(value < 0);
      turned[low] = value;
      turned[high - 1] = value;
      low += isNegative;
      high += isNegative - 1;
    }
    found[flip] = agreementT(turned);
  }
  return found;
}

/** Chance, under the flips, of at least what was seen. Never 0: the flip that was seen is one of them. */
export function chanceOfAtLeast(seen: number, flipped: Float32Array, { exact }: JointFlips): number {
  let count = exact ? 0 : 1;
  for (const one of flipped) if (one >= seen) count++;
  return count / (flipped.length + (exact ? 0 : 1));
}
