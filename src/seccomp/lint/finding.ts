/** What is wrong with a profile, and where. */

/** `error`: some sandbox does not start, or the program dies. `warning`: it means something else than it says. */
export type Severity = "error" | "warning" | "note";

export type Finding = {
  /** Stable name: `missing-call`, `shadowed-entry`. */
  rule: string;
  severity: Severity;
  /** The sandboxes that it is about; empty = every one. */
  sandboxes: string[];
  message: string;
  fix: string;
  /** Text of the file whose line is meant, and which of its occurrences (from 1); none = the file's first line. */
  at?: { text: string; nth: number } | undefined;
};

/** A finding with its place in the file. */
export type LocatedFinding = Omit<Finding, "at"> & { line: number };

/** @param text of the file */
export function locate({ at, ...finding }: Finding, text: string): LocatedFinding {
  let offset = -1;
  for (let found = 0; at !== undefined && found < at.nth; found++) {
    const next = text.indexOf(`"${at.text}"`, offset + 1);
    if (next === -1) break;
    offset = next;
  }
  return { ...finding, line: offset === -1 ? 1 : text.slice(0, offset).split("\n").length };
}
