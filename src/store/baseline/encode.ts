import type { DeepReadonly } from "../../base/deep-readonly.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { Cell } from "../../plan/cell.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import { plainRun } from "../../stats/summaries/plain-run.ts";
import { reduceLaunches } from "../reduce-launch.ts";
import { BASELINE_SCHEMA, type BaselineLine, type LineOf } from "./lines.ts";

/**
 * The text of a baseline's file. The same run gives the same bytes; of two records for one round of a cell the
 * later one stands. Of an interleaved run the new side is kept, as if it had been measured alone.
 *
 * @param runLaunches of the run, in full or reduced
 */
export function encodeBaseline(run: RunManifest, runLaunches: readonly LaunchRecord[]): string {
  const isInterleaved = run.cells.some(({ side }) => side !== undefined);
  const { manifest, launches } = isInterleaved
    ? plainRun({ manifest: run, launches: runLaunches })
    : { manifest: run, launches: runLaunches };
  const byCell = Map.groupBy(reduceLaunches(manifest, launches), (launch) => launch.cell);
  const cells = manifest.cells.filter(({ status }) => status !== "excluded");
  const lines: DeepReadonly<BaselineLine>[] = [
    headLine(manifest),
    ...Object.keys(manifest.metrics)
      .sort()
      .map((scenario) => ({ type: "metrics" as const, scenario, metrics: manifest.metrics[scenario]! })),
    ...cells.map(cellLine),
    ...cells.flatMap((cell) => launchLines(cell, byCell.get(cell.id) ?? [], manifest)),
  ];
  lines.push({ type: "end", lines: lines.length });
  return `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
}

function headLine(manifest: RunManifest): DeepReadonly<LineOf<"baseline">> {
  const { schema, runId, toolVersion, startedAt, endedAt, rounds, seed, preset, baseline } = manifest;
  const { fingerprint, versions, emulated, warnings, harness } = manifest;
  // Paths of the machine that measured stay behind.
  const { scenarios = null, limits = null, runsc } = (manifest.config ?? {}) as Partial<ResolvedConfig>;
  const runscFlags = runsc?.flags ?? [];
  const runscs = manifest.runscs?.map(({ label, version, sha256 }) => ({ label, version, sha256 }));
  const variants = runsc?.variants?.map(({ name, flags }) => ({ name, flags })) ?? [];
  return {
    type: "baseline",
    schema: BASELINE_SCHEMA,
    run: {
      ...{ schema, runId, toolVersion, startedAt, endedAt, rounds, seed, preset, baseline },
      ...{ fingerprint, versions, emulated, warnings, harness, scenarios, limits, runscFlags },
      ...(manifest.filters === undefined ? {} : { filters: manifest.filters }),
      ...(runscs === undefined ? {} : { runscs }),
      ...(variants.length === 0 ? {} : { variants }),
    },
  };
}

function cellLine({ id, config, scenario, status, reason, twinOf }: Cell): LineOf<"cell"> {
  return {
    type: "cell",
    id,
    config,
    scenario,
    status: status === "planned" ? "planned" : "unavailable",
    reason,
    ...(twinOf === undefined ? {} : { twinOf }),
  };
}

function launchLines(cell: Cell, launches: readonly LaunchRecord[], manifest: RunManifest): BaselineLine[] {
  const latest = [...new Map(launches.map((launch) => [launch.round, launch])).values()];
  const finished = latest.sort((a, b) => a.round - b.round);
  if (finished.length === 0) return [];
  const start = Date.parse(manifest.startedAt);
  const startedMs = (launch: LaunchRecord) => Date.parse(launch.startedAt) - start;
  const good = finished.filter(({ status }) => status === "ok");
  const failed = finished.filter(({ status }) => status === "failed");
  return [
    {
      type: "launches",
      cell: cell.id,
      rounds: good.map(({ round }) => round),
      positions: good.map(({ position }) => position),
      startedMs: good.map(startedMs),
      disturbed: good.filter(({ load }) => load.disturbed.length > 0).map(({ round }) => round),
    },
    ...failed.map(
      (launch): LineOf<"failed"> => ({
        type: "failed",
        cell: cell.id,
        round: launch.round,
        position: launch.position,
        startedMs: startedMs(launch),
        kind: launch.failure?.kind ?? "crash",
        message: launch.failure?.message ?? "the launch failed and left no reason",
      }),
    ),
    ...seriesLines(cell.id, good),
  ];
}

/** Metrics in the order in which the launches print them, which the scenario decides. */
function seriesLines(cell: string, good: readonly LaunchRecord[]): LineOf<"series">[] {
  const lines = new Map<string, LineOf<"series">>();
  const add = (metric: string, unit: LineOf<"series">["unit"], isOp: boolean) => {
    const known = lines.get(metric);
    if (known !== undefined) return known;
    const batches = isOp ? [] : null;
    const made: LineOf<"series"> = { type: "series", cell, metric, unit, rounds: [], values: [], batches };
    lines.set(metric, made);
    return made;
  };
  for (const { round, ops, values } of good) {
    for (const { op, unit, median, batches } of ops) {
      const line = add(op, unit, true);
      line.rounds.push(round);
      line.values.push(median);
      line.batches?.push(batches);
    }
    for (const { name, unit, value } of values) {
      const line = add(name, unit, false);
      if (line.batches !== null || line.rounds.at(-1) === round) continue;
      line.rounds.push(round);
      line.values.push(value);
    }
  }
  return [...lines.values()];
}
