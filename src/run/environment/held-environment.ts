/** The handle on a held environment: prepares workloads, and launches them, many at a time. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { configurationId } from "../../axes/axes.ts";
import type { Configuration } from "../../axes/configuration.ts";
import { isGVisor } from "../../axes/sandbox.ts";
import type { RunObserver } from "../events.ts";
import { launchOnce } from "../launch/launch-once.ts";
import type { LaunchOutcome } from "../launch/launch-outcome.ts";
import type { LaunchHost, ProgramTalk } from "../launch/launch-request.ts";
import { firstAbort } from "./first-abort.ts";
import { rememberHelpers } from "./helpers.ts";
import { joinCostNote } from "./join-cost.ts";
import { Lane, Lanes } from "./lane.ts";
import { makeNullNetns } from "./null-netns.ts";
import { PreparedWorkload } from "./prepared-workload.ts";
import type { Scratch } from "./scratch.ts";
import type { LaunchingHost, PrepareOptions, SandboxSettings, Workload } from "./workload.ts";
import { driverFor } from "./workload-driver.ts";

export type LaunchOptions = {
  /** By default those that it was prepared with. */
  launchMs?: number;
  outputBytes?: number;
  talk?: ProgramTalk;
  /** Ends this launch early. */
  abort?: AbortSignal;
  /** Of a run: its round, and the number of the launch in it. By default they are counted here. */
  place?: { round: number; number: number };
};

export class HeldEnvironment {
  readonly #host: LaunchingHost;
  readonly #launchHost: LaunchHost;
  readonly #scratch: Scratch;
  readonly #observe: RunObserver;
  readonly #lanes: Lanes;
  readonly #buildHelper = rememberHelpers();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();
  #nullNetns: Promise<void> | null = null;
  #prepared = 0;
  #launched = 0;

  constructor(host: LaunchingHost, launchHost: LaunchHost, scratch: Scratch, observe: RunObserver) {
    this.#host = host;
    this.#launchHost = launchHost;
    this.#scratch = scratch;
    this.#observe = observe;
    this.#lanes = new Lanes((number) => new Lane(number, scratch, launchHost.ledger, this.#buildHelper));
  }

  get runId(): string {
    return this.#launchHost.ledger.runId;
  }

  /** State folder of the OCI runtimes. */
  get stateDir(): string {
    return this.#scratch.stateDir;
  }

  /** A folder for the caller's own files, removed with the rest. */
  folder(name: string): string {
    const dir = join(this.#scratch.dir, "own", name);
    mkdirSync(dir, { recursive: true });
    return dir;
  }

  /** See `joinCostNote`. */
  joinCostNote(): Promise<string | null> {
    return this.#during(joinCostNote(this.#host.cgroups, this.#launchHost.ledger));
  }

  /**
   * Makes ready what all launches of a workload in a configuration share: bundle, filter, folders, wire and far end.
   * @throws SbxError that says what this host or configuration lacks
   */
  prepare(
    configuration: Configuration,
    workload: Workload,
    settings: SandboxSettings,
    options: PrepareOptions = {},
  ): Promise<PreparedWorkload> {
    return this.#during(this.#prepare(configuration, workload, settings, options));
  }

  /**
   * One launch, beside all others that are under way.
   * @returns what came of it, also where it failed or was aborted
   * @throws SbxError when a further lane can't be made ready for it, or after the environment was given back
   */
  launch(prepared: PreparedWorkload, options: LaunchOptions = {}): Promise<LaunchOutcome> {
    return this.#during(this.#launch(prepared, options));
  }

  /** Ends what is under way and waits for it, so that nothing is made any more; then gives back the wires. */
  async close(): Promise<void> {
    this.#closing.abort();
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    await this.#lanes.remove();
  }

  async #prepare(
    configuration: Configuration,
    workload: Workload,
    settings: SandboxSettings,
    options: PrepareOptions,
  ): Promise<PreparedWorkload> {
    this.#requireHeld();
    const number = this.#prepared++;
    const host = options.host ?? this.#host;
    if (host.isRoot && isGVisor(configuration)) {
      this.#nullNetns ??= makeNullNetns(this.stateDir, this.#launchHost.ledger);
      await this.#nullNetns;
    }
    const made = { stateDir: this.stateDir, buildHelper: this.#buildHelper };
    const prepared = new PreparedWorkload({
      asked: {
        id: options.id ?? `${configurationId(configuration)}::${workload.name}`,
        ...{ configuration, workload, settings },
      },
      site: { name: `cell-${number}`, scratch: this.#scratch, runId: this.runId },
      driver: await driverFor(configuration, workload, settings, { ...options, host }, made),
      isRoot: host.isRoot,
      isFresh: options.folders !== "kept",
    });
    const first = this.#lanes.at(0);
    if (prepared.isWired && !first.hasWire) this.#observe({ type: "preparing", what: "veth pair" });
    const { cell, workDir } = await prepared.in(first);
    prepared.warnings = cell.warnings;
    prepared.workDir = workDir;
    for (let number = 1; number < (options.atOnce ?? 1); number += 1)
      await prepared.in(this.#lanes.at(number));
    return prepared;
  }

  async #launch(prepared: PreparedWorkload, options: LaunchOptions): Promise<LaunchOutcome> {
    this.#requireHeld();
    const number = this.#launched++;
    const place = options.place ?? { round: number, number };
    const lane = this.#lanes.take((candidate) => prepared.isReadyIn(candidate));
    const abort = firstAbort([this.#closing.signal, options.abort]);
    try {
      const { cell, drive, refresh } = await prepared.in(lane);
      await refresh();
      if (prepared.isWired) await lane.readyWire();
      if (prepared.takesAddress) lane.wireNeedsAddress = true;
      return await launchOnce(
        cell,
        {
          launchId: `sbx-${this.runId}-${place.number}`,
          round: place.round,
          cgroupLimits: prepared.cgroupLimits,
          guard: {
            launchMs: options.launchMs ?? prepared.limits.launchMs,
            outputBytes: options.outputBytes ?? prepared.limits.outputBytes,
          },
          talk: options.talk ?? { speaksProtocol: true },
          drive,
          abort: abort.signal,
        },
        this.#launchHost,
      );
    } finally {
      abort.forget();
      lane.isFree = true;
    }
  }

  #requireHeld(): void {
    if (this.#closing.signal.aborted) throw new Error("the environment was given back already");
  }

  async #during<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  }
}
