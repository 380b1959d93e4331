/** Cost against security in a terminal: a row a configuration. */
import { type Paint, pad, wrap } from "../kit/terminal-table.ts";
import type { TuneReport } from "./tune-report.ts";
import {
  FRONT_RULE,
  frontBasisText,
  fronts,
  LAYER_LEGEND,
  layersText,
  levelText,
  slowdownText,
} from "./words.ts";

const INDENT = "    ";
const SLOWDOWN = 24;
const STARTUP = 26;
const MEMORY = 26;
/** Below this the memory has a line of its own. */
const ROOM_FOR_MEMORY = INDENT.length + SLOWDOWN + STARTUP + MEMORY;

/** Rows that no front holds are left out where there are many. */
const ALL_UP_TO = 12;

export function frontLines(report: TuneReport, columns: number, paint: Paint): string[] {
  const { front, baseline } = report;
  if (front.length === 0) return [];
  const shown =
    front.length <= ALL_UP_TO
      ? front
      : front.filter(
          ({ fronts: on, configuration }) =>
            on.length > 0 || configuration === report.from || configuration === baseline,
        );
  const hidden = front.length - shown.length;
  return [
    "",
    paint.bold("Cost against security"),
    ...LAYER_LEGEND.flatMap((line) => wrap(line, columns, "  ").map(paint.dim)),
    ...wrap(frontBasisText(report), columns, "  ").map(paint.dim),
    ...figures("slowdown", "start-up", "memory", columns).map(paint.dim),
    ...shown.flatMap((row) => {
      const marks = [
        ...(row.fronts.length > 0 ? [`on the Pareto front: ${fronts(row)}`] : []),
        ...(row.configuration === report.from ? ["now"] : []),
        ...(row.configuration === baseline ? ["baseline"] : []),
      ].join("; ");
      return [
        ...wrap(
          `${layersText(row)} ${row.configuration}${marks === "" ? "" : ` (${marks})`}`,
          columns,
          "  ",
        ).map(row.fronts.length > 0 ? paint.bold : (text) => text),
        ...figures(
          row.configuration === baseline ? "1x" : slowdownText(row),
          levelText(row.startupNs, "ns"),
          levelText(row.memoryBytes, "bytes"),
          columns,
        ),
      ];
    }),
    ...(hidden === 0
      ? []
      : wrap(`${hidden} more are not on the Pareto front; --json has all`, columns, "  ").map(paint.dim)),
    ...wrap(FRONT_RULE, columns, "  ").map(paint.dim),
  ];
}

/** What is longer than its column keeps a gap to the next. */
function column(text: string, width: number): string {
  return text.length < width ? pad(text, width) : `${text}  `;
}

function figures(slowdown: string, startup: string, memory: string, columns: number): string[] {
  const first = `${INDENT}${column(slowdown, SLOWDOWN)}${column(startup, STARTUP)}`;
  if (columns >= first.length + MEMORY && columns >= ROOM_FOR_MEMORY) return [`${first}${memory}`.trimEnd()];
  return [first.trimEnd(), ...(memory === "" ? [] : [`${INDENT}${memory}`])];
}
