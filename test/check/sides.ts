/** Made-up runs for tests of comparisons: a few cells, one value a launch and metric. */

import type { Configuration } from "../../src/axes/configuration.ts";
import type { StoredSide } from "../../src/check/side.ts";
import type { GateRules } from "../../src/config/resolved-config.ts";
import { type Cell, cellId, type SideName } from "../../src/plan/cell.ts";
import { seededRandom } from "../../src/plan/seeded-random.ts";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import type { MetricMeta } from "../../src/samples/metric-meta.ts";
import type { RunManifest } from "../../src/samples/run-manifest.ts";
import { normal } from "../stats/random-numbers.ts";
import { failedLaunch, launch, manifest, metricMeta, NATIVE, opSample, RUNSC } from "../stats/records.ts";

export { NATIVE, RUNSC };

export const RULES: GateRules = { maxRegression: 0.02, alpha: 0.05, metrics: [] };
export const RUNC: Configuration = { sandbox: "runc", platform: null, network: "none", seccomp: "none" };

export type MadeCell = {
  config: Configuration;
  /** Median of each metric; every launch scatters around it by 1 %. */
  metrics?: Record<string, number>;
  rounds?: number;
  status?: Cell["status"];
  /** Every launch failed with these words. */
  failure?: string;
  side?: SideName;
  twin?: boolean;
};

export type MadeRun = {
  label?: string;
  seed?: string;
  cells: MadeCell[];
  metas?: MetricMeta[];
  manifest?: Partial<RunManifest>;
};

const METRICS = { getpid: 100 };

export function madeRun({ label = "run", seed = label, cells, metas, ...rest }: MadeRun): StoredSide {
  const plan = cells.map(cellOf);
  return {
    label,
    manifest: manifest(plan, {
      runId: label,
      metrics: { syscalls: metas ?? [metricMeta("getpid")] },
      ...rest.manifest,
    }),
    launches: cells.flatMap((made, index) => launchesOf(made, plan[index]!.id, seed, metas ?? [])),
  };
}

function cellOf({ config, status = "planned", side, twin }: MadeCell): Cell {
  const plain = cellId(config, "syscalls");
  return {
    id: `${side === undefined ? "" : `${side}:`}${plain}${twin ? "~twin" : ""}`,
    config,
    scenario: "syscalls",
    status,
    reason: status === "planned" ? null : `it is ${status}`,
    ...(side === undefined ? {} : { side }),
    ...(twin ? { twinOf: plain } : {}),
  };
}

function launchesOf(
  { config, metrics = METRICS, rounds = 15, status = "planned", failure }: MadeCell,
  cell: string,
  seed: string,
  metas: readonly MetricMeta[],
): LaunchRecord[] {
  if (status !== "planned") return [];
  const random = seededRandom(`${seed}/${cell}`);
  return Array.from({ length: rounds }, (_, round) =>
    failure === undefined
      ? launch(config, round, {
          cell,
          ops: Object.entries(metrics).map(([op, value]) =>
            opSample(op, {
              unit: metas.find(({ metric }) => metric === op)?.unit ?? "ns",
              median: value * Math.exp(0.01 * normal(random)),
            }),
          ),
        })
      : { ...failedLaunch(config, round, failure), cell },
  );
}
