/** How to set a configuration, in a terminal: to be copied, so no line of it is broken. */
import { type Paint, wrap } from "../kit/terminal-table.ts";
import type { Snippets } from "./snippets.ts";

export function useLines(
  { configuration, snippets, notes }: Snippets,
  columns: number,
  paint: Paint,
): string[] {
  return [
    "",
    paint.bold(`To use ${configuration}`),
    ...snippets.flatMap(({ title, file, text }) => [
      paint.dim(`# ${title}${file === null ? "" : `: ${file}`}`),
      ...text.split("\n"),
    ]),
    ...notes.flatMap((note) => wrap(`- ${note}`, columns).map(paint.dim)),
  ];
}
