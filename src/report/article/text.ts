/** The article's page in words. */
import { formatShare, plural } from "../kit/format.ts";
import type { ArticleCheck, CheckedClass } from "./check-article.ts";
import type { Verdict } from "./claim.ts";
import type { CheckedClaim } from "./judge.ts";

export const VERDICT_WORDS: Record<Verdict, string> = {
  holds: "holds",
  fails: "does not hold here",
  impossible: "cannot be true as stated",
  unclear: "unclear here",
  unmeasured: "could not be measured here",
};

/** `Of 30 statements, 3 hold on this host, 12 do not, 8 cannot be true as stated, …` */
export function leadText({ counts, groups }: ArticleCheck): string {
  const all = groups.reduce((sum, { claims }) => sum + claims.length, 0);
  const parts = [
    `${counts.holds} ${counts.holds === 1 ? "holds" : "hold"} on this host`,
    `${counts.fails} ${counts.fails === 1 ? "does" : "do"} not`,
    `${counts.impossible} cannot be true as stated`,
    ...(counts.unclear === 0 ? [] : [`${counts.unclear} ${counts.unclear === 1 ? "is" : "are"} unclear`]),
    ...(counts.unmeasured === 0 ? [] : [`${counts.unmeasured} could not be measured`]),
  ];
  return `Of ${plural(all, "statement")} of the article, ${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}.`;
}

/** `AMD EPYC, 2 CPUs, …; 24 November 2026, 21:39 UTC; 41 rounds, 27 % of the launches beside other load` */
export function sourceText({ host, date, rounds, disturbedShare }: ArticleCheck): string {
  return `Measured on ${host}; ${date}; ${plural(rounds, "round")}, ${formatShare(disturbedShare)} of the launches disturbed by other load`;
}

/** From this share on, other work has decided what was measured as much as the sandboxes have. */
const MOST_DISTURBED = 0.5;

/** What such a run is worth; empty where few launches were disturbed. */
export function loadText({ disturbedShare }: ArticleCheck): string {
  return disturbedShare < MOST_DISTURBED
    ? ""
    : "Other work disturbed most launches: take the times of start-up, of systrap and of goroutines as upper bounds, and run it again on a quieter host.";
}

export function ruleText({ tolerance }: ArticleCheck): string {
  const percent = Math.round((tolerance - 1) * 100);
  return `A figure holds where the whole 95 % interval lies near the claim, at most ${percent} % above it or by as much below it (÷ ${tolerance}), unless a range is given; it does not hold where the whole interval lies elsewhere. Brackets are intervals, n is the number of launches, or of rounds that both sides share.`;
}

/** Why some figures are missing, each reason once and in full. */
export function gapTexts(check: ArticleCheck): string[] {
  const measurements = [
    ...check.groups.flatMap(({ claims }) => claims).flatMap(({ decides, beside }) => [decides, ...beside]),
    ...check.classes.flatMap(({ measured }) => measured),
  ];
  const reasons = measurements.flatMap((one) => one?.measurement.missing ?? []);
  return [...new Set(reasons)];
}

/** Those of a claim that have a figure; what could not be measured stands once, at the end. */
export function besideTexts({ beside }: Pick<CheckedClaim, "beside">): { label: string; text: string }[] {
  return beside.flatMap(({ label, measurement }) =>
    measurement.missing === null ? [{ label, text: measurement.text }] : [],
  );
}

/** The same of a cost class, the fitted terms last. */
export function classTexts({ measured, fitted }: CheckedClass): { label: string; text: string }[] {
  return [...besideTexts({ beside: measured }), ...fitted];
}

/** What the article names, in its words. */
export function classesText(classes: readonly CheckedClass[]): string {
  return `The article names ${classes.map(({ says }) => says).join("; ")}. It gives no further figures.`;
}
