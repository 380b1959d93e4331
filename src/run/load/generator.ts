/** The load generator's process: started before the launch, so that it is warm, and told to begin when the server is. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { RUN_ENV } from "../environment/launch-env.ts";
import type { Ledger } from "../environment/ledger.ts";
import { identify, killNow } from "../launch/process-tree.ts";
import { type LoadEvent, parseEvent } from "./events.ts";
import type { GeneratorPlan } from "./plan.ts";

export class Generator {
  readonly #child: ChildProcess;
  #stderr = "";

  /** @param command the generator, with what brings it into the far end's network namespace before it */
  constructor(command: readonly string[], plan: GeneratorPlan, ledger: Ledger) {
    const [program = "", ...args] = command;
    this.#child = spawn(program, args, {
      env: { PATH: process.env.PATH ?? "/usr/bin:/bin", [RUN_ENV]: ledger.runId },
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
    });
    // It says itself what it died of.
    this.#child.on("error", (error) => {
      this.#stderr += error.message;
    });
    this.#child.stdin?.on("error", () => {});
    this.#child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      this.#stderr = (this.#stderr + chunk).slice(-2000);
    });
    const self = this.#child.pid === undefined ? null : identify(this.#child.pid);
    if (self !== null) ledger.add({ kind: "process", process: self });
    this.#child.stdin?.write(`${JSON.stringify(plan)}\n`);
  }

  begin(): void {
    this.#child.stdin?.write("\n");
  }

  /** Everything that it says, as it comes; ends with it. A `failed` of kind `generator` is its own death. */
  async *events(): AsyncGenerator<LoadEvent> {
    const { stdout } = this.#child;
    let last: LoadEvent["type"] | null = null;
    if (stdout !== null) {
      for await (const line of createInterface({ input: stdout })) {
        const event = parseEvent(line);
        last = event.type;
        yield event;
      }
    }
    if (last === "done" || last === "failed") return;
    const detail = this.#stderr.trim() || "it ended without a word";
    yield { type: "failed", kind: "generator", detail };
  }

  async end(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const ended = once(this.#child, "exit");
    killNow(pid);
    await ended;
  }
}
