import { beforeAll, expect, test, vi } from "vitest";
import { tune } from "../../../src/use-cases/tune/tune.ts";
import type { TuneRequest } from "../../../src/use-cases/tune/tune-request.ts";
import { fakeConfig, recordingContext, runFake, useFolder } from "../lab.ts";

vi.mock("../../../src/use-cases/probe-host.ts", async () => (await import("../fake-host.ts")).FAKE_HOST);
vi.mock("../../../src/report/run/write-report.ts", async () => (await import("../fake-host.ts")).NO_PAGES);

const NONE = "fake/net=none/seccomp=none";
const HOST = "fake/net=host/seccomp=none";
const folder = useFolder();
beforeAll(async () => {
  const config = fakeConfig(folder.path, { rounds: 14 });
  await runFake(config, recordingContext(), [{ cells: `${HOST}::*`, kind: "slow", factor: 3 }]);
});
const asked = (changes: Partial<TuneRequest> = {}): TuneRequest => ({
  ...{ config: fakeConfig(folder.path), command: [], run: null, profile: null, allowUnlike: false },
  ...{ program: { env: {}, expectExit: 0 }, from: HOST, to: null, goal: "work", weights: null },
  profiling: { runs: 1, tracedRuns: 1, limitMs: 1000, tracer: "strace" },
  maxUncovered: 1,
  ...changes,
});

test("holds the others against the present configuration; what takes the network away is not advised by itself", async () => {
  const advice = await tune(asked(), recordingContext());
  expect(advice?.from).toBe(HOST);
  expect(advice?.changes.map(({ configuration }) => configuration)).toEqual([NONE]);
  expect(advice?.changes[0]).toMatchObject({ verdict: "gain", estimate: { n: 14 } });
  expect(advice?.changes[0]?.estimate.ratio).toBeCloseTo(1 / 3, 1);
  expect(advice?.decision.kind).toBe("nothing");
});

test("advises to change nothing where all else is slower", async () => {
  const advice = await tune(asked({ from: NONE }), recordingContext());
  expect(advice?.decision.kind).toBe("nothing");
  expect(advice?.use.configuration).toBe(NONE);
});

test.each([
  ["a configuration that was not measured", { from: "runc/net=none/seccomp=none" }, /has no figures of runc/],
  [
    "weights beside a program",
    { command: ["true"], weights: [{ name: "getpid", weight: 1 }] },
    /don't go together/,
  ],
  ["weights of what was not measured", { weights: [{ name: "getpit", weight: 1 }] }, /getpit/],
  ["a goal that the run says nothing of", { goal: "memory" as const }, /nothing to hold/],
])("refuses %s", async (_, changes, what) => {
  await expect(tune(asked(changes), recordingContext())).rejects.toThrow(what);
});
