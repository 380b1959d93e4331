import { appendFileSync } from "node:fs";
import type { Comparison } from "../../check/comparison-types.ts";
import { renderComparison } from "./render-comparison.ts";

/**
 * Appends the verdict to the page of the CI job, where `GITHUB_STEP_SUMMARY` names its file (GitHub, Gitea,
 * Forgejo); elsewhere it does nothing.
 * @returns what went wrong, for a warning: a page that can't be written must not change the verdict
 */
export function appendJobSummary(
  comparison: Comparison,
  strict: boolean,
  env: NodeJS.ProcessEnv,
): string | null {
  const file = env.GITHUB_STEP_SUMMARY;
  if (file === undefined || file === "") return null;
  try {
    appendFileSync(file, `${renderComparison(comparison, "markdown", { strict })}\n`);
    return null;
  } catch (error) {
    return `the job summary can't be written to ${file}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
