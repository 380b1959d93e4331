/**
 * A lane is where one launch at a time runs. Two launches at once are in two lanes, so that neither sees the folders
 * or the wire of the other; one after another they share the first, as the launches of a run do.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BuildHelper } from "./helpers.ts";
import type { Ledger } from "./ledger.ts";
import { makeOnTmpfs, type Scratch } from "./scratch.ts";
import { Wire } from "./wire.ts";

export class Lane {
  readonly number: number;
  isFree = true;
  /** runsc took the address off the wire for its own stack. */
  wireNeedsAddress = false;
  readonly #ledger: Ledger;
  readonly #scratch: Scratch;
  readonly #buildHelper: BuildHelper;
  #wire: Promise<Wire> | null = null;
  #tmpfsDir: string | null | undefined;

  constructor(number: number, scratch: Scratch, ledger: Ledger, buildHelper: BuildHelper) {
    this.number = number;
    this.#scratch = scratch;
    this.#ledger = ledger;
    this.#buildHelper = buildHelper;
  }

  /** The first one's names are those of a run, which has no other. */
  nameOf(name: string): string {
    return this.number === 0 ? name : `${name}-lane-${this.number}`;
  }

  /** For programs without a mount namespace of their own; null where the host has no tmpfs. */
  get tmpfsDir(): string | null {
    if (this.number === 0) return this.#scratch.tmpfsDir;
    if (this.#tmpfsDir === undefined) {
      this.#tmpfsDir = makeOnTmpfs(this.#ledger, this.nameOf(this.#ledger.runId));
    }
    return this.#tmpfsDir;
  }

  get hasWire(): boolean {
    return this.#wire !== null;
  }

  /** Made when it is first asked for; one that failed is not tried again. @throws SbxError (exit code 4) */
  wire(): Promise<Wire> {
    this.#wire ??= this.#makeWire();
    return this.#wire;
  }

  async #makeWire(): Promise<Wire> {
    const dir = this.number === 0 ? this.#scratch.dir : join(this.#scratch.dir, this.nameOf("wire"));
    mkdirSync(dir, { recursive: true });
    return Wire.create(await this.#buildHelper("sbx-netns"), dir, this.#ledger);
  }

  /** The command line of the load generator, where it can reach what this lane launches. */
  async loadGenerator(isWired: boolean): Promise<string[]> {
    const program = await this.#buildHelper("sbx-load");
    return isWired ? (await this.wire()).atPeer(program) : [program];
  }

  /** @throws SbxError (exit code 4) when the address can't be given back */
  async readyWire(): Promise<void> {
    if (!this.wireNeedsAddress) return;
    await (await this.wire()).restore();
    this.wireNeedsAddress = false;
  }

  /** What fails here stands in the ledger. */
  async remove(): Promise<void> {
    try {
      await (await this.#wire)?.remove();
    } catch {
      // Its namespaces are removed as the ledger has them.
    }
  }
}

export class Lanes {
  readonly #lanes: Lane[] = [];
  readonly #make: (number: number) => Lane;

  constructor(make: (number: number) => Lane) {
    this.#make = make;
  }

  at(number: number): Lane {
    for (let next = this.#lanes.length; next <= number; next += 1) this.#lanes.push(this.#make(next));
    return this.#lanes[number]!;
  }

  /** The first free one that is ready already, else the first free one. */
  take(isReady: (lane: Lane) => boolean): Lane {
    const free = this.#lanes.filter((lane) => lane.isFree);
    const lane = free.find(isReady) ?? free[0] ?? this.at(this.#lanes.length);
    lane.isFree = false;
    return lane;
  }

  async remove(): Promise<void> {
    for (const lane of this.#lanes) await lane.remove();
  }
}
