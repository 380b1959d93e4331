/** One side of a comparison: its cells with their values, ready to be held against the other's. */
import type { SideName } from "../plan/cell.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import { type CellData, cellData } from "../stats/summaries/cell-data.ts";
import { plainRun } from "../stats/summaries/plain-run.ts";
import type { ComparedSide } from "./comparison-types.ts";

/** A stored run or baseline, under the name that people know it by. */
export type StoredSide = { label: string; manifest: RunManifest; launches: readonly LaunchRecord[] };

export type Side = {
  described: ComparedSide;
  manifest: RunManifest;
  /** By cell id, in the order of the plan. */
  cells: ReadonlyMap<string, CellData>;
};

/** @param side of an interleaved run: which of the two; of others without meaning */
export function sideOf(stored: StoredSide, side: SideName = "b"): Side {
  const { manifest, launches } = plainRun(stored, side);
  const byCell = Map.groupBy(launches, (launch) => launch.cell);
  const cells = manifest.cells.map((cell) =>
    cellData(cell, byCell.get(cell.id) ?? [], manifest.metrics[cell.scenario] ?? []),
  );
  return {
    described: {
      label: stored.label,
      runId: manifest.runId,
      startedAt: manifest.startedAt,
      fingerprintId: manifest.fingerprint.id,
      toolVersion: manifest.toolVersion,
      versions: manifest.versions,
    },
    manifest,
    cells: new Map(cells.map((data) => [data.cell.id, data])),
  };
}

/** Launched at least once, well or not. */
export function wasLaunched({ good, failed }: CellData): boolean {
  return good.length + failed.length > 0;
}
