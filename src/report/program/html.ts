import type { Section } from "../kit/document.ts";
import { escapeHtml } from "../kit/escape.ts";
import { tableHtml } from "../kit/table.ts";
import { programTable } from "./table.ts";
import type { ProgramView } from "./view.ts";

/** Each program has a section of its own, before everything that the run measured beside it. */
export function programSection(program: ProgramView): Section {
  const { title, head, rows } = programTable(program);
  const why = program.why === null ? "" : `<p>Why: ${escapeHtml(program.why)}.</p>`;
  return {
    id: `program-${program.name.replaceAll(/[^\w-]/g, "_")}`,
    title: program.name,
    html: `<h2>${escapeHtml(title)}</h2>
${tableHtml(title, head, rows)}
<p class="soft">Run time is paired by round with the native one; start-up is from spawn to the first line; memory is what one launch holds more than natively while the program runs, by PSS. Brackets: 95 % interval.</p>
${why}`,
  };
}
