/**
 * Sees when the harness itself did not run: stopped (SIGSTOP, a debugger), starved, in a paused VM, or with the whole
 * machine suspended. What it times then is its own absence, and must not be taken for the launch's.
 */
import { readHostFile } from "../../probe/host-files.ts";
import { monotonicNs } from "./monotonic.ts";
import { StopWatch } from "./stop-watch.ts";

/**
 * A launch that is stopped is seen from this time on, ns: a look costs 0.05 to 0.3 ms, 0.1 % of one CPU. At most one
 * launch is looked at a tick, so that of more than four at a time each is looked at less often.
 */
const LOOK_NS = 200e6;

/** 20 wake-ups a second of about 20 µs each: 0.04 % of one CPU. */
const TICK_NS = 50e6;

/**
 * A longer absence marks a launch. On two CPUs that other work kept 60 to 90 % busy the harness (fork, cgroups, reading
 * output, and waiting for a CPU) was late by 3 ms in the median of 117 launches, and by 110 ms at most; more than this
 * is no scatter of a start-up of 10 to 500 ms.
 */
const ABSENT_NS = 100e6;

export type Absence = {
  /** Longest time by which the harness woke up too late, ns. */
  gapNs: number;
  /** Time in which the machine was suspended, ns; the monotonic clock stands still in it. */
  suspendedNs: number;
  /** Time in which the launch itself was stopped (SIGSTOP), seen in steps of 200 ms (of more with more than four launches at a time), ns. */
  stoppedNs: number;
};

/** All that watch now: fifty launches at a time must not wake the harness a thousand times a second. */
const watching = new Set<HarnessWatch>();
let timer: NodeJS.Timeout | null = null;

/** Watches from its making until `stop`. */
export class HarnessWatch {
  readonly #sleptAtStartNs = sleptNs();
  #lastNs = monotonicNs();
  #longestNs = 0;
  #absentNs = 0;
  #launch: StopWatch | null = null;
  /** Infinite while there is no launch to look at. */
  #lookedNs = Number.POSITIVE_INFINITY;

  constructor() {
    watching.add(this);
    timer ??= setInterval(() => {
      for (const watch of watching) watch.#look();
      const [due] = [...watching].sort((a, b) => a.#lookedNs - b.#lookedNs);
      if (due !== undefined) due.#lookAtLaunch();
    }, TICK_NS / 1e6).unref();
  }

  /** Also watches whether the launch is stopped. @param cgroupDir as for `StopWatch` */
  follow(root: number, cgroupDir: string | null): void {
    this.#launch = new StopWatch(root, cgroupDir);
    this.#lookedNs = monotonicNs();
  }

  /** Runs work of the harness that holds up everything else, such as the reading of memory: no absence, for nobody. */
  excuse(work: () => void): void {
    for (const watch of watching) watch.#look();
    work();
    this.#launch?.forget();
    const nowNs = monotonicNs();
    for (const watch of watching) watch.#lastNs = nowNs;
  }

  /** ns of the absences so far that mark a launch. */
  absentNs(): number {
    this.#look();
    return this.#absentNs;
  }

  stop(): Absence {
    this.#look();
    watching.delete(this);
    if (watching.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
    return {
      gapNs: this.#longestNs,
      suspendedNs: Math.max(0, sleptNs() - this.#sleptAtStartNs),
      stoppedNs: this.#launch?.stoppedNs ?? 0,
    };
  }

  #lookAtLaunch(): void {
    const nowNs = monotonicNs();
    if (this.#launch === null || nowNs - this.#lookedNs < LOOK_NS) return;
    this.#lookedNs = nowNs;
    this.#launch.look(nowNs);
  }

  /** Also called between two ticks: after a stop, output that has come in the meantime is read before timers run. */
  #look(): void {
    const nowNs = monotonicNs();
    const gapNs = Math.max(0, nowNs - this.#lastNs - TICK_NS);
    this.#longestNs = Math.max(this.#longestNs, gapNs);
    if (gapNs >= ABSENT_NS) this.#absentNs += gapNs;
    this.#lastNs = nowNs;
  }
}

/** Why a launch counts as disturbed for it; empty when it does not. */
export function absenceReasons({ gapNs, suspendedNs, stoppedNs }: Absence): string[] {
  return [
    ...(gapNs >= ABSENT_NS ? [`the harness did not run for ${seconds(gapNs)}`] : []),
    ...(stoppedNs >= ABSENT_NS ? [`the launch was stopped (SIGSTOP) for about ${seconds(stoppedNs)}`] : []),
    ...(suspendedNs >= ABSENT_NS ? [`the machine was suspended for ${seconds(suspendedNs)}`] : []),
  ];
}

function seconds(ns: number): string {
  return ns < 1e9 ? `${Math.round(ns / 1e6)} ms` : `${(ns / 1e9).toFixed(1)} s`;
}

/** CLOCK_BOOTTIME, which proc/uptime gives in 1/100 s, runs on in a suspend; CLOCK_MONOTONIC does not. */
function sleptNs(root = "/"): number {
  const uptime = Number.parseFloat(readHostFile(root, "proc/uptime") ?? "");
  return Number.isNaN(uptime) ? 0 : uptime * 1e9 - monotonicNs();
}
