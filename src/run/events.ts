/** What a run tells whoever watches it. Data only: how it looks is decided elsewhere. */
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { QuarantinedStart } from "../samples/run-manifest.ts";

export type RunEvent =
  | { type: "preparing"; what: string }
  | {
      type: "start";
      runId: string;
      dir: string;
      cells: number;
      launches: number;
      alreadyDone: number;
      etaMs: number;
    }
  | { type: "launch"; cell: string; round: number; done: number; of: number; etaMs: number }
  | { type: "launched"; record: LaunchRecord; done: number; of: number; etaMs: number }
  | { type: "quarantined"; cell: string; reason: string }
  /** A launch did not come to its first line; a trivial program is to tell whose fault that is. */
  | { type: "trying"; what: string; cell: string }
  | { type: "stopped-starting"; entry: QuarantinedStart }
  | { type: "swept"; runId: string; what: string[]; failed: string[] }
  /** Nothing more is launched, and everything is cleaned up. */
  | { type: "end" }
  | { type: "warning"; message: string };

export type RunObserver = (event: RunEvent) => void;
