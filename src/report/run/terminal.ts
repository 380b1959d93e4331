/** The report in a terminal: the answer first, what did not run last, never wider than the window. */

import { lastWords } from "../../base/last-words.ts";
import { hasColour } from "../../base/terminal-abilities.ts";
import { NOT_ASKED_FOR } from "../../plan/build-plan.ts";
import { articleLines } from "../article/terminal.ts";
import { flagEffectLines } from "../flags/terminal.ts";
import { plural } from "../kit/format.ts";
import { type Paint, painter, screenText, wrap } from "../kit/terminal-table.ts";
import { programLines } from "../program/terminal.ts";
import { serverLines } from "../server/terminal.ts";
import { upgradeLines } from "../upgrade/terminal.ts";
import { performanceLines } from "./terminal-performance.ts";
import type { PerformanceView, ReportView } from "./view/report-view.ts";

export type TerminalOptions = {
  /** Width of the window in characters. */
  columns: number;
  /** See `terminalOptions`. */
  colour: boolean;
  /** Where the report lies: a line each. */
  files: readonly string[];
};

const FAILED_SHOWN = 5;
/** A program that said nothing else did not say why. */
const PROTOCOL_LINE = /^\{"type":"/;

/** Width and colour of a stream. */
export function terminalOptions(
  stream: { isTTY?: boolean; columns?: number },
  env: NodeJS.ProcessEnv,
): Pick<TerminalOptions, "columns" | "colour"> {
  return { columns: Math.max(60, stream.columns ?? 80), colour: hasColour(stream, env) };
}

export function renderTerminal(view: ReportView, options: TerminalOptions): string {
  const { columns } = options;
  const paint = painter(options.colour);
  const { measured, failed, unavailable, excluded } = view.counts;
  const lines = [
    ...(view.banner === null ? [] : [...wrap(view.banner, columns).map(paint.red), ""]),
    ...view.servers.flatMap((server) => serverLines(server, columns, paint)),
    ...answerLines(view, columns, paint),
    ...view.upgrades.flatMap((upgrade) => upgradeLines(upgrade, columns, paint)),
    ...view.flagEffects.flatMap((effects) => flagEffectLines(effects, columns, paint)),
    ...findingLines(view, columns, paint),
    ...gapLines(view, columns, paint),
    ...wrap(
      `${plural(measured, "cell")} measured, ${failed} failed, ${unavailable} unavailable, ${excluded} excluded; ${view.subtitle}`,
      columns,
    ).map(paint.dim),
    ...(view.warnings.length === 0
      ? []
      : [paint.dim(`${plural(view.warnings.length, "kind of warning", "kinds of warnings")} in the report`)]),
    ...options.files,
  ];
  return screenText(lines, options.colour);
}

/** Of a run that was made to check the article, the article's claims are the answer. */
function answerLines(
  { article, performance, programs, busyHost }: ReportView,
  columns: number,
  paint: Paint,
): string[] {
  if (article !== null) return articleLines(article, columns, paint);
  if (performance === null) return [];
  const busy = programs.length === 0 ? "" : busyHost.trim();
  const own = [
    ...(busy === "" ? [] : wrap(`! ${busy}`, columns).map(paint.red)),
    ...programLines(programs, columns, paint),
  ];
  // A run of programs alone has one answer; all that the kernel counted of them is in the page.
  return hasOthers(performance, programs) ? [...own, ...performanceLines(performance, columns, paint)] : own;
}

function hasOthers({ matrices }: PerformanceView, programs: ReportView["programs"]): boolean {
  const names = new Set(programs.map(({ name }) => name));
  return (
    names.size === 0 ||
    matrices.some(({ groups }) =>
      groups.some(({ rows }) => rows.some(({ scenario }) => !names.has(scenario))),
    )
  );
}

function findingLines({ findings }: ReportView, columns: number, paint: Paint): string[] {
  if (findings.length === 0) return [];
  const lines = findings.flatMap(({ severity, title, detail }) => [
    ...wrap(`${severity === "problem" ? "! " : "- "}${title}`, columns).map(
      severity === "problem" ? paint.red : paint.yellow,
    ),
    ...(severity === "problem" ? wrap(detail, columns, "  ") : []),
  ]);
  return [paint.bold("What to notice"), ...lines, ""];
}

function gapLines({ failed, notRun, programs }: ReportView, columns: number, paint: Paint): string[] {
  const lines = failed.slice(0, FAILED_SHOWN).flatMap(({ cell, reason, evidence }) => {
    const last = lastWords(evidence?.output ?? "");
    return [
      ...wrap(`! failed: ${cell}`, columns).map(paint.red),
      ...wrap(reason, columns, "  "),
      ...(last === "" || reason.includes(last) || PROTOCOL_LINE.test(last)
        ? []
        : wrap(last, columns, "  > ")),
    ];
  });
  if (failed.length > FAILED_SHOWN)
    lines.push(`  and ${failed.length - FAILED_SHOWN} more failed cells in the report`);
  for (const { status, reason, what, cells } of notRun) {
    // Of a program in the usual configurations nobody asked for the others.
    if (reason === NOT_ASKED_FOR || (programs.length > 0 && status === "excluded")) continue;
    lines.push(...wrap(`- ${plural(cells.length, "cell")} ${status}: ${reason}`, columns));
    // What was left out on purpose needs no list here.
    if (status === "unavailable") lines.push(...wrap(what, columns, "  ").map(paint.dim));
  }
  return lines.length === 0 ? [] : [paint.bold("What has no number, and why"), ...lines, ""];
}
