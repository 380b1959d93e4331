/** A/A: how far two equal cells differ on this host, from twins in the same rounds. Pure. */
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import { logRatioPairs } from "../stats/estimates/log-ratio-pairs.ts";
import { trimmedInterval } from "../stats/estimates/trimmed-t.ts";
import { type CellData, cellData } from "../stats/summaries/cell-data.ts";

/** What is known of a metric of a cell. */
export type NoiseFloor = {
  /** Largest difference between two equal cells that the measurement can't rule out, as a share: 0.01 = 1 %. */
  share: number;
  rounds: number;
  /** Of the newest measurement. */
  runId: string;
  /** Start of that run, ISO 8601, UTC. */
  measuredAt: string;
};

/** By `cell::metric`; what a host with one fingerprint is known to show. */
export type NoiseFloors = Readonly<Record<string, NoiseFloor>>;

/** One A/A measurement. */
export type FloorMeasurement = NoiseFloor & {
  /** How many of the rounds were disturbed; 0 where enough others were left to do without. */
  disturbed: number;
};

/** Fewer say nothing. */
const FEWEST_ROUNDS = 6;

/**
 * Noise floors from the twins of a run: the outer end of the 95 % interval of the trimmed mean of the paired
 * differences between a cell and its twin. It holds what is the same in every round (where a cell lies on disk, what runs
 * before it), which more rounds don't average out; the noise between rounds is in the tests themselves. So disturbed
 * rounds are left out where 6 others are left. Fewer than 6 rounds say nothing, and a metric with a value of 0 has no
 * share.
 */
export function noiseFloorsOf(
  manifest: RunManifest,
  launches: readonly LaunchRecord[],
): Record<string, FloorMeasurement> {
  const { runId, startedAt: measuredAt } = manifest;
  const byCell = Map.groupBy(launches, (launch) => launch.cell);
  const byId = new Map(manifest.cells.map((cell) => [cell.id, cell]));
  const floors: Record<string, FloorMeasurement> = {};
  for (const twin of manifest.cells) {
    const cell = twin.twinOf === undefined ? undefined : byId.get(twin.twinOf);
    if (cell === undefined) continue;
    const [own, other] = [cell, twin].map((one) =>
      cellData(one, byCell.get(one.id) ?? [], manifest.metrics[one.scenario] ?? []),
    ) as [CellData, CellData];
    const isDisturbed = disturbedIn(own, other);
    for (const [metric, { byRound, meta }] of own.series) {
      const again = other.series.get(metric);
      if (again === undefined) continue;
      const { logRatios, rounds } = logRatioPairs(again.byRound, byRound, meta.better);
      if (logRatios.length < FEWEST_ROUNDS) continue;
      const quiet = logRatios.filter((_, at) => !isDisturbed(rounds[at]!));
      const used = quiet.length < FEWEST_ROUNDS ? logRatios : quiet;
      const { low, high } = trimmedInterval(used);
      const share = Math.expm1(Math.max(-low, high));
      const disturbed = used.length - quiet.length;
      floors[`${cell.id}::${metric}`] = { share, rounds: used.length, disturbed, runId, measuredAt };
    }
  }
  return floors;
}

function disturbedIn(...cells: readonly CellData[]): (round: number) => boolean {
  const launches = cells.flatMap(({ good }) => good).filter(({ load }) => load.disturbed.length > 0);
  const rounds = new Set(launches.map(({ round }) => round));
  return (round) => rounds.has(round);
}

/**
 * The floor of a metric of a cell. A cell without a twin of its own takes the worst one known of this metric under
 * the same sandbox and platform. Another sandbox's says nothing: native's start-up of 1 ms varies by more per cent
 * than any sandbox's of 100 ms.
 *
 * @returns `null` where no A/A run has measured it
 */
export function noiseFloorOf(floors: NoiseFloors, cell: string, metric: string): NoiseFloor | null {
  const own = floors[`${cell}::${metric}`];
  if (own !== undefined) return own;
  const [configuration = "", scenario = ""] = cell.split("::");
  const sandbox = configuration.split("/net=")[0]!;
  return Object.entries(floors)
    .filter(([key]) => key.startsWith(`${sandbox}/net=`) && key.endsWith(`::${scenario}::${metric}`))
    .reduce<NoiseFloor | null>(
      (worst, [, floor]) => (worst === null || floor.share > worst.share ? floor : worst),
      null,
    );
}
