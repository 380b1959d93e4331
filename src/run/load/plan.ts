/** What the load generator is told; its side is src/go/internal/load/plan.go. Pure. */
import type { NetworkName } from "../../axes/network.ts";
import type { Load } from "../../workload/load/parameters.ts";
import { SANDBOX_ADDRESS } from "../environment/wire.ts";

export type GeneratorPlan = Omit<Load, "maxErrorShare"> & {
  host: string;
  seed: number;
  requireFreePort: boolean;
};

/**
 * The same requests at the same times in every cell of a round, so that they are paired; other ones in the next.
 * The port of a network namespace of the run's own can be nobody else's.
 */
export function generatorPlan(
  { maxErrorShare: _, ...load }: Load,
  network: NetworkName,
  round: number,
): GeneratorPlan {
  return {
    ...load,
    host: network === "sandbox" ? SANDBOX_ADDRESS : "127.0.0.1",
    seed: round + 1,
    requireFreePort: network === "host",
  };
}
