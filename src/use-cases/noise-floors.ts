/** A/A noise floors as files: `aa.json` beside a run, and what is known of this host in the cache. */
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheDir } from "../base/cache-folder.ts";
import { writeAtomically } from "../base/write-atomically.ts";
import { addMeasurements, type FloorHistory, floorsAt, wellKnownCells } from "../check/floor-history.ts";
import { type FloorMeasurement, type NoiseFloors, noiseFloorsOf } from "../check/noise-floor.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";

const FLOORS_FILE = "aa.json";
/** What the twins of one run say; before there was a history, also what was known of a host. */
const FLOORS_SCHEMA = "sbx-bench/noise-floors@1";
const HISTORY_SCHEMA = "sbx-bench/noise-floors@2";

type FloorsFile =
  | { schema: typeof FLOORS_SCHEMA; floors: Record<string, Partial<FloorMeasurement>> }
  | { schema: typeof HISTORY_SCHEMA; measurements: FloorHistory };

/** What noise floors are known by: a run, or one that is only planned. */
export type FloorOwner = Pick<RunManifest, "preset" | "startedAt"> & { fingerprint: { id: string } };

/** By preset too: another amount of work in a launch has another noise. */
function cacheFile({ fingerprint, preset }: FloorOwner): string {
  return cacheDir("noise-floors", `${fingerprint.id}-${preset}.json`);
}

/** What is known of the host and preset of this run when it was made, with what its own twins say. */
export function floorsFor(manifest: RunManifest, launches: readonly LaunchRecord[]): NoiseFloors {
  const nowMs = startMs(manifest);
  return floorsAt(addMeasurements(knownHistory(manifest), noiseFloorsOf(manifest, launches), nowMs), nowMs);
}

function startMs({ startedAt }: FloorOwner): number {
  return Date.parse(startedAt);
}

/** Empty where nothing is known; a file that can't be read is nothing. */
function knownHistory(manifest: FloorOwner): FloorHistory {
  const path = cacheFile(manifest);
  try {
    const file = JSON.parse(readFileSync(path, "utf8")) as FloorsFile;
    if (file.schema === HISTORY_SCHEMA) return file.measurements;
    return file.schema === FLOORS_SCHEMA ? dated(file.floors, statSync(path).mtime.toISOString()) : {};
  } catch {
    return {};
  }
}

/** Earlier versions kept one measurement, without its time: that is in the run's id, or no later than the file. */
function dated(floors: Record<string, Partial<FloorMeasurement>>, writtenAt: string): FloorHistory {
  return Object.fromEntries(
    Object.entries(floors).map(([key, { share = 0, rounds = 0, runId = "" }]) => {
      const measuredAt = timeOf(runId) ?? writtenAt;
      return [key, [{ share, rounds, disturbed: 0, runId, measuredAt }]];
    }),
  );
}

/** `20261123-231904-1f3a` -> `2026-11-23T23:19:04.000Z`; `null` for an id of another form. */
function timeOf(runId: string): string | null {
  const found = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(runId);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second] = found;
  const time = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  return Number.isNaN(Date.parse(time)) ? null : time;
}

/**
 * Keeps what the twins of a run say, in its folder and for later comparisons on this host.
 * @returns how many metrics that is
 */
export function keepFloors(dir: string, manifest: RunManifest, launches: readonly LaunchRecord[]): number {
  const own = noiseFloorsOf(manifest, launches);
  const count = Object.keys(own).length;
  if (count === 0) return 0;
  const measurements = addMeasurements(knownHistory(manifest), own, startMs(manifest));
  write(join(dir, FLOORS_FILE), manifest, { schema: FLOORS_SCHEMA, floors: own });
  write(cacheFile(manifest), manifest, { schema: HISTORY_SCHEMA, measurements });
  return count;
}

function write(file: string, { fingerprint, preset }: RunManifest, content: FloorsFile): void {
  const { schema, ...rest } = content;
  mkdirSync(dirname(file), { recursive: true });
  const whole = { schema, fingerprint: fingerprint.id, preset, ...rest };
  writeAtomically(file, `${JSON.stringify(whole, null, 1)}\n`);
}

/** Whether the cache knows a cell's noise floor, of any metric, well enough for this run to go without its twin. */
export function hasFloor(manifest: FloorOwner): (cell: string) => boolean {
  const cells = wellKnownCells(knownHistory(manifest), startMs(manifest));
  return (cell) => cells.has(cell);
}
