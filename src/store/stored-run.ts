import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";

/** Something of a file that could not be used, for people: `FILE:LINE: message`. */
export type Skipped = { file: string; line: number | null; message: string };

/** A run or a baseline, as read from disk: what `report` shows and what `compare` takes. */
export type StoredRun = {
  kind: "run" | "baseline";
  /** A run's id, or a baseline's name. */
  label: string;
  /** Folder of the run, or file of the baseline. */
  path: string;
  manifest: RunManifest;
  /** In the order in which they were written. Of a baseline: reduced, see `reduceLaunches`. */
  launches: LaunchRecord[];
  /** Lines that are no launch; they are left out of `launches`. */
  skipped: Skipped[];
  /** What a user has to know about how it was found. */
  remark: string | null;
};

/** `launches.ndjson:17: schema sbx-bench/launch@9, not sbx-bench/launch@1` */
export function skippedText({ file, line, message }: Skipped): string {
  return line === null ? `${file}: ${message}` : `${file}:${line}: ${message}`;
}
