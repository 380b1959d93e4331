import type { CellData } from "./cell-data.ts";

const LAUNCHES_FOR_AN_INTERVAL = 6;

/**
 * What a reader must know before trusting a cell's numbers: few or missing rounds, failed and disturbed
 * launches, launches that never settled, an emulated processor. Empty for a cell that was never launched.
 *
 * @param rounds rounds asked for
 */
export function cellWarnings(data: CellData, rounds: number, emulated: boolean): string[] {
  const { good, failed } = data;
  const finished = good.length + failed.length;
  if (finished === 0) return [];
  const warnings: string[] = [];
  if (emulated) warnings.push("emulated: not a measure of performance");
  if (finished < rounds) warnings.push(`${finished} of ${rounds} rounds were launched`);
  if (good.length > 0 && good.length < LAUNCHES_FOR_AN_INTERVAL) {
    warnings.push(`few rounds: ${count(good.length)} (an interval needs ${LAUNCHES_FOR_AN_INTERVAL})`);
  }
  if (failed.length > 0 && good.length > 0) {
    warnings.push(`${failed.length} of ${count(finished)} failed: ${firstMessage(data)}`);
  }
  const disturbed = good.filter((launch) => launch.load.disturbed.length > 0);
  if (disturbed.length > 0) {
    const reasons = [...new Set(disturbed.flatMap((launch) => launch.load.disturbed))];
    warnings.push(`disturbed: ${disturbed.length} of ${count(good.length)} (${reasons.join("; ")})`);
  }
  for (const { meta, unsteady, byRound } of data.series.values()) {
    if (unsteady > 0) {
      warnings.push(`no steady state: ${meta.metric} in ${unsteady} of ${count(byRound.size)}`);
    }
  }
  return warnings;
}

function count(launches: number): string {
  return launches === 1 ? "1 launch" : `${launches} launches`;
}

function firstMessage(data: CellData): string {
  return data.failed[0]?.failure?.message ?? "no reason was recorded";
}
