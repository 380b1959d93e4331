/** Runs on disk, as small as a test needs them. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, vi } from "vitest";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import type { RunManifest } from "../../src/samples/run-manifest.ts";
import type { StoredRun } from "../../src/store/stored-run.ts";
import { cell, launch, manifest, metricMeta, NATIVE, opSample, RUNSC } from "../stats/records.ts";

export const LAUNCHES = "launches.ndjson";

/** A folder a test, with a cache of its own. */
export function folders(): () => { out: string; baselines: string } {
  const root = mkdtempSync(join(tmpdir(), "sbx-store-"));
  let number = 0;
  beforeEach(() => {
    number++;
    vi.stubEnv("XDG_CACHE_HOME", join(root, String(number), "cache"));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true, force: true });
  });
  return () => ({
    out: join(root, String(number), "reports"),
    baselines: join(root, String(number), "baselines"),
  });
}

/** A launch of `getpid` whose warm-up lies in the first quarter; its value is the rest's level. */
export function getpidLaunch(round: number, level: number, parts: Partial<LaunchRecord> = {}): LaunchRecord {
  const batches = Array.from({ length: 40 }, (_, index) =>
    index < 10 ? level * 3 + (index % 3) : level + (index % 5) * 0.01,
  );
  return launch(RUNSC, round, { ops: [opSample("getpid", { batches, median: level * 1.4 })], ...parts });
}

/** Two cells, of which native is not measured, and a metric that the host takes. */
export function twoCells(parts: Partial<RunManifest> = {}): RunManifest {
  return manifest([cell(NATIVE, "syscalls", "excluded"), cell(RUNSC, "syscalls")], {
    metrics: {
      syscalls: [metricMeta("getpid"), metricMeta("ready"), metricMeta("pss@idle", { unit: "bytes" })],
    },
    ...parts,
  });
}

export function stored(manifest: RunManifest, launches: LaunchRecord[]): StoredRun {
  return {
    kind: "run",
    label: manifest.runId,
    path: "somewhere",
    manifest,
    launches,
    skipped: [],
    remark: null,
  };
}

/** @returns the run's folder */
export function writeRun(out: string, manifest: RunManifest, launches: readonly LaunchRecord[]): string {
  const dir = join(out, manifest.runId);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "run.json"), JSON.stringify(manifest));
  writeFileSync(join(dir, LAUNCHES), launches.map((record) => `${JSON.stringify(record)}\n`).join(""));
  return dir;
}

export function appendText(dir: string, text: string): void {
  appendFileSync(join(dir, LAUNCHES), text);
}
