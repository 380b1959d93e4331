/** Costs that no one would expect, each told only where chance alone would not show one among all that were looked at. */
import { configurationId } from "../../plan/cell.ts";
import { type BeyondLimit, beyondLimit } from "../../stats/beyond-limit.ts";
import { type LogRatioPairs, logRatioPairs } from "../../stats/log-ratio-pairs.ts";
import type { CellSummary, MetricSummary } from "../../stats/summary-types.ts";
import { formatShare, plural, toRatio } from "./format.ts";
import { bySandbox, countText, list, type Sighting } from "./notable.ts";
import type { Finding } from "./report-view.ts";
import type { RunData } from "./run-data.ts";

/** Computation may differ by this much before it is a finding. */
const COMPUTE_TOLERANCE = 0.02;
/** Below this share of native a cell is called cheaper. */
const CHEAPER = 0.9;
/** Of reports on configurations that cost the same, at most this share may have one of these findings. */
const SURPRISE_ALPHA = 0.05;
/** Computation dearer, computation cheaper, anything much cheaper: each gets its part. */
const LOOKS = 3;

type Looked = Sighting & { pairs: LogRatioPairs };

export function surprises(run: RunData): Finding[] {
  const { cells } = run.index.summary;
  const byId = new Map(cells.map((cell) => [cell.cell, cell]));
  const all = cells.flatMap((cell) =>
    cell.metrics.flatMap((metric): Looked[] => {
      const other = byId.get(`${metric.overhead?.baseline}::${cell.scenario}`);
      const pairs = other === undefined ? null : pairsOf(run, cell, other, metric);
      return pairs === null ? [] : [{ cell, metric, pairs }];
    }),
  );
  return [...dearComputation(all), ...cheaper(all)];
}

/** `null` where there is no interval, or no launch to make one of. */
function pairsOf(run: RunData, cell: CellSummary, other: CellSummary, metric: MetricSummary) {
  if (metric.overhead === null || metric.overhead.ciLow === null) return null;
  const ours = run.seriesOf(cell.config, cell.scenario, metric.metric);
  const theirs = run.seriesOf(other.config, other.scenario, metric.metric);
  return ours && theirs ? logRatioPairs(ours.byRound, theirs.byRound, metric.better) : null;
}

function judge(looked: readonly Looked[], limit: number): BeyondLimit {
  return beyondLimit(
    looked.map(({ pairs }) => pairs),
    limit,
    SURPRISE_ALPHA / LOOKS,
  );
}

function dearComputation(all: readonly Looked[]): Finding[] {
  const looked = all.filter(({ cell, metric: { group } }) => cell.scenario === "cpu" || /comput/.test(group));
  const { above, below } = judge(looked, Math.log1p(COMPUTE_TOLERANCE));
  const beyond = looked.filter((_, at) => above[at] || below[at]);
  const titles = [...Map.groupBy(beyond, ({ metric }) => metric.title)];
  return titles.map(([title, members]) => ({
    severity: "notice",
    title: `Computation does not cost the same as natively: ${title}`,
    detail: `Beyond ${formatShare(COMPUTE_TOLERANCE)}, and ${beyondChance(looked.length)}: ${list(
      members.map(({ cell, metric }) => `${configurationId(cell.config)} ${toRatio(metric.overhead)!.text}`),
    )}.`,
  }));
}

function cheaper(all: readonly Looked[]): Finding[] {
  const looked = all.filter(({ metric }) => metric.unit !== "count");
  const { below } = judge(looked, -Math.log(CHEAPER));
  const sandboxes = bySandbox(
    looked.filter((_, at) => below[at]),
    ({ overhead }) => toRatio(overhead)!.text,
  );
  if (sandboxes.length === 0) return [];
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

/** `beyond chance among the 60 that were looked at (5 % for all findings of this kind)` */
function beyondChance(looked: number): string {
  return `beyond chance among the ${plural(looked, "figure")} that were looked at (${formatShare(SURPRISE_ALPHA)} for all of them together)`;
}
