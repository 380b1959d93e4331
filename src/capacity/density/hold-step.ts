/** Holds n sandboxes at once for the time of a plateau, and looks at what they take. */
import { setTimeout as sleep } from "node:timers/promises";
import type { HeldEnvironment } from "../../run/environment/held-environment.ts";
import { LAUNCH_ENV } from "../../run/environment/launch-env.ts";
import { monotonicNs } from "../../run/launch/monotonic.ts";
import { median } from "../../stats/distributions/quantile.ts";
import { breach, readHostRoom } from "../watch/host-room.ts";
import type { DensityStep } from "./density-types.ts";
import { type Footprint, footprintOf, processesOf } from "./footprint.ts";

type Prepared = Awaited<ReturnType<HeldEnvironment["prepare"]>>;

export type StepOrder = {
  n: number;
  repeat: number;
  plateauS: number;
  /** Starts under way at a time: filling a host is no storm. */
  startsAtOnce: number;
  /** s for one start. */
  startLimitS: number;
};

const SAMPLES = 3;
/** Between two looks at the host's room, ms. */
const LOOK_MS = 500;
const READY = "ready\n";
/** Longer than any step: it ends them itself. */
const HOLD_MS = 3_600_000;

/** Never leaves a launch under way, whatever happens. */
export async function holdStep(
  held: HeldEnvironment,
  prepared: Prepared,
  order: StepOrder,
  abort: AbortSignal,
): Promise<DensityStep> {
  const before = readHostRoom();
  const ending = new AbortController();
  const stop = () => ending.abort();
  abort.addEventListener("abort", stop);
  const crowd = new Crowd(held, prepared, ending.signal);
  let reason: string | null = null;
  let seen: Omit<Plateau, "reason"> = NOTHING_SEEN;
  try {
    reason = await fill(crowd, order, ending.signal);
    if (reason === null)
      ({ reason, ...seen } = await plateau(crowd, held, order, before.memAvailableBytes, ending.signal));
  } finally {
    abort.removeEventListener("abort", stop);
    ending.abort();
  }
  const endedNs = monotonicNs();
  await crowd.gone();
  const endS = (monotonicNs() - endedNs) / 1e9;
  return {
    n: order.n,
    repeat: order.repeat,
    converged: reason === null && !abort.aborted,
    reason: abort.aborted ? "interrupted" : reason,
    startsS: crowd.startsS,
    ...seen,
    endS,
    leftovers: processesOf(`sbx-${held.runId}-`, LAUNCH_ENV).length,
  };
}

/** All launches of a step. */
class Crowd {
  readonly startsS: number[] = [];
  /** The first that ended before it was told to. */
  ended: string | null = null;
  readonly #launches: Promise<void>[] = [];
  readonly #held: HeldEnvironment;
  readonly #prepared: Prepared;
  readonly #abort: AbortSignal;

  constructor(held: HeldEnvironment, prepared: Prepared, abort: AbortSignal) {
    this.#held = held;
    this.#prepared = prepared;
    this.#abort = abort;
  }

  /** Resolves when the program has said that it is ready, or when it ended. */
  start(): Promise<void> {
    const startNs = monotonicNs();
    return new Promise((resolve) => {
      let said = "";
      const onOutput = (stream: "stdout" | "stderr", bytes: Buffer): void => {
        if (stream !== "stdout" || said === READY) return;
        said = (said + bytes.toString("latin1")).slice(0, READY.length);
        if (said !== READY) return;
        this.startsS.push((monotonicNs() - startNs) / 1e9);
        resolve();
      };
      const launch = this.#held
        .launch(this.#prepared, {
          talk: { speaksProtocol: false, onOutput },
          launchMs: HOLD_MS,
          abort: this.#abort,
        })
        .then(
          ({ measured, aborted }) => {
            if (!aborted) this.ended ??= measured.failure?.message ?? "a program ended by itself";
          },
          (error: unknown) => {
            this.ended ??= error instanceof Error ? error.message : String(error);
          },
        )
        .finally(resolve);
      this.#launches.push(launch);
    });
  }

  async gone(): Promise<void> {
    await Promise.all(this.#launches);
  }
}

/** @returns why not all are ready; `null` when they are */
async function fill(
  crowd: Crowd,
  { n, startsAtOnce, startLimitS }: StepOrder,
  abort: AbortSignal,
): Promise<string | null> {
  for (let started = 0; started < n; started += startsAtOnce) {
    const full = breach(readHostRoom());
    if (full !== null) return `stopped at ${started} of ${n}: ${full}`;
    const batch = Array.from({ length: Math.min(startsAtOnce, n - started) }, () => crowd.start());
    const late = sleep(startLimitS * 1000, "late" as const, { signal: abort }).catch(() => "ended" as const);
    const outcome = await Promise.race([Promise.all(batch).then(() => "ready" as const), late]);
    if (outcome === "late")
      return `${crowd.startsS.length} of ${n} were ready when a start took more than ${startLimitS} s`;
    if (crowd.ended !== null) return `one of ${n} ended at its start: ${crowd.ended}`;
    if (abort.aborted) return "interrupted";
  }
  return null;
}

type Plateau = Pick<DensityStep, "reason" | "footprint" | "memAvailableDropBytes" | "busyCpus">;

const NOTHING_SEEN: Omit<Plateau, "reason"> = {
  footprint: null,
  memAvailableDropBytes: null,
  busyCpus: null,
};

async function plateau(
  crowd: Crowd,
  held: HeldEnvironment,
  { n, plateauS }: StepOrder,
  availableBefore: number,
  abort: AbortSignal,
): Promise<Plateau> {
  const prefix = `sbx-${held.runId}-`;
  const pids = processesOf(prefix, LAUNCH_ENV);
  const samples: { footprint: Footprint; drop: number; atNs: number }[] = [];
  for (let sample = 0; sample <= SAMPLES; sample++) {
    if (sample > 0) {
      const reason = await watch((plateauS * 1000) / SAMPLES, abort);
      if (reason !== null) return { ...NOTHING_SEEN, reason };
    }
    if (crowd.ended !== null)
      return { ...NOTHING_SEEN, reason: `one of ${n} ended on the plateau: ${crowd.ended}` };
    // Available memory first: reading smaps takes some itself.
    const drop = availableBefore - readHostRoom().memAvailableBytes;
    samples.push({ drop, atNs: monotonicNs(), footprint: footprintOf(pids) });
  }
  const [first, last] = [samples[0]!, samples.at(-1)!];
  // The first sample is still warm from the starts.
  const settled = samples.slice(1);
  return {
    reason: null,
    footprint: middle(settled.map(({ footprint }) => footprint)),
    memAvailableDropBytes: median(settled.map(({ drop }) => drop)),
    busyCpus: ((last.footprint.cpuS - first.footprint.cpuS) * 1e9) / (last.atNs - first.atNs),
  };
}

/** @returns what ended the wait early */
async function watch(ms: number, abort: AbortSignal): Promise<string | null> {
  const until = Date.now() + ms;
  while (Date.now() < until) {
    const full = breach(readHostRoom());
    if (full !== null) return full;
    try {
      await sleep(Math.min(LOOK_MS, Math.max(1, until - Date.now())), undefined, { signal: abort });
    } catch {
      return "interrupted";
    }
  }
  return null;
}

/** The one with the median PSS. */
function middle(footprints: readonly Footprint[]): Footprint {
  const ordered = footprints.toSorted((a, b) => a.pssBytes - b.pssBytes);
  return ordered[ordered.length >> 1]!;
}
