/** Collected launches -> what the gate's verdicts are worth. Seeded: the same data gives the same figures. Pure. */
import { DEFAULTS } from "../../src/config/defaults.ts";
import { seededRandom } from "../../src/plan/seeded-random.ts";
import type { RunManifest } from "../../src/samples/run-manifest.ts";
import { dependences, type HostConditions, hostConditions, type MetricDependence } from "./conditions.ts";
import { DESIGNS } from "./draw.ts";
import { gateData } from "./gate-data.ts";
import type { PackedRun } from "./packed-run.ts";
import { type BurntResult, tryBurnt } from "./try-burnt.ts";
import { type DesignResult, tryDesign } from "./try-design.ts";

export type Analysis = {
  manifest: RunManifest;
  conditions: HostConditions;
  rounds: number;
  dependences: readonly MetricDependence[];
  designs: readonly DesignResult[];
  burnt: readonly BurntResult[];
};

/**
 * @param gates resampled ones under each design
 * @param onProgress what comes next
 */
export function analyse(
  run: PackedRun,
  { gates, seed }: { gates: number; seed: string },
  onProgress: (what: string) => void,
): Analysis {
  onProgress(`reducing ${run.launches.length} launches`);
  const data = gateData(run, { ...DEFAULTS.check, metrics: [] });
  const designs = DESIGNS.map((design) => {
    onProgress(`${gates} gates: ${design.name}`);
    return tryDesign(data, design, gates, seededRandom(`${seed}/${design.name}`));
  });
  onProgress("real slowdowns");
  const burnt = tryBurnt(data, seededRandom(`${seed}/burnt`));
  const rounds = data.rounds.length;
  const { manifest, launches } = run;
  return {
    ...{ manifest, rounds, designs, burnt },
    conditions: hostConditions(launches),
    dependences: dependences(data),
  };
}
