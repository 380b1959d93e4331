/** What stands on the host for the probes of one launch to reach. Each is shown to work before it is trusted. */
import type { Canary } from "../catalogue/probe.ts";

/** Where they are: what the probe program is told. Nothing in it is secret. */
export type Targets = {
  dir: string;
  loopbackPort: number;
  abstract: string;
  sentinelPid: number;
  shmKey: number;
  keyName: string;
  handle: string;
  handleType: number;
  diskMajor: number;
  diskMinor: number;
};

export interface Canaries {
  readonly targets: Targets;
  /** What a probe leaves at a canary. */
  readonly nonce: string;
  /** The answer that proves that the host was read; null where it can't be had on this host. */
  expected(of: Extract<Canary, { kind: "answer" }>["of"]): string | null;
  /** Where the nonce has arrived so far. */
  hasArrived(at: Extract<Canary, { kind: "arrival" }>["at"]): boolean;
  isMarked(): boolean;
  wasSignalled(): boolean;
  /** Tries each once more. @returns why it no longer works, by kind; without those that do */
  lost(): Promise<ReadonlyMap<Canary["kind"], string>>;
  remove(): Promise<void>;
}
