/** What launches took on this host, for the next plan's time estimate. Losing it costs nothing but precision. */
import { mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { cacheDir } from "../../base/cache-folder.ts";
import { writeAtomically } from "../../base/write-atomically.ts";
import type { LearnedDurations } from "../../plan/estimate.ts";

/** By fingerprint and preset: another host, runsc or amount of work takes another time. */
function durationsFile(fingerprintId: string, preset: string): string {
  return cacheDir("durations", `${fingerprintId}-${preset}.json`);
}

export function readDurations(fingerprintId: string, preset: string): LearnedDurations {
  try {
    return JSON.parse(readFileSync(durationsFile(fingerprintId, preset), "utf8")) as LearnedDurations;
  } catch {
    return {};
  }
}

export function writeDurations(fingerprintId: string, preset: string, durations: LearnedDurations): void {
  const file = durationsFile(fingerprintId, preset);
  mkdirSync(dirname(file), { recursive: true });
  writeAtomically(file, JSON.stringify(durations));
}
