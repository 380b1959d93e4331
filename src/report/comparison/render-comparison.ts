/** One comparison, every text that it can become. */
import { visibleJson } from "../../base/visible-text.ts";
import type { Comparison } from "../../check/comparison-types.ts";
import { verdictCsv } from "./csv.ts";
import { verdictGithub } from "./github.ts";
import { verdictJunit } from "./junit.ts";
import { verdictMarkdown } from "./markdown.ts";
import { verdictSarif } from "./sarif.ts";
import { verdictTerminal } from "./terminal.ts";
import { toldComparison } from "./told.ts";
import { verdictView } from "./verdict-view.ts";

export const COMPARISON_FORMATS = [
  "terminal",
  "markdown",
  "github",
  "junit",
  "sarif",
  "json",
  "csv",
] as const;
export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number];

export type RenderOptions = {
  /** `unclear` counts as a failure. */
  strict?: boolean;
  /** Terminal: width, default 80. */
  columns?: number;
  /** Terminal: default off; see `terminalOptions` of ../terminal.ts, which heeds NO_COLOR. */
  colour?: boolean;
  /** Terminal: also list what stayed the same. */
  all?: boolean;
};

/** @returns the whole text, ending in a newline */
export function renderComparison(
  comparison: Comparison,
  format: ComparisonFormat,
  options: RenderOptions = {},
): string {
  const { strict = false, columns = 80, colour = false, all = false } = options;
  const view = verdictView(comparison, strict);
  switch (format) {
    case "terminal":
      return verdictTerminal(view, { columns, colour, all });
    case "markdown":
      return verdictMarkdown(view);
    case "github":
      return verdictGithub(view, strict);
    case "junit":
      return verdictJunit(view, comparison, strict);
    case "sarif":
      return verdictSarif(view, comparison, strict);
    case "json":
      return `${visibleJson(toldComparison(comparison))}\n`;
    case "csv":
      return verdictCsv(comparison);
  }
}
