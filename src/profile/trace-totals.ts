/** Adds up a trace as it is read; memory stays bounded by the number of kinds of calls and of living threads. */
import type { CallTarget, TracerCost } from "../samples/program-profile.ts";
import { AwakeTimes } from "./awake-times.ts";
import { gapBound } from "./gap-bounds.ts";
import { mayWait, type ProgramEnd, type TracedCall, type TraceEvent } from "./traced-call.ts";

/** A wake-up alone takes longer than this; what lasted less did not sleep. Only where the tracer can't tell. */
const SHORTEST_SLEEP_NS = 50_000;

export type CallTotals = {
  name: string;
  target: CallTarget;
  count: number;
  errors: number;
  bytes: number;
  blocked: number;
  timeNs: number;
  waitNs: number;
};

/** Files of the host that not every sandbox has, whole paths. perf does not tell them. */
export type OpenedFiles = {
  /** Were there before the program. */
  read: ReadonlySet<string>;
  written: ReadonlySet<string>;
};

/** A program that opens more has named its folders by then. */
const MOST_FILES = 1000;

export type TraceTotals = {
  calls: CallTotals[];
  gaps: ReadonlyMap<number, number>;
  processes: number;
  execs: number;
  threads: number;
  mappedBytes: number;
  files: OpenedFiles;
  /** From the first call to the last event, ns; with the tracer's cost in it. */
  wallNs: number;
  askedForTerminal: boolean;
  /** The end of the program is in the trace. */
  isWhole: boolean;
  /** `null`: the trace does not say. */
  end: ProgramEnd | null;
};

export class TraceAccumulator {
  readonly #cost: TracerCost;
  readonly #calls = new Map<string, CallTotals & { awake: AwakeTimes }>();
  readonly #gaps = new Map<number, number>();
  readonly #alive = new Set<number>();
  readonly #lastExitNs = new Map<number, number>();
  readonly #read = new Set<string>();
  readonly #written = new Set<string>();
  #processes = 1;
  #execs = 0;
  #threads = 0;
  #mappedBytes = 0;
  #askedForTerminal = false;
  #firstNs: number | null = null;
  #lastNs = 0;
  #isWhole = false;
  #end: ProgramEnd | null = null;

  constructor(cost: TracerCost) {
    this.#cost = cost;
  }

  add(event: TraceEvent): void {
    if (this.#isWhole) return;
    switch (event.type) {
      case "call":
        this.#call(event);
        break;
      case "start":
        if (event.isProcess) this.#processes += 1;
        this.#lives(event.thread);
        break;
      case "resume":
        this.#lives(event.thread);
        this.#seen(event.atNs);
        this.#lastExitNs.set(event.thread, event.atNs);
        break;
      case "end":
        this.#seen(event.atNs);
        this.#alive.delete(event.thread);
        this.#lastExitNs.delete(event.thread);
        break;
      case "exec":
        this.#execs += 1;
        break;
      case "opened":
        this.#opened(event.path, event.isWritten);
        break;
      case "no-terminal":
        this.#askedForTerminal = true;
        break;
      case "program-end":
        this.#isWhole = true;
        this.#end = event.end;
    }
  }

  totals(): TraceTotals {
    const { insideNs } = this.#cost;
    return {
      // The cost is taken off the sum, not off each call: clipping each at 0 would leave the noise's upper half.
      calls: [...this.#calls.values()].map(({ awake, ...call }) => {
        const timeNs = Math.max(0, call.timeNs + awake.sumNs() - call.count * insideNs);
        return { ...call, timeNs, waitNs: Math.min(call.waitNs, timeNs) };
      }),
      gaps: this.#gaps,
      processes: this.#processes,
      execs: this.#execs,
      threads: Math.max(1, this.#threads),
      mappedBytes: this.#mappedBytes,
      files: { read: this.#read, written: this.#written },
      wallNs: this.#lastNs - (this.#firstNs ?? 0),
      isWhole: this.#isWhole,
      askedForTerminal: this.#askedForTerminal,
      end: this.#end,
    };
  }

  #opened(path: string, isWritten: boolean): void {
    const files = isWritten ? this.#written : this.#read;
    // What it has made itself it finds again in a sandbox.
    if (files.size < MOST_FILES && (isWritten || !this.#written.has(path))) files.add(path);
  }

  #seen(atNs: number): void {
    this.#firstNs ??= atNs;
    this.#lastNs = Math.max(this.#lastNs, atNs);
  }

  #lives(thread: number): void {
    if (this.#alive.has(thread)) return;
    this.#alive.add(thread);
    this.#threads = Math.max(this.#threads, this.#alive.size);
  }

  #call(call: TracedCall): void {
    this.#lives(call.thread);
    this.#seen(call.enterNs);
    const totals = this.#totalsOf(call);
    totals.count += 1;
    if (call.failed) totals.errors += 1;
    totals.bytes += call.bytes;
    if (call.name === "mmap") this.#mappedBytes += call.bytes;
    const before = this.#lastExitNs.get(call.thread);
    if (before !== undefined) this.#gap(call.enterNs - before);
    if (call.exitNs === null) return;
    this.#seen(call.exitNs);
    this.#lastExitNs.set(call.thread, call.exitNs);
    const insideNs = call.exitNs - call.enterNs;
    const waitNs = call.sleptNs ?? this.#guessedWait(call, insideNs - this.#cost.insideNs);
    if (waitNs > 0) {
      totals.blocked += 1;
      totals.timeNs += insideNs;
      totals.waitNs += waitNs;
    } else totals.awake.add(insideNs, call.bytes);
  }

  #guessedWait(call: TracedCall, ownNs: number): number {
    return ownNs > SHORTEST_SLEEP_NS && mayWait(call.name, call.target) ? ownNs : 0;
  }

  #gap(ns: number): void {
    const bound = gapBound(Math.max(0, ns - this.#cost.betweenNs));
    this.#gaps.set(bound, (this.#gaps.get(bound) ?? 0) + 1);
  }

  #totalsOf({ name, target }: TracedCall): CallTotals & { awake: AwakeTimes } {
    const key = `${name} ${target}`;
    let totals = this.#calls.get(key);
    if (totals === undefined) {
      totals = {
        name,
        target,
        count: 0,
        errors: 0,
        bytes: 0,
        blocked: 0,
        timeNs: 0,
        waitNs: 0,
        awake: new AwakeTimes(),
      };
      this.#calls.set(key, totals);
    }
    return totals;
  }
}
