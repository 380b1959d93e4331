/** Places the canaries of one launch, and shows that each of them works. */
import { randomBytes } from "node:crypto";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SbxError } from "../../base/errors.ts";
import type { Canary } from "../catalogue/probe.ts";
import type { Canaries, Targets } from "./canaries.ts";
import { diskAnswer, diskBelow, symbolsAnswer, writeLog } from "./host-answers.ts";
import { Listeners } from "./listeners.ts";
import { Sentinel } from "./sentinel.ts";

const random = () => randomBytes(16).toString("hex");

/**
 * @param dir an empty folder of the harness's
 * @param program path of the built `sbx-probe`
 * @throws SbxError (exit code 4) when one can't be placed: a probe without its canary would prove nothing
 */
export async function placeCanaries(dir: string, program: string, runId: string): Promise<Canaries> {
  const [secret, nonce] = [random(), random()];
  const [secretFile, markFile] = [join(dir, "secret"), join(dir, "mark")];
  writeFileSync(secretFile, secret);
  writeFileSync(markFile, "");
  chmodSync(dir, 0o755);
  chmodSync(secretFile, 0o444);
  // Whoever is let in may write: the sandbox has to keep them out, not the mode.
  chmodSync(markFile, 0o666);
  const abstract = `sbx-${random()}`;
  const listeners = new Listeners(nonce);
  let sentinel: Sentinel | null = null;
  try {
    await listeners.open(dir, abstract);
    sentinel = await Sentinel.start(program, { secret, nonce, file: secretFile, runId });
    const disk = diskBelow(dir);
    const { pid, ...placed } = sentinel.placed;
    const targets: Targets = {
      ...placed,
      dir,
      abstract,
      loopbackPort: listeners.port,
      sentinelPid: pid,
      diskMajor: disk.major,
      diskMinor: disk.minor,
    };
    const canaries = new PlacedCanaries(
      targets,
      nonce,
      { secret, disk, secretFile, markFile },
      listeners,
      sentinel,
    );
    const broken = await canaries.lost();
    if (broken.size > 0) throw notWorking([...broken.values()].join("; "));
    return canaries;
  } catch (error) {
    listeners.close();
    await sentinel?.stop();
    throw error instanceof SbxError
      ? error
      : notWorking(error instanceof Error ? error.message : String(error));
  }
}

type Hidden = {
  secret: string;
  disk: { major: number; minor: number };
  secretFile: string;
  markFile: string;
};

class PlacedCanaries implements Canaries {
  readonly targets: Targets;
  readonly nonce: string;
  readonly #hidden: Hidden;
  readonly #listeners: Listeners;
  readonly #sentinel: Sentinel;
  readonly #hasLog: boolean;

  constructor(targets: Targets, nonce: string, hidden: Hidden, listeners: Listeners, sentinel: Sentinel) {
    this.targets = targets;
    this.nonce = nonce;
    this.#hidden = hidden;
    this.#listeners = listeners;
    this.#sentinel = sentinel;
    this.#hasLog = writeLog(nonce, hidden.secret);
  }

  expected(of: Extract<Canary, { kind: "answer" }>["of"]): string | null {
    const { secret, disk } = this.#hidden;
    switch (of) {
      case "secret":
        return secret;
      case "log":
        return this.#hasLog ? secret : null;
      case "symbols":
        return symbolsAnswer(this.nonce);
      case "disk":
        return diskAnswer(disk, this.nonce);
    }
  }

  hasArrived(at: Extract<Canary, { kind: "arrival" }>["at"]): boolean {
    return this.#listeners.hasArrived(at);
  }

  isMarked(): boolean {
    return readFileSync(this.#hidden.markFile, "latin1").includes(this.nonce);
  }

  wasSignalled(): boolean {
    return this.#sentinel.wasSignalled;
  }

  async lost(): Promise<ReadonlyMap<Canary["kind"], string>> {
    const lost = new Map<Canary["kind"], string>();
    const { secret, secretFile, markFile } = this.#hidden;
    if (textOf(secretFile) !== secret) lost.set("answer", `${secretFile} is gone or changed`);
    if (textOf(markFile) === null) lost.set("mark", `${markFile} is gone`);
    const place = await this.#listeners.broken(random());
    if (place !== null) lost.set("arrival", `the ${place} listener does not answer`);
    const sentinel = await this.#sentinel.broken();
    if (sentinel !== null) {
      for (const kind of ["signal", "held", "answer", "orphan"] as const) lost.set(kind, sentinel);
    }
    return lost;
  }

  async remove(): Promise<void> {
    this.#listeners.close();
    await this.#sentinel.stop();
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return null;
  }
}

function notWorking(why: string): SbxError {
  return new SbxError({
    what: "What the probes would show by that they reached the host does not work",
    why,
    fix: "Look at what it says; without working canaries nothing can be said of a sandbox.",
    exitCode: 4,
  });
}
