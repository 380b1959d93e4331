import { afterEach, expect, test, vi } from "vitest";
import { SbxError } from "../../../src/base/errors.ts";
import { printError } from "../../../src/cli/output/print-error.ts";
import { writeJson, writeMessage, writeResult } from "../../../src/cli/output/write.ts";
import { faults, HOSTILE } from "../../report/hostile.ts";

afterEach(() => vi.restoreAllMocks());

/** What is written to a stream while `act` runs. */
function written(stream: NodeJS.WriteStream, act: () => void): string {
  let text = "";
  vi.spyOn(stream, "write").mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  act();
  return text;
}

test.each([
  ["a result", process.stdout, () => writeResult(`${HOSTILE}\n`)],
  ["JSON", process.stdout, () => writeJson({ [HOSTILE]: HOSTILE })],
  ["a message", process.stderr, () => writeMessage(`${HOSTILE}\n`)],
  [
    "an error",
    process.stderr,
    () => printError(new SbxError({ what: HOSTILE, why: HOSTILE, fix: HOSTILE }), true),
  ],
  ["a fault of our own", process.stderr, () => printError(new Error(HOSTILE), true)],
])("%s steers neither the terminal nor the CI system", (_, stream, act) => {
  const text = written(stream, act);
  expect(text.endsWith("\n")).toBe(true);
  expect(faults(text)).toEqual([]);
});
