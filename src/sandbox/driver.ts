/** The one interface behind which native, unshare, runc, runsc and the fake driver stand. */
import type { Configuration } from "../axes/configuration.ts";

/** Limits of one launch. `null` = no limit. */
export type Limits = {
  memoryBytes: number | null;
  pids: number | null;
  /** In CPUs: 1.5 = one and a half. */
  cpus: number | null;
};

/** A folder of the host that the program sees at the same path, in every sandbox as it does natively. */
export type Bind = { path: string; readOnly: boolean };

/** What a cell needs for all its launches. Paths are absolute. */
export type CellRequest = {
  cellId: string;
  config: Configuration;
  scenario: string;
  /** Folder with the program at `/scenario`, `/true` and empty mount points; read-only. */
  rootfs: string;
  /** What follows the program on its command line; nothing where it is left out. */
  args?: readonly string[];
  /** Environment of the program, without the harness's own. */
  env: Record<string, string>;
  /** Private folder of this cell within the run's scratch, already made. */
  workDir: string;
  /** A folder on a real disk that the program sees as its bind mount. */
  bindDir: string;
  /** Further folders of the host, without symbolic links in their paths; a folder stands before those below it. */
  binds: readonly Bind[];
  /** A folder on tmpfs for programs that run without a mount namespace of their own; null if there is none. */
  hostTmpfsDir: string | null;
  /** Named network namespace joined to the peer; only with network=sandbox. */
  netnsPath: string | null;
  limits: Limits;
};

/** What one launch needs beyond its cell. */
type LaunchRequest = {
  /** Unique on this host: `<runId>-<number>`. */
  launchId: string;
  /** Round of the run, from 0; the same again when a run is resumed. */
  round: number;
  /** cgroup folders to join (one a v1 hierarchy, or one on v2); empty = none. */
  cgroupDirs: string[];
};

/** A process to start. */
export type ProcessLaunch = {
  kind: "process";
  argv: string[];
  env: Record<string, string>;
  cwd: string;
  /** Folders to remove once every process is gone. */
  ownedDirs: string[];
};

/** What the guard watches of a launch that is no process; used by the fake driver. */
export type SyntheticIo = {
  stdout(chunk: string): void;
  stderr(chunk: string): void;
  /** Resolves when the guard kills the launch. */
  killed: Promise<void>;
};

/** A launch that only pretends: for tests of the pipeline, never for a figure. */
export type SyntheticLaunch = {
  kind: "synthetic";
  /** Resolves with the exit code (or the signal that ended it). */
  run(io: SyntheticIo): Promise<{ exitCode: number | null; signal: string | null }>;
};

export type Launchable = ProcessLaunch | SyntheticLaunch;

export interface SandboxDriver {
  /** Once a run and cell: bundle, filter. Throws an `SbxError` that says what is wrong. */
  prepare(request: CellRequest): Promise<PreparedCell>;
}

export interface PreparedCell {
  /** Cheap: called before every launch. */
  launch(request: LaunchRequest): Promise<Launchable>;
  /** What this cell had to leave out (rootless: no limits ...). Travels with the result. */
  readonly warnings: string[];
}
