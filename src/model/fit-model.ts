import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import type { CostModel } from "./cost-model.ts";
import { fitConfiguration } from "./fit-configuration.ts";
import { observationsOf } from "./observations.ts";
import { poolCosts } from "./pool-costs.ts";

/**
 * The cost model of a run: one fit for each configuration but the baseline, and those of one way in drawn together.
 *
 * @returns `null` where the baseline itself was not measured
 */
export function fitModel(manifest: RunManifest, launches: readonly LaunchRecord[]): CostModel | null {
  const observations = observationsOf(manifest, launches);
  const native = observations.get(manifest.baseline);
  if (native === undefined) return null;
  const cpus = cpusOf(manifest);
  const model: CostModel = {
    runId: manifest.runId,
    fingerprint: manifest.fingerprint.id,
    toolVersion: manifest.toolVersion,
    configurations: [],
    unfitted: [],
  };
  for (const own of observations.values()) {
    if (own.id === manifest.baseline) continue;
    const fitted = fitConfiguration(own, native, cpus);
    if (fitted !== null) model.configurations.push(fitted);
    else
      model.unfitted.push({ configuration: own.id, reason: "no operation was measured here and natively" });
  }
  return { ...model, configurations: poolCosts(model.configurations) };
}

function cpusOf({ fingerprint }: RunManifest): number | null {
  const { "cpu.logical": logical, "cpu.usable": usable } = fingerprint.fields;
  // `all 4`, `1 of 4 (CPU 2)`
  const cpus = Number(/[\d.]+/.exec(usable ?? "")?.[0] ?? logical);
  return cpus >= 1 ? cpus : null;
}
