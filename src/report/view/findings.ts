/** What a reader should notice without looking for it. */
import { lastWords } from "../../base/last-words.ts";
import { configurationId } from "../../plan/cell.ts";
import type { CellSummary, MetricSummary } from "../../stats/summary-types.ts";
import { fullSandboxLabel } from "./configurations.ts";
import { modesText } from "./distributions.ts";
import { formatShare, formatValue, plural, toRatio } from "./format.ts";
import type { Finding } from "./report-view.ts";
import type { SummaryIndex } from "./summary-index.ts";

/** Pure computation may differ by this much before it is a finding. */
const COMPUTE_TOLERANCE = 0.02;
/** Below this share of native a cell is called cheaper. */
const CHEAPER = 0.9;
/** From this share of disturbed launches on, the host was too busy to trust the middle of an interval. */
export const BUSY_SHARE = 0.2;
const LIST_LENGTH = 4;

type Sighting = { cell: CellSummary; metric: MetricSummary };

/** Problems first. Of an emulated run only the results count, not the times. */
export function findings(index: SummaryIndex): Finding[] {
  const { cells, emulated } = index.summary;
  const sightings = cells.flatMap((cell) => cell.metrics.map((metric) => ({ cell, metric })));
  const timing = [
    ...dearComputation(sightings),
    ...disturbed(cells),
    ...bimodal(sightings),
    ...lostUpdates(sightings),
    ...cheaper(sightings),
  ];
  const all = [...stoppedStarting(index.summary), ...wrongChecks(cells), ...(emulated ? [] : timing)];
  return all.toSorted((a, b) => Number(b.severity === "problem") - Number(a.severity === "problem"));
}

function stoppedStarting({ quarantined }: SummaryIndex["summary"]): Finding[] {
  return quarantined.map(({ what, reason, evidence, cells }) => ({
    severity: "problem",
    title: `${what} stopped starting in mid-run`,
    detail: `${reason} ${plural(cells.length, "cell")} went on without further launches.${
      evidence === "" || reason.includes(evidence) ? "" : ` Last words of the trial: ${lastWords(evidence)}`
    }`,
  }));
}

function wrongChecks(cells: readonly CellSummary[]): Finding[] {
  const wrong = cells.flatMap((cell) =>
    cell.checks.filter((check) => check.held < check.of).map((check) => ({ cell: cell.cell, ...check })),
  );
  return [...Map.groupBy(wrong, ({ name }) => name)].map(([name, members]) => ({
    severity: "problem",
    title: `Wrong result: ${name}`,
    detail: `Did not hold in ${list(
      members.map(({ cell, held, of }) => `${of - held} of ${plural(of, "launch", "launches")} of ${cell}`),
    )}.`,
  }));
}

function dearComputation(sightings: readonly Sighting[]): Finding[] {
  const dear = sightings.filter(({ cell, metric: { overhead, group } }) => {
    if (cell.scenario !== "cpu" && !/comput/.test(group)) return false;
    if (!overhead || overhead.ciLow === null || overhead.ciHigh === null) return false;
    return overhead.ciLow > 1 + COMPUTE_TOLERANCE || overhead.ciHigh < 1 - COMPUTE_TOLERANCE;
  });
  return [...Map.groupBy(dear, ({ metric }) => metric.title)].map(([title, members]) => ({
    severity: "problem",
    title: `Pure computation does not cost the same: ${title}`,
    detail: `It makes no system call, so it should cost nothing. Beyond 2 %: ${list(
      members.map(({ cell, metric }) => `${configurationId(cell.config)} ${toRatio(metric.overhead)!.text}`),
    )}.`,
  }));
}

function disturbed(cells: readonly CellSummary[]): Finding[] {
  const launches = cells.reduce((sum, cell) => sum + cell.launches, 0);
  const count = cells.reduce((sum, cell) => sum + cell.disturbedLaunches, 0);
  if (count === 0) return [];
  const worst = cells.toSorted((a, b) => b.disturbedLaunches - a.disturbedLaunches)[0]!;
  return [
    {
      severity: count / launches >= BUSY_SHARE ? "problem" : "notice",
      title: `${formatShare(count / launches)} of the launches were disturbed by other load`,
      detail: `${count} of ${launches}, kept and counted. Most in ${worst.cell}: ${worst.disturbedLaunches} of ${worst.launches}.`,
    },
  ];
}

/** One finding for all: how many operations by sandbox, with examples of the sandbox that has most. */
function bimodal(sightings: readonly Sighting[]): Finding[] {
  const split = sightings.filter(({ metric }) => metric.modes.length > 1);
  const sandboxes = bySandbox(split, ({ modes, unit }) => modesText(modes, unit));
  const [most] = sandboxes.toSorted((a, b) => b.ops.length - a.ops.length);
  if (most === undefined) return [];
  return [
    {
      severity: "notice",
      title: `Operations with more than one speed: ${countText(sandboxes)}`,
      detail: `A single median hides this; see the distributions. ${most.sandbox}: ${list(most.ops)}.`,
    },
  ];
}

function lostUpdates(sightings: readonly Sighting[]): Finding[] {
  const lost = sightings.filter(
    ({ metric }) => metric.unit === "count" && /lost/i.test(metric.metric) && metric.median > 0,
  );
  if (lost.length === 0) return [];
  const bySandbox = [...Map.groupBy(lost, ({ cell }) => fullSandboxLabel(cell.config))].map(
    ([sandbox, members]) => {
      const values = members.map(({ metric }) => metric.median);
      const low = formatValue(Math.min(...values), "count");
      const high = formatValue(Math.max(...values), "count");
      return `${sandbox} ${low === high ? low : `${low} to ${high}`}`;
    },
  );
  return [
    {
      severity: "notice",
      title: "An unsynchronised counter loses updates",
      detail: `As it should: a sandbox does not make a data race safe. Medians over the configurations: ${bySandbox.join(", ")}.`,
    },
  ];
}

function cheaper(sightings: readonly Sighting[]): Finding[] {
  const cheap = sightings.filter(
    ({ metric: { overhead, unit } }) => unit !== "count" && (overhead?.ciHigh ?? 1) < CHEAPER,
  );
  const sandboxes = bySandbox(cheap, ({ overhead }) => toRatio(overhead)!.text);
  if (sandboxes.length === 0) return [];
  return [
    {
      severity: "notice",
      title: `Cheaper than the baseline: ${countText(sandboxes)}`,
      detail: `Check that the work is the same before you believe it. ${sandboxes
        .map(({ sandbox, ops }) => `${sandbox}: ${list(ops)}`)
        .join(". ")}.`,
    },
  ];
}

type SandboxOps = { sandbox: string; ops: string[] };

/** Each operation once a sandbox, with what the first configuration that shows it says. */
function bySandbox(sightings: readonly Sighting[], say: (metric: MetricSummary) => string): SandboxOps[] {
  return [...Map.groupBy(sightings, ({ cell }) => fullSandboxLabel(cell.config))].map(
    ([sandbox, members]) => ({
      sandbox,
      ops: [...Map.groupBy(members, ({ metric }) => metric.title)].map(
        ([title, same]) => `${title} (${say(same[0]!.metric)})`,
      ),
    }),
  );
}

/** `runc 2, runsc systrap 31` */
function countText(sandboxes: readonly SandboxOps[]): string {
  return sandboxes.map(({ sandbox, ops }) => `${sandbox} ${ops.length}`).join(", ");
}

function list(items: readonly string[]): string {
  const more = items.length - LIST_LENGTH;
  return items.slice(0, LIST_LENGTH).join("; ") + (more > 0 ? `; and ${more} more` : "");
}
