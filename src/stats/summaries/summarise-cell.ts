import type { Configuration } from "../../axes/configuration.ts";
import { isGVisor } from "../../axes/sandbox.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import type { CellData } from "./cell-data.ts";
import { cellWarnings } from "./cell-warnings.ts";
import { overheadOf } from "./overhead.ts";
import { summariseMetric } from "./summarise-metric.ts";
import type { CellSummary } from "./summary-types.ts";

/**
 * One cell of the summary.
 *
 * @param find looks a cell up by configuration id within the same scenario
 */
export function summariseCell(
  data: CellData,
  manifest: RunManifest,
  find: (configuration: string) => CellData | undefined,
): CellSummary {
  const { cell, good, failed } = data;
  // Where cells end as soon as they are precise enough, fewer rounds are no lack.
  const steered = manifest.budget !== undefined || manifest.extended === true;
  const rounds = steered ? 0 : manifest.rounds;
  const warnings = cellWarnings(data, rounds, manifest.emulated);
  const metrics = [...data.series.values()].map((series) => {
    const { overhead, warning } = overheadOf(data, series, manifest.baseline, find);
    if (warning !== null) warnings.push(warning);
    return summariseMetric(series, overhead);
  });
  const runscVersion = isGVisor(cell.config) ? runscVersionOf(cell.config, manifest) : null;
  return {
    cell: cell.id,
    config: { ...cell.config, runscVersion },
    scenario: cell.scenario,
    status: data.status,
    reason: data.reason,
    launches: good.length,
    failedLaunches: failed.length,
    disturbedLaunches: good.filter((launch) => launch.load.disturbed.length > 0).length,
    warnings,
    metrics,
    checks: countChecks([...good, ...failed]),
    skips: uniqueSkips(good),
  };
}

/** Where the run names its runscs, the version of the cell's own. */
function runscVersionOf({ runsc }: Configuration, { runscs, versions }: RunManifest): string | null {
  if (runsc === undefined) return versions.runsc ?? null;
  return runscs?.find(({ label }) => label === runsc)?.version ?? null;
}

/** How often each self-check held, over all launches, failed ones too: that is where a check shows its worth. */
function countChecks(launches: readonly LaunchRecord[]): CellSummary["checks"] {
  const checks = new Map<string, { name: string; held: number; of: number }>();
  for (const { name, ok } of launches.flatMap((launch) => launch.checks)) {
    const count = checks.get(name) ?? { name, held: 0, of: 0 };
    checks.set(name, { name, held: count.held + (ok ? 1 : 0), of: count.of + 1 });
  }
  return [...checks.values()];
}

function uniqueSkips(launches: readonly LaunchRecord[]): CellSummary["skips"] {
  const skips = launches.flatMap((launch) => launch.skips);
  return [...new Map(skips.map(({ op, reason }) => [`${op}\n${reason}`, { op, reason }])).values()];
}
