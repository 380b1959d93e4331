/** Costs that no one would expect, each told only where chance alone would not show one among all that were looked at. */
import { hodgesLehmann } from "../../../stats/estimates/hodges-lehmann.ts";
import { logRatioPairs } from "../../../stats/estimates/log-ratio-pairs.ts";
import { roundMeans } from "../../../stats/estimates/round-means.ts";
import { stepDownMaxAbsT } from "../../../stats/families/step-down-max-t.ts";
import { sizeP } from "../../../stats/families/verdict.ts";
import type { MetricSummary } from "../../../stats/summaries/summary-types.ts";
import type { RoundDifferences } from "../../../stats/tests/joint-sign-flips.ts";
import { fullSandboxLabel } from "../../kit/configurations.ts";
import { formatRatio, formatShare, plural } from "../../kit/format.ts";
import { countText, list } from "./notable.ts";
import type { Finding } from "./report-view.ts";
import type { RunData } from "./run-data.ts";

/** Computation may differ by this much before it is a finding. */
const COMPUTE_TOLERANCE = 0.02;
/** Below this share of native a sandbox is called cheaper. */
const CHEAPER = 0.9;
/** Of reports on configurations that cost the same, at most this share may have one of these findings. */
const SURPRISE_ALPHA = 0.05;
/** At computation, and at what is much cheaper: each gets its part. */
const LOOKS = 2;
/** Of the test that one changed figure is beyond its limit. */
const SIZE_LEVEL = 0.01;

/** One operation under one sandbox: of each round the mean over its configurations (network and filter). */
type Figure = {
  sandbox: string;
  scenario: string;
  metric: MetricSummary;
  rounds: RoundDifferences;
  /** `1.06x [1.03, 1.08] n=11` */
  text: string;
  isDearer: boolean;
};

export function surprises(run: RunData): Finding[] {
  const figures = figuresOf(run);
  return [...otherComputation(figures), ...cheaper(figures)];
}

function figuresOf(run: RunData): Figure[] {
  const { cells } = run.index.summary;
  const byId = new Map(cells.map((cell) => [cell.cell, cell]));
  const pairs = cells.flatMap((cell) =>
    cell.metrics.flatMap((metric) => {
      const other = byId.get(`${metric.overhead?.baseline}::${cell.scenario}`);
      const ours = run.seriesOf(cell.config, cell.scenario, metric.metric);
      const theirs = other && run.seriesOf(other.config, other.scenario, metric.metric);
      // Without an interval there is nothing to tell.
      if (!ours || !theirs || (metric.overhead?.ciLow ?? null) === null) return [];
      const { rounds, logRatios } = logRatioPairs(ours.byRound, theirs.byRound, metric.better);
      const byRound = new Map(rounds.map((round, at) => [round, logRatios[at]!]));
      return [{ sandbox: fullSandboxLabel(cell.config), scenario: cell.scenario, metric, byRound }];
    }),
  );
  const groups = Map.groupBy(pairs, ({ sandbox, scenario, metric }) =>
    JSON.stringify([sandbox, scenario, metric.metric]),
  );
  return [...groups.values()].map((members) => {
    const { sandbox, scenario, metric } = members[0]!;
    const { rounds, values: logRatios } = roundMeans(members.map(({ byRound }) => byRound));
    const { estimate, low, high, n } = hodgesLehmann(logRatios)!;
    const back = (end: number | null) => (end === null ? null : Math.exp(end));
    const ratio = { value: Math.exp(estimate), low: back(low), high: back(high), n };
    const text = formatRatio({ ...ratio, baseline: metric.overhead!.baseline });
    return { sandbox, scenario, metric, rounds: { rounds, logRatios }, text, isDearer: estimate > 0 };
  });
}

/** Those that differ from the baseline beyond chance among all that are given, and by more than the limit. */
function beyond(figures: readonly Figure[], limit: number): Figure[] {
  const alpha = SURPRISE_ALPHA / LOOKS;
  const changed = stepDownMaxAbsT(
    figures.map(({ rounds }) => rounds),
    alpha,
  );
  return figures.filter(({ rounds, isDearer }, at) => {
    if (changed[at]! > alpha) return false;
    return sizeP({ ...rounds, delta: Math.log1p(limit) }, isDearer ? 1 : -1) <= SIZE_LEVEL;
  });
}

function otherComputation(figures: readonly Figure[]): Finding[] {
  const looked = figures.filter(
    ({ scenario, metric: { group } }) => scenario === "cpu" || /comput/.test(group),
  );
  const found = beyond(looked, COMPUTE_TOLERANCE);
  return [...Map.groupBy(found, ({ metric }) => metric.title)].map(([title, members]) => ({
    severity: "notice",
    title: `Computation does not cost the same as natively: ${title}`,
    detail: `Beyond ${percent(COMPUTE_TOLERANCE)}, and ${beyondChance(looked.length)}: ${list(
      members.map(({ sandbox, text }) => `${sandbox} ${text}`),
    )}.`,
  }));
}

function cheaper(figures: readonly Figure[]): Finding[] {
  const looked = figures.filter(({ metric }) => metric.unit !== "count");
  const found = beyond(looked, 1 / CHEAPER - 1).filter(({ isDearer }) => !isDearer);
  if (found.length === 0) return [];
  const sandboxes = [...Map.groupBy(found, ({ sandbox }) => sandbox)].map(([sandbox, members]) => ({
    sandbox,
    ops: members.map(({ metric, text }) => `${metric.title} (${text})`),
  }));
  return [
    {
      severity: "notice",
      title: `Cheaper than the baseline: ${countText(sandboxes)}`,
      detail: `Below ${CHEAPER}x, and ${beyondChance(looked.length)}. Check that the work is the same before you believe it. ${sandboxes
        .map(({ sandbox, ops }) => `${sandbox}: ${list(ops)}`)
        .join(". ")}.`,
    },
  ];
}

/** `beyond chance among all 60 figures that were looked at (5 %)` */
function beyondChance(looked: number): string {
  return `beyond chance among all ${plural(looked, "figure")} that were looked at (${percent(SURPRISE_ALPHA)})`;
}

function percent(share: number): string {
  return formatShare(share).replace(".0 %", " %");
}
