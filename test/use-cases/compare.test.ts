import { beforeAll, expect, test, vi } from "vitest";
import { compare } from "../../src/use-cases/compare.ts";
import { fakeConfig, recordingContext, runFake, useFolder, warningsOf } from "./lab.ts";

vi.mock("../../src/use-cases/probe-host.ts", async () => (await import("./fake-host.ts")).FAKE_HOST);
vi.mock("../../src/report/run/write-report.ts", async () => (await import("./fake-host.ts")).NO_PAGES);

const folder = useFolder();
const IDS = ["fake/net=none/seccomp=none", "fake/net=host/seccomp=none"] as const;
let run = "";
beforeAll(async () => {
  run = (await runFake(fakeConfig(folder.path))).manifest.runId;
});

test("two configurations of one run", async () => {
  const compared = { kind: "configurations", run, a: IDS[0], b: IDS[1] } as const;
  const { comparison, failed } = await compare(
    { config: fakeConfig(folder.path), compared },
    recordingContext(),
  );
  expect([comparison.a.label, comparison.b.label]).toEqual([...IDS]);
  expect(failed).toEqual([]);
});

test("a configuration that the run lacks is answered with the nearest", async () => {
  const compared = { kind: "configurations", run, a: IDS[0], b: "fake/net=hots/seccomp=none" } as const;
  await expect(
    compare({ config: fakeConfig(folder.path), compared }, recordingContext()),
  ).rejects.toMatchObject({
    why: expect.stringContaining(IDS[1]),
  });
});

test("two stored runs, and what could not be read of one is a warning", async () => {
  const { appendFileSync } = await import("node:fs");
  const second = await runFake(fakeConfig(folder.path));
  appendFileSync(`${second.dir}/launches.ndjson`, "no launch\n");
  const context = recordingContext();
  const compared = { kind: "stored", a: run, b: second.manifest.runId, allowUnlike: false } as const;
  const { comparison } = await compare({ config: fakeConfig(folder.path), compared }, context);
  expect(comparison.metrics.length).toBeGreaterThan(20);
  expect(warningsOf(context).join()).toContain("launches.ndjson:15");
});
