/** The measuring itself: round by round, launch by launch, each recorded as it ends. */
import type { Cell } from "../../plan/cell.ts";
import { roundOrder } from "../../plan/schedule.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { QuarantinedStart } from "../../samples/run-manifest.ts";
import type { RunObserver } from "../events.ts";
import { type LaunchOutcome, type LaunchPlace, recordOf } from "../launch/launch-outcome.ts";
import { monotonicNs } from "../launch/monotonic.ts";
import { Quarantine } from "./quarantine.ts";
import { RemainingTime } from "./remaining-time.ts";
import { judgeStart, type StartTrial, startOf } from "./start-trial.ts";
import type { Steering } from "./steering.ts";

/** What is launched, and in which order. */
export type Schedule = {
  seed: string;
  rounds: number;
  /** Planned cells only. */
  cells: readonly Cell[];
  /** Launches of an earlier session of this run. */
  done: readonly LaunchRecord[];
  /** ms a launch by cell id; updated as launches end. */
  durations: Record<string, number>;
  /** Without it every round launches every cell. */
  steering: Steering | undefined;
};

/** What a round does to the world. */
export type RoundEffects = {
  /** Launches a cell; `number` is unique in the run, and the same again when the run is resumed. */
  launch(place: LaunchPlace, number: number): Promise<LaunchOutcome>;
  /** Keeps the record. Throws when it can't. */
  keep(record: LaunchRecord): void;
  /** Whether a trivial program starts in this cell's sandbox; null where that can't be asked. */
  tryStart(cell: Cell): Promise<StartTrial | null>;
  /** Keeps what is launched no more in this run. */
  quarantine(entry: QuarantinedStart): void;
  observe: RunObserver;
};

export type RoundsOutcome = { wallMs: number; launchMs: number; finished: boolean };

/** @param abort ends it after the launch that is under way, which then does not count */
export async function runRounds(
  schedule: Schedule,
  effects: RoundEffects,
  abort: AbortSignal,
): Promise<RoundsOutcome> {
  const byId = new Map(schedule.cells.map((cell) => [cell.id, cell]));
  const ids = schedule.cells.map((cell) => cell.id);
  const finished = new Set(schedule.done.map((record) => `${record.round} ${record.cell}`));
  const quarantine = new Quarantine();
  for (const record of schedule.done) quarantine.note(record);

  const kept = [...schedule.done];
  let done = finished.size;
  const remaining = new RemainingTime(schedule);
  const startNs = monotonicNs();
  let underWayNs = 0;
  const total = (complete: boolean): RoundsOutcome => ({
    wallMs: (monotonicNs() - startNs) / 1e6,
    launchMs: underWayNs / 1e6,
    finished: complete,
  });

  const progress = (): { done: number; of: number; etaMs: number } => {
    const of = schedule.cells.length * schedule.rounds;
    const totalMs = remaining.totalMs;
    const leftMs = schedule.steering?.leftMs() ?? totalMs;
    if (leftMs >= totalMs) return { done, of, etaMs: totalMs };
    return { done, of: done + Math.ceil((of - done) * (leftMs / totalMs)), etaMs: leftMs };
  };

  for (let round = 0; round < schedule.rounds; round += 1) {
    const chosen = schedule.steering === undefined ? null : schedule.steering.choose(round, kept);
    if (schedule.steering !== undefined && chosen === null) break;
    const order = roundOrder(ids, round, schedule.seed);
    for (const [position, id] of order.entries()) {
      if (abort.aborted) return total(false);
      if (schedule.steering?.leftMs() === 0) return total(true);
      if (chosen !== null && !chosen.has(id)) continue;
      const cell = byId.get(id);
      if (cell === undefined || finished.has(`${round} ${id}`)) continue;
      if (quarantine.has(id, startOf(cell))) {
        remaining.passed(cell);
        done += 1;
        continue;
      }
      effects.observe({ type: "launch", cell: id, round, ...progress() });
      const place = { cell: id, round, position };
      const outcome = await effects.launch(place, round * ids.length + position);
      if (outcome.aborted) return total(false);
      underWayNs += outcome.underWayNs;
      const record = recordOf(outcome.measured, place);
      effects.keep(record);
      kept.push(record);
      done += 1;
      remaining.passed(cell);
      const { prepareNs, cleanupNs } = record.phases;
      remaining.learned(cell, (prepareNs + outcome.underWayNs + cleanupNs) / 1e6);
      effects.observe({ type: "launched", record, ...progress() });
      const reason = quarantine.note(record);
      if (reason !== null) effects.observe({ type: "quarantined", cell: id, reason });
      const closed = await judgeStart({ ...effects, cells: schedule.cells, abort, cell, record, quarantine });
      if (closed !== null) {
        effects.quarantine(closed);
        effects.observe({ type: "stopped-starting", entry: closed });
      }
    }
  }
  return total(true);
}
