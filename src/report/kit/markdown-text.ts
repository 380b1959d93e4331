/** GitHub-flavoured pieces; text of programs and hosts cannot break out of its place. */
import { visibleLines } from "../../base/visible-text.ts";

/** The whole text out of its parts, the empty ones left out. Nothing that a reader would not see gets past it. */
export function markdownDocument(parts: readonly string[]): string {
  return `${visibleLines(parts.filter((part) => part !== "").join("\n\n"))}\n`;
}

/** Text of a paragraph or table cell: in one line, and without a heading, a list, a link, a mention, an image or an entity. */
export function markdownText(text: string): string {
  return (
    text
      .replaceAll("\\", "\\\\")
      .replaceAll("|", "\\|")
      .replaceAll(/&(?=#|\w+;)/g, "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(/[*`]|~~|(?<!\w)_|_(?!\w)|\](?=[([])/g, "\\$&")
      .replaceAll(/\s*[\n\r\u2028\u2029]\s*/g, " ")
      // GitHub makes mentions, issue links and web links of plain words; a comment within parts them, and is not shown.
      .replaceAll(/(?<!\w)@(?=\w)|#(?=\d)|\bGH-(?=\d)|\bwww(?=\.)|:(?=\/\/)/gi, "$&<!-- -->")
      .replace(/^(\s*)(#|>|[-+](?=\s))/, "$1\\$2")
      .replace(/^(\s*\d+)([.)]\s)/, "$1\\$2")
  );
}

/** Inline code, also where the text holds backticks. */
export function markdownCode(text: string): string {
  const ticks = "`".repeat(longestRun(text) + 1);
  const padded = text.startsWith("`") || text.endsWith("`") ? ` ${text} ` : text;
  return `${ticks}${padded.replaceAll(/[\n\r]+/g, " ")}${ticks}`;
}

export function markdownBlock(text: string, language = "text"): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(markdownText).join(" | ")} |`;
  return [line(head), `|${head.map(() => " --- |").join("")}`, ...rows.map(line)].join("\n");
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
