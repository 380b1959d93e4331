/** Which rounds one resampled gate is made of. Pure. */
import { type Random, shuffle } from "../../src/plan/seeded-random.ts";

/** Rounds of one gate. In the interleaved form both sides have the same rounds. */
export type Draw = {
  before: readonly number[];
  after: readonly number[];
  /** None of the above: an earlier A/A run, from which the noise floor comes. */
  floor: readonly number[];
};

export type Design = {
  name: string;
  /** Both sides in the same rounds (`run --ab`), or a stored run against a later one. */
  paired: boolean;
  /** Consecutive rounds keep drift and autocorrelation, as a real run has them; rounds at random have neither. */
  consecutive: boolean;
};

export const DESIGNS: readonly Design[] = [
  { name: "interleaved, rounds at random", paired: true, consecutive: false },
  { name: "interleaved, consecutive rounds", paired: true, consecutive: true },
  { name: "two runs, rounds at random", paired: false, consecutive: false },
  { name: "two runs, consecutive rounds", paired: false, consecutive: true },
];

/** Rounds of a gate, and of the A/A run before it (`run --aa --rounds 30`). */
export const GATE_ROUNDS = 15;
const FLOOR_ROUNDS = 30;

/**
 * @param rounds all that there are, ascending
 * @throws RangeError where they are too few for two sides and a noise floor
 */
export function drawRounds(rounds: readonly number[], { paired, consecutive }: Design, random: Random): Draw {
  const needed = (paired ? 1 : 2) * GATE_ROUNDS;
  if (rounds.length < needed + 6) {
    throw new RangeError(`${rounds.length} rounds are too few to resample: collect at least ${needed + 6}`);
  }
  const taken = consecutive ? blocks(rounds, needed / GATE_ROUNDS, random) : shuffle(rounds, random);
  const before = taken.slice(0, GATE_ROUNDS);
  const after = paired ? before : taken.slice(GATE_ROUNDS, needed);
  const tested = new Set([...before, ...after]);
  const others = rounds.filter((round) => !tested.has(round));
  return { before, after, floor: shuffle(others, random).slice(0, FLOOR_ROUNDS) };
}

/** Blocks of consecutive rounds that don't overlap, in random order; all places equally likely. */
function blocks(rounds: readonly number[], count: number, random: Random): number[] {
  const gaps = rounds.length - count * GATE_ROUNDS;
  // Places of the blocks among the rounds that are in none.
  const places = Array.from({ length: count }, () => Math.floor(random() * (gaps + 1))).sort((a, b) => a - b);
  const found = places.map((place, index) => {
    const start = place + index * GATE_ROUNDS;
    return rounds.slice(start, start + GATE_ROUNDS);
  });
  return shuffle(found, random).flat();
}
