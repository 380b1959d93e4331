import { SbxError } from "../../base/errors.ts";
import { changedFilters } from "../../samples/changed-filters.ts";
import type { FilterHashes } from "../../samples/run-manifest.ts";

/**
 * Launches under two filters would stand in one cell.
 * @param before of the run; undefined where an earlier version started it
 * @throws SbxError (exit code 2) where a filter's file was changed since
 */
export function requireSameFilters(runId: string, before: FilterHashes | undefined, now: FilterHashes): void {
  const changed = changedFilters({ filters: before ?? {} }, { filters: now }, { a: "then", b: "now" });
  if (changed.length === 0) return;
  throw new SbxError({
    what: `Run ${runId} can't be resumed`,
    why: `It was started with another filter: ${changed.join("; ")}.`,
    fix: "Put the file back, or start a new run without --resume.",
  });
}
