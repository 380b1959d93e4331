/** The answer to `run -- PROGRAM` on one screen. */
import { formatFactor } from "../kit/format.ts";
import { type Paint, pad, wrap } from "../kit/terminal-table.ts";
import type { ProgramRow, ProgramView } from "./view.ts";

const INDENT = "  ";
/** Slowdown, start-up, memory. */
const WIDTHS = [15, 19, 20] as const;
const MARK = "←";

export function programLines(programs: readonly ProgramView[], columns: number, paint: Paint): string[] {
  if (programs.length === 0) return [];
  const rows = programs.flatMap((program) => program.rows);
  const room = columns - INDENT.length - WIDTHS.reduce((sum, width) => sum + width, 0) - 2;
  const label = Math.min(room, Math.max(...rows.map((row) => row.label.length)) + 2);
  return [
    ...programs.flatMap((program) => [
      ...wrap(program.command, columns).map(paint.bold),
      `${INDENT}${pad("native", label)}${program.native?.text ?? "not measured"}`,
      ...program.rows.flatMap((row) => rowLines(row, label, columns)),
      ...(program.why === null ? [] : wrap(`Why: ${program.why}.`, columns, INDENT)),
      "",
    ]),
    ...wrap(legend(rows), columns).map(paint.dim),
    "",
  ];
}

function rowLines(row: ProgramRow, label: number, columns: number): string[] {
  if (row.missing !== null) {
    const [first = "", ...rest] = wrap(row.missing, columns - INDENT.length - label);
    const indent = " ".repeat(INDENT.length + label);
    return [`${INDENT}${pad(row.label, label)}${first}`, ...rest.map((line) => indent + line)];
  }
  const figures = [
    slowdownText(row),
    `start-up ${row.startup?.short ?? "-"}`,
    `memory ${row.memory?.short ?? "-"}`,
  ].map((text, index) => pad(text, WIDTHS[index]!));
  return [
    `${INDENT}${pad(row.label, label)}${figures.join("")}${row.isStrongest ? ` ${MARK}` : ""}`.trimEnd(),
  ];
}

/** `1.57x ±8%`; `1.57x n=3` where there is no interval. */
function slowdownText({ slowdown }: ProgramRow): string {
  if (slowdown === null) return "-";
  const { value, low, high, n } = slowdown;
  if (low === null || high === null) return `${formatFactor(value)}x n=${n}`;
  const percent = (Math.max(high - value, value - low) / value) * 100;
  return `${formatFactor(value)}x ±${percent < 0.95 ? percent.toFixed(1) : Math.round(percent)}%`;
}

function legend(rows: readonly ProgramRow[]): string {
  const pairs = rows.flatMap(({ slowdown }) => (slowdown === null ? [] : [slowdown.n]));
  const n =
    pairs.length === 0
      ? ""
      : `, n=${Math.min(...pairs)}${Math.max(...pairs) === Math.min(...pairs) ? "" : ` to ${Math.max(...pairs)}`}`;
  const strongest = rows.some(({ isStrongest }) => isStrongest)
    ? ` ${MARK} strongest isolation of these.`
    : "";
  return `Run time as times native ± 95 % interval${n}; start-up from spawn to the first line; memory that one launch holds more than natively while it runs, by PSS.${strongest}`;
}
