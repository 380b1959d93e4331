import type { Outcome } from "./outcome.ts";

/** An event of `go test -json`; source: `go doc test2json`. */
type GoTestEvent = {
  Action: string;
  Package?: string;
  ImportPath?: string;
  Test?: string;
  Output?: string;
};

/**
 * Counts the tests of `go test -json`: a test with sub-tests counts as its sub-tests;
 * a package that fails without a failing test (it does not build, it crashes) counts as one failure.
 *
 * @returns the outcomes, and what the failing tests and packages printed
 */
export function readGoTestEvents(stdout: string): { outcomes: Outcome[]; failureOutput: string } {
  const events = stdout.split("\n").flatMap(parseEvent);
  const ends = events.filter((event) => ["pass", "fail", "skip"].includes(event.Action));
  const tests = ends.filter((event) => event.Test !== undefined);
  const leaves = tests.filter(
    (end) => !tests.some((other) => other.Package === end.Package && other.Test!.startsWith(`${end.Test}/`)),
  );
  // A parent that fails on its own, with every sub-test passing, still is a failure.
  const lonelyParents = tests.filter(
    (end) => end.Action === "fail" && !leaves.some((leaf) => leaf.Action === "fail" && isWithin(leaf, end)),
  );
  const failures = [...leaves, ...lonelyParents].filter((end) => end.Action === "fail");
  const brokenPackages = ends.filter(
    (end) =>
      end.Test === undefined && end.Action === "fail" && !failures.some((f) => f.Package === end.Package),
  );

  const outcomes = [...new Set([...leaves, ...lonelyParents, ...brokenPackages])].map((end): Outcome => {
    const name = end.Test === undefined ? `${end.Package}` : `${end.Package} ${end.Test}`;
    const state = end.Action === "pass" ? "passed" : end.Action === "fail" ? "failed" : "skipped";
    const why = end.Test === undefined ? "the package does not build or crashed" : lastOutput(events, end);
    return { name, state, reason: state === "passed" ? null : why };
  });
  return { outcomes, failureOutput: failureOutput(events, [...failures, ...brokenPackages]) };
}

function parseEvent(line: string): GoTestEvent[] {
  if (!line.startsWith("{")) return [];
  try {
    return [JSON.parse(line) as GoTestEvent];
  } catch {
    return []; // cut off by a crash; the missing end shows in the exit code
  }
}

function isWithin(leaf: GoTestEvent, parent: GoTestEvent): boolean {
  return leaf.Package === parent.Package && `${leaf.Test}/`.startsWith(`${parent.Test}/`);
}

/** The last line that the test itself printed: `x_test.go:12: no seccomp in this kernel` */
function lastOutput(events: GoTestEvent[], end: GoTestEvent): string | null {
  const printed = events
    .filter((event) => event.Action === "output" && event.Package === end.Package && event.Test === end.Test)
    .map((event) => event.Output!.trim())
    .filter((line) => line !== "" && !line.startsWith("===") && !line.startsWith("---"));
  return printed.at(-1) ?? null;
}

function failureOutput(events: GoTestEvent[], failed: GoTestEvent[]): string {
  return events
    .filter(
      (event) =>
        event.Action === "build-output" ||
        (event.Action === "output" &&
          failed.some(
            (end) => end.Package === event.Package && (end.Test === undefined || end.Test === event.Test),
          )),
    )
    .map((event) => event.Output)
    .join("");
}
