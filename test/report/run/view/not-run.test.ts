import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildView } from "../../../../src/report/run/view/build-view.ts";
import type { LaunchFailure } from "../../../../src/samples/launch-record.ts";
import { summarise } from "../../../../src/stats/summaries/summarise.ts";
import { fixture } from "../../fixture.ts";

const { manifest, launches } = fixture({ rounds: 2, scenarios: ["files"] });
const DEADLOCK = readFileSync(join(import.meta.dirname, "../../../fixtures/crashes/go-deadlock.txt"), "utf8");

function evidenceOf(parts: Partial<LaunchFailure>) {
  const changed = launches.map((launch) =>
    launch.failure === null ? launch : { ...launch, failure: { ...launch.failure, ...parts } },
  );
  return buildView(manifest, summarise(manifest, changed), changed).failed[0]!.evidence!;
}

function outputShown(parts: Partial<LaunchFailure>): string {
  return evidenceOf(parts).output;
}

test("of a long output the report shows both ends, and says what it leaves out", () => {
  const lines = outputShown({ stderrTail: DEADLOCK }).split("\n");
  expect(lines).toHaveLength(13);
  expect(lines[0]).toBe("fatal error: all goroutines are asleep - deadlock!");
  expect(lines[6]).toBe("[… 1,197 lines left out; launches.ndjson has both ends of the output …]");
  expect(lines.at(-1)).toBe("\tdeadlock/main.go:15 +0x47");
});

test("the head stands before the tail", () => {
  expect(outputShown({ stderrHead: "first\n[… 9 characters left out …]\n", stderrTail: "last\n" })).toBe(
    "first\n[… 9 characters left out …]\nlast",
  );
});

test("a crash on stdout is shown, not what stderr says about its end", () => {
  expect(outputShown({ stdoutTail: "panic: no peer\n", stderrTail: "exit status 2\n" })).toBe(
    "panic: no peer",
  );
});

test("a line of a megabyte is cut, and a progress bar is many lines", () => {
  expect(outputShown({ stderrTail: "x".repeat(2 ** 20) })).toMatch(/^x{399}…$/);
  expect(outputShown({ stderrTail: "10%\r".repeat(99) }).split("\n")).toHaveLength(13);
});

test("rounds are counted from 1, as the progress counts them", () => {
  expect(launches.find(({ failure }) => failure !== null)!.round).toBe(0);
  expect(evidenceOf({}).round).toBe(1);
});
