/** A process of the host for probes to find: `sbx-probe sentinel`. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readlinkSync } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";
import { SbxError } from "../../base/errors.ts";
import { RUN_ENV } from "../../run/environment/launch-env.ts";

const LIMIT_MS = 5000;

const placedSchema = z.object({
  type: z.literal("placed"),
  pid: z.number(),
  shmKey: z.number(),
  keyName: z.string(),
  handle: z.string(),
  handleType: z.number(),
});
export type Placed = z.infer<typeof placedSchema>;

export class Sentinel {
  readonly placed: Placed;
  #signals = 0;
  /** Signals of the harness's own, to see that they arrive. */
  #ownSignals = 0;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, placed: Placed) {
    this.#child = child;
    this.placed = placed;
  }

  /** @throws SbxError (exit code 4) when it can't be started */
  static async start(
    program: string,
    values: { secret: string; nonce: string; file: string; runId: string },
  ): Promise<Sentinel> {
    const { secret, nonce, file, runId } = values;
    const child = spawn(program, ["sentinel"], {
      env: { SBX_SECRET: secret, SBX_NONCE: nonce, SBX_FILE: file, [RUN_ENV]: runId },
      stdio: ["pipe", "pipe", "ignore"],
      // Ctrl-C at the terminal is the harness's.
      detached: true,
    });
    child.stdin?.on("error", () => {});
    const lines = createInterface({ input: child.stdout! });
    const first = await Promise.race([
      once(lines, "line").then(([line]) => String(line)),
      once(child, "error").then(([error]) => String(error)),
      once(child, "exit").then(() => "it ended at once"),
      new Promise<string>((resolve) => setTimeout(resolve, LIMIT_MS, "it said nothing").unref()),
    ]);
    const placed = parsePlaced(first);
    if (placed === null) {
      child.kill("SIGKILL");
      throw new SbxError({
        what: "The process that probes look for on the host could not be started",
        why: first,
        fix: "Probes need System V shared memory on the host (kernel.shmmni).",
        exitCode: 4,
      });
    }
    const sentinel = new Sentinel(child, placed);
    lines.on("line", (line) => {
      if (line.includes('"signalled"')) sentinel.#signals += 1;
    });
    return sentinel;
  }

  /** By somebody else than the harness. */
  get wasSignalled(): boolean {
    return this.#signals > this.#ownSignals;
  }

  /** @returns why it can no longer be trusted; null = a signal arrives, and its descriptors are seen */
  async broken(): Promise<string | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return "the sentinel has ended";
    if (!showsDescriptors(this.placed.pid)) return "descriptors of processes can't be read in /proc";
    const wanted = this.#signals + 1;
    this.#ownSignals += 1;
    this.#child.kill("SIGUSR1");
    const limit = Date.now() + LIMIT_MS;
    while (this.#signals < wanted) {
      if (Date.now() > limit) return "the sentinel does not tell its signals";
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return null;
  }

  /** Its end takes key, shared memory and host name along. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
      // Killed by somebody, it took nothing back.
      if (this.#child.signalCode !== null) removeSharedMemory(this.placed.shmKey);
      return;
    }
    const ended = once(this.#child, "exit");
    this.#child.stdin?.end();
    const late = setTimeout(() => this.#child.kill("SIGKILL"), LIMIT_MS);
    await ended;
    clearTimeout(late);
  }
}

function removeSharedMemory(key: number): void {
  spawnSync("ipcrm", ["-M", String(key)], { timeout: LIMIT_MS, stdio: "ignore" });
}

function parsePlaced(line: string): Placed | null {
  try {
    return placedSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** It holds an eventfd for this. */
function showsDescriptors(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`) === "anon_inode:[eventfd]";
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}
