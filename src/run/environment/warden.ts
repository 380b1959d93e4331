/** A small process that ends bare launches when the harness is killed: nothing else would. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";

/** Each line names the process groups that are under way, the last line counts. The harness's death ends the input. */
const SCRIPT = `
while read -r line; do groups=$line; done
for group in $groups; do kill -s KILL -- "-$group"; done`;

/**
 * Sandboxes die with the harness (PR_SET_PDEATHSIG, see sandbox/envelope.ts). Natively nothing may stand between the
 * program and the host, so a SIGKILL of the harness would leave it running until the next command sweeps.
 */
export class Warden {
  readonly #groups = new Set<number>();
  #child: ChildProcess | null = null;

  /** @param group of processes, by its leader's pid */
  watch(group: number): void {
    this.#groups.add(group);
    this.#child ??= startWarden();
    this.#tell();
  }

  /** Every process of it has ended or been killed. */
  release(group: number): void {
    if (this.#groups.delete(group)) this.#tell();
  }

  close(): void {
    this.#groups.clear();
    this.#tell();
    this.#child?.stdin?.end();
    this.#child = null;
  }

  #tell(): void {
    this.#child?.stdin?.write(`${[...this.#groups].join(" ")}\n`);
  }
}

function startWarden(): ChildProcess {
  // A session of its own, so that no signal of the terminal ends it; no environment, so that it carries no run's mark.
  const child = spawn("/bin/sh", ["-c", SCRIPT, "sbx-warden"], {
    cwd: "/",
    env: { PATH: "/usr/bin:/bin" },
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  // Without it a launch goes on as before; the next command sweeps.
  child.on("error", () => {});
  child.stdin.on("error", () => {});
  child.unref();
  (child.stdin as Socket).unref();
  return child;
}
