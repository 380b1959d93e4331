import { escapeHtml } from "./escape.ts";

/** A table in a box of its own that scrolls; the first column names the row. */
export function tableHtml(
  label: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const header = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("");
  const body = rows
    .map(([first, ...rest]) => {
      const cells = rest.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("");
      return `<tr><th scope="row">${escapeHtml(first ?? "")}</th>${cells}</tr>`;
    })
    .join("\n");
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escapeHtml(label)}">
<table><thead><tr>${header}</tr></thead><tbody>
${body}
</tbody></table></div>`;
}
