/** What a launch is asked for. */
import type { Readable } from "node:stream";
import type { Cgroups } from "../../probe/cgroups.ts";
import type { Limits } from "../../sandbox/driver.ts";
import type { Ledger } from "../environment/ledger.ts";
import type { Warden } from "../environment/warden.ts";
import type { DriveSetting } from "../load/drive.ts";
import type { GuardHooks, GuardLimits } from "./guard.ts";

/** What the launches of one environment share. */
export type LaunchHost = {
  ledger: Ledger;
  cgroups: Cgroups;
  /** Folders in which a runtime may make a cgroup named after the launch. */
  cgroupBases: readonly string[];
  /** Ends what no sandbox ties to the harness. */
  warden: Pick<Warden, "watch" | "release">;
};

/** How a launch and its program talk. */
export type ProgramTalk = {
  /** The program prints the measuring protocol (docs/protocol.md); otherwise it may print what it likes. */
  speaksProtocol: boolean;
  /** What a program that does not speak the protocol reads from stdin, to its end; the other gets its marks answered. */
  input?: string | Uint8Array | Readable | undefined;
  /** All that it prints, as it is read, until the limit of its output. */
  onOutput?: GuardHooks["onOutput"];
};

export type LaunchRequest = {
  /** Unique on this host. */
  launchId: string;
  /** Of the run; what the fake driver varies by. */
  round: number;
  /** Of its cgroup; `null` = it gets none (native, fake, a caller that is not root). */
  cgroupLimits: Limits | null;
  guard: GuardLimits;
  talk: ProgramTalk;
  /** How the server that the program starts is driven; `null` where it starts none. */
  drive: DriveSetting | null;
  /** Ends it early. */
  abort: AbortSignal;
};
