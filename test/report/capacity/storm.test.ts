import { expect, test } from "vitest";
import { summariseStorm } from "../../../src/capacity/storm/summarise-storm.ts";
import { stormTerminal } from "../../../src/report/capacity/storm-terminal.ts";

const starts = Array.from({ length: 60 }, (_, index) => ({
  intendedS: index,
  begunS: index,
  readyS: index + 0.1,
  endedS: index + 1,
  failure: index === 7 ? "it \u001b[31mcrashed" : null,
}));
const summary = summariseStorm(starts, 30);

const text = stormTerminal(
  {
    schema: "sbx-bench/storm@1",
    id: "1",
    fingerprint: { id: "x", fields: {} },
    interrupted: true,
    configurations: [
      {
        configuration: "made",
        config: { sandbox: "native", platform: null, network: "host", seccomp: "none" },
        closed: [
          {
            concurrency: 2,
            summary,
            little: { meanInSystem: 2, ratePerS: 2, meanTimeS: 1, gap: 0.05, holds: false },
          },
        ],
        models: null,
        open: { ratePerS: 5, summary, dropped: 4, lagP99S: 0.009, refused: "the generator itself was late" },
        leftovers: 0,
      },
    ],
    left: [],
  },
  { columns: 80, colour: false },
);

test("a storm shows success first, refuses what the generator spoiled, and marks a broken law", () => {
  expect(text).toMatch(/^ +2 +59\/60 +2\.0\/s +100 \[100, 100\] +100 \[-, 100\] +needs n=299 +!5\.0 %$/m);
  expect(text).toContain("! refused: the generator itself was late");
  expect(text).toContain("! interrupted");
});

test("it fits 80 columns, and no words of a program steer the terminal", () => {
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(text).not.toContain("\u001b");
});
