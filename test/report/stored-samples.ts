/** The real runs that are kept with the source, as a report reads them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import type { RunManifest } from "../../src/samples/run-manifest.ts";
import { summarise } from "../../src/stats/summaries/summarise.ts";
import type { Summary } from "../../src/stats/summaries/summary-types.ts";
import { ROOT } from "../house/checkout.ts";

export const SAMPLES = ["sample", "sample-upgrade", "sample-article", "model-data"] as const;

export type StoredSample = { manifest: RunManifest; launches: LaunchRecord[]; summary: Summary };

const read = new Map<string, StoredSample>();

/** Read once a test file: unpacking and summarising one takes 1.5 s. */
export function storedSample(name: (typeof SAMPLES)[number]): StoredSample {
  const known = read.get(name) ?? readSample(name);
  read.set(name, known);
  return known;
}

function readSample(name: (typeof SAMPLES)[number]): StoredSample {
  const dir = join(ROOT, "reports", name);
  const manifest: RunManifest = JSON.parse(readFileSync(join(dir, "run.json"), "utf8"));
  const launches: LaunchRecord[] = gunzipSync(readFileSync(join(dir, "launches.ndjson.gz")))
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { manifest, launches, summary: summarise(manifest, launches) };
}
