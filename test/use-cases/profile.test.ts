import { expect, test, vi } from "vitest";
import { SbxError } from "../../src/base/errors.ts";
import type { ProfileInput } from "../../src/profile/record-profile.ts";
import { type ProfileSettings, profile } from "../../src/use-cases/profile.ts";
import { programInput } from "../../src/use-cases/program/program-input.ts";
import { PROFILE } from "../profile/profile.ts";
import { fakeConfig, recordingContext, useFolder } from "./lab.ts";

vi.mock("../../src/use-cases/probe-host.ts", async () => (await import("./fake-host.ts")).FAKE_HOST);
const record = vi.hoisted(() => vi.fn());
vi.mock("../../src/profile/record-profile.ts", () => ({ recordProfile: record }));

const folder = useFolder();
const settings: ProfileSettings = { runs: 3, tracedRuns: 1, limitMs: 1000, tracer: "strace" };
const asked = () => ({
  config: fakeConfig(folder.path),
  program: programInput(["true"], { env: {}, expectExit: 0 }, "profile -- COMMAND"),
  settings,
});

test("a program is recorded as it was asked for, and may be interrupted meanwhile", async () => {
  record.mockImplementation(async ({ onProgress }: ProfileInput) => {
    onProgress("3 runs without a tracer …");
    return PROFILE;
  });
  const context = recordingContext();
  expect(await profile(asked(), context)).toBe(PROFILE);
  const [input] = record.mock.lastCall as [ProfileInput];
  expect(input).toMatchObject({ runs: 3, tracer: "strace", limitMs: 1000, expectExit: 0 });
  expect(input.command).toEqual(["true"]);
  expect(input.tracedLimitMs).toBeGreaterThan(input.limitMs);
  expect(context.events).toEqual([
    { type: "interruptible", now: true },
    { type: "note", message: "3 runs without a tracer …" },
    { type: "interruptible", now: false },
  ]);
});

test("one that is interrupted has no profile", async () => {
  const context = recordingContext();
  record.mockImplementation(async () => {
    context.stop();
    throw new Error("killed");
  });
  expect(await profile(asked(), context)).toBeNull();
  expect(context.events.at(-1)).toMatchObject({
    type: "note",
    message: expect.stringContaining("interrupted"),
  });
});

test("one that fails says why", async () => {
  const failure = new SbxError({ what: "true failed", why: "It ended with 1.", fix: "See why." });
  record.mockRejectedValue(failure);
  await expect(profile(asked(), recordingContext())).rejects.toBe(failure);
});
