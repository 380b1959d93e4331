/** The article's claims as Markdown: of `report.md`, and of docs/article.md. */
import { markdownCode, markdownTable, markdownText } from "../kit/markdown-text.ts";
import type { ArticleCheck, CheckedClass } from "./check-article.ts";
import type { CheckedClaim } from "./judge.ts";
import {
  besideTexts,
  classesText,
  classTexts,
  gapTexts,
  leadText,
  loadText,
  ruleText,
  sourceText,
  VERDICT_WORDS,
} from "./text.ts";

/** Without a heading of its own; groups are of level 3. */
export function articleMarkdown(check: ArticleCheck): string {
  const { command, groups, classes } = check;
  const parts = [
    `**${markdownText(leadText(check))}**`,
    ...[loadText(check)].filter((text) => text !== "").map((text) => `> ${markdownText(text)}`),
    markdownText(ruleText(check)),
    `${markdownText(sourceText(check))}; ${markdownCode(command)}.`,
    ...groups.flatMap(({ title, claims }) => [
      `### ${markdownText(title)}`,
      claimTable(claims),
      claims.map(claimText).join("\n"),
    ]),
    "### The three kinds of cost, as measured",
    classTable(classes),
    ...gapTexts(check).map((reason) => `Left out: ${markdownText(reason)}`),
  ];
  return parts.join("\n\n");
}

function claimTable(claims: readonly CheckedClaim[]): string {
  return markdownTable(
    ["§", "the article says", "its figure", "here", "verdict"],
    claims.map(({ section, subject, claimed, measured, verdict }) => [
      section,
      subject,
      claimed,
      measured.replaceAll("`", ""),
      VERDICT_WORDS[verdict],
    ]),
  );
}

function claimText(claim: CheckedClaim): string {
  const measured = claim.decides === null ? "" : ` Measured: ${claim.decides.label}.`;
  const beside = besideTexts(claim).map(({ label, text }) => `${label}: ${text}`);
  const also = beside.length === 0 ? "" : ` Also: ${beside.join("; ")}.`;
  return `- **${markdownText(claim.subject)}: ${VERDICT_WORDS[claim.verdict]}.** ${inline(`${claim.why}${measured}${also}`)}`;
}

/** Text whose `quoted parts` are code. */
function inline(text: string): string {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 0 ? markdownText(part) : markdownCode(part)))
    .join("");
}

function classTable(classes: readonly CheckedClass[]): string {
  const rows = classes.flatMap((one) => classTexts(one).map(({ label, text }) => [one.title, label, text]));
  return `${markdownText(classesText(classes))}\n\n${markdownTable(["kind", "measured", "beyond native"], rows)}`;
}
