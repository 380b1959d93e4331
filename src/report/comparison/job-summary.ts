import { closeSync, constants, fstatSync, openSync, writeFileSync } from "node:fs";
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
    appendTo(file, `${renderComparison(comparison, "markdown", { strict })}\n`);
    return null;
  } catch (error) {
    // open(2): a FIFO without a reader, or a socket.
    const isNoFile = (error as NodeJS.ErrnoException).code === "ENXIO";
    const why = error instanceof Error && !isNoFile ? error.message : "it is not a regular file";
    return `the job summary can't be written to ${file}: ${why}`;
  }
}

/** Only to a regular file: a FIFO without a reader would hold the gate up for ever. */
function appendTo(file: string, text: string): void {
  const { O_APPEND, O_CREAT, O_NONBLOCK, O_WRONLY } = constants;
  const descriptor = openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 0o666);
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error("it is not a regular file");
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}
