/** What the run says nothing about: it is neither advised nor advised against. */
import { configurationId } from "../../axes/axes.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";

export type Unmeasured = { reason: string; status: string; configurations: string[] };

/**
 * Configurations of the plan that are not among the measured ones, by reason. What the user left out on purpose
 * (`excluded`) is no gap.
 */
export function unmeasured(
  { cells }: Pick<RunManifest, "cells">,
  measured: ReadonlySet<string>,
): Unmeasured[] {
  const found = new Map<string, Unmeasured>();
  for (const cell of cells) {
    const configuration = configurationId(cell.config);
    if (measured.has(configuration) || cell.status === "excluded") continue;
    const status = cell.status === "planned" ? "failed" : cell.status;
    const reason = cell.reason ?? "none of its launches gave a figure";
    const entry = found.get(reason) ?? { reason, status, configurations: [] };
    found.set(reason, entry);
    if (!entry.configurations.includes(configuration)) entry.configurations.push(configuration);
  }
  return [...found.values()];
}
