/** A/A noise floors as files: `aa.json` beside a run, and what is known of this host in the cache. */
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheDir } from "../base/cache-folder.ts";
import { writeAtomically } from "../base/write-atomically.ts";
import { FLOORS_SCHEMA, mergeFloors, type NoiseFloors, noiseFloorsOf } from "../check/noise-floor.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";

const FLOORS_FILE = "aa.json";

type FloorsFile = { schema: typeof FLOORS_SCHEMA; fingerprint: string; preset: string; floors: NoiseFloors };

/** By preset too: another amount of work in a launch has another noise. */
function cacheFile({ fingerprint, preset }: RunManifest): string {
  return cacheDir("noise-floors", `${fingerprint.id}-${preset}.json`);
}

/** What is known of the host and preset of this run, with what its own twins say. */
export function floorsFor(manifest: RunManifest, launches: readonly LaunchRecord[]): NoiseFloors {
  return mergeFloors(knownFloors(manifest), noiseFloorsOf(manifest, launches));
}

/** Empty where nothing is known; a file that can't be read is nothing. */
function knownFloors(manifest: RunManifest): NoiseFloors {
  try {
    const file = JSON.parse(readFileSync(cacheFile(manifest), "utf8")) as FloorsFile;
    return file.schema === FLOORS_SCHEMA ? file.floors : {};
  } catch {
    return {};
  }
}

/**
 * Keeps what the twins of a run say, in its folder and for later comparisons on this host.
 * @returns how many metrics that is
 */
export function keepFloors(dir: string, manifest: RunManifest, launches: readonly LaunchRecord[]): number {
  const own = noiseFloorsOf(manifest, launches);
  const count = Object.keys(own).length;
  if (count === 0) return 0;
  writeFloors(join(dir, FLOORS_FILE), manifest, own);
  writeFloors(cacheFile(manifest), manifest, mergeFloors(knownFloors(manifest), own));
  return count;
}

function writeFloors(file: string, { fingerprint, preset }: RunManifest, floors: NoiseFloors): void {
  const content: FloorsFile = { schema: FLOORS_SCHEMA, fingerprint: fingerprint.id, preset, floors };
  mkdirSync(dirname(file), { recursive: true });
  writeAtomically(file, `${JSON.stringify(content, null, 1)}\n`);
}

/** Whether the cache knows a noise floor of a cell, of any metric. */
export function hasFloor(manifest: RunManifest): (cell: string) => boolean {
  const cells = new Set(Object.keys(knownFloors(manifest)).map((key) => key.slice(0, key.lastIndexOf("::"))));
  return (cell) => cells.has(cell);
}
