import { seededRandom } from "../../plan/seeded-random.ts";
import type { Sorted } from "../distributions/sorted.ts";
import { caution } from "../estimates/cautious-spread.ts";

const RESAMPLES = 250;
/** Halvings of the bracket: to 1/4000 of it, far below the error of the resampling. */
const HALVINGS = 12;
const drawings = new Map<string, readonly Uint32Array[]>();

/**
 * Resamples with replacement, each in ascending order. The same places are drawn for every metric with so many
 * launches, and kept, since a report asks the same of every cell.
 *
 * @param noise what is drawn from
 * @param draws values a resample
 * @param stream seeds them; two sides of a comparison need two
 */
export function resamplesOf(noise: Sorted, draws: number, stream: string): Float64Array[] {
  return drawPlaces(draws, noise.length, stream).map((places) => {
    const drawn = new Float64Array(draws);
    for (let at = 0; at < draws; at++) drawn[at] = noise[places[at]!]!;
    return drawn;
  });
}

/** Ascending places in a sorted sample, so that what is drawn needs no sorting. */
function drawPlaces(draws: number, from: number, stream: string): readonly Uint32Array[] {
  const key = `${stream} ${draws} ${from}`;
  const known = drawings.get(key);
  if (known !== undefined) return known;
  const random = seededRandom(key);
  const place = () => Math.floor(random() * from);
  const made = Array.from({ length: RESAMPLES }, () => Uint32Array.from({ length: draws }, place).sort());
  drawings.set(key, made);
  return made;
}

/**
 * Of the misses that a power allows, this share is reckoned with. Few launches show too little of their own tails, so
 * a plain bootstrap promises 80 % and keeps 65 to 76 %.
 */
export const CAREFUL_MISSES = 2 / 3;

/**
 * The effect that a test would find with this power, from resamples of what was seen.
 *
 * A third of the misses allowed is kept in reserve, and the result is stretched by one standard error of a spread.
 *
 * @param isFound whether a resample's test finds an effect of this size; once found, every larger one is
 * @param largest effect that every resample finds
 * @param n launches that the spread is known from
 */
export function effectFound<T>(
  resamples: readonly T[],
  isFound: (resample: T, effect: number) => boolean,
  { largest, n, power }: { largest: number; n: number; power: number },
): number {
  const asked = (1 - (1 - power) * CAREFUL_MISSES) * resamples.length;
  let [low, high] = [0, largest];
  // Those that decide between low and high; the others are found at low already, or not even at high.
  let open = resamples;
  let foundAtLow = 0;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    const found = open.filter((resample) => isFound(resample, middle));
    if (foundAtLow + found.length >= asked) {
      high = middle;
      open = found;
    } else {
      low = middle;
      foundAtLow += found.length;
      const sure = new Set(found);
      open = open.filter((resample) => !sure.has(resample));
    }
  }
  return high * caution(n);
}
