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

export type GateRuling = {
  /** Of a metric that is compared: counts as a match of the globs. */
  ruleOf: GateRuleOf;
  /** As `ruleOf` says, of a metric that is not compared, or not yet: counts as no match. */
  isGated(cell: string, meta: MetricMeta): boolean;
  /** Globs that matched none of the metrics compared. */
  unmatched(): string[];
};

/** Of the host's phases those that a user waits for; `exit` and `cleanup` say more about the host. */
const GATED_PHASES = ["ready", "total"];

/**
 * Times that a kernel counts in clock ticks, or shares out by them (Linux: cputime_adjust in kernel/sched/cputime.c): of a
 * short program they are 0 or one tick, by luck. What a launch cost the host is `launch-cpu`.
 */
const TICK_COUNTED = ["cpu-user", "cpu-system"];

/**
 * Gated without being asked: times and rates of operations, start-up `ready` and `total`, CPU time of the launch, and
 * PSS. Counts (lost updates), times in clock ticks and what cgroups charge are shown only.
 */
function isGatedByDefault({ metric, unit, group }: MetricMeta): boolean {
  if (TICK_COUNTED.includes(metric)) return false;
  if (group === "start-up") return GATED_PHASES.includes(metric);
  if (unit === "bytes") return metric.startsWith("pss@");
  return unit !== "count";
}

/** A mistyped glob would leave a gate that can't fire, so those that matched nothing are known. */
export function gateRules(rules: GateRules): GateRuling {
  const entries = rules.metrics.map((entry) => ({ ...entry, matches: globMatcher(entry.match), hit: false }));
  const ruled = (cell: string, meta: MetricMeta, isHit: boolean): GateRule => {
    let { maxRegression } = rules;
    let gated = isGatedByDefault(meta);
    for (const entry of entries) {
      if (!entry.matches(`${cell}::${meta.metric}`)) continue;
      entry.hit ||= isHit;
      maxRegression = entry.maxRegression ?? maxRegression;
      gated = entry.gate ?? gated;
    }
    return { gated, maxRegression };
  };
  return {
    ruleOf: (cell, meta) => ruled(cell, meta, true),
    isGated: (cell, meta) => ruled(cell, meta, false).gated,
    unmatched: () => entries.filter(({ hit }) => !hit).map(({ match }) => match),
  };
}
