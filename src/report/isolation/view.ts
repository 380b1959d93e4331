/** What a report of the probes shows, whatever its format. Pure. */
import { factsOf, isBaseline } from "../../axes/sandbox.ts";
import { NOT_PROBED, PROBES, probeNamed } from "../../isolation/catalogue/catalogue.ts";
import { GROUPS, type ProbeDefinition, type ProbeGroup } from "../../isolation/catalogue/probe.ts";
import type { ConfigurationProbes, ProbesResult } from "../../isolation/result.ts";
import type { VerdictName } from "../../isolation/verdict.ts";
import type { Estimate } from "../kit/figure.ts";
import type { PriceRole, Prices } from "./prices.ts";

export type GroupCount = { group: ProbeGroup; reached: number; unknown: number; of: number };

export type IsolationRow = {
  id: string;
  groups: GroupCount[];
  reached: number;
  of: number;
  /** Who evaluates its filter; null = it has none. */
  evaluator: "kernel" | "Sentry" | null;
  prices: Partial<Record<PriceRole, Estimate>>;
  /** Another one that stops at least the same, and costs less in every price that both have, intervals apart. */
  dominatedBy: string | null;
};

type Finding = { probe: ProbeDefinition; reachedIn: { configuration: string; evidence: string }[] };

export type IsolationView = {
  result: ProbesResult;
  /** Groups that were probed. */
  groups: ProbeGroup[];
  probes: ProbeDefinition[];
  rows: IsolationRow[];
  verdictOf(configuration: string, probe: string): VerdictName | null;
  findings: Finding[];
  errors: { configuration: string; probe: string; detail: string }[];
  notRun: { id: string; status: string; reason: string }[];
  /** The baseline could not do these, either: they tell nothing of any sandbox here. */
  absent: { probe: string; detail: string }[];
  notProbed: typeof NOT_PROBED;
  priceRun: string | null;
};

export function isolationView(result: ProbesResult, prices: Prices | null): IsolationView {
  const probed = result.configurations.filter(({ status }) => status === "probed");
  const probes = PROBES.filter(({ name }) => result.probes.includes(name));
  const native = probed.find(({ config }) => isBaseline(config));
  const groups = GROUPS.filter((group) => probes.some((probe) => probe.group === group));
  const absent = (native?.verdicts ?? []).filter(
    ({ verdict }) => verdict === "absent" || verdict === "blocked",
  );
  const counted = probes.filter(({ name }) => !absent.some(({ probe }) => probe === name));
  const rows = probed.map((one) => rowOf(one, groups, counted, prices));
  return {
    result,
    groups,
    probes,
    rows: rows.map((row) => ({ ...row, dominatedBy: dominator(row, rows, probed) })),
    verdictOf: (configuration, probe) =>
      probed.find(({ id }) => id === configuration)?.verdicts.find((one) => one.probe === probe)?.verdict ??
      null,
    findings: findingsOf(probed.filter((one) => one !== native)),
    errors: probed.flatMap(({ id, verdicts }) =>
      verdicts
        .filter(({ verdict }) => verdict === "error")
        .map(({ probe, detail }) => ({ configuration: id, probe, detail })),
    ),
    notRun: result.configurations
      .filter(({ status }) => status !== "probed")
      .map(({ id, status, reason }) => ({ id, status, reason: reason ?? "it was broken off before" })),
    absent,
    notProbed: NOT_PROBED,
    priceRun: prices?.runId ?? null,
  };
}

function rowOf(
  { id, config, verdicts }: ConfigurationProbes,
  groups: readonly ProbeGroup[],
  counted: readonly ProbeDefinition[],
  prices: Prices | null,
): IsolationRow {
  const counts = groups.map((group) => {
    const names = counted.filter((probe) => probe.group === group).map(({ name }) => name);
    const own = verdicts.filter(({ probe }) => names.includes(probe));
    const count = (name: VerdictName) => own.filter(({ verdict }) => verdict === name).length;
    return { group, reached: count("reached"), unknown: count("error"), of: own.length };
  });
  return {
    id,
    groups: counts,
    reached: counts.reduce((sum, { reached }) => sum + reached, 0),
    of: counts.reduce((sum, { of }) => sum + of, 0),
    evaluator: config.seccomp === "none" ? null : factsOf(config).evaluator,
    prices: prices?.of(config) ?? {},
    dominatedBy: null,
  };
}

/** Pareto: it stops what this one stops, and costs less for certain in whatever both were measured in. */
function dominator(
  row: IsolationRow,
  rows: readonly IsolationRow[],
  probed: readonly ConfigurationProbes[],
): string | null {
  const reachedBy = (id: string) =>
    (probed.find((one) => one.id === id)?.verdicts ?? [])
      // What is not known is not counted as stopped.
      .filter(({ verdict }) => verdict === "reached" || verdict === "error")
      .map(({ probe }) => probe);
  const own = new Set(reachedBy(row.id));
  const better = rows.find(
    (other) =>
      other.id !== row.id && reachedBy(other.id).every((probe) => own.has(probe)) && costsLess(other, row),
  );
  return better?.id ?? null;
}

function costsLess(a: IsolationRow, b: IsolationRow): boolean {
  const roles = (Object.keys(a.prices) as PriceRole[]).filter((role) => b.prices[role] !== undefined);
  return (
    roles.length > 0 &&
    roles.every((role) => {
      const [high, low] = [a.prices[role]?.high ?? null, b.prices[role]?.low ?? null];
      return high !== null && low !== null && high < low;
    })
  );
}

/** Those in most configurations first. */
function findingsOf(probed: readonly ConfigurationProbes[]): Finding[] {
  const found = new Map<string, Finding>();
  for (const { id, verdicts } of probed) {
    for (const { probe: name, verdict, detail } of verdicts) {
      const probe = probeNamed(name);
      if (verdict !== "reached" || probe === undefined) continue;
      const finding = found.get(name) ?? { probe, reachedIn: [] };
      finding.reachedIn.push({ configuration: id, evidence: detail });
      found.set(name, finding);
    }
  }
  return [...found.values()].sort((a, b) => b.reachedIn.length - a.reachedIn.length);
}
