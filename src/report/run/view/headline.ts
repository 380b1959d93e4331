/** The answer in ten seconds, computed from what was measured; parts that are missing are left out. */
import { configurationId } from "../../../axes/axes.ts";
import type { Configuration } from "../../../axes/configuration.ts";
import {
  isBaseline,
  labelsByUse,
  MOST_ISOLATED_FIRST,
  SANDBOX_FACTS,
  sandboxLabel,
} from "../../../axes/sandbox.ts";
import { besideRatios } from "../../kit/beside-ratios.ts";
import { NETWORK_PREFERENCE } from "../../kit/configurations.ts";
import type { Estimate, Ratio } from "../../kit/figure.ts";
import {
  formatEstimate,
  formatFactor,
  formatFactorInterval,
  formatShare,
  formatValue,
  plural,
  toEstimate,
  toRatio,
} from "../../kit/format.ts";
import { BUSY_SHARE } from "./findings.ts";
import type { KeyMetric, Role } from "./key-metrics.ts";
import type { HeadlineTile, HeadlineView } from "./report-view.ts";
import type { SummaryIndex } from "./summary-index.ts";

/** The sandbox that a reader came for: the first of these that was measured. */
const SUBJECTS = [
  ...MOST_ISOLATED_FIRST.flatMap(labelsByUse),
  ...SANDBOX_FACTS.filter(({ kind }) => kind !== "sandbox")
    .map(({ name }) => name)
    .toReversed(),
];
const TILES: readonly Role[] = ["syscall", "startup", "memory", "compute"];

export function headline(index: SummaryIndex, keys: readonly KeyMetric[]): HeadlineView {
  const subject = subjectOf(index);
  if (subject === null) return { text: "Nothing was measured.", configuration: null, tiles: [] };
  const facts = new Map(keys.map((key) => [key.role, factOf(index, subject, key)]));
  const tiles = TILES.flatMap((role) => tile(index, subject, facts.get(role) ?? null));
  return {
    text: `${sentences(subject, facts)}${caution(index)}`,
    configuration: configurationId(subject),
    tiles,
  };
}

function subjectOf(index: SummaryIndex): Configuration | null {
  const measured = index.configurations.filter((config) =>
    index.scenarios.some((scenario) => (index.cell(config, scenario)?.metrics.length ?? 0) > 0),
  );
  for (const label of SUBJECTS) {
    const candidates = measured.filter((config) => sandboxLabel(config) === label);
    for (const network of NETWORK_PREFERENCE) {
      const own = candidates.filter((config) => config.network === network);
      const found = own.find((config) => config.seccomp === "none") ?? own[0];
      if (found !== undefined) return found;
    }
  }
  return null;
}

/** One key metric under the subject, with the baseline's value beside it. */
type Fact = {
  key: KeyMetric;
  value: Estimate;
  ratio: Ratio | null;
  /** `null` where the subject is the baseline: it is held against nothing. */
  native: Estimate | null;
  /** `the dearest of 5 operations`; empty where nothing was chosen. */
  chosen: string;
};

function factOf(index: SummaryIndex, subject: Configuration, key: KeyMetric): Fact | null {
  const worst = key.role === "compute" ? dearest(index, subject, key) : { key, chosen: "" };
  const { scenario, metric: meta } = worst.key;
  const metric = index.metric(subject, scenario, meta.metric);
  if (metric === null) return null;
  const own = configurationId(subject);
  const { baseline } = index.summary;
  const native =
    index.baseline === null || own === baseline ? null : index.metric(index.baseline, scenario, meta.metric);
  const ratio = toRatio(metric.overhead);
  const shown = (estimate: Estimate, of: string) => besideRatios(estimate, of, [{ of: own, ratio }]);
  return {
    ...worst,
    value: shown(toEstimate(metric), own),
    ratio,
    native: native && shown(toEstimate(native), baseline),
  };
}

/** Of several computations the one that pays most: a mean would promise too much. */
function dearest(
  index: SummaryIndex,
  subject: Configuration,
  key: KeyMetric,
): { key: KeyMetric; chosen: string } {
  const group = (index.cell(subject, key.scenario)?.metrics ?? []).filter(
    (metric) => metric.group === key.metric.group && metric.overhead !== null,
  );
  const top = group.toSorted((a, b) => b.overhead!.ratio - a.overhead!.ratio)[0];
  if (top === undefined) return { key, chosen: "" };
  const chosen = group.length === 1 ? "" : `the dearest of ${group.length} operations`;
  return { key: { ...key, metric: top }, chosen };
}

