/**
 * Workflow commands that GitHub shows as annotations of the run.
 * Source: GitHub Docs, "Workflow commands for GitHub Actions"; escaping as in actions/toolkit, command.ts.
 */
import { visibleLines } from "../../base/visible-text.ts";
import type { Gap, UncomparedGap, VerdictRow, VerdictView } from "./verdict-view.ts";

type Level = "error" | "warning" | "notice";

/** GitHub shows so many of each level for one step and drops the rest in silence. */
const MOST_OF_A_LEVEL = 10;
/** Of the cells not compared for one reason, so many are named. */
const GAPS_NAMED = 3;

/** @param strict what is unclear or no longer seen is an error as well */
export function verdictGithub(view: VerdictView, strict: boolean): string {
  const { worse, unclear, better } = view.rows;
  const broken = view.broken.flatMap(({ reason, what }) =>
    what.map((one) => annotation("error", `Broken: ${one}`, reason)),
  );
  const regressions = worse.map((row) => annotation("error", `Worse: ${row.name}`, said(row)));
  const open = unclear.map((row) =>
    annotation(strict ? "error" : "warning", `Unclear: ${row.name}`, `${said(row)}; ${row.power}`),
  );
  const warnings = [
    ...(view.banner === null ? [] : [annotation("warning", "Emulated", view.banner)]),
    ...view.warnings.map((text) => annotation("warning", "sbx-bench", text)),
    ...gapsOf(view, false).map((gap) => gapText("warning", "Not compared", gap)),
  ];
  const unseen = gapsOf(view, true).map((gap) => gapText(strict ? "error" : "warning", "Missing in b", gap));
  const summary = annotation("notice", "sbx-bench", `${view.headline} ${view.trust}`);
  const gains = better.map((row) => annotation("notice", `Better: ${row.name}`, said(row)));
  const errors = [...broken, ...regressions, ...(strict ? [...unseen, ...open] : [])];
  const cautions = [...(strict ? [] : unseen), ...warnings, ...(strict ? [] : open)];
  return [
    ...capped("error", errors),
    ...capped("warning", cautions),
    ...capped("notice", [summary, ...gains]),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function gapsOf({ notCompared }: VerdictView, isUnseen: boolean): UncomparedGap[] {
  return notCompared.filter((gap) => gap.isUnseen === isUnseen);
}

function gapText(level: Level, title: string, { reason, what }: Gap): string {
  return annotation(level, `${title} (${what.length})`, `${reason}: ${named(what)}`);
}

function said(row: VerdictRow): string {
  const against = row.against === null ? "" : `, against ${row.against}`;
  return `${row.cell}${against}: ${row.name} ${row.figures}`;
}

function named(what: readonly string[]): string {
  const more = what.length > GAPS_NAMED ? ` and ${what.length - GAPS_NAMED} more` : "";
  return `${what.slice(0, GAPS_NAMED).join(", ")}${more}`;
}

function capped(level: Level, lines: readonly string[]): string[] {
  if (lines.length <= MOST_OF_A_LEVEL) return [...lines];
  const kept = lines.slice(0, MOST_OF_A_LEVEL - 1);
  const left = lines.length - kept.length;
  return [...kept, annotation(level, "sbx-bench", `and ${left} more; the job summary lists them all`)];
}

function annotation(level: Level, title: string, message: string): string {
  return `::${level} title=${escapeProperty(title)}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return visibleLines(text).replaceAll("%", "%25").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
