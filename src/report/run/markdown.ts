/** `report.md`: the whole report as GitHub-flavoured Markdown, numbers instead of charts. */
import { articleMarkdown } from "../article/markdown.ts";
import type { FlagEffectsView } from "../flags/view.ts";
import type { Chart } from "../kit/chart.ts";
import type { Table } from "../kit/figure.ts";
import { plural } from "../kit/format.ts";
import {
  markdownBlock,
  markdownCode,
  markdownDocument,
  markdownTable,
  markdownText,
} from "../kit/markdown-text.ts";
import { modelMarkdown } from "../model/markdown.ts";
import { programTable } from "../program/table.ts";
import type { ProgramView } from "../program/view.ts";
import { serverMarkdown } from "../server/markdown.ts";
import type { UpgradeView } from "../upgrade/view.ts";
import { allCharts } from "./charts/all-charts.ts";
import type { PerformanceView, ReportView } from "./view/report-view.ts";

export function renderMarkdown(view: ReportView): string {
  const { measured, failed, unavailable, excluded } = view.counts;
  const parts = [
    `# ${markdownText(view.title)}`,
    view.banner === null ? "" : `> [!CAUTION]\n> ${markdownText(view.banner)}`,
    `${markdownText(view.subtitle)}. ${plural(measured, "cell")} measured, ${failed} failed, ${unavailable} unavailable, ${excluded} excluded.`,
    view.performance === null ? "" : headline(view.performance),
    ...view.programs.flatMap(programMarkdown),
    ...view.servers.flatMap(serverMarkdown),
    view.article === null ? "" : `## The article, checked\n\n${articleMarkdown(view.article)}`,
    ...view.upgrades.flatMap(upgradeMarkdown),
    ...view.flagEffects.flatMap(flagsMarkdown),
    "## What to notice",
    findings(view),
    ...(view.performance === null ? [] : charts(view.performance)),
    ...(view.model === null ? [] : modelMarkdown(view.model)),
    "## What has no number, and why",
    failedCells(view),
    notRun(view),
    "## Checks",
    checks(view),
    "## Warnings",
    view.warnings.map(({ summary }) => `- ${markdownText(summary)}`).join("\n") || "None.",
    "## Where the numbers come from",
    markdownTable(
      ["what", "value"],
      view.provenance.map(({ label, value }) => [label, value]),
    ),
  ];
  return markdownDocument(parts);
}

function headline({ headline: { text, tiles } }: PerformanceView): string {
  const table = markdownTable(
    ["", "", "interval", "the others"],
    tiles.map((tile) => [tile.label, tile.value, tile.detail, tile.others.join(", ")]),
  );
  return `**${markdownText(text)}**${tiles.length === 0 ? "" : `\n\n${table}`}`;
}

function findings({ findings }: ReportView): string {
  if (findings.length === 0) return "Nothing out of the ordinary.";
  return findings
    .map(
      ({ severity, title, detail }) => `- **${severity}: ${markdownText(title)}.** ${markdownText(detail)}`,
    )
    .join("\n");
}

/** The first overhead table stands open; the other networks are folded. */
function charts(performance: PerformanceView): string[] {
  const { ladder, overhead, distributions, startup, memory } = allCharts(performance);
  const [first, ...others] = overhead;
  const open = [ladder, first ?? null].flatMap((chart) => (chart === null ? [] : [section(chart)]));
  const folded = others.map(
    (chart) => `<details><summary>${markdownText(chart.title)}</summary>\n\n${table(chart)}\n\n</details>`,
  );
  const rest = [distributions, startup, memory].flatMap((chart) => (chart === null ? [] : [section(chart)]));
  return [...open, ...folded, ...rest];
}

function section(chart: Chart): string {
  return `## ${markdownText(chart.title)}\n\n${table(chart)}`;
}

function table({ numbers }: Chart): string {
  return markdownTable(numbers.head, numbers.rows);
}

function failedCells({ failed }: ReportView): string {
  if (failed.length === 0) return "No cell failed.";
  return failed
    .map(({ cell, reason, evidence }) => {
      const proof =
        evidence === null
          ? ""
          : `\n\n${markdownText(`${evidence.kind} in round ${evidence.round} (${evidence.exit})${evidence.message === reason ? "" : `: ${evidence.message}`}.`)}` +
            (evidence.output === "" ? "" : `\n\n${markdownBlock(evidence.output)}`);
      return `### Failed: ${markdownCode(cell)}\n\n${markdownText(reason)}${proof}`;
    })
    .join("\n\n");
}

function notRun({ notRun, skips }: ReportView): string {
  const cells = markdownTable(
    ["cells", "status", "reason", "which"],
    notRun.map((group) => [String(group.cells.length), group.status, group.reason, group.what]),
  );
  const ops = markdownTable(
    ["why operations were left out", "operations", "cells"],
    skips.map(({ reason, ops, cells }) => [reason, ops.join(", "), String(cells)]),
  );
  return [notRun.length === 0 ? "Every cell of the plan ran." : cells, skips.length === 0 ? "" : ops]
    .filter((part) => part !== "")
    .join("\n\n");
}

function checks({ checks }: ReportView): string {
  if (checks.length === 0) return "No scenario of this run checks itself.";
  const wrong = checks.filter(({ held, of }) => held < of);
  if (wrong.length === 0) return `${plural(checks.length, "check")}, all of them held.`;
  return markdownTable(
    ["cell", "check", "held"],
    wrong.map(({ cell, name, held, of }) => [cell, name, `${held} of ${of}`]),
  );
}

function upgradeMarkdown({ title, text, trust, sections, gaps }: UpgradeView): string[] {
  return [
    `## ${markdownText(title)}`,
    `**${markdownText(text)}**`,
    markdownText(trust),
    ...[...sections, ...gaps].map(tableMarkdown),
  ];
}

function programMarkdown(program: ProgramView): string[] {
  const { title, head, rows } = programTable(program);
  return [
    `## ${markdownText(title)}`,
    markdownTable(head, rows),
    program.why === null ? "" : `Why: ${markdownText(program.why)}.`,
  ];
}

/** Level by level the metrics are folded. */
function flagsMarkdown({ title, trust, overview, pairs, details }: FlagEffectsView): string[] {
  return [
    `## ${markdownText(title)}`,
    markdownText(trust),
    tableMarkdown(overview),
    pairs === null ? "" : tableMarkdown(pairs),
    ...details.map(
      (table) =>
        `<details><summary>${markdownText(table.title)}</summary>\n\n${markdownTable(table.head, table.rows)}\n\n</details>`,
    ),
  ];
}

function tableMarkdown({ title, head, rows }: Table): string {
  return `### ${markdownText(title)}\n\n${markdownTable(head, rows)}`;
}
