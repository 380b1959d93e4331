/** The front gives start-up and memory as they are, the changes beside it as ratios: no reader may find two of these. */
import { agreeingValues, type Shown, widest } from "../../stats/estimates/agreeing-values.ts";
import type { Change, Goal } from "./changes.ts";
import { type FrontRow, type Level, MEMORY_KEY, STARTUP_KEY } from "./front.ts";
import type { MeasuredCosts } from "./measured-costs.ts";

const LEVELS = [
  { goal: "startup", key: STARTUP_KEY },
  { goal: "memory", key: MEMORY_KEY },
] as const;

/**
 * The rows, with a range of launches in the place of a level that would not agree with a change to or from it.
 *
 * @param from the configuration that the changes start at
 * @param goal what `estimate` of a change is of; `others` has the rest
 */
export function agreeingLevels(
  rows: readonly FrontRow[],
  from: string,
  changes: readonly Change[],
  goal: Goal,
  costs: MeasuredCosts,
): FrontRow[] {
  const ranges = new Map(
    LEVELS.map((level) => [level.goal, rangesOf(level, from, changes, goal, costs)] as const),
  );
  const ranged = (level: Level | null, own: "startup" | "memory", configuration: string): Level | null => {
    const range = widest(ranges.get(own)!.get(configuration) ?? []);
    return level === null || range === null ? level : { ...level, range };
  };
  return rows.map((row) => ({
    ...row,
    startupNs: ranged(row.startupNs, "startup", row.configuration),
    memoryBytes: ranged(row.memoryBytes, "memory", row.configuration),
  }));
}

function rangesOf(
  level: (typeof LEVELS)[number],
  from: string,
  changes: readonly Change[],
  goal: Goal,
  costs: MeasuredCosts,
): Map<string, Shown[]> {
  const valuesOf = (configuration: string) =>
    [...(costs.get(configuration)?.get(level.key)?.values() ?? [])].map(Math.exp);
  const over = valuesOf(from);
  const found = new Map<string, Shown[]>();
  for (const change of changes) {
    const estimate = goal === level.goal ? change.estimate : change.others[level.goal];
    const of = valuesOf(change.configuration);
    if (estimate === undefined || of.length === 0 || over.length === 0) continue;
    const { ratio: value, low, high } = estimate;
    const values = agreeingValues(of, over, { value, low, high, better: "lower" });
    if (values.agree) continue;
    found.set(change.configuration, [...(found.get(change.configuration) ?? []), values.of]);
    found.set(from, [...(found.get(from) ?? []), values.over]);
  }
  return found;
}
