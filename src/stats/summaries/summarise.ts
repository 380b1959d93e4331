import { cellId } from "../../plan/cell.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { HarnessTime, RunManifest } from "../../samples/run-manifest.ts";
import { type CellData, cellData } from "./cell-data.ts";
import { plainRun } from "./plain-run.ts";
import { summariseCell } from "./summarise-cell.ts";
import { SUMMARY_SCHEMA, type Summary } from "./summary-types.ts";

/**
 * The summary of a run: what `summary.json` holds and every report shows.
 *
 * Cells come in the manifest's order, those that did not run with their reason. Launches of a cell that the
 * manifest does not know are left out, and twins too. Of an interleaved run side b, the new one, is summarised.
 *
 * @param launches records of the run in any order, also of a run that was interrupted
 */
export function summarise(runManifest: RunManifest, runLaunches: readonly LaunchRecord[]): Summary {
  const { manifest, launches } = plainRun({ manifest: runManifest, launches: runLaunches });
  const byCell = Map.groupBy(launches, (launch) => launch.cell);
  const stopped = (id: string) => manifest.quarantined?.find((entry) => entry.cells.includes(id))?.reason;
  const cells = manifest.cells.map((cell) =>
    cellData(cell, byCell.get(cell.id) ?? [], manifest.metrics[cell.scenario] ?? [], stopped(cell.id)),
  );
  const byPlace = new Map(cells.map((data) => [place(data), data]));
  return {
    schema: SUMMARY_SCHEMA,
    runId: manifest.runId,
    baseline: manifest.baseline,
    rounds: manifest.rounds,
    seed: manifest.seed,
    preset: manifest.preset,
    startedAt: manifest.startedAt,
    endedAt: manifest.endedAt,
    toolVersion: manifest.toolVersion,
    emulated: manifest.emulated,
    host: {
      fingerprint: manifest.fingerprint.id,
      fields: manifest.fingerprint.fields,
      notes: manifest.hostNotes,
    },
    versions: manifest.versions,
    ...(manifest.filters === undefined ? {} : { filters: manifest.filters }),
    harness: { ...manifest.harness, overheadShare: overheadShare(manifest.harness) },
    warnings: runWarnings(manifest),
    quarantined: manifest.quarantined ?? [],
    cells: cells.map((data) =>
      summariseCell(data, manifest, (configuration) =>
        byPlace.get(`${configuration}::${data.cell.scenario}`),
      ),
    ),
  };
}

function place({ cell }: CellData): string {
  return cellId(cell.config, cell.scenario);
}

/** Share of the wall time in which no launch was under way; 0 before anything ran. */
function overheadShare({ wallMs, launchMs }: HarnessTime): number {
  return wallMs > 0 ? 1 - launchMs / wallMs : 0;
}

function runWarnings(manifest: RunManifest): string[] {
  const stopped = (manifest.quarantined ?? []).map(({ reason }) => `quarantined: ${reason}`);
  const warnings = [...manifest.warnings, ...stopped];
  if (!manifest.emulated) return warnings;
  return [...warnings, "emulated: the processor is emulated, so no figure here is performance"];
}
