/** Words and rows about the cost model that the page and `report.md` have in common. */
import type { ModelView, WhyConfiguration } from "./view/model-view.ts";

/** A segment of several terms. */
export const TOGETHER = "terms that are hardly told apart here, together";

export const COST_HEAD = ["term", "cost", "for each", "the article's kind"];

export function costRow(cost: WhyConfiguration["costs"][number]): string[] {
  const { title, text, per, kind, isEntangled } = cost;
  return [title, isEntangled ? `${text}, hardly told apart` : text, per, kind];
}

export const ARTICLE_HEAD = ["kind", "fitted", "configuration", "more than natively", "the article says"];
export const ARTICLE_TITLE = "The article's three kinds of cost and its table, as fitted numbers";
export const ARTICLE_TEXT =
  "The article that this tool started from names three kinds of cost and gives a table of 4 KiB reads. Here they are as the fitted terms add up to them, with their 90 % interval. Its machine is not known; natively its read takes 39 µs.";

export function articleRow({ kind, title, label, text, says }: ModelView["article"][number]): string[] {
  return [kind, title, label, text, says];
}

export const VALIDATION_HEAD = ["figure", "over all cells"];
