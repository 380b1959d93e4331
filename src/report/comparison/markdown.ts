/** A comparison as GitHub-flavoured Markdown: for comments on pull requests and for job summaries. */
import { cutText } from "../../base/short-text.ts";
import { plural } from "../kit/format.ts";
import { markdownCode, markdownDocument, markdownTable, markdownText } from "../kit/markdown-text.ts";
import { type Gap, tableOf, type VerdictRow, type VerdictView } from "./verdict-view.ts";

/** A comment may have 65,536 characters; this leaves room for what a workflow writes around it. */
const MOST_CHARACTERS = 60_000;
/** Names listed of those that share a reason. */
const GAP_NAMES = 12;

/** The longest parts give way first, and say so: the tables of what did not change. */
export function verdictMarkdown(view: VerdictView): string {
  const { worse, unclear, better, same } = view.rows;
  const rowsThatFit = [Number.POSITIVE_INFINITY, 100, 30, 10, 0];
  const texts = rowsThatFit.map((most) =>
    markdownDocument([
      `## ${icon(view)} sbx-bench: ${markdownText(view.headline)}`,
      view.banner === null ? "" : `> [!CAUTION]\n> ${markdownText(view.banner)}`,
      markdownText(view.trust),
      ...view.warnings.map((warning) => `> [!WARNING]\n> ${markdownText(warning)}`),
      broken(view.broken),
      section("Worse", worse, Math.max(most, 10), false),
      missing(view.notCompared.filter(({ isUnseen }) => isUnseen)),
      section("Unclear", unclear, Math.max(most, 10), false),
      section("Better", better, most, true),
      section("Same", same, most, true),
      section("Shown only, not gated", view.ungated, most, true),
      notCompared(view.notCompared.filter(({ isUnseen }) => !isUnseen)),
      details(
        "Where the numbers come from",
        markdownTable(
          ["", "a", "b"],
          view.provenance.map(({ label, a, b }) => [label, a, b]),
        ),
      ),
    ]),
  );
  return (
    texts.find((text) => text.length <= MOST_CHARACTERS) ?? `${cutText(texts.at(-1)!, MOST_CHARACTERS)}\n`
  );
}

function icon({ passed, rows, notCompared }: VerdictView): string {
  if (!passed) return "❌";
  return rows.unclear.length > 0 || notCompared.some(({ isUnseen }) => isUnseen) ? "⚠" : "✅";
}

function section(title: string, rows: readonly VerdictRow[], most: number, isFolded: boolean): string {
  if (rows.length === 0) return "";
  const heading = `${title}: ${plural(rows.length, "metric")}`;
  const left = rows.length - Math.min(rows.length, most);
  const more = left === 0 ? "" : `\n\nAnd ${left} more, in the full report.`;
  const { head, rows: cells } = tableOf(rows.slice(0, most));
  const table = markdownTable(head, cells);
  const body = `${most === 0 ? "" : table}${more}`.trim();
  return isFolded ? details(heading, body) : `### ${heading}\n\n${body}`;
}

function broken(list: readonly Gap[]): string {
  return list.length === 0 ? "" : `### Broken: ${sum(list)}\n\n${gapList(list)}`;
}

function missing(list: readonly Gap[]): string {
  return list.length === 0 ? "" : `### Missing in b: ${sum(list)}\n\n${gapList(list)}`;
}

function notCompared(list: readonly Gap[]): string {
  return list.length === 0 ? "" : details(`Not compared: ${sum(list)}`, gapList(list));
}

function sum(list: readonly Gap[]): number {
  return list.reduce((total, { what }) => total + what.length, 0);
}

function gapList(list: readonly Gap[]): string {
  return list
    .map(({ reason, what }) => {
      const more = what.length > GAP_NAMES ? ` and ${what.length - GAP_NAMES} more` : "";
      return `- ${markdownText(reason)}: ${what.slice(0, GAP_NAMES).map(markdownCode).join(", ")}${more}`;
    })
    .join("\n");
}

function details(summary: string, body: string): string {
  return `<details><summary>${markdownText(summary)}</summary>\n\n${body}\n\n</details>`;
}
