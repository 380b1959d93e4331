import { describe, expect, test } from "vitest";
import type { ProgramPrediction } from "../../../src/model/predict-program.ts";
import { predictTerminal } from "../../../src/report/predict/terminal.ts";
import { verifiedTerminal } from "../../../src/report/predict/verified.ts";
import { madeErrors } from "../../model/made-errors.ts";

const interval = (value: number) => ({ value, low: value * 0.9, high: value * 1.1 });
const PREDICTION: ProgramPrediction = {
  command: ["gzip", "-k", "text"],
  nativeNs: 212e6,
  demand: { demand: { trap: 1200, process: 1, fault: 300 }, overlap: 1, unknown: [], unknownShare: 0 },
  uncovered: 0,
  cells: [
    {
      configuration: "runsc/systrap/net=none/seccomp=none",
      config: { sandbox: "runsc", platform: "systrap", network: "none", seccomp: "none" },
      slowdown: interval(1.42),
      runNs: interval(301e6),
      startupNs: interval(78e6),
      cpuNs: interval(480e6),
      memoryBytes: interval(61 * 2 ** 20),
      dominant: [
        { term: "trap", ns: 60e6 },
        { term: "fault", ns: 25e6 },
        { term: "wake", ns: -100 },
      ],
      missing: [],
      entangled: [],
      basis: "programs",
      errorsOf: "runsc/systrap",
    },
  ],
};
const OPTIONS = {
  columns: 80,
  colour: false,
  source: "run made (9 rounds)",
  warnings: [],
  corpus: madeErrors(),
};

describe("a prediction in a terminal", () => {
  test("reads at 80 columns", () => {
    expect(predictTerminal(PREDICTION, OPTIONS)).toMatchInlineSnapshot(`
      "gzip -k text
      natively 212 ms; 1,200 system calls, 1 process, 300 page faults; the model does
      not cover 0.0 % of its calls
      predicted from run made (9 rounds)

        slowdown [90 %]         run      start-up  CPU      memory
      runsc/systrap/net=none/seccomp=none
        1.42x [1.28, 1.56]      301 ms   +78 ms    480 ms   61 MiB
        system calls +60 ms, page faults +25 ms
      "
    `);
    for (const line of predictTerminal(PREDICTION, OPTIONS).split("\n"))
      expect(line.length).toBeLessThanOrEqual(80);
  });

  test("says where its intervals come from that the run does not give", () => {
    const cells = PREDICTION.cells.map((cell) => ({ ...cell, basis: "corpus" as const }));
    const text = predictTerminal({ ...PREDICTION, cells }, OPTIONS);
    expect(text).toContain("Intervals hold the model's errors on 20 programs");
    expect(text).not.toContain("never ran them");
    const strange = cells.map((cell) => ({ ...cell, errorsOf: "another" }));
    expect(predictTerminal({ ...PREDICTION, cells: strange }, OPTIONS).replaceAll("\n", " ")).toContain(
      "runsc/systrap never ran them: its errors are taken to be those of another.",
    );
  });

  test("names what the run hardly tells apart, where it counts", () => {
    const cells = PREDICTION.cells.map((cell) => ({
      ...cell,
      entangled: ["fault" as const, "wake" as const],
    }));
    expect(predictTerminal({ ...PREDICTION, cells }, OPTIONS)).toContain(
      "hardly told apart by this run: page\n  faults",
    );
  });

  test("shows what was not measured as unknown, never as zero", () => {
    const cells = PREDICTION.cells.map((cell) => ({
      ...cell,
      startupNs: null,
      cpuNs: null,
      memoryBytes: null,
    }));
    expect(predictTerminal({ ...PREDICTION, cells }, OPTIONS).match(/unknown/g)).toHaveLength(3);
  });
});

test("predicted against measured names what lies outside, and why something was not measured", () => {
  const predicted = { value: 1.5, low: 1.3, high: 1.7 };
  const text = verifiedTerminal(
    [
      {
        configuration: "runc/net=none/seccomp=none",
        predicted,
        measured: { value: 1.4, low: 1.35, high: 1.45, rounds: 6 },
        reason: null,
      },
      {
        configuration: "runsc/ptrace/net=none/seccomp=none",
        predicted,
        measured: { value: 2, low: null, high: null, rounds: 3 },
        reason: null,
      },
      {
        configuration: "runsc/kvm/net=none/seccomp=none",
        predicted,
        measured: null,
        reason: "kvm hangs here",
      },
    ],
    { columns: 80, colour: false },
  );
  expect(text).toMatchInlineSnapshot(`
    "slowdown                            predicted [90 %]    measured [95 %]
    runc/net=none/seccomp=none          1.50x [1.30, 1.70]  1.40x [1.35, 1.45]    +7.1 %
    runsc/ptrace/net=none/seccomp=none  1.50x [1.30, 1.70]  2.0x [needs 6]        -25 % outside
    runsc/kvm/net=none/seccomp=none     1.50x [1.30, 1.70]  kvm hangs here

    measured within the 90 % interval: 1 of 2, error 16 % (median), -8.9 % (mean);
    gVisor alone: 0 of 1, error 25 % (median), -25 % (mean)
    "
  `);
});
