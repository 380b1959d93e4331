/** One emulated machine for the tests of a file: booted before them, and read by them. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { readLaunchLog } from "../../src/samples/launch-log.ts";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import type { Summary } from "../../src/stats/summaries/summary-types.ts";
import { bootGuest, type GuestOptions, type GuestOutcome } from "./boot.ts";
import { makeDisk } from "./disk.ts";
import type { Ended } from "./inside/command.ts";
import { findParts, type GuestKernel } from "./parts.ts";
import { KEEP_VARIABLE } from "./variables.ts";

/** A run that was made in the guest. */
export type GuestRun = Ended & { seconds: number; summary: Summary; launches: LaunchRecord[]; dir: string };

export class Guest {
  readonly outcome: GuestOutcome;

  constructor(outcome: GuestOutcome) {
    this.outcome = outcome;
  }

  /** What a step left. */
  step<T>(name: string): T & { seconds: number } {
    try {
      return JSON.parse(readFileSync(join(this.outcome.out, `${name}.json`), "utf8"));
    } catch (error) {
      throw new Error(`the guest did not come to "${name}":\n${this.outcome.said}\n${this.outcome.console}`, {
        cause: error,
      });
    }
  }

  run(name: string): GuestRun {
    const ended = this.step<Ended>(name);
    if (!ended.out.startsWith("{")) throw new Error(`no summary; exit code ${ended.code}\n${ended.err}`);
    const summary = JSON.parse(ended.out) as Summary;
    const dir = join(this.outcome.out, "runs", summary.runId);
    return { ...ended, summary, launches: readLaunchLog(join(dir, "launches.ndjson")).records, dir };
  }
}

/** What the guests of this process boot from; null where something of it is missing. */
const parts = findParts();
/** Why no guest can be booted here; null where one can. */
export const whyNoGuest: string | null = typeof parts === "string" ? parts : null;
export const kernels: GuestKernel[] = typeof parts === "string" ? [] : parts.kernels;

export function useGuest(
  options: Pick<GuestOptions, "cgroup" | "steps" | "limitMs"> & { kernel: GuestKernel | undefined },
): { current: Guest } {
  const holder = {} as { current: Guest };
  let dir = "";
  beforeAll(async () => {
    const { kernel } = options;
    if (typeof parts === "string" || kernel === undefined) return;
    dir = mkdtempSync(join(tmpdir(), "sbx-guest-"));
    const disk = await makeDisk(parts, dir);
    holder.current = new Guest(await bootGuest({ ...options, parts, kernel, disk, dir: join(dir, "guest") }));
    const keep = process.env[KEEP_VARIABLE];
    const name = `${kernel.release}-${options.cgroup}`;
    if (keep !== undefined) cpSync(holder.current.outcome.out, join(keep, name), { recursive: true });
  }, options.limitMs + 60_000);
  afterAll(() => {
    if (dir !== "") rmSync(dir, { recursive: true, force: true });
  });
  return holder;
}
