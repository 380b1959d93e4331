/** Flags of runsc in a terminal: a line or two a flag, and the pairs that interact. */

import type { Table } from "../kit/figure.ts";
import { type Paint, wrap } from "../kit/terminal-table.ts";
import type { FlagEffectsView } from "./view.ts";

export function flagEffectLines(view: FlagEffectsView, columns: number, paint: Paint): string[] {
  return [
    paint.bold(view.title),
    ...rowLines(view.overview, columns, paint),
    ...(view.pairs === null
      ? []
      : [...wrap(view.pairs.title, columns), ...rowLines(view.pairs, columns, paint)]),
    "",
  ];
}

function rowLines({ head, rows }: Table, columns: number, paint: Paint): string[] {
  return rows.flatMap(([name = "", verdicts = "", dearer = "", cheaper = ""]) => [
    ...wrap(`${name}: ${verdicts}`, columns, "  "),
    ...(dearer === "" ? [] : wrap(`${head[2]}: ${dearer}`, columns, "    ").map(paint.red)),
    ...(cheaper === "" ? [] : wrap(`${head[3]}: ${cheaper}`, columns, "    ").map(paint.dim)),
  ]);
}
