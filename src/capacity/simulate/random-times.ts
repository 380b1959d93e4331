import type { Random } from "../../plan/seeded-random.ts";

/** A time in s, drawn anew at every call. */
export type RandomTime = () => number;

/** What service times and gaps between arrivals may look like; times in s. */
export type TimeDistribution =
  | { kind: "fixed"; meanS: number }
  | { kind: "exponential"; meanS: number }
  /** @param cv coefficient of variation, above 0 */
  | { kind: "lognormal"; meanS: number; cv: number }
  /** Two exponentials with balanced means, for a coefficient of variation of 1 or more. */
  | { kind: "hyperexponential"; meanS: number; cv: number }
  /** Measured, each as likely as the others. */
  | { kind: "samples"; timesS: readonly number[] };

/** @throws RangeError for no samples, or a coefficient of variation that the distribution cannot have */
export function randomTime(distribution: TimeDistribution, random: Random): RandomTime {
  switch (distribution.kind) {
    case "fixed":
      return () => distribution.meanS;
    case "exponential":
      return () => exponential(distribution.meanS, random);
    case "lognormal":
      return lognormal(distribution, random);
    case "hyperexponential":
      return hyperexponential(distribution, random);
    case "samples":
      return replayed(distribution.timesS, random);
  }
}

export function meanTimeS(distribution: TimeDistribution): number {
  if (distribution.kind !== "samples") return distribution.meanS;
  return distribution.timesS.reduce((sum, time) => sum + time, 0) / distribution.timesS.length;
}

/** Coefficient of variation: standard deviation / mean. */
export function variation(distribution: TimeDistribution): number {
  if (distribution.kind === "fixed") return 0;
  if (distribution.kind === "exponential") return 1;
  if (distribution.kind !== "samples") return distribution.cv;
  const { timesS } = distribution;
  const mean = meanTimeS(distribution);
  const variance = timesS.reduce((sum, time) => sum + (time - mean) ** 2, 0) / timesS.length;
  return mean === 0 ? 0 : Math.sqrt(variance) / mean;
}

function exponential(meanS: number, random: Random): number {
  return -meanS * Math.log1p(-random());
}

function lognormal({ meanS, cv }: { meanS: number; cv: number }, random: Random): RandomTime {
  if (!(cv > 0)) throw new RangeError(`a lognormal time needs a coefficient of variation above 0, got ${cv}`);
  const variance = Math.log1p(cv * cv);
  const centre = Math.log(meanS) - variance / 2;
  return () => {
    const normal = Math.sqrt(-2 * Math.log1p(-random())) * Math.cos(2 * Math.PI * random());
    return Math.exp(centre + Math.sqrt(variance) * normal);
  };
}

/** Source: Tijms, A First Course in Stochastic Models (2003), appendix B: two moments, balanced means. */
function hyperexponential({ meanS, cv }: { meanS: number; cv: number }, random: Random): RandomTime {
  if (!(cv >= 1)) {
    throw new RangeError(`a hyperexponential time needs a coefficient of variation of 1 or more, got ${cv}`);
  }
  const first = (1 + Math.sqrt((cv * cv - 1) / (cv * cv + 1))) / 2;
  return () => {
    const chance = random() < first ? first : 1 - first;
    return exponential(meanS / (2 * chance), random);
  };
}

function replayed(timesS: readonly number[], random: Random): RandomTime {
  if (timesS.length === 0) throw new RangeError("no times to replay");
  return () => timesS[Math.floor(random() * timesS.length)]!;
}
