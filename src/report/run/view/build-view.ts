import type { JudgedSummary } from "../../../check/judged-summary.ts";
import type { CostReport } from "../../../model/cost-report.ts";
import type { LaunchRecord } from "../../../samples/launch-record.ts";
import type { RunManifest } from "../../../samples/run-manifest.ts";
import type { CellSummary, MeasuredStatus } from "../../../stats/summaries/summary-types.ts";
import { checkArticle } from "../../article/check-article.ts";
import { fittedTerms } from "../../article/fitted-terms.ts";
import { flagEffectsView } from "../../flags/view.ts";
import { plural } from "../../kit/format.ts";
import { modelView } from "../../model/view/model.ts";
import { programHeadline } from "../../program/headline.ts";
import { type ProgramView, programViews } from "../../program/view.ts";
import type { ProgramWhy } from "../../program/why.ts";
import { serverViews, withoutServers } from "../../server/view.ts";
import { upgradeView } from "../../upgrade/view.ts";
import { distributions } from "./distributions.ts";
import { findings } from "./findings.ts";
import { caution, headline } from "./headline.ts";
import { memory, startup } from "./host-costs.ts";
import { keyMetrics } from "./key-metrics.ts";
import { ladders } from "./ladder.ts";
import { matrices } from "./matrix.ts";
import { failedCells, notRun } from "./not-run.ts";
import { formatTime, provenance } from "./provenance.ts";
import { skipGroups, warningGroups } from "./remarks.ts";
import type { PerformanceView, ReportView } from "./report-view.ts";
import { type RunData, runData } from "./run-data.ts";

const EMULATED =
  "Functional test only. The processor was emulated: these launches show that the sandboxes work, and say nothing about performance. No figure is shown.";

/**
 * Everything that a report shows, computed once; pure.
 *
 * @param launches for the distributions and the steps of the ladder; without them both stay empty
 * @param cost what the model says of this run; `null` leaves its parts out
 * @param why what is known of where the time of its programs goes
 */
export function buildView(
  manifest: RunManifest,
  summary: JudgedSummary,
  launches: readonly LaunchRecord[],
  cost: CostReport | null = null,
  why: ReadonlyMap<string, ProgramWhy> = new Map(),
): ReportView {
  const run = runData(manifest, summary, launches);
  const { cells } = summary;
  const programs = summary.emulated ? [] : programViews(run, why);
  const servers = summary.emulated ? [] : serverViews(run);
  const others = withoutServers(run, servers);
  const isServersOnly = servers.length > 0 && others.index.metrics.length === 0;
  const measured = summary.emulated || isServersOnly ? null : performance(others, programs);
  const model =
    measured === null || cost === null ? null : modelView(cost, manifest, measured.headline.configuration);
  return {
    title: summary.emulated ? "sbx-bench: functional test only" : "What the sandboxes cost on this host",
    runId: summary.runId,
    banner: summary.emulated ? EMULATED : null,
    subtitle: `${plural(summary.rounds, "round")}, preset ${summary.preset}, seed ${summary.seed}, ${formatTime(summary.startedAt)}`,
    counts: {
      measured: count(cells, "measured"),
      failed: count(cells, "failed"),
      unavailable: count(cells, "unavailable"),
      excluded: count(cells, "excluded"),
    },
    baseline: summary.baseline,
    performance: measured,
    programs,
    servers,
    busyHost: caution(run.index),
    model,
    article: checkArticle(run, fittedTerms(model)),
    upgrades: (summary.upgrades ?? []).map(upgradeView),
    flagEffects: (summary.flagEffects ?? []).map(flagEffectsView),
    findings: findings(run),
    failed: failedCells(run),
    notRun: notRun(cells),
    skips: skipGroups(cells),
    checks: cells.flatMap((cell) => cell.checks.map((check) => ({ cell: cell.cell, ...check }))),
    warnings: warningGroups(summary),
    provenance: provenance(manifest, summary),
  };
}

function performance(run: RunData, programs: readonly ProgramView[]): PerformanceView {
  const keys = keyMetrics(
    run.index,
    programs.map(({ name }) => name),
  );
  const steps = ladders(run, keys);
  return {
    headline:
      programs.length > 0 ? programHeadline(programs, caution(run.index)) : headline(run.index, keys, steps),
    ladders: steps,
    matrices: matrices(run.index, keys),
    distributions: distributions(run, keys, steps),
    startup: startup(run.index),
    memory: memory(run.index),
  };
}

function count(cells: readonly CellSummary[], status: MeasuredStatus): number {
  return cells.filter((cell) => cell.status === status).length;
}
