/** What a reader should notice without looking for it. */
import { lastWords } from "../../../base/last-words.ts";
import type { CellSummary } from "../../../stats/summaries/summary-types.ts";
import { fullSandboxLabel } from "../../kit/configurations.ts";
import { formatShare, formatValue, plural } from "../../kit/format.ts";
import { modesText } from "./distributions.ts";
import { bySandbox, countText, list, type Sighting } from "./notable.ts";
import type { Finding } from "./report-view.ts";
import type { RunData } from "./run-data.ts";
import type { SummaryIndex } from "./summary-index.ts";
import { surprises } from "./surprises.ts";

/** From this share of disturbed launches on, the host was too busy to trust the middle of an interval. */
export const BUSY_SHARE = 0.2;

/** Problems first. Of an emulated run only the results count, not the times. A cause is named only where it is measured. */
export function findings(run: RunData): Finding[] {
  const { summary } = run.index;
  const { cells, emulated } = summary;
  const sightings = cells.flatMap((cell) => cell.metrics.map((metric) => ({ cell, metric })));
  const timing = emulated
    ? []
    : [...disturbed(cells), ...bimodal(sightings), ...lostUpdates(sightings), ...surprises(run)];
  const all = [...stoppedStarting(summary), ...wrongChecks(cells), ...timing];
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
      detail: `Medians over the configurations: ${bySandbox.join(", ")}.`,
    },
  ];
}
