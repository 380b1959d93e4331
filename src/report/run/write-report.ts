import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { SbxError } from "../../base/errors.ts";
import { visibleJson } from "../../base/visible-text.ts";
import type { JudgedSummary } from "../../check/judged-summary.ts";
import { modelFile } from "../../model/model-file.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import { chartToSvg, svgToPng } from "../kit/render-chart.ts";
import { costOfRun, MODEL_FILE } from "../model/cost-of-run.ts";
import { readWhy } from "../program/stored-why.ts";
import { allCharts, chartList, modelChartList, modelCharts } from "./charts/all-charts.ts";
import { pageHtml } from "./html/page.ts";
import { renderMarkdown } from "./markdown.ts";
import { buildView } from "./view/build-view.ts";
import type { ReportView } from "./view/report-view.ts";

type ReportInput = {
  manifest: RunManifest;
  launches: readonly LaunchRecord[];
  summary: JudgedSummary;
  /** The run's folder; made where it does not exist. */
  dir: string;
  /** Also write every chart as `charts/*.svg` and `charts/*.png`. */
  chartFiles?: boolean;
};

/** Paths of what was written. */
export type ReportFiles = {
  html: string;
  markdown: string;
  summary: string;
  /** The fitted model; `null` where the run has none. */
  model: string | null;
  /** What could not be drawn; the numbers are in the report all the same. */
  warnings: string[];
};

/**
 * Write `summary.json`, `report.md` and `report.html`; `model.json` where a cost model can be fitted, `article.json`
 * where the run checks the article; each whole or not at all. The numbers come first, so that they are kept when
 * there is no room for the rest.
 *
 * @throws SbxError (exit code 4) where the folder cannot be written
 */
export async function writeReport(input: ReportInput): Promise<ReportFiles> {
  const { manifest, launches, summary, dir } = input;
  const { cost, warnings } = costOfRun(dir, manifest, launches);
  const view = buildView(manifest, summary, launches, cost, readWhy(dir));
  const files = {
    html: path.join(dir, "report.html"),
    markdown: path.join(dir, "report.md"),
    summary: path.join(dir, "summary.json"),
    model: cost === null ? null : path.join(dir, MODEL_FILE),
  };
  await explained(dir, async () => {
    await mkdir(dir, { recursive: true });
    await writeWhole(files.summary, `${visibleJson(summary)}\n`);
    if (view.article !== null) {
      await writeWhole(path.join(dir, "article.json"), `${visibleJson(view.article)}\n`);
    }
    if (cost !== null && files.model !== null) {
      const { runId, toolVersion, fingerprint } = manifest;
      const model = modelFile({ runId, toolVersion, fingerprint: fingerprint.id }, cost);
      await writeWhole(files.model, `${visibleJson(model)}\n`);
    }
    await writeWhole(files.markdown, renderMarkdown(view));
    await writeWhole(files.html, await pageHtml(view));
    if (input.chartFiles === true) warnings.push(...(await writeCharts(view, path.join(dir, "charts"))));
  });
  return { ...files, warnings };
}

async function writeCharts(view: ReportView, dir: string): Promise<string[]> {
  if (view.performance === null) return ["no charts: the processor is emulated"];
  await mkdir(dir, { recursive: true });
  const charts = [...chartList(allCharts(view.performance)), ...modelChartList(modelCharts(view.model))];
  for (const chart of charts) {
    const svg = await chartToSvg(chart, "light");
    await writeWhole(path.join(dir, `${chart.id}.svg`), svg);
    await writeWhole(path.join(dir, `${chart.id}.png`), svgToPng(svg));
  }
  return [];
}

/** A reader never sees half a file: written beside it, then renamed over it. */
async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(unfinished, content);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
}

const REASONS: Record<string, { why: string; fix: string }> = {
  ENOSPC: { why: "the disk is full", fix: "Free some space, then run `sbx-bench report` again." },
  EDQUOT: { why: "the disk quota is used up", fix: "Free some space, then run `sbx-bench report` again." },
  EROFS: { why: "the file system is read-only", fix: "Choose a writable folder with --out." },
  EACCES: { why: "the folder is not writable for you", fix: "Choose a writable folder with --out." },
  EPERM: { why: "the folder is not writable for you", fix: "Choose a writable folder with --out." },
  ENOENT: { why: "the folder cannot be made there", fix: "Choose another folder with --out." },
  ENOTDIR: { why: "a part of the path is a file", fix: "Choose another folder with --out." },
  EEXIST: { why: "a file stands where the folder should be", fix: "Choose another folder with --out." },
};

async function explained(dir: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ""];
    if (reason === undefined) throw error;
    throw new SbxError({ what: `Cannot write the report to ${dir}`, ...reason, exitCode: 4, cause: error });
  }
}
