/** The article's claims in a terminal: two lines each, and no reasons; those are in the report. */
import { type Paint, wrap } from "../kit/terminal-table.ts";
import type { ArticleCheck } from "./check-article.ts";
import type { Verdict } from "./claim.ts";
import { leadText, loadText, ruleText, VERDICT_WORDS } from "./text.ts";

const COLOURS: Record<Verdict, keyof Paint> = {
  holds: "bold",
  fails: "red",
  impossible: "red",
  unclear: "yellow",
  unmeasured: "dim",
};

export function articleLines(check: ArticleCheck, columns: number, paint: Paint): string[] {
  return [
    ...wrap(leadText(check), columns).map(paint.bold),
    ...wrap(loadText(check), columns).map(paint.yellow),
    ...wrap(`${ruleText(check)} The report says why.`, columns).map(paint.dim),
    "",
    ...check.groups.flatMap(({ title, claims }) => [
      paint.bold(title),
      ...claims.flatMap(({ section, subject, measured, verdict }) => [
        ...wrap(`${section} ${subject}`, columns, "  "),
        ...wrap(`${VERDICT_WORDS[verdict]}: ${measured}`, columns, "      ").map(paint[COLOURS[verdict]]),
      ]),
      "",
    ]),
  ];
}
