/** Rounds in seeded random order: each round launches every planned cell once. Pure. */
import { seededRandom, shuffle } from "./seeded-random.ts";

/**
 * The order of one round. Depends on seed, round and the cells only, so that a resumed run goes on in the
 * order in which it would have gone on.
 */
export function roundOrder(cellIds: readonly string[], round: number, seed: string): string[] {
  return shuffle([...cellIds], seededRandom(`${seed}/round/${round}`));
}
