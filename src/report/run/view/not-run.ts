/** Cells without a number: grouped by reason where they never ran, with the evidence where they failed. */
import { NETWORKS } from "../../../axes/network.ts";
import { hasCrash } from "../../../base/last-words.ts";
import { cutText } from "../../../base/short-text.ts";
import type { LaunchRecord } from "../../../samples/launch-record.ts";
import type { CellSummary } from "../../../stats/summaries/summary-types.ts";
import { fullSandboxLabel, seccompLabel } from "../../kit/configurations.ts";
import { plural } from "../../kit/format.ts";
import type { FailedCell, NotRunGroup } from "./report-view.ts";
import type { RunData } from "./run-data.ts";

/** What a report shows of a failed launch's output, in lines from each end. */
const EVIDENCE_LINES = 6;
/** Characters of one of these lines. */
const EVIDENCE_COLUMNS = 400;

export function notRun(cells: readonly CellSummary[]): NotRunGroup[] {
  const idle = cells.filter((cell) => cell.status === "unavailable" || cell.status === "excluded");
  const groups = Map.groupBy(idle, (cell) => `${cell.status}\n${cell.reason}`);
  return [...groups.values()]
    .map((members) => ({
      status: members[0]!.status as NotRunGroup["status"],
      reason: members[0]!.reason ?? "no reason given",
      what: describe(members),
      cells: members.map((cell) => cell.cell),
    }))
    .toSorted((a, b) => b.status.localeCompare(a.status) || b.cells.length - a.cells.length);
}

export function failedCells(run: RunData): FailedCell[] {
  return run.index.summary.cells
    .filter((cell) => cell.status === "failed")
    .map((cell) => ({
      cell: cell.cell,
      reason: cell.reason ?? "no reason given",
      evidence: evidence(run.launchesOf(cell.cell)),
    }));
}

function evidence(launches: readonly LaunchRecord[]): FailedCell["evidence"] {
  const launch = launches.find((candidate) => candidate.failure !== null);
  if (launch === undefined || launch.failure === null) return null;
  const { kind, message, exitCode, signal } = launch.failure;
  const stdout = (launch.failure.stdoutHead ?? "") + launch.failure.stdoutTail;
  const stderr = (launch.failure.stderrHead ?? "") + launch.failure.stderrTail;
  const isOnStdout = stderr.trim() === "" || (hasCrash(stdout) && !hasCrash(stderr));
  const exit =
    signal !== null
      ? `the launched process was ended by signal ${signal}`
      : exitCode !== null
        ? `exit code ${exitCode} of the launched process`
        : "the launched process has no exit code";
  return {
    kind,
    message,
    // People count from 1, as the progress does.
    round: launch.round + 1,
    exit,
    output: bothEnds(isOnStdout ? stdout : stderr),
  };
}

/** The first and the last lines: a crash says why before its stack traces, other programs say it last. */
function bothEnds(output: string): string {
  const lines = output
    .trimEnd()
    .split(/\r\n|\n|\r/)
    .map((line) => cutText(line, EVIDENCE_COLUMNS));
  const left = lines.length - 2 * EVIDENCE_LINES;
  if (left <= 1) return lines.join("\n");
  const mark = `[… ${plural(left, "line")} left out; launches.ndjson has both ends of the output …]`;
  return [...lines.slice(0, EVIDENCE_LINES), mark, ...lines.slice(-EVIDENCE_LINES)].join("\n");
}

/** `runsc kvm; net none, host, sandbox; seccomp none, default; 7 scenarios` */
function describe(cells: readonly CellSummary[]): string {
  const values = (of: (cell: CellSummary) => string) => [...new Set(cells.map(of))];
  const networks = values((cell) => cell.config.network);
  const scenarios = values((cell) => cell.scenario);
  return [
    values((cell) => fullSandboxLabel(cell.config)).join(", "),
    `net ${NETWORKS.filter((network) => networks.includes(network)).join(", ")}`,
    `seccomp ${values((cell) => seccompLabel(cell.config.seccomp)).join(", ")}`,
    scenarios.length > 3 ? plural(scenarios.length, "scenario") : scenarios.join(", "),
  ].join("; ");
}
