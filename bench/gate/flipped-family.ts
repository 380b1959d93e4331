/** All metrics of one paired gate under joint flips, kept so that each can be slowed alone. Pure. */
import {
  flippedT,
  type JointFlips,
  jointFlips,
  type RoundDifferences,
} from "../../src/stats/tests/joint-sign-flips.ts";

export type FlippedFamily = {
  flips: JointFlips;
  /** Of each flip the largest statistic of all metrics but this one. */
  largestWithout(key: string): Float32Array;
};

/** @param family by key, all of the same rounds */
export function flippedFamily(family: ReadonlyMap<string, RoundDifferences>, alpha: number): FlippedFamily {
  const flips = jointFlips([...family.values()], alpha);
  const count = flips.signs.length;
  const largest = new Float32Array(count).fill(Number.NEGATIVE_INFINITY);
  const second = largest.slice();
  const holder = new Int32Array(count);
  const keys = [...family.keys()];
  for (const [index, key] of keys.entries()) {
    for (const [flip, value] of flippedT(family.get(key)!, flips).entries()) {
      if (value > largest[flip]!) {
        second[flip] = largest[flip]!;
        largest[flip] = value;
        holder[flip] = index;
      } else if (value > second[flip]!) second[flip] = value;
    }
  }
  return {
    flips,
    largestWithout: (key) => {
      const own = keys.indexOf(key);
      return largest.map((value, flip) => (holder[flip] === own ? second[flip]! : value));
    },
  };
}
