/** What `exec` is asked for, and what comes of it. */
import type { Readable } from "node:stream";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { LaunchPeaks } from "../../run/environment/launch-peaks.ts";
import type { ModeName } from "../../script/modes.ts";

export type ExecRequest = {
  /** Its matrix and limits; the matrix has to come to one configuration. */
  config: ResolvedConfig;
  /** Path of the Go file. */
  script: string;
  mode: ModeName;
  args: readonly string[];
  /** Absolute paths of folders that it finds at the same place, `:rw` behind those that it may write to. */
  binds: readonly string[];
  /** Of mode yaegi: packages beyond the usual ones. */
  packages: readonly string[];
  /** Of mode go-run: whether the build cache is filled before, by a build of the same script. */
  goCache: "warm" | "cold";
  /** What the script reads; `null` = nothing. */
  input: Readable | null;
  /** All that the script prints, as it is read, until the limit. The bytes are the script's own: hostile. */
  onOutput(stream: "stdout" | "stderr", bytes: Buffer, from: OutputSource): void;
};

export type OutputSource = { script: string; sandboxId: string };

/** How it ended. `limit`: of time or output; a memory limit shows as a kill of the kernel's. */
export type Ending =
  | { kind: "exit"; code: number }
  | { kind: "signal"; signal: string }
  /** The mode cannot run the script; it was not begun. */
  | { kind: "unsupported" }
  | { kind: "time-limit" | "output-limit" | "output-held-open" | "aborted" };

export type Executed = {
  script: string;
  mode: ModeName;
  configuration: string;
  ending: Ending;
  /** Why it did not end by itself, or ended otherwise than with 0; `null` = it ended with 0. */
  reason: string | null;
  cost: {
    /** Making the program, before the sandbox; small where it was made before. */
    buildNs: number;
    /** Making it ready inside the sandbox, in `wallNs`; `null` = nothing is to be made there. */
    readyNs: number | null;
    /** From the start of the sandbox to its end. */
    wallNs: number;
    /** Until the first byte of output; `null` = it printed nothing. */
    firstOutputNs: number | null;
    /** Of the sandbox and all in it; `null` where it is not counted. */
    cpuNs: number | null;
    peaks: LaunchPeaks;
    stdoutBytes: number;
    stderrBytes: number;
  };
  /** What a reader of the figures has to know. */
  warnings: readonly string[];
};
