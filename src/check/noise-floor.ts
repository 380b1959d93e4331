/** A/A: how far two equal cells differ on this host, from twins in the same rounds. Pure. */
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import { cellData } from "../stats/cell-data.ts";
import { logRatioPairs } from "../stats/log-ratio-pairs.ts";
import { trimmedInterval } from "../stats/trimmed-t.ts";

export const FLOORS_SCHEMA = "sbx-bench/noise-floors@1";

/** One A/A measurement of a metric of a cell. */
type NoiseFloor = {
  /** Largest difference between two equal cells that the measurement can't rule out, as a share: 0.01 = 1 %. */
  share: number;
  rounds: number;
  runId: string;
};

/** Fewer say nothing. */
const FEWEST_ROUNDS = 6;

/** By `cell::metric`; what a host with one fingerprint is known to show. */
export type NoiseFloors = Readonly<Record<string, NoiseFloor>>;

/**
 * Noise floors from the twins of a run: the outer end of the 95 % interval of the trimmed mean of the paired
 * differences between a cell and its twin. It holds what is the same in every round (where a cell lies on disk, what runs before it),
 * which more rounds don't average out; the noise between rounds is in the tests themselves. Fewer than 6 rounds
 * say nothing.
 */
export function noiseFloorsOf(manifest: RunManifest, launches: readonly LaunchRecord[]): NoiseFloors {
  const byCell = Map.groupBy(launches, (launch) => launch.cell);
  const byId = new Map(manifest.cells.map((cell) => [cell.id, cell]));
  const floors: Record<string, NoiseFloor> = {};
  for (const twin of manifest.cells) {
    const cell = twin.twinOf === undefined ? undefined : byId.get(twin.twinOf);
    if (cell === undefined) continue;
    const [own, other] = [cell, twin].map((one) =>
      cellData(one, byCell.get(one.id) ?? [], manifest.metrics[one.scenario] ?? []),
    );
    for (const [metric, { byRound, meta }] of own!.series) {
      const again = other!.series.get(metric);
      if (again === undefined) continue;
      const { logRatios } = logRatioPairs(again.byRound, byRound, meta.better);
      if (logRatios.length < FEWEST_ROUNDS) continue;
      const { low, high } = trimmedInterval(logRatios);
      const share = Math.expm1(Math.max(-low, high));
      floors[`${cell.id}::${metric}`] = { share, rounds: logRatios.length, runId: manifest.runId };
    }
  }
  return floors;
}

/** Of two measurements the one with more rounds stands; of equals the later one. */
export function mergeFloors(earlier: NoiseFloors, later: NoiseFloors): NoiseFloors {
  const merged: Record<string, NoiseFloor> = { ...earlier };
  for (const [key, floor] of Object.entries(later)) {
    const known = merged[key];
    if (known === undefined || floor.rounds >= known.rounds) merged[key] = floor;
  }
  return merged;
}

/**
 * The floor of a metric of a cell. A cell without a twin of its own takes the worst one known of this metric under
 * the same sandbox and platform. Another sandbox's says nothing: native's start-up of 1 ms varies by more per cent
 * than any sandbox's of 100 ms.
 *
 * @returns as a share; `null` where no A/A run has measured it
 */
export function noiseFloorOf(floors: NoiseFloors, cell: string, metric: string): number | null {
  const own = floors[`${cell}::${metric}`];
  if (own !== undefined) return own.share;
  const [configuration = "", scenario = ""] = cell.split("::");
  const sandbox = configuration.split("/net=")[0]!;
  const alike = Object.entries(floors).filter(
    ([key]) => key.startsWith(`${sandbox}/net=`) && key.endsWith(`::${scenario}::${metric}`),
  );
  return alike.length === 0 ? null : Math.max(...alike.map(([, { share }]) => share));
}
