/** Which configurations are worth a thought at all: none is cheaper and keeps as much between program and host. */
import type { Estimate } from "./cost-surface.ts";
import type { Layer } from "./layers.ts";

export type FrontCandidate = { configuration: string; layers: readonly Layer[] };

/**
 * One configuration puts another out where it keeps every layer that the other keeps and costs clearly less, or
 * keeps a layer more and the other does not clearly cost less: a layer is given up only for a gain that is beyond
 * doubt. Layers are never weighed against each other, so that two configurations with different ones stay both.
 *
 * @param costOf cost of the second over cost of the first; `null` = they can't be compared, and put nothing out
 * @returns ids on the front
 */
export function paretoFront(
  candidates: readonly FrontCandidate[],
  costOf: (first: string, second: string) => Estimate | null,
): Set<string> {
  const front = candidates.filter(
    (one) => !candidates.some((other) => other !== one && putsOut(other, one, costOf)),
  );
  return new Set(front.map(({ configuration }) => configuration));
}

function putsOut(
  winner: FrontCandidate,
  loser: FrontCandidate,
  costOf: (first: string, second: string) => Estimate | null,
): boolean {
  if (!loser.layers.every((layer) => winner.layers.includes(layer))) return false;
  const estimate = costOf(winner.configuration, loser.configuration);
  if (estimate === null || estimate.low === null || estimate.high === null) return false;
  return estimate.low > 1 || (winner.layers.length > loser.layers.length && estimate.high >= 1);
}
