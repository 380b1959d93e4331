/** Two results of probes: what was stopped then and is not now. Pure. */
import { hostDifferences } from "./host-differences.ts";
import type { ProbesResult, ProbeVerdict } from "./result.ts";
import type { VerdictName } from "./verdict.ts";

export type ProbeChange = {
  configuration: string;
  probe: string;
  before: VerdictName;
  now: VerdictName;
  detail: string;
};

export type ProbesComparison = {
  baseline: string;
  run: string;
  /** Stopped in the baseline, or not probed for there, and now the host was reached. */
  worse: ProbeChange[];
  better: ProbeChange[];
  /** Known in the baseline, and now an error. */
  unclear: ProbeChange[];
  /** Probed in the baseline, and not now: `configuration` or `configuration: probe`, with the reason. */
  missing: { what: string; reason: string }[];
  same: number;
  /** How the hosts differ. */
  warnings: string[];
};

export function compareProbes(baseline: ProbesResult, run: ProbesResult): ProbesComparison {
  const comparison: ProbesComparison = {
    baseline: baseline.id,
    run: run.id,
    worse: [],
    better: [],
    unclear: [],
    missing: [],
    same: 0,
    warnings: differences(baseline, run),
  };
  for (const before of baseline.configurations.filter(({ status }) => status === "probed")) {
    const now = run.configurations.find(({ id }) => id === before.id);
    if (now?.status !== "probed") {
      comparison.missing.push({ what: before.id, reason: now?.reason ?? "it is not in this run" });
      continue;
    }
    const byProbe = new Map(now.verdicts.map((verdict) => [verdict.probe, verdict]));
    for (const verdict of before.verdicts) judge(comparison, before.id, verdict, byProbe.get(verdict.probe));
  }
  return comparison;
}

function judge(
  to: ProbesComparison,
  configuration: string,
  before: ProbeVerdict,
  now: ProbeVerdict | undefined,
): void {
  if (now === undefined) {
    to.missing.push({ what: `${configuration}: ${before.probe}`, reason: "the probe is not in this run" });
    return;
  }
  const { probe, verdict, detail } = now;
  const change: ProbeChange = { configuration, probe, before: before.verdict, now: verdict, detail };
  if (verdict === "reached") (before.verdict === "reached" ? countSame : push)(to, "worse", change);
  else if (verdict === "error") (before.verdict === "error" ? countSame : push)(to, "unclear", change);
  else if (before.verdict === "reached") to.better.push(change);
  else to.same += 1;
}

function push(to: ProbesComparison, kind: "worse" | "unclear", change: ProbeChange): void {
  to[kind].push(change);
}

function countSame(to: ProbesComparison): void {
  to.same += 1;
}

function differences(a: ProbesResult, b: ProbesResult): string[] {
  const unlike = hostDifferences(a.host.fingerprint, b.host.fingerprint);
  const launchers = [a.host.launchedBy, b.host.launchedBy];
  return [
    ...unlike.map(({ field, a: before, b: now }) => `the host's ${field} was ${before}, and is ${now}`),
    ...(launchers[0] === launchers[1] ? [] : [`launched by ${launchers[0]} then, by ${launchers[1]} now`]),
  ];
}
