/** What a configuration takes more than native, round by round. Pure. */
import { median } from "../stats/distributions/quantile.ts";
import type { Interval } from "./cost-model.ts";
import type { ByRound, ConfigurationObservations } from "./observations.ts";
import { COMPUTE_OPS } from "./op-demands.ts";
import { intervalOf } from "./resampling.ts";

export function differences(here: ByRound, there: ByRound): [number, number][] {
  return [...here].flatMap(([round, ns]): [number, number][] => {
    const other = there.get(round);
    return other === undefined ? [] : [[round, ns - other]];
  });
}

/** How much more of each round than natively pure computation takes, as a share: the median over its operations. */
export function computeRatios(
  own: ConfigurationObservations,
  native: ConfigurationObservations,
): [round: number, share: number][] | null {
  const shares = new Map<number, number[]>();
  for (const { scenario, metric } of COMPUTE_OPS) {
    const there = native.ops.get(`${scenario}::${metric}`);
    for (const [round, ns] of own.ops.get(`${scenario}::${metric}`) ?? []) {
      const other = there?.get(round);
      if (other !== undefined && other > 0) shares.set(round, [...(shares.get(round) ?? []), ns / other - 1]);
    }
  }
  return shares.size === 0 ? null : [...shares].map(([round, values]) => [round, median(values)]);
}

export function extraOf(own: ByRound | undefined, native: ByRound | undefined): Interval | null {
  if (own === undefined || native === undefined) return null;
  return intervalOf(differences(own, native).map(([, value]) => value));
}

/** What the host pays more after the program touched its memory, as a share of what it pays natively. */
export function perByte(own: ConfigurationObservations, native: ConfigurationObservations): Interval | null {
  const grown = (side: ConfigurationObservations) => {
    const [before, after] = [side.host.get("memory::pss@start"), side.host.get("memory::pss@touched")];
    return before === undefined || after === undefined ? null : new Map(differences(after, before));
  };
  const [here, there] = [grown(own), grown(native)];
  if (here === null || there === null) return null;
  return intervalOf(
    [...here].flatMap(([round, bytes]) => {
      const other = there.get(round);
      return other === undefined || other <= 0 ? [] : [bytes / other];
    }),
  );
}