function sentences(subject: Configuration, facts: ReadonlyMap<Role, Fact | null>): string {
  const under = isBaseline(subject) ? "natively" : `under ${sandboxLabel(subject)}`;
  const syscall = facts.get("syscall") ?? null;
  const parts: string[] = [];
  if (syscall?.ratio) {
    const { ratio, value, native } = syscall;
    const range = ratio.values.agree ? "" : " (the middle half of the launches, which differ)";
    const times = native ? `: ${value.short} against ${native.short}${range}` : "";
    parts.push(
      `On this host a system call costs ${formatFactor(ratio.value)} times native ${under} ${formatFactorInterval(ratio)}${times}.`,
    );
  } else if (syscall) {
    parts.push(`On this host a system call takes ${syscall.value.short} ${under}.`);
  }
  const second: string[] = [];
  const startup = facts.get("startup");
  if (startup) second.push(`start-up takes ${absolute(startup)}`);
  const memory = facts.get("memory");
  if (memory) second.push(`an idle sandbox holds ${absolute(memory)}`);
  const compute = facts.get("compute");
  if (compute?.ratio) {
    const { ratio, key, chosen } = compute;
    const which = chosen === "" ? key.metric.title : `${key.metric.title}, ${chosen}`;
    second.push(
      `computation costs ${formatFactor(ratio.value)} times native ${formatFactorInterval(ratio)} (${which})`,
    );
  }
  if (second.length > 0) {
    const text = second.join("; ");
    parts.push(`${syscall ? "" : `On this host, ${under}: `}${syscall ? capital(text) : text}.`);
  }
  const launches = [...facts.values()].flatMap((fact) => (fact === null ? [] : [fact.value.n]));
  if (launches.length === 0)
    return `${capital(sandboxLabel(subject))} was measured, but none of the operations that a headline is made of.`;
  const fewest = Math.min(...launches);
  const most = Math.max(...launches);
  const n = fewest === most ? plural(most, "launch", "launches") : `${fewest} to ${most} launches`;
  return `${parts.join(" ")} Brackets: 95 % interval over ${n}.`;
}

/** A reader who stops here must know when the host was too busy to trust the middle of an interval. */
function caution({ summary: { cells } }: SummaryIndex): string {
  const disturbed = cells.reduce((sum, cell) => sum + cell.disturbedLaunches, 0);
  const share =
    disturbed /
    Math.max(
      1,
      cells.reduce((sum, cell) => sum + cell.launches, 0),
    );
  if (share < BUSY_SHARE) return "";
  return ` The host was busy: ${formatShare(share)} of the launches were disturbed.`;
}

function tile(index: SummaryIndex, subject: Configuration, fact: Fact | null): HeadlineTile[] {
  if (fact === null) return [];
  const { key, value, ratio, native, chosen } = fact;
  const isAbsolute = key.role === "startup" || key.role === "memory" || ratio === null;
  const others = peers(index, subject).flatMap((config) => {
    const metric = index.metric(config, key.scenario, key.metric.metric);
    if (metric === null) return [];
    if (isAbsolute) return [`${sandboxLabel(config)} ${formatValue(metric.median, metric.unit)}`];
    if (metric.overhead === null) return [];
    return [`${sandboxLabel(config)} ${formatFactor(metric.overhead.ratio)}x`];
  });
  const computed =
    key.role === "compute" ? `${[key.metric.title, chosen].filter((part) => part !== "").join(", ")}: ` : "";
  return [
    {
      label: key.label,
      value: isAbsolute ? formatValue(value.value, value.unit) : `${formatFactor(ratio.value)}x`,
      detail: isAbsolute
        ? formatEstimate(value)
        : `${computed}${ratio.text}${native ? `; ${native.short} → ${value.short}` : ""}`,
      others,
    },
  ];
}

/** The baseline and the other sandboxes with the subject's network and filter. */
function peers(index: SummaryIndex, subject: Configuration): Configuration[] {
  return index.configurations.filter((config) => {
    if (configurationId(config) === configurationId(subject)) return false;
    const like = config.network === subject.network && config.seccomp === subject.seccomp;
    return like || (index.baseline !== null && configurationId(config) === configurationId(index.baseline));
  });
}

/** Medians as they are: no ratio stands beside them. */
function absolute({ value, native }: Fact): string {
  const own = formatValue(value.value, value.unit);
  return native === null ? own : `${own} against ${formatValue(native.value, native.unit)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
