import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { TOOL_VERSION } from "../../../src/base/tool-version.ts";
import type { ResolvedConfig } from "../../../src/config/resolved-config.ts";
import { type PredictRequest, predict } from "../../../src/use-cases/predict/predict.ts";
import { verify } from "../../../src/use-cases/predict/verify.ts";
import { FAKE_PROBE } from "../../probe/fake-probe.ts";
import { PROFILE } from "../../profile/profile.ts";
import { fakeConfig, recordingContext, useFolder } from "../lab.ts";

vi.mock("../../../src/use-cases/probe-host.ts", async () => (await import("../fake-host.ts")).FAKE_HOST);
vi.mock("../../../src/use-cases/program/stored-model.ts", async () => {
  const { madeModel } = await import("../../model/made-model.ts");
  return {
    modelHere: () => ({
      ...{ model: madeModel(), programs: [], dir: "", source: "run made" },
      ...{ manifest: { runId: "made" }, warnings: ["of the model"] },
    }),
  };
});

const prepared = vi.hoisted(() => vi.fn());
vi.mock("../../../src/use-cases/run/prepare-new.ts", async (original) => ({
  ...(await original<object>()),
  prepareNew: prepared.mockRejectedValue(new Error("stopped here")),
}));

const SYSTRAP = "runsc/systrap/net=none/seccomp=none";
const folder = useFolder();
let file = "";
beforeAll(() => {
  file = join(folder.path, "profile.json");
  const { fingerprint } = FAKE_PROBE;
  writeFileSync(file, JSON.stringify({ ...PROFILE, fingerprint, toolVersion: TOOL_VERSION }));
});
const asked = (changes: Partial<PredictRequest> = {}): PredictRequest => ({
  ...{ config: fakeConfig(folder.path), command: [], run: null, profile: file, allowUnlike: false },
  ...{ program: { env: {}, expectExit: 0 }, cells: [], maxUncovered: 1, isVerified: false },
  profiling: { runs: 1, tracedRuns: 1, limitMs: 1000, tracer: "strace" },
  ...changes,
});

test("a stored profile is priced in every configuration of the model", async () => {
  const predicted = await predict(asked(), recordingContext());
  expect(predicted?.prediction.cells.map(({ configuration }) => configuration)).toEqual([SYSTRAP]);
  expect(predicted?.prediction.cells[0]?.slowdown.value).toBeGreaterThan(1);
  expect(predicted?.warnings).toContain("of the model");
});

test.each([
  [
    "a glob that no configuration matches",
    { cells: ["runcs/*"] },
    "No configuration of the model matches runcs/*",
  ],
  ["a program beside a profile", { command: ["true"] }, "A program and --profile don't go together"],
  ["a stored profile that is to be verified", { isVerified: true }, "--verify needs the program itself"],
  ["a profile that does not exist", { profile: "/nowhere.json" }, "The profile /nowhere.json can't be read"],
])("refuses %s", async (_, changes, what) => {
  await expect(predict(asked(changes), recordingContext())).rejects.toMatchObject({ what, exitCode: 2 });
});

test("refuses a prediction that covers too little, with the calls that are unknown", async () => {
  const request = asked({ maxUncovered: -1 });
  await expect(predict(request, recordingContext())).rejects.toMatchObject({
    what: expect.stringContaining("does not cover"),
    fix: expect.stringContaining("--verify"),
  });
});

test("to verify is to measure the program itself, natively and in the predicted configurations", async () => {
  const predicted = await predict(asked(), recordingContext());
  const request = {
    ...{ predicted: predicted!, program: { env: { A: "b" }, expectExit: 3 }, rounds: 6 },
    ...{ config: fakeConfig(folder.path), commandLine: ["test"] },
  };
  await expect(verify(request, recordingContext())).rejects.toThrow("stopped here");
  const [config, settings] = prepared.mock.lastCall as [ResolvedConfig, { twins: string }];
  expect(settings.twins).toBe("none");
  expect(config).toMatchObject({ rounds: 6, include: ["native/net=host/seccomp=none::*", `${SYSTRAP}::*`] });
  expect(config.scenarios).toMatchObject([
    { use: "program", params: { argv: PROFILE.command, env: ["A=b"], expectExit: 3 } },
  ]);
});
