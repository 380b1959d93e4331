/** What one check or one test came to. */
export type Outcome = {
  /** Where it stands and what it is called: `test/plan/cell.test.ts > a cell's id is stable`. */
  name: string;
  state: "passed" | "failed" | "skipped";
  /** Why it failed or was skipped, one line; `null` where nothing is known. */
  reason: string | null;
};

/** One thing to check; what it has to say for people goes to stdout while it runs. */
export type Step = {
  name: string;
  run: () => Promise<Outcome[]>;
  /** Name of an earlier step: it begins with that one, and goes on beside what comes between; it says nothing until its end. */
  beginsWith?: string;
};

/** What CI can run and therefore must: a skip there would hide a broken driver. */
const REQUIRED_IN_CI = /\b(native|unshare|runc|systrap|ptrace)\b/;

/** Turns skipped end-to-end tests of the sandboxes that CI has into failures. */
export function failRequiredSkips(outcomes: Outcome[], isCi: boolean): Outcome[] {
  if (!isCi) return outcomes;
  return outcomes.map((outcome) =>
    outcome.state === "skipped" && REQUIRED_IN_CI.test(outcome.name)
      ? {
          ...outcome,
          state: "failed",
          reason: `must not be skipped in CI: ${outcome.reason ?? "no reason given"}`,
        }
      : outcome,
  );
}

/** Skipped and failed ones by name, then `N passed, N failed` alone on the last line. */
export function summarise(outcomes: Outcome[]): string {
  const lines: string[] = [];
  for (const state of ["skipped", "failed"] as const) {
    const matching = outcomes.filter((outcome) => outcome.state === state);
    if (matching.length > 0) lines.push("", `${matching.length} ${state}:`);
    for (const { name, reason } of matching) lines.push(`  ${name}${reason === null ? "" : `: ${reason}`}`);
  }
  const count = (state: Outcome["state"]) => outcomes.filter((outcome) => outcome.state === state).length;
  lines.push("", `${count("passed")} passed, ${count("failed")} failed`);
  return lines.join("\n");
}
