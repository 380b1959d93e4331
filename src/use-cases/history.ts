/** `history`: index what is new, choose runs and cells, ask, analyse. */
import { SbxError } from "../base/errors.ts";
import { globMatcher } from "../base/glob.ts";
import { didYouMean } from "../base/nearest.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { buildHistory } from "../report/history/build-history.ts";
import type { HistoryView } from "../report/history/history-view.ts";
import { plural } from "../report/kit/format.ts";
import { isSameHost } from "../samples/differing-fields.ts";
import { withDuckDb } from "../store/history/duckdb.ts";
import { exportParquet } from "../store/history/export-parquet.ts";
import { queryPoints } from "../store/history/query-points.ts";
import type { RunIndex } from "../store/history/run-index.ts";
import { indexAll } from "../store/history/sources.ts";
import { skippedText } from "../store/stored-run.ts";
import { probeHere } from "./probe-host.ts";
import { saySkipped } from "./stored-notes.ts";
import { notesTo, type UseCaseContext } from "./use-case.ts";

export type HistoryRequest = {
  config: ResolvedConfig;
  /** `null` where only an export is wanted. */
  metric: string | null;
  /** Globs of cell ids; empty = all cells. */
  cells: readonly string[];
  /** Start of an id, `here` or `all`; `null` = the newest run's. */
  fingerprint: string | null;
  /** Only the last ones; `null` = all runs. */
  last: number | null;
  /** The smallest lasting change to report, a share. */
  minChange: number;
  /** Also every launch as a Parquet file. */
  parquet: boolean;
};

export type History = {
  /** `null` without a metric. */
  view: HistoryView | null;
  parquet: { content: Uint8Array; rows: number; runs: number } | null;
};

/** @throws SbxError (exit code 2) for a metric, cell or fingerprint that no stored run has */
export async function history(request: HistoryRequest, { say }: UseCaseContext): Promise<History> {
  const { config, metric } = request;
  return withDuckDb(async (connection) => {
    const all = await indexAll(config, connection, nowAndThen(notesTo(say)));
    const skipped = all.skipped.map(skippedText);
    saySkipped(say, all.skipped);
    const real = all.indices.filter(({ emulated, rows }) => !emulated && rows !== null);
    const having = real.filter(({ metrics }) => metric === null || metrics.includes(metric));
    if (having.length === 0) throw nothing(metric, real, config.out);
    const cells = chooseCells(having, request.cells);
    const wanted = having.filter((index) => index.cells.some((cell) => cells.has(cell)));
    const fingerprintHere = async () => (await probeHere(config, false, notesTo(say))).fingerprint.id;
    const fingerprint = await chooseFingerprint(request.fingerprint, wanted, fingerprintHere);
    const host = wanted.find((index) => index.fingerprint.id === fingerprint)?.fingerprint;
    const sameHost = wanted.filter((index) => host === undefined || isSameHost(index.fingerprint, host));
    const chosen = sameHost.slice(-(request.last ?? sameHost.length));
    const rowFiles = chosen.flatMap(({ rows }) => rows ?? []);
    const parquet = request.parquet
      ? {
          ...(await exportParquet(connection, rowFiles, { metric, cells: [...cells] })),
          runs: chosen.length,
        }
      : null;
    if (metric === null) return { view: null, parquet };
    const files = chosen.flatMap(({ points }) => points ?? []);
    const found = await queryPoints(connection, files, metric);
    const byRun = new Map(chosen.map((index) => [index.runId, index]));
    const view = buildHistory({
      ...{ metric, fingerprint, minChange: request.minChange, skipped },
      points: found.points.filter(({ cell }) => cells.has(cell)),
      failed: found.failed,
      titleOf: (scenario) => titleOf(chosen, scenario, metric),
      fingerprintOf: (runId) => byRun.get(runId)?.fingerprint,
      warnings: warningsOf(
        wanted.length - sameHost.length,
        all.indices.filter(({ emulated }) => emulated).length,
      ),
    });
    return { view, parquet };
  });
}

/** One line a second says enough. */
function nowAndThen(say: (message: string) => void): (message: string) => void {
  let saidMs = Number.NEGATIVE_INFINITY;
  return (message) => {
    if (performance.now() - saidMs < 1000) return;
    saidMs = performance.now();
    say(message);
  };
}

function warningsOf(otherHosts: number, emulated: number): string[] {
  return [
    ...(otherHosts > 0
      ? [`${plural(otherHosts, "run")} of other fingerprints not shown; --fingerprint all shows them`]
      : []),
    ...(emulated > 0 ? [`${plural(emulated, "run")} left out: the processor was emulated`] : []),
  ];
}

function titleOf(indices: readonly RunIndex[], scenario: string, metric: string): string {
  const declared = indices
    .flatMap((index) => index.declared)
    .findLast((meta) => meta.scenario === scenario && meta.metric === metric);
  return declared?.title ?? metric;
}

function chooseCells(indices: readonly RunIndex[], globs: readonly string[]): Set<string> {
  const known = [...new Set(indices.flatMap(({ cells }) => cells))].sort();
  const cells = new Set<string>();
  for (const glob of globs.length === 0 ? ["*"] : globs) {
    const matched = known.filter(globMatcher(glob));
    if (matched.length === 0) {
      throw new SbxError({
        what: `No cell matches ${glob}`,
        why: `The stored runs have ${known.length} cells, and none has an id like that.${didYouMean(glob.replaceAll("*", ""), known)}`,
        fix: `Ids look like ${known[0]}; * is any text.`,
      });
    }
    for (const cell of matched) cells.add(cell);
  }
  return cells;
}

/** @returns `null` = all */
async function chooseFingerprint(
  asked: string | null,
  indices: readonly RunIndex[],
  here: () => Promise<string>,
): Promise<string | null> {
  if (asked === "all") return null;
  const known = [...new Set(indices.map(({ fingerprint }) => fingerprint.id))];
  if (asked === null) return indices.at(-1)?.fingerprint.id ?? null;
  const wanted = asked === "here" ? await here() : asked;
  const matching = known.filter((id) => id.startsWith(wanted));
  if (matching.length === 1) return matching[0]!;
  throw new SbxError({
    what:
      matching.length === 0
        ? `No run has the fingerprint ${wanted}${asked === "here" ? " of this host" : ""}`
        : `${matching.length} fingerprints begin with ${wanted}`,
    why: `The stored runs have ${known.join(", ")}.${asked === "here" ? "" : didYouMean(wanted, known)}`,
    fix: "Name one of them, or --fingerprint all.",
  });
}

function nothing(metric: string | null, indices: readonly RunIndex[], out: string): SbxError {
  const metrics = [...new Set(indices.flatMap((index) => index.metrics))].sort();
  if (metric === null || metrics.length === 0) {
    return new SbxError({
      what: "There is no history yet",
      why: `${out} holds no run with a launch, and there is no baseline.`,
      fix: "Measure one with `sbx-bench run`.",
    });
  }
  return new SbxError({
    what: `No stored run has a metric ${metric}`,
    why: `They have ${metrics.join(", ")}.${didYouMean(metric, metrics)}`,
    fix: "Name one of them.",
  });
}
