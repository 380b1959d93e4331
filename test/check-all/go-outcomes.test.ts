import { expect, test } from "vitest";
import { readGoTestEvents } from "./go-outcomes.ts";

const event = (Action: string, Test?: string, Output?: string) =>
  JSON.stringify({ Action, Package: "x/clock", ...(Test && { Test }), ...(Output && { Output }) });

test("a passing test counts once", () => {
  const { outcomes } = readGoTestEvents(
    [event("run", "TestA"), event("pass", "TestA"), event("pass")].join("\n"),
  );
  expect(outcomes).toEqual([{ name: "x/clock TestA", state: "passed", reason: null }]);
});

test("a test with sub-tests counts as its sub-tests", () => {
  const events = [
    event("pass", "TestA/one"),
    event("pass", "TestA/two"),
    event("pass", "TestA"),
    event("pass"),
  ];
  expect(readGoTestEvents(events.join("\n")).outcomes.map((outcome) => outcome.name)).toEqual([
    "x/clock TestA/one",
    "x/clock TestA/two",
  ]);
});

test("a test that fails after its sub-tests passed counts as a failure", () => {
  const events = [event("pass", "TestA/one"), event("fail", "TestA"), event("fail")];
  expect(readGoTestEvents(events.join("\n")).outcomes.map((outcome) => outcome.state)).toEqual([
    "passed",
    "failed",
  ]);
});

test("a failing test gives what it printed last as the reason", () => {
  const events = [
    event("output", "TestA", "=== RUN   TestA\n"),
    event("output", "TestA", "    clock_test.go:7: the clock went back\n"),
    event("output", "TestA", "--- FAIL: TestA (0.00s)\n"),
    event("fail", "TestA"),
    event("fail"),
  ];
  const { outcomes, failureOutput } = readGoTestEvents(events.join("\n"));
  expect(outcomes).toEqual([
    { name: "x/clock TestA", state: "failed", reason: "clock_test.go:7: the clock went back" },
  ]);
  expect(failureOutput).toContain("--- FAIL: TestA");
});

test("a package that does not build counts as one failure and shows the compiler's words", () => {
  const events = [
    JSON.stringify({
      ImportPath: "x/clock",
      Action: "build-output",
      Output: "./clock.go:3: undefined: tsc\n",
    }),
    event("fail"),
  ];
  const { outcomes, failureOutput } = readGoTestEvents(events.join("\n"));
  expect(outcomes).toEqual([
    { name: "x/clock", state: "failed", reason: "the package does not build or crashed" },
  ]);
  expect(failureOutput).toContain("undefined: tsc");
});

test("lines that are no events are passed over", () => {
  expect(readGoTestEvents('go: downloading\n{"Action":"pa').outcomes).toEqual([]);
});
