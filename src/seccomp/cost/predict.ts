/** What a filter adds to a call, from how many instructions it runs: a line fitted on this host. Pure. */
import type { CallCost } from "./call-costs.ts";

export type CostLine = {
  /** A call that the bitmap answers, ns. */
  cachedNs: number;
  /** Entering the filter, ns, and each instruction. */
  enterNs: number;
  instructionNs: number;
};

/** @param chains instructions and the ns that they added, of filters that are not cached; least squares */
export function fitCost(cachedNs: number, chains: readonly { instructions: number; ns: number }[]): CostLine {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(chains.map(({ instructions }) => instructions)), mean(chains.map(({ ns }) => ns))];
  const covariance = chains.reduce((sum, one) => sum + (one.instructions - x) * (one.ns - y), 0);
  const variance = chains.reduce((sum, one) => sum + (one.instructions - x) ** 2, 0);
  const instructionNs = covariance / variance;
  return { cachedNs, instructionNs, enterNs: y - instructionNs * x };
}

export function predictNs({ executed, isCached }: CallCost, line: CostLine): number {
  return isCached ? line.cachedNs : line.enterNs + line.instructionNs * executed;
}
