import type { Cell, SideName } from "../../plan/cell.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";

export type MeasuredRun = { manifest: RunManifest; launches: readonly LaunchRecord[] };

/**
 * The run as if only what was asked for had been measured: without twins and, of an interleaved run, one side
 * alone under the ids that its cells have in any other run.
 *
 * @param side of an interleaved run; without meaning for others
 */
export function plainRun(run: MeasuredRun, side: SideName = "b"): MeasuredRun {
  const { manifest } = run;
  if (!manifest.cells.some((cell) => cell.side !== undefined || cell.twinOf !== undefined)) return run;
  const ids = new Map<string, string>();
  const cells = manifest.cells.flatMap((cell): Cell[] => {
    if (cell.twinOf !== undefined || (cell.side !== undefined && cell.side !== side)) return [];
    const { side: _side, ...plain } = cell;
    ids.set(cell.id, plainId(cell));
    return [{ ...plain, id: plainId(cell) }];
  });
  const launches = run.launches.flatMap((launch) => {
    const cell = ids.get(launch.cell);
    return cell === undefined ? [] : [{ ...launch, cell }];
  });
  const { sides, runscs, quarantined, ...shared } = manifest;
  const { label: _label, ...described } = sides?.[side] ?? { label: "", ...(runscs && { runscs }) };
  const stopped = (quarantined ?? [])
    .map((entry) => ({ ...entry, cells: entry.cells.flatMap((id) => ids.get(id) ?? []) }))
    .filter((entry) => entry.cells.length > 0);
  const withStopped = stopped.length === 0 ? {} : { quarantined: stopped };
  return { manifest: { ...shared, ...described, ...withStopped, cells }, launches };
}

/** Its id without `a:` or `b:`. */
function plainId(cell: Cell): string {
  return cell.side === undefined ? cell.id : cell.id.slice(cell.side.length + 1);
}
