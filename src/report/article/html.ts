/** The article's claims as a section of the page: a card each. */
import { escapeHtml } from "../kit/escape.ts";
import { tableHtml } from "../kit/table.ts";
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

export function articleHtml(check: ArticleCheck): string {
  const groups = check.groups.map(
    ({ title, claims }) =>
      `<h3>${escapeHtml(title)}</h3>\n<div class="claims">${claims.map(claimHtml).join("\n")}</div>`,
  );
  const gaps = gapTexts(check).map((reason) => `<li>${escapeHtml(reason)}</li>`);
  return `<h2>The article, checked</h2>
<p><strong>${escapeHtml(leadText(check))}</strong></p>
${loadText(check) === "" ? "" : `<p>${escapeHtml(loadText(check))}</p>`}
<p class="soft">${escapeHtml(ruleText(check))}</p>
<p class="soft">${escapeHtml(sourceText(check))}; <code>${escapeHtml(check.command)}</code>.</p>
${groups.join("\n")}
<h3>The three kinds of cost, as measured</h3>
${classesHtml(check.classes)}
${gaps.length === 0 ? "" : `<h3>Left out</h3><ul>${gaps.join("\n")}</ul>`}`;
}

function claimHtml(claim: CheckedClaim): string {
  const { section, quote, subject, claimed, measured, verdict, why } = claim;
  return `<article class="claim ${verdict}"><p class="verdict"><span class="tag">${VERDICT_WORDS[verdict]}</span></p>
<h4>${escapeHtml(subject)}</h4>
<dl><dt>Article</dt><dd>${code(claimed)}</dd><dt>Here</dt><dd>${code(measured)}</dd></dl>
<p>${code(why)}</p>
<details><summary>Where it stands, and how it was measured</summary>
<p class="soft">Section ${section}: ${code(quote)}</p>${howHtml(claim)}</details></article>`;
}

function howHtml(claim: CheckedClaim): string {
  if (claim.decides === null) return "";
  const { label, measurement } = claim.decides;
  const rows = [{ label, text: measurement.text }, ...besideTexts(claim)].map(({ label, text }) => [
    label,
    text,
  ]);
  return `${tableHtml(`Measurements: ${claim.subject}`, ["measured", "figure"], rows)}
<p class="soft">The first row decides: <code>${escapeHtml(measurement.formula)}</code></p>`;
}

function classesHtml(classes: readonly CheckedClass[]): string {
  const rows = classes.flatMap((one) => classTexts(one).map(({ label, text }) => [one.title, label, text]));
  return `<p>${escapeHtml(classesText(classes))}</p>
${tableHtml("The three kinds of cost", ["kind", "measured", "beyond native"], rows)}`;
}

/** Text whose `quoted parts` are code. */
function code(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}
