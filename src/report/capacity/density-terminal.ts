/** Density in a terminal: what one more sandbox takes, and where the host ends. */
import { predictedBytes } from "../../capacity/density/density-curve.ts";
import type { DensityResult } from "../../capacity/density/density-result.ts";
import type { DensityStep } from "../../capacity/density/density-types.ts";
import { median } from "../../stats/distributions/quantile.ts";
import type { TheilSen } from "../../stats/estimates/theil-sen.ts";
import { formatShare, formatValue, plural } from "../kit/format.ts";
import { pad, painter, screenText, wrap } from "../kit/terminal-table.ts";

const WIDTHS = [6, 10, 12, 12, 14, 12, 10];
const INDENT = "  ";

export function densityTerminal(
  result: DensityResult,
  { columns, colour }: { columns: number; colour: boolean },
): string {
  const paint = painter(colour);
  const { request } = result;
  const lines = [
    ...wrap(
      `${request.working ? "working" : "idle"} programs of ${request.programMib} MiB, plateaus of ${request.plateauS} s, ${plural(request.repeats, "repeat")}`,
      columns,
    ).map(paint.bold),
    ...(result.interrupted
      ? wrap("! interrupted: what was measured until then", columns).map(paint.yellow)
      : []),
    ...result.configurations.flatMap(({ configuration, steps, curve }) => [
      "",
      paint.bold(configuration),
      paint.dim(row("n", "repeats", "PSS", "one takes", "MemAvailable", "busy CPUs", "start")),
      ...[
        ...Map.groupBy(
          steps.filter(({ converged }) => converged),
          ({ n }) => n,
        ),
      ].map(([n, group]) => stepRow(n, group)),
      ...wrap(
        `one more takes ${lineText(curve.pss)} of PSS and page tables${extrapolated(curve.pss, result)}`,
        columns,
        INDENT,
      ),
      ...wrap(sharesText(curve), columns, INDENT),
      ...wrap(
        `${plural(Math.ceil(curve.threads ?? 0), "thread")} and ${plural(Math.ceil(curve.descriptors ?? 0), "descriptor")} each`,
        columns,
        INDENT,
      ),
      ...wrap(
        curve.cliff === null
          ? "no cliff: every level converged"
          : `cliff at ${curve.cliff.n}: ${curve.cliff.reason}`,
        columns,
        INDENT,
      ).map(curve.cliff === null ? paint.dim : paint.red),
    ]),
    ...result.left.flatMap(({ configuration, reason }) =>
      wrap(`${configuration}: unavailable: ${reason}`, columns),
    ),
  ];
  return screenText(lines, colour);
}

function stepRow(n: number, steps: readonly DensityStep[]): string {
  const middle = (read: (step: DensityStep) => number) => median(steps.map(read));
  const bytes = (value: number) => formatValue(value, "bytes");
  const pss = middle(({ footprint }) => footprint!.pssBytes);
  return row(
    String(n),
    String(steps.length),
    bytes(pss),
    bytes(pss / n),
    bytes(middle((step) => step.memAvailableDropBytes ?? 0)),
    middle((step) => step.busyCpus ?? 0).toFixed(3),
    formatValue(middle(({ startsS }) => median(startsS)) * 1e9, "ns"),
  );
}

function row(...cells: string[]): string {
  return (INDENT + cells.map((cell, index) => pad(cell, WIDTHS[index]!, "right")).join(" ")).trimEnd();
}

function lineText(line: TheilSen | null): string {
  if (line === null) return "[needs 3 levels]";
  const bytes = (value: number) => formatValue(value, "bytes");
  return `${bytes(line.slope)} [${bytes(line.slopeLow)}, ${bytes(line.slopeHigh)}] n=${line.n}`;
}

/** How many fit by memory alone, from the line. */
function extrapolated(line: TheilSen | null, { room, limits }: DensityResult): string {
  const one = predictedBytes(line, 1);
  if (line === null || one === null || line.slope <= 0) return "";
  const most = (slope: number) => Math.floor((room.memoryBytes * limits.memory - line.intercept) / slope);
  const low = most(line.slopeHigh);
  const high = line.slopeLow > 0 ? String(most(line.slopeLow)) : "no end";
  return `; by that, ${formatShare(limits.memory)} of the host's memory holds ${most(line.slope)} [${low}, ${high}], not measured`;
}

function sharesText(curve: DensityResult["configurations"][number]["curve"]): string {
  const roles = Object.entries(curve.byRole)
    .toSorted(([, a], [, b]) => b - a)
    .map(([role, bytes]) => `${role} ${formatValue(bytes, "bytes")}`);
  const shared =
    curve.shared === null ? "" : `; ${formatShare(curve.shared)} of their resident memory is shared`;
  return `of one at the highest level: ${roles.join(", ")}${shared}`;
}
