/** `history` from the flags to the view: index what is new, choose runs and cells, ask, analyse. */
import { resolve } from "node:path";
import { SbxError } from "../base/errors.ts";
import { globMatcher } from "../base/glob.ts";
import { didYouMean } from "../base/nearest.ts";
import { writeText } from "../base/write-text.ts";
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
import { noteWritten } from "./options/format-options.ts";
import { note } from "./output/note.ts";

export type HistoryFlags = {
  cell?: string[];
  fingerprint?: string;
  last?: number;
  minChange: number;
  parquet?: string;
  dir?: string;
};

/** @returns `null` where only an export was asked for: no metric is named */
export async function historyHere(
  metric: string | null,
  flags: HistoryFlags,
  config: ResolvedConfig,
  fingerprintHere: () => Promise<string>,
): Promise<HistoryView | null> {
  return withDuckDb(async (connection) => {
    const baselines = flags.dir === undefined ? config.baselines : resolve(flags.dir);
    const all = await indexAll({ out: config.out, baselines }, connection, nowAndThen(note));
    const skipped = all.skipped.map(skippedText);
    for (const line of skipped) note(`warning  ${line}; skipped`);
    const real = all.indices.filter(({ emulated, rows }) => !emulated && rows !== null);
    const having = real.filter(({ metrics }) => metric === null || metrics.includes(metric));
    if (having.length === 0) throw nothing(metric, real, config.out);
    const cells = chooseCells(having, flags.cell ?? []);
    const wanted = having.filter((index) => index.cells.some((cell) => cells.has(cell)));
    const fingerprint = await chooseFingerprint(flags.fingerprint, wanted, fingerprintHere);
    const host = wanted.find((index) => index.fingerprint.id === fingerprint)?.fingerprint;
    const sameHost = wanted.filter((index) => host === undefined || isSameHost(index.fingerprint, host));
    const chosen = sameHost.slice(-(flags.last ?? sameHost.length));
    if (flags.parquet !== undefined) {
      const files = chosen.flatMap(({ rows }) => rows ?? []);
      const { content, rows } = await exportParquet(connection, files, { metric, cells: [...cells] });
      const isWhole = writeText(flags.parquet, content, "--parquet");
      noteWritten(flags.parquet, isWhole, `: ${plural(rows, "row")} of ${plural(chosen.length, "run")}`);
    }
    if (metric === null) return null;
    const files = chosen.flatMap(({ points }) => points ?? []);
    const found = await queryPoints(connection, files, metric);
    const byRun = new Map(chosen.map((index) => [index.runId, index]));
    return buildHistory({
      ...{ metric, fingerprint, minChange: flags.minChange, skipped },
      points: found.points.filter(({ cell }) => cells.has(cell)),
      failed: found.failed,
      titleOf: (scenario) => titleOf(chosen, scenario, metric),
      fingerprintOf: (runId) => byRun.get(runId)?.fingerprint,
      warnings: warningsOf(
        wanted.length - sameHost.length,
        all.indices.filter(({ emulated }) => emulated).length,
      ),
    });
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
  asked: string | undefined,
  indices: readonly RunIndex[],
  here: () => Promise<string>,
): Promise<string | null> {
  if (asked === "all") return null;
  const known = [...new Set(indices.map(({ fingerprint }) => fingerprint.id))];
  if (asked === undefined) return indices.at(-1)?.fingerprint.id ?? null;
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
