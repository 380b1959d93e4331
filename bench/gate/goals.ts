/** What was promised of the gate, and whether it holds. Pure. */
import type { Figure } from "../figure.ts";
import type { Analysis } from "./analyse.ts";
import { binomialInterval } from "./binomial-interval.ts";
import { SLOWDOWNS } from "./gate-cells.ts";
import { shortName } from "./gate-data.ts";
import { percent } from "./percent.ts";
import type { DesignResult, MetricResult } from "./try-design.ts";

const MOST_FALSE_ALARMS = 0.01;
const LEAST_POWER = 0.95;
const AT = SLOWDOWNS.indexOf(0.05);
const HONEST = { low: 0.75, high: 0.95 };
const COVERAGE = { low: 0.94, high: 0.96 };

export function goals({ designs }: Analysis): Figure[] {
  return designs.flatMap((result) => [
    falseAlarms(result),
    ...(result.design.consecutive ? [] : [power(result), honesty(result), coverage(result)]),
  ]);
}

function falseAlarms({ design, alarms, gates, family }: DesignResult): Figure {
  const [count = 0] = Object.values(alarms);
  const { low, high } = binomialInterval(count, gates);
  return {
    name: `false alarms over ${family} metrics, ${design.name}`,
    seen: `${percent(count / gates, 2)} of ${gates} gates [${percent(low, 2)}, ${percent(high, 2)}]`,
    goal: `<= ${percent(MOST_FALSE_ALARMS)}`,
    met: count / gates <= MOST_FALSE_ALARMS,
  };
}

function power({ design, metrics }: DesignResult): Figure {
  const missed = metrics.filter((one) => one.power[AT]! < LEAST_POWER);
  return {
    name: `power at 5 %, 15 rounds, ${design.name}`,
    seen: `${metrics.length - missed.length} of ${metrics.length} metrics reach it${named(missed, "; not: ")}`,
    goal: `>= ${percent(LEAST_POWER)} of each`,
    met: missed.length === 0,
  };
}

/** Where the power at 5 % falls short, the printed MDE has to say so. */
function honesty({ design, metrics }: DesignResult): Figure {
  const asked = metrics.filter((one) => one.power[AT]! < LEAST_POWER && one.powerAtMde !== null);
  const powers = asked.map(({ powerAtMde }) => powerAtMde!);
  const off = asked.filter(({ powerAtMde }) => powerAtMde! < HONEST.low || powerAtMde! > HONEST.high);
  return {
    name: `power at the printed MDE, where 5 % is missed, ${design.name}`,
    seen:
      asked.length === 0
        ? "no metric misses"
        : `${asked.length - off.length} of ${asked.length} within; from ${percent(Math.min(...powers))} to ${percent(Math.max(...powers))}${named(off, "; outside: ")}`,
    goal: `${percent(HONEST.low)} to ${percent(HONEST.high)} of each`,
    met: off.length === 0,
  };
}

function coverage({ design, metrics }: DesignResult): Figure {
  const shares = metrics.map((one) => one.coverage);
  const mean = shares.reduce((sum, one) => sum + one, 0) / shares.length;
  return {
    name: `coverage of the 95 % interval, ${design.name}`,
    seen: `${percent(mean, 1)} over all metrics; single ones ${percent(Math.min(...shares), 1)} to ${percent(Math.max(...shares), 1)}`,
    goal: `${percent(COVERAGE.low)} to ${percent(COVERAGE.high)}`,
    met: mean >= COVERAGE.low && mean <= COVERAGE.high,
  };
}

/** By cell, so that 48 metrics stay one sentence. */
function named(metrics: readonly MetricResult[], before: string): string {
  if (metrics.length === 0) return "";
  const byCell = Map.groupBy(metrics, ({ metric }) => shortName(metric.cell));
  const cells = [...byCell].map(
    ([cell, own]) => `${cell} (${own.map(({ metric }) => metric.metric).join(", ")})`,
  );
  return before + cells.join("; ");
}
