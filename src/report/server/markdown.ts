import { markdownTable, markdownText } from "../kit/markdown-text.ts";
import { overviewTable, ratesTable } from "./tables.ts";
import type { ServerView } from "./view.ts";

export function serverMarkdown(view: ServerView): string[] {
  const tables = [overviewTable(view), ratesTable(view)].map(
    ({ title, head, rows }) => `### ${markdownText(title)}\n\n${markdownTable(head, rows)}`,
  );
  return [`## Server ${markdownText(view.name)}`, ...tables];
}
