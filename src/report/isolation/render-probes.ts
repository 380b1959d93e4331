/** A result of probes in one of its formats. */
import type { ProbesResult } from "../../isolation/result.ts";
import { isolationMarkdown } from "./markdown.ts";
import type { Prices } from "./prices.ts";
import { isolationSarif } from "./sarif.ts";
import { isolationTerminal } from "./terminal.ts";
import { isolationView } from "./view.ts";

export const PROBES_FORMATS = ["terminal", "markdown", "sarif"] as const;
export type ProbesFormat = (typeof PROBES_FORMATS)[number];

export function renderProbes(
  { result, prices }: { result: ProbesResult; prices: Prices | null },
  format: ProbesFormat,
  screen: { columns: number; colour: boolean },
): string {
  const view = isolationView(result, prices);
  if (format === "markdown") return isolationMarkdown(view);
  if (format === "sarif") return isolationSarif(view);
  return isolationTerminal(view, screen);
}
