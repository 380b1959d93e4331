/** The answer in ten seconds, computed from what was measured; parts that are missing are left out. */
import { configurationId } from "../../../axes/axes.ts";
import type { Configuration } from "../../../axes/configuration.ts";
import { isBaseline, sandboxLabel } from "../../../axes/sandbox.ts";
import { besideRatios, holdsOne } from "../../kit/beside-ratios.ts";
import type { Estimate, Ratio } from "../../kit/figure.ts";
import {
  formatFactor,
  formatFactorInterval,
  formatShare,
  plural,
  toEstimate,
  toRatio,
} from "../../kit/format.ts";
import { BUSY_SHARE } from "./findings.ts";
import type { KeyMetric, Role } from "./key-metrics.ts";
import type { HeadlineTile, HeadlineView, LadderView } from "./report-view.ts";
import { peersOf, subjectOf } from "./subject.ts";
import { metricKey, type SummaryIndex } from "./summary-index.ts";

const TILES: readonly Role[] = ["syscall", "startup", "memory", "compute"];

/** @param steps the ladders: what stands there for a configuration stands here, too */
export function headline(
  index: SummaryIndex,
  keys: readonly KeyMetric[],
  steps: readonly LadderView[],
): HeadlineView {
  const subject = subjectOf(index);
  if (subject === null) return { text: "Nothing was measured.", configuration: null, tiles: [] };
  const shown = (config: Configuration, key: KeyMetric) => shownOf(index, steps, config, key);
  const facts = new Map(keys.map((key) => [key.role, factOf(index, subject, key, shown)]));
  const tiles = TILES.flatMap((role) => tile(index, subject, facts.get(role) ?? null, shown));
  return {
    text: `${sentences(subject, facts)}${caution(index)}`,
    configuration: configurationId(subject),
    tiles,
  };
}

type ShownOf = (config: Configuration, key: KeyMetric) => Estimate | null;

/** A configuration's value as its rung has it; where it has none, as it agrees with its own ratio. */
function shownOf(
  index: SummaryIndex,
  steps: readonly LadderView[],
  config: Configuration,
  { scenario, metric: { metric } }: KeyMetric,
): Estimate | null {
  const of = configurationId(config);
  const own = index.metric(config, scenario, metric);
  if (own === null) return null;
  const ladder = steps.find(({ key }) => key === metricKey(scenario, metric));
  const rung = ladder?.rungs.find(({ configuration }) => configuration === of);
  return rung?.estimate ?? besideRatios(toEstimate(own), of, [{ of, ratio: toRatio(own.overhead) }]);
}

/** One key metric under the subject, with the baseline's value beside it. */
type Fact = {
  key: KeyMetric;
  value: Estimate;
  ratio: Ratio | null;
  /** `null` where the subject is the baseline: it is held against nothing. */
  native: Estimate | null;
};

function factOf(index: SummaryIndex, subject: Configuration, key: KeyMetric, shown: ShownOf): Fact | null {
  const metric = index.metric(subject, key.scenario, key.metric.metric);
  const value = shown(subject, key);
  if (metric === null || value === null) return null;
  const { baseline } = index;
  const isOwn = baseline === null || configurationId(subject) === configurationId(baseline);
  return { key, value, ratio: toRatio(metric.overhead), native: isOwn ? null : shown(baseline, key) };
}

/** `the dearest of 5 operations`; empty where nothing was chosen. Without a direction it is the highest estimate. */
function chosenText({ chosenFrom }: KeyMetric, ratio: Ratio | null): string {
  if (chosenFrom === 1) return "";
  return `${ratio !== null && holdsOne(ratio) ? "the highest estimate" : "the dearest"} of ${chosenFrom} operations`;
}

/** `costs 38 times native under runsc [37, 40]`; no cost is claimed where the interval holds 1. */
function costsText(what: string, ratio: Ratio, under = ""): string {
  const times = `${formatFactor(ratio.value)} times native${under}`;
  const interval = formatFactorInterval(ratio);
  return holdsOne(ratio)
    ? `${what} is not shown to cost more or less than natively: ${times} ${interval}`
    : `${what} costs ${times} ${interval}`;
}

function sentences(subject: Configuration, facts: ReadonlyMap<Role, Fact | null>): string {
  const under = isBaseline(subject) ? "natively" : `under ${sandboxLabel(subject)}`;
  const syscall = facts.get("syscall") ?? null;
  const parts: string[] = [];
  if (syscall?.ratio) {
    const { ratio, value, native } = syscall;
    const range = ratio.values.agree ? "" : " (a range is of launches that differ)";
    const times = native ? `: ${value.short} against ${native.short}${range}` : "";
    parts.push(`On this host ${costsText("a system call", ratio, ` ${under}`)}${times}.`);
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
    const { ratio, key } = compute;
    const which = [key.metric.title, chosenText(key, ratio)].filter((part) => part !== "").join(", ");
    second.push(`${costsText("computation", ratio)} (${which})`);
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
export function caution({ summary: { cells } }: SummaryIndex): string {
  const disturbed = cells.reduce((sum, cell) => sum + cell.disturbedLaunches, 0);
  const share =
    disturbed /
    Math.max(
      1,
      cells.reduce((sum, cell) => sum + cell.launches, 0),
    );
  if (share < BUSY_SHARE) return "";
  return ` The host was busy: ${formatShare(share)} of the launches were disturbed; stop other work and measure again.`;
}

function tile(
  index: SummaryIndex,
  subject: Configuration,
  fact: Fact | null,
  shown: ShownOf,
): HeadlineTile[] {
  if (fact === null) return [];
  const { key, value, ratio, native } = fact;
  const isAbsolute = key.role === "startup" || key.role === "memory" || ratio === null;
  const others = peersOf(index, subject).flatMap((config) => {
    const metric = index.metric(config, key.scenario, key.metric.metric);
    if (metric === null) return [];
    if (isAbsolute) return [`${sandboxLabel(config)} ${shown(config, key)!.short}`];
    if (metric.overhead === null) return [];
    return [`${sandboxLabel(config)} ${formatFactor(metric.overhead.ratio)}x`];
  });
  const chosen = chosenText(key, ratio);
  const first = chosen === "" ? "" : `${chosen}: `;
  return [
    {
      label: key.label,
      value: isAbsolute ? value.short : `${formatFactor(ratio.value)}x`,
      detail: isAbsolute
        ? value.text
        : `${first}${ratio.text}${native ? `; ${native.short} → ${value.short}` : ""}`,
      others,
    },
  ];
}

function absolute({ value, native }: Fact): string {
  return native === null ? value.short : `${value.short} against ${native.short}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
