import type { Footprint } from "./footprint.ts";

export const DENSITY_SCHEMA = "sbx-bench/density@1";

/** One plateau: so many sandboxes of one configuration held at once. */
export type DensityStep = {
  n: number;
  repeat: number;
  /** All were ready, and none ended before its time. */
  converged: boolean;
  /** Why it did not converge, or what stopped it; `null` = nothing did. */
  reason: string | null;
  /** From the request to the program's first words, s, in the order of the starts. */
  startsS: number[];
  /** Medians over the plateau's samples; `null` where it did not come to one. */
  footprint: Footprint | null;
  /** By how much MemAvailable fell, bytes. */
  memAvailableDropBytes: number | null;
  /** CPUs that all of them kept busy on the plateau. */
  busyCpus: number | null;
  /** From the order to end until nothing of them was left, s. */
  endS: number;
  /** Processes that were still there then. */
  leftovers: number;
};

export type DensityRequest = {
  levels: readonly number[];
  repeats: number;
  plateauS: number;
  /** Memory that each program touches. */
  programMib: number;
  /** Programs compute for 1 ms in every 10. */
  working: boolean;
};
