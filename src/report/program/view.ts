/** What a run says of each program of its user: slowdown, run time, start-up, memory and why, configuration by configuration. */
import { configurationId } from "../../axes/axes.ts";
import type { Configuration } from "../../axes/configuration.ts";
import { isBaseline } from "../../axes/sandbox.ts";
import { besideRatios } from "../kit/beside-ratios.ts";
import type { Estimate, Ratio } from "../kit/figure.ts";
import { toEstimate, toRatio } from "../kit/format.ts";
import type { RunData } from "../run/view/run-data.ts";
import { missingReason } from "../run/view/summary-index.ts";
import { type MemoryGain, memoryGain } from "./memory-gain.ts";
import { type ProgramUse, programUses } from "./program-uses.ts";
import { rowLabels } from "./row-labels.ts";
import { type ProgramWhy, whyText } from "./why.ts";

export type ProgramRow = {
  /** `unshare + filter`; with the network where the run has several. */
  label: string;
  configuration: string;
  /** Run time as times native, paired by round; `null` with the reason in `missing`. */
  slowdown: Ratio | null;
  run: Estimate | null;
  /** CPU time that the whole launch cost the host. */
  cpu: Estimate | null;
  /** Spawn to the first line out of the sandbox. */
  startup: Estimate | null;
  /** What one launch holds more than natively while the program runs, by PSS. */
  memory: MemoryGain | null;
  missing: string | null;
  /** The farthest from the host's kernel of those that were measured. */
  isStrongest: boolean;
};

export type ProgramView = {
  /** As in cell ids. */
  name: string;
  /** The command line as it was given. */
  command: string;
  native: Estimate | null;
  /** Spawn to the first line of the process that starts the program. */
  nativeStartup: Estimate | null;
  /** In order of isolation, without the baseline. */
  rows: ProgramRow[];
  /** Where the time of the most isolated goes; `null` where nothing is known of it. */
  why: string | null;
};

const RUN = "run";
const STARTUP = "ready";
const CPU = "launch-cpu";

/** One a program of the run; empty of a run without. @param why what is known of their costs, by program */
export function programViews(run: RunData, why: ReadonlyMap<string, ProgramWhy>): ProgramView[] {
  return programUses(run.manifest).map((use) => programView(run, use, why.get(use.name) ?? null));
}

function programView(run: RunData, { name, argv }: ProgramUse, why: ProgramWhy | null): ProgramView {
  const { index } = run;
  const shown = index.configurations.filter(
    (config) => !isBaseline(config) && wasAsked(index.cell(config, name)?.status),
  );
  const labels = rowLabels(shown);
  const strongest = shown.findLast((config) => index.metric(config, name, RUN) !== null);
  const rows = shown.map((config): ProgramRow => {
    const metric = index.metric(config, name, RUN);
    return {
      label: labels.get(config) ?? configurationId(config),
      configuration: configurationId(config),
      slowdown: metric && toRatio(metric.overhead),
      run: estimateOf(run, config, name, RUN),
      cpu: estimateOf(run, config, name, CPU),
      startup: estimateOf(run, config, name, STARTUP),
      memory: index.baseline && memoryGain(run, name, config, index.baseline),
      missing: metric === null ? missingReason(index.cell(config, name), RUN) : null,
      isStrongest: config === strongest && shown.length > 1,
    };
  });
  const native = index.baseline && index.metric(index.baseline, name, RUN);
  const top = rows.find(({ isStrongest }) => isStrongest) ?? rows.findLast(({ run }) => run !== null);
  return {
    name,
    command: argv.join(" "),
    native: native && beside(toEstimate(native), index.summary.baseline, rows),
    nativeStartup: index.baseline && estimateOf(run, index.baseline, name, STARTUP),
    rows: rows.map((row) => ({ ...row, run: row.run && beside(row.run, row.configuration, rows) })),
    why: why === null || top === undefined ? null : whyText(why, top, native?.median ?? null),
  };
}

function beside(estimate: Estimate, of: string, rows: readonly ProgramRow[]): Estimate {
  return besideRatios(
    estimate,
    of,
    rows.map(({ configuration, slowdown }) => ({ of: configuration, ratio: slowdown })),
  );
}

function estimateOf(run: RunData, config: Configuration, name: string, metric: string): Estimate | null {
  const found = run.index.metric(config, name, metric);
  return found && toEstimate(found);
}

function wasAsked(status: string | undefined): boolean {
  return status !== undefined && status !== "excluded";
}
