/** GitHub-flavoured pieces; text of programs and hosts cannot break out of its place. */

/** Text of a paragraph or table cell. */
export function markdownText(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("|", "\\|")
    .replaceAll("<", "&lt;")
    .replaceAll(/[*`]|(?<!\w)_|_(?!\w)|\](?=[([])/g, "\\$&")
    .replaceAll(/\s*\n\s*/g, " ");
}

/** Inline code, also where the text holds backticks. */
export function markdownCode(text: string): string {
  const ticks = "`".repeat(longestRun(text) + 1);
  const padded = text.startsWith("`") || text.endsWith("`") ? ` ${text} ` : text;
  return `${ticks}${padded.replaceAll("\n", " ")}${ticks}`;
}

export function markdownBlock(text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(markdownText).join(" | ")} |`;
  return [line(head), `|${head.map(() => " --- |").join("")}`, ...rows.map(line)].join("\n");
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
