/** The answer on one screen of 24 lines; all of it is `tuneTerminal`'s. */
import type { Change } from "../../model/tune/changes.ts";
import { plural } from "../kit/format.ts";
import { painter, screenText, wrap } from "../kit/terminal-table.ts";
import { changeGroups } from "./groups.ts";
import type { TuneTerminalOptions } from "./terminal.ts";
import { changeHeading, changeRow } from "./terminal-changes.ts";
import { useLines } from "./terminal-use.ts";
import type { TuneReport } from "./tune-report.ts";
import { because, CORPUS_NOTE, headline, sourceText } from "./words.ts";

const SCREEN = 24;
/** What the user types next, and the prompt behind it. */
const LAST = 2;
const MORE =
  "All changes with their price and needs, effects, cost against security, how to set it: --verbose";

/** @param setsIt whether how to set a configuration was asked for (`--to`): that is shown, however long it is */
export function tuneShort(
  report: TuneReport,
  { columns, colour }: TuneTerminalOptions,
  setsIt: boolean,
): string {
  const paint = painter(colour);
  const [first, ...others] = report.warnings;
  const more = others.length === 0 ? "" : ` (and ${plural(others.length, "more warning")})`;
  const basis = report.changes.some(({ estimate }) => estimate.basis === "corpus") ? [CORPUS_NOTE] : [];
  const head = [
    ...wrap(headline(report), columns).map(paint.bold),
    ...wrap(because(report), columns),
    ...wrap(`${report.workload.text} ${sourceText(report)}`, columns).map(paint.dim),
    ...(first === undefined ? [] : atMost(2, wrap(`! ${first}${more}`, columns)).map(paint.yellow)),
  ];
  const foot = [
    ...basis.flatMap((text) => wrap(text, columns).map(paint.dim)),
    ...wrap(MORE, columns).map(paint.dim),
  ];
  const room = SCREEN - LAST - head.length - foot.length;
  const lines = [...head, ...changeLines(report, room, columns), ...foot];
  return screenText(setsIt ? [...lines, ...useLines(report.use, columns, paint)] : lines, colour);
}

/** Gains first, then what is unclear, what costs more last; of those without a place there is the number. */
function changeLines(report: TuneReport, room: number, columns: number): string[] {
  const groups = changeGroups(report);
  const rows = groups.flatMap(({ title, changes }) => changes.map((change) => ({ title, change })));
  const lines = changeHeading("Changes", columns);
  let shown = 0;
  for (const { title, change } of rows) {
    const next = [...changeRow(change, columns), ...givesUp(change, title, columns)];
    // A blank line before, one for the number of the others.
    if (lines.length + next.length > room - 2) break;
    lines.push(...next);
    shown += 1;
  }
  if (shown === 0 && rows.length === 0) return [];
  const hidden = rows.length - shown;
  return ["", ...lines, ...(hidden === 0 ? [] : [`  and ${plural(hidden, "more change")}`])];
}

function givesUp({ prices }: Change, title: string, columns: number): string[] {
  const text = prices.map(({ kind, text }) => `${kind}: ${text}`).join("; ");
  const told = prices.length === 0 ? title.toLowerCase() : `gives up ${text}`;
  return atMost(1, wrap(told, columns, "    "));
}

function atMost(count: number, lines: readonly string[]): string[] {
  if (lines.length <= count) return [...lines];
  return [...lines.slice(0, count - 1), `${lines[count - 1]!.slice(0, -2)} …`];
}
