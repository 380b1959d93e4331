/** The gate over probes in a terminal: worse first. */
import type { ProbeChange, ProbesComparison } from "../../isolation/compare-probes.ts";
import { plural } from "../kit/format.ts";
import { painter, screenText, wrap } from "../kit/terminal-table.ts";

export function probesComparisonTerminal(
  comparison: ProbesComparison,
  { columns, colour }: { columns: number; colour: boolean },
): string {
  const { worse, better, unclear, missing, same } = comparison;
  const paint = painter(colour);
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0
      ? []
      : [paint.bold(`${title} (${lines.length})`), ...lines.flatMap((line) => wrap(line, columns, "  "))];
  return screenText(
    [
      ...wrap(
        `${comparison.run} against ${comparison.baseline}: ${plural(worse.length, "probe")} worse, ${better.length} better, ${unclear.length} unclear, ${missing.length} missing, ${same} the same`,
        columns,
      ).map(paint.bold),
      ...part("worse: the host is reached now", worse.map(changeText)).map((line) => paint.red(line)),
      ...part("unclear: nothing is known now", unclear.map(changeText)),
      ...part(
        "missing: probed before, and not now",
        missing.map(({ what, reason }) => `${what}: ${reason}`),
      ),
      ...part("better: no longer reached", better.map(changeText)),
    ],
    colour,
  );
}

function changeText({ configuration, probe, before, now, detail }: ProbeChange): string {
  return `${configuration}: ${probe}: ${before} -> ${now} (${detail})`;
}
