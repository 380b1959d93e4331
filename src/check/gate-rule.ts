/** Which metrics are gated, and at which limit. Pure. */
import { globMatcher } from "../base/glob.ts";
import type { GateRules } from "../config/resolved-config.ts";
import type { MetricMeta } from "../samples/metric-meta.ts";

export type GateRule = {
  gated: boolean;
  /** Largest loss that is let pass, as a share. */
  maxRegression: number;
};

export type GateRuleOf = (cell: string, meta: MetricMeta) => GateRule;

/** Of the host's phases those that a user waits for; `exit` and `cleanup` say more about the host. */
const GATED_PHASES = ["ready", "total"];

/**
 * Gated without being asked: times and rates of operations, start-up `ready` and `total`, and PSS. Counts (lost
 * updates) and what cgroups charge are shown only.
 */
function isGatedByDefault({ metric, unit, group }: MetricMeta): boolean {
  if (group === "start-up") return GATED_PHASES.includes(metric);
  if (unit === "bytes") return metric.startsWith("pss@");
  return unit !== "count";
}

/**
 * @returns the rule of each metric, and the globs that matched nothing of all that was asked: a mistyped one would
 *   leave a gate that can't fire
 */
export function gateRules(rules: GateRules): { ruleOf: GateRuleOf; unmatched: () => string[] } {
  const entries = rules.metrics.map((entry) => ({ ...entry, matches: globMatcher(entry.match), hit: false }));
  const ruleOf: GateRuleOf = (cell, meta) => {
    let { maxRegression } = rules;
    let gated = isGatedByDefault(meta);
    for (const entry of entries) {
      if (!entry.matches(`${cell}::${meta.metric}`)) continue;
      entry.hit = true;
      maxRegression = entry.maxRegression ?? maxRegression;
      gated = entry.gate ?? gated;
    }
    return { gated, maxRegression };
  };
  return { ruleOf, unmatched: () => entries.filter(({ hit }) => !hit).map(({ match }) => match) };
}
