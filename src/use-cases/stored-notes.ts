/** What a reader of a stored run has to know of it, said as warnings. */
import { type Skipped, type StoredRun, skippedText } from "../store/stored-run.ts";
import type { Say } from "./use-case.ts";

/** How it was found, and what of it can't be used. */
export function sayStored(say: Say, { remark, skipped }: Pick<StoredRun, "remark" | "skipped">): void {
  if (remark !== null) say({ type: "warning", message: remark });
  saySkipped(say, skipped);
}

export function saySkipped(say: Say, skipped: readonly Skipped[]): void {
  for (const one of skipped) say({ type: "warning", message: `${skippedText(one)}; skipped` });
}
