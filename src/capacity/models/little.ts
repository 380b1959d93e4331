/** Little's law, L = lambda W, as a check that a measurement counted everything. */

export type LittlesLaw = {
  /** Mean number in the system, seen by counting them over time and not by adding up their times. */
  meanInSystem: number;
  /** Finished a second. */
  ratePerS: number;
  /** Mean time of one in the system, s. */
  meanTimeS: number;
  /** |L - lambda W| / L. */
  gap: number;
  holds: boolean;
};

/** Beyond this share something was not counted, or the system was not steady. */
const LITTLE_GOAL = 0.03;

/** @throws RangeError where nothing was in the system: there is nothing to check */
export function littlesLaw(seen: Pick<LittlesLaw, "meanInSystem" | "ratePerS" | "meanTimeS">): LittlesLaw {
  if (!(seen.meanInSystem > 0)) throw new RangeError("nothing was in the system");
  const gap = Math.abs(seen.meanInSystem - seen.ratePerS * seen.meanTimeS) / seen.meanInSystem;
  return { ...seen, gap, holds: gap <= LITTLE_GOAL };
}
