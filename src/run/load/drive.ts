/** One launch's server, driven: what the generator says becomes samples, with CPU time and memory beside them. */
import type { Load } from "../../workload/load/parameters.ts";
import type { Transcript } from "../../workload/protocol.ts";
import type { Ledger } from "../environment/ledger.ts";
import type { LoadEvent } from "./events.ts";
import { Generator } from "./generator.ts";
import type { GeneratorPlan } from "./plan.ts";
import {
  capacitySample,
  firstAnswerSample,
  type Measured,
  phaseSamples,
  skippedRate,
  tooManyErrors,
} from "./record.ts";
import { type DrivenOutcome, describeFailure, type LoadFailure } from "./words.ts";

export type DriveSetting = {
  load: Load;
  plan(round: number): GeneratorPlan;
  /** Starts the generator where it can reach the server. */
  command: readonly string[];
};

/** What the host looks at while the server is driven. */
export type DriveHooks = {
  /** CPU time of the launch so far, ns. */
  cpuNs(rootPid: number): number | null;
  /** Right after each phase: the last sample of a mark counts. */
  onMemory(mark: string, rootPid: number): void;
};

const MEMORY_MARK = "load";
/** What the program is told: any other line means that something was wrong (scenarios/internal/bench). */
const SERVED = "served";
const UNREACHABLE = "unreachable";

/** @throws Error with a sentence where there is no sense in starting the server: its port is another's */
export async function armedDrive(
  setting: DriveSetting,
  round: number,
  ledger: Ledger,
  hooks: DriveHooks,
): Promise<Drive> {
  const generator = new Generator(setting.command, setting.plan(round), ledger);
  const events = generator.events();
  const { value } = await events.next();
  if (value?.type === "failed") throw new Error(describeFailure(value, setting.load));
  return new Drive(generator, events, setting.load, hooks);
}

export class Drive {
  readonly #measured: Measured = { ops: [], values: [], skips: [] };
  readonly #generator: Generator;
  readonly #events: AsyncGenerator<LoadEvent>;
  readonly #load: Load;
  readonly #hooks: DriveHooks;
  #failure: LoadFailure | null = null;
  /** CLOCK_MONOTONIC, ns; null before. */
  #firstAnswerAtNs: number | null = null;

  constructor(generator: Generator, events: AsyncGenerator<LoadEvent>, load: Load, hooks: DriveHooks) {
    this.#generator = generator;
    this.#events = events;
    this.#load = load;
    this.#hooks = hooks;
  }

  get outcome(): DrivenOutcome {
    return { up: this.#firstAnswerAtNs !== null, failure: this.#failure, load: this.#load };
  }

  /** From the server's start to the last phase. @returns what the program is to be told */
  async serve(rootPid: number): Promise<string> {
    this.#generator.begin();
    let startCpuNs: number | null = null;
    for await (const event of this.#events) {
      if (event.type === "phase-begins") startCpuNs = this.#hooks.cpuNs(rootPid);
      else if (event.type === "phase") {
        const endCpuNs = this.#hooks.cpuNs(rootPid);
        const used = startCpuNs === null || endCpuNs === null ? null : endCpuNs - startCpuNs;
        this.#add(phaseSamples(event.result, used));
        this.#hooks.onMemory(MEMORY_MARK, rootPid);
        this.#failure ??= tooManyErrors(event.result, this.#load.maxErrorShare);
      } else this.#note(event);
    }
    if (this.#failure === null) return SERVED;
    return this.#failure.kind === "not-listening" ? UNREACHABLE : this.#failure.kind;
  }

  /** The program's own transcript with what was measured of its server. */
  completed(transcript: Transcript, spawnedAtNs: number): Transcript {
    const first =
      this.#firstAnswerAtNs === null ? [] : [firstAnswerSample(this.#firstAnswerAtNs - spawnedAtNs)];
    const { ops, values, skips } = this.#measured;
    return {
      ...transcript,
      ops: [...transcript.ops, ...ops],
      values: [...transcript.values, ...first, ...values],
      skips: [...transcript.skips, ...skips],
    };
  }

  end(): Promise<void> {
    return this.#generator.end();
  }

  #note(event: LoadEvent): void {
    if (event.type === "up") this.#firstAnswerAtNs = event.atNs;
    if (event.type === "skipped") this.#add(skippedRate(event.rate, event.reason));
    if (event.type === "done") this.#add(capacitySample(event.capacity.holds, this.#load.p99LimitMs));
    if (event.type === "failed") this.#failure ??= event;
  }

  #add({ ops, values, skips }: Measured): void {
    this.#measured.ops.push(...ops);
    this.#measured.values.push(...values);
    this.#measured.skips.push(...skips);
  }
}
